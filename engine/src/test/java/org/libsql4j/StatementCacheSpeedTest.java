package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Preparing a text again is much cheaper than preparing it for the first time.
 *
 * <p>The system property {@code libsql4j.cache.statements} says how often it is done.
 */
class StatementCacheSpeedTest {
  private static final int STATEMENTS = Integer.getInteger("libsql4j.cache.statements", 3_000);

  private static final String SQL =
      "SELECT o.id, c.name, sum(i.price * i.count) AS total FROM orders o"
          + " JOIN customer c ON c.id = o.customer JOIN item i ON i.orders = o.id"
          + " WHERE o.id = ? AND c.name LIKE 'a%' GROUP BY o.id ORDER BY total DESC LIMIT 10";

  private static long nanos(int cacheSize) {
    try (Connection connection =
        Database.builder(":memory:").statementCacheSize(cacheSize).build().connect()) {
      connection.executeMultiple(
          "CREATE TABLE customer(id INTEGER PRIMARY KEY, name TEXT);"
              + "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INTEGER);"
              + "CREATE TABLE item(id INTEGER PRIMARY KEY, orders INTEGER, price, count);"
              + "CREATE INDEX item_orders ON item(orders)");
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 3; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < STATEMENTS / 3; i++) {
          try (Statement statement = connection.prepare(SQL)) {
            statement.bind(1, i);
            if (statement.step()) {
              throw new AssertionError("a row");
            }
          }
        }
        least = Math.min(least, System.nanoTime() - start);
      }
      return least * 3;
    }
  }

  @Test
  void aCachedStatementIsMuchCheaper() {
    nanos(10);
    long cached = nanos(10);
    long compiled = nanos(0);
    double ratio = (double) compiled / cached;
    System.out.printf(
        "%d statements: %.0f ms with the cache, %.0f ms without, %.1f times%n",
        STATEMENTS, cached / 1e6, compiled / 1e6, ratio);
    assertThat(ratio).isGreaterThan(10);
  }
}
