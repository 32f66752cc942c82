package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connecting to a file of 50 MB, one query, and closing, against the other driver: both by turns in
 * one JVM, so that whatever else the machine does falls on both.
 *
 * <p>The system property {@code libsql4j.open.times} says how often in all, in eight blocks whose
 * medians are printed; only the last one is looked at, and the more there are the more of both
 * drivers is compiled in it.
 */
class OpenSpeedTest {
  private static final int TIMES = Integer.getInteger("libsql4j.open.times", 4_000);
  private static final int BLOCKS = 8;

  /** Wide, because it is not the speed itself that is tested on every machine. */
  private static final double MOST = TIMES >= 32_000 ? 1.0 : 2.0;

  @TempDir Path folder;

  private static void create(Path file, String journal) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA journal_mode = " + journal);
      statement.executeUpdate("CREATE TABLE big(id INTEGER PRIMARY KEY, k INT, v REAL, txt TEXT)");
      for (int i = 0; i < 20; i++) {
        statement.executeUpdate(
            "CREATE TABLE other" + i + "(a INTEGER PRIMARY KEY, b TEXT NOT NULL, c, UNIQUE(b, c))");
      }
      statement.executeUpdate(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 400000)"
              + " INSERT INTO big SELECT i, i % 1000, i / 7.0, printf('%.100c', 'x') FROM n");
    }
    assertThat(file.toFile().length()).isGreaterThan(48_000_000);
  }

  private static long open(String url) throws SQLException {
    long start = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT k FROM big WHERE id = 77")) {
      if (!result.next() || result.getInt(1) != 77) {
        throw new AssertionError("another row");
      }
    }
    return System.nanoTime() - start;
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void isNotSlowerThanTheOtherDriver(String journal) throws SQLException {
    Path file = folder.resolve(journal + ".db");
    create(file, journal);
    double ratio = 0;
    for (int block = 0; block < BLOCKS; block++) {
      long[] ours = new long[TIMES / BLOCKS];
      long[] theirs = new long[ours.length];
      for (int i = 0; i < ours.length; i++) {
        ours[i] = open("jdbc:libsql:" + file);
        theirs[i] = open("jdbc:sqlite:" + file);
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      double our = ours[ours.length / 2] / 1e3;
      double their = theirs[ours.length / 2] / 1e3;
      ratio = our / their;
      System.out.printf(
          "%s, after %d: %.0f us, the other driver %.0f us, ratio %.2f%n",
          journal, (block + 1) * ours.length, our, their, ratio);
    }
    assertThat(ratio).isLessThan(MOST);
  }
}
