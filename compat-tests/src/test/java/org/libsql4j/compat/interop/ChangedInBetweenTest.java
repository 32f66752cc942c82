package org.libsql4j.compat.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.compat.engines.Programs;

/**
 * What another process does to a database between two queries is seen by the second: its rows, its
 * size, and whether it has a log now.
 */
class ChangedInBetweenTest {
  private static final long SEED = Long.getLong("compat.interop.seed", 20261122);
  private static final int ROUNDS = 6;
  private static final int STEPS = 12;

  /** More than it takes until the file is read through memory. */
  private static final int QUERIES_BEFORE = 200;

  private static final String MORE_ROWS =
      "INSERT INTO t(b) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300)"
          + " SELECT printf('%.200c', 'x') FROM n;";

  private static final String[] CHANGES = {
    MORE_ROWS,
    "UPDATE t SET b = 'changed' WHERE a % 7 = 0;",
    "DELETE FROM t WHERE a % 2 = 0; VACUUM;",
    "DELETE FROM t; VACUUM;",
    "PRAGMA journal_mode = WAL; PRAGMA journal_mode = DELETE;",
    "PRAGMA journal_mode = TRUNCATE; UPDATE t SET b = a;",
    "DROP TABLE t; CREATE TABLE t(a INTEGER PRIMARY KEY, b, c);" + MORE_ROWS,
    "SELECT count(*) FROM t;",
  };

  private static final String TO_WAL = "PRAGMA journal_mode = WAL;" + MORE_ROWS;

  private static final String QUERY =
      "SELECT count(*), sum(a), total(length(b)), max(b),"
          + " (SELECT page_count FROM pragma_page_count),"
          + " (SELECT count(*) FROM pragma_table_info('t')) FROM t";

  @TempDir Path folder;

  private static void run(Path file, String sql) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sqlite3", "-batch", "-bail", file.toString(), sql)
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
  }

  private static String ask(Connection connection) {
    return connection.queryOne(QUERY).toString();
  }

  @Test
  void itIsSeen() throws IOException, InterruptedException {
    assumeTrue(Programs.isInstalled("sqlite3", "-version"), "the sqlite3 shell is not installed");
    Random random = new Random(SEED);
    Path file = folder.resolve("changed.db");
    run(file, "CREATE TABLE t(a INTEGER PRIMARY KEY, b);" + MORE_ROWS);
    for (int round = 0; round < ROUNDS; round++) {
      try (Connection kept = Database.openLocal(file).connect()) {
        for (int i = 0; i < QUERIES_BEFORE; i++) {
          ask(kept);
        }
        for (int step = 0; step < STEPS; step++) {
          // Once this connection uses a log there is no way back while it is open.
          String change = step == STEPS - 1 ? TO_WAL : CHANGES[random.nextInt(CHANGES.length)];
          run(file, change);
          String seen = ask(kept);
          try (Connection fresh = Database.openLocal(file).connect()) {
            assertThat(seen).as("seed %d, step %d: %s", SEED, step, change).isEqualTo(ask(fresh));
          }
          if (random.nextInt(3) == 0) {
            kept.execute("UPDATE t SET b = b || 'y' WHERE a < 4");
          }
        }
      }
      run(file, "PRAGMA journal_mode = DELETE;");
    }
  }
}
