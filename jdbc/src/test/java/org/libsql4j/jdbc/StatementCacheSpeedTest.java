package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * Preparing a text again is much cheaper than preparing it for the first time.
 *
 * <p>The system property {@code libsql4j.cache.statements} says how often it is done in a round.
 * The quickest of several rounds counts, with the cache and without it by turns: in the first ones
 * the JVM compiles, on the same few cores.
 */
class StatementCacheSpeedTest {
  private static final int STATEMENTS = Integer.getInteger("libsql4j.cache.statements", 10_000);
  private static final int ROUNDS = 20;

  private static final String[] SCHEMA = {
    "CREATE TABLE customer(id INTEGER PRIMARY KEY, name TEXT)",
    "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INTEGER)",
    "CREATE TABLE item(id INTEGER PRIMARY KEY, orders INTEGER, price, count)",
    "CREATE INDEX item_orders ON item(orders)"
  };

  private static final String SQL =
      "SELECT o.id, c.name, sum(i.price * i.count) AS total FROM orders o"
          + " JOIN customer c ON c.id = o.customer JOIN item i ON i.orders = o.id"
          + " WHERE o.id = ? AND c.name LIKE 'a%' GROUP BY o.id ORDER BY total DESC LIMIT 10";

  private static long nanos(int cacheSize, boolean run) throws SQLException {
    String url = "jdbc:libsql::memory:?statement_cache_size=" + cacheSize;
    try (Connection connection = DriverManager.getConnection(url)) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : SCHEMA) {
          statement.executeUpdate(sql);
        }
      }
      long start = System.nanoTime();
      for (int i = 0; i < STATEMENTS; i++) {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
          statement.setInt(1, i);
          if (run) {
            runOnce(statement);
          }
        }
      }
      return System.nanoTime() - start;
    }
  }

  private static void runOnce(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      if (result.next()) {
        throw new AssertionError("a row");
      }
    }
  }

  private static double ratio(boolean run) throws SQLException {
    long cached = Long.MAX_VALUE;
    long compiled = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      cached = Math.min(cached, nanos(10, run));
      compiled = Math.min(compiled, nanos(0, run));
    }
    double ratio = (double) compiled / cached;
    System.out.printf(
        "%d statements %s: %.1f ms with the cache, %.1f ms without, %.1f times%n",
        STATEMENTS, run ? "prepared and run" : "prepared", cached / 1e6, compiled / 1e6, ratio);
    return ratio;
  }

  @Test
  void aCachedStatementIsMuchCheaperToPrepare() throws SQLException {
    assertThat(ratio(false)).isGreaterThan(10);
  }

  /** Here the query itself, which takes as long either way, has its part. */
  @Test
  void aCachedStatementIsMuchCheaperToPrepareAndRun() throws SQLException {
    assertThat(ratio(true)).isGreaterThan(5);
  }
}
