package org.libsql4j.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;

/**
 * Damaged statements: the real engine and we must agree on whether it is syntax, and on the words.
 */
class ParserDifferentialTest {
  private static final Pattern SCHEMA =
      Pattern.compile(
          "^(no such|unknown database|there is already|table .* (already exists|may not|has more)"
              + "|cannot|duplicate|view .* already|index .* already|object name reserved"
              + "|temporary|virtual tables|vtable|AUTOINCREMENT|default value|error in generated"
              + "|foreign key on|must have at least|all VALUES|unsupported use|(expressions|parameters|subqueries|functions) prohibited"
              + "|number of columns|sqlite_master|near|INSTEAD OF|generated columns)");

  private static final long SEED = Long.getLong("parser.seed", 20240607L);
  private static final String NOTHING = "no statement";
  private static final int ROUNDS = Integer.getInteger("parser.rounds", 60);

  @Test
  void validStatementsParse() throws Exception {
    try (RealEngine real = new RealEngine()) {
      for (String sql : Corpus.STATEMENTS) {
        assertThat(ourError(sql)).as(sql).isNull();
        assertThat(RealEngine.isSyntaxMessage(real.prepareError(sql))).as(sql).isFalse();
      }
    }
  }

  @Test
  void damagedStatementsFailAlike() throws Exception {
    Random random = new Random(SEED);
    List<String> differences = new ArrayList<>();
    try (RealEngine real = new RealEngine()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String sql : Corpus.STATEMENTS) {
          String damaged = Mutation.slightly(sql, random);
          String difference = compare(real, damaged);
          if (difference != null) {
            differences.add(difference);
          }
        }
      }
    }
    assertThat(differences).as("seed " + SEED).isEmpty();
  }

  private static @Nullable String compare(RealEngine real, String sql) {
    if (newerThanUs(sql)) {
      return null;
    }
    String ours = ourError(sql);
    if (NOTHING.equals(ours)) {
      // The JDBC driver makes no sense of a text without a statement.
      return null;
    }
    String theirs = real.prepareError(sql);
    boolean theirSyntax = RealEngine.isSyntaxMessage(theirs);
    boolean ourSyntax = RealEngine.isSyntaxMessage(ours);
    if (!theirSyntax && !ourSyntax) {
      return null;
    }
    if (ourSyntax && theirs != null && !theirSyntax && SCHEMA.matcher(theirs).find()) {
      // Actions of the real parser may find fault with the schema before the text is read to its
      // end.
      return null;
    }
    return ours != null && ours.equals(theirs)
        ? null
        : sql + "\n    real: " + theirs + "\n    ours: " + ours;
  }

  /**
   * The tested SQLite has forms of ALTER TABLE that ours lacks, and lacks libSQL's index method.
   */
  private static boolean newerThanUs(String sql) {
    String lower = sql.toLowerCase(java.util.Locale.ROOT);
    return (lower.startsWith("create") && lower.contains(" index ") && lower.contains(" using "))
        || lower.startsWith("alter")
            && (lower.contains("constraint")
                || lower.contains(" add check")
                || lower.contains(" alter ")
                || lower.contains(" drop "));
  }

  private static @Nullable String ourError(String sql) {
    try {
      return Parser.parseNext(sql, 0).statement() == null ? NOTHING : null;
    } catch (LibsqlException e) {
      return e.getMessage();
    }
  }
}
