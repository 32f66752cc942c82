package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One row by its key from a prepared statement, against the other driver: both by turns in one JVM.
 * In a transaction it is the engines that are compared; in autocommit mode each query takes and
 * gives back locks, which is most of the time on both sides.
 *
 * <p>The system property {@code libsql4j.select.times} says how many queries a round has; the
 * median of the rounds after the first few counts.
 */
class PointSelectSpeedTest {
  private static final int TIMES = Integer.getInteger("libsql4j.select.times", 10_000);
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 5;
  private static final int ROWS = 50_000;

  /** Wide, because it is not the speed itself that is tested on every machine. */
  private static final double MOST = 2.0;

  @TempDir Path folder;

  private Connection open(String driver, String journal) throws SQLException {
    Path file = folder.resolve(driver + ".db");
    Connection connection = DriverManager.getConnection("jdbc:" + driver + ":" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = " + journal);
      statement.executeUpdate("CREATE TABLE t(id INTEGER PRIMARY KEY, k INT, v TEXT)");
      statement.executeUpdate(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
              + ROWS
              + ") INSERT INTO t SELECT i, i * 7, 'text ' || i FROM n");
    }
    return connection;
  }

  private static double micros(Connection connection) throws SQLException {
    long sum = 0;
    long start = System.nanoTime();
    try (PreparedStatement select = connection.prepareStatement("SELECT k, v FROM t WHERE id=?")) {
      for (int i = 0; i < TIMES; i++) {
        select.setInt(1, (int) (i * 7919L % ROWS) + 1);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            throw new AssertionError("no row");
          }
          sum += row.getInt(1) + row.getString(2).length();
        }
      }
    }
    assertThat(sum).isPositive();
    return (System.nanoTime() - start) / 1e3 / TIMES;
  }

  private static double median(double[] values) {
    double[] last = Arrays.copyOfRange(values, WARM_UP, values.length);
    Arrays.sort(last);
    return last[last.length / 2];
  }

  @ParameterizedTest
  @CsvSource({"DELETE,false", "DELETE,true", "WAL,false", "WAL,true"})
  void isQuickerThanWithTheOtherDriver(String journal, boolean autoCommit) throws SQLException {
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    try (Connection our = open("libsql", journal);
        Connection their = open("sqlite", journal)) {
      our.setAutoCommit(autoCommit);
      their.setAutoCommit(autoCommit);
      for (int round = 0; round < ROUNDS; round++) {
        ours[round] = micros(our);
        theirs[round] = micros(their);
      }
      if (!autoCommit) {
        our.rollback();
        their.rollback();
      }
    }
    double ratio = median(ours) / median(theirs);
    System.out.printf(
        "%s, %s: %.2f us, the other driver %.2f us, ratio %.2f%n",
        journal,
        autoCommit ? "autocommit" : "in a transaction",
        median(ours),
        median(theirs),
        ratio);
    assertThat(ratio).isLessThan(MOST);
  }
}
