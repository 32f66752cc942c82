package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.sql.Mutation;
import org.libsql4j.vfs.MemoryVfs;

/**
 * Damaged statements through compiler and interpreter: whatever passes the parser is run or
 * refused, never with an error of our own making. {@code -Dprepare.fuzz.seed=N} starts elsewhere,
 * {@code -Dprepare.fuzz.count=N} does more.
 */
class PrepareFuzzTest {
  private static final long SEED = Long.getLong("prepare.fuzz.seed", 1);
  private static final int COUNT = Integer.getInteger("prepare.fuzz.count", 60_000);
  private static final int REPORTED = 10;

  /** In instructions. */
  private static final int LONGEST_RUN = 10_000;

  private static final String SCHEMA =
      "CREATE TABLE t1(a INTEGER PRIMARY KEY, b, c TEXT);"
          + "CREATE TABLE t2(a, b UNIQUE, d REFERENCES t1);"
          + "CREATE TABLE t3(a, b, PRIMARY KEY(b)) WITHOUT ROWID;"
          + "CREATE INDEX i1 ON t1(b, c);"
          + "CREATE VIEW v1 AS SELECT a, count(*) AS b FROM t2 GROUP BY a;"
          + "CREATE TRIGGER tr AFTER INSERT ON t2 BEGIN UPDATE t3 SET a = new.a; END;"
          + "INSERT INTO t1 VALUES(1, 2, 'x'), (2, 3, 'y');"
          + "INSERT INTO t3 VALUES(1, 2);";

  @Test
  void damagedStatementsAreRunOrRefused() {
    Random random = new Random(SEED);
    List<String> failures = new ArrayList<>();
    int compiled = 0;
    // Files that statements make are in memory, too.
    Database database =
        Database.builder("fuzz.db").vfs(new MemoryVfs()).busyTimeoutMillis(0).build();
    try (Connection connection = database.connect()) {
      connection.executeMultiple(SCHEMA);
      connection.setProgressHandler(LONGEST_RUN, () -> true);
      for (int i = 0; i < COUNT && failures.size() < REPORTED; i++) {
        String sql = Mutation.next(random);
        try {
          connection.execute("BEGIN");
          try (Statement statement = connection.prepare(sql)) {
            compiled++;
            statement.step();
          }
        } catch (LibsqlException e) {
          String wrong = unexpected(e);
          if (wrong != null) {
            failures.add(wrong + " in " + sql);
          }
        } catch (RuntimeException | StackOverflowError e) {
          failures.add(e + at(e) + " in " + sql);
        } finally {
          if (!connection.isAutoCommit()) {
            connection.rollback();
          }
        }
      }
    }
    assertThat(failures).as("seed " + SEED).isEmpty();
    assertThat(compiled).as("statements that compile").isGreaterThan(COUNT / 100);
  }

  private static @Nullable String unexpected(LibsqlException e) {
    return e.resultCode() == ResultCode.INTERNAL ? e + at(e) : null;
  }

  private static String at(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    StackTraceElement[] trace = cause.getStackTrace();
    return trace.length == 0
        ? ""
        : " at " + trace[0] + " from " + trace[Math.min(3, trace.length - 1)];
  }
}
