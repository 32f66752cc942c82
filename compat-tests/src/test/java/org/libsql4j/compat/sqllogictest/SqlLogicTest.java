package org.libsql4j.compat.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every query of the files that the real engine answers as the file says, ours answers so too.
 *
 * <p>A build runs as many files as fit into {@code -Dcompat.slt.seconds} (20), spread over all
 * directories; the Maven profile {@code sqllogictest} runs them all. {@code -Dcompat.slt.files=R}
 * runs those whose name matches a regular expression.
 */
class SqlLogicTest {
  private static final String OURS = "jdbc:libsql::memory:";
  private static final String REAL = "jdbc:sqlite::memory:";
  private static final String FILES = System.getProperty("compat.slt.files", ".*");
  private static final long SECONDS = Long.getLong("compat.slt.seconds", 20);

  /** A step through the sorted names that reaches each directory early. */
  private static final int STRIDE = 37;

  private static final int REPORTED = 20;

  @Test
  void answersAsTheRealEngine() throws IOException, SQLException {
    List<String> names = SltCorpus.names().stream().filter(n -> n.matches(FILES)).toList();
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    List<SltRun.Failure> failures = new ArrayList<>();
    int files = 0;
    long queries = 0;
    for (int start = 0; start < STRIDE; start++) {
      for (int i = start; i < names.size() && System.nanoTime() < end; i += STRIDE) {
        SltFile file = SltCorpus.file(names.get(i));
        SltRun run = SltRun.of(file, OURS);
        files++;
        queries += run.queries();
        if (!run.failures().isEmpty()) {
          failures.addAll(notOfTheRealEngine(file, run.failures()));
        }
      }
    }
    System.out.printf(
        "sqllogictest: %d of %d files, %d queries, %d different%n",
        files, names.size(), queries, failures.size());
    assertThat(queries).as("queries that were run").isPositive();
    assertThat(failures.stream().limit(REPORTED)).isEmpty();
  }

  private static List<SltRun.Failure> notOfTheRealEngine(
      SltFile file, List<SltRun.Failure> failures) throws SQLException {
    Set<Integer> alsoThere =
        SltRun.of(file, REAL).failures().stream()
            .map(failure -> failure.record().line())
            .collect(Collectors.toSet());
    return failures.stream()
        .filter(failure -> !alsoThere.contains(failure.record().line()))
        .toList();
  }
}
