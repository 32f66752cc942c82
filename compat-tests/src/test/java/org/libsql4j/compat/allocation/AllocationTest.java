package org.libsql4j.compat.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan of a million rows allocates less than a megabyte, from the file to the caller. */
class AllocationTest {
  private static final int ROWS = 1_000_000;
  private static final long LIMIT_BYTES = 1_000_000;

  @TempDir Path folder;

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Test
  void scansAllocateNothingPerRow() throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:libsql:" + folder.resolve("scan.db"))) {
      fill(db);
      assertAllocatesLittle(db, "SELECT id, a, b FROM t WHERE b < 90", ROWS / 100 * 90);
      assertAllocatesLittle(db, "SELECT sum(a), count(*), max(b) FROM t WHERE b < 90", 1);
    }
  }

  private static void fill(Connection db) throws SQLException {
    db.setAutoCommit(false);
    try (Statement statement = db.createStatement()) {
      statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b INT, c TEXT)");
    }
    try (PreparedStatement insert = db.prepareStatement("INSERT INTO t VALUES(?, ?, ?, 'x')")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.setInt(2, i * 7);
        insert.setInt(3, i % 100);
        insert.executeUpdate();
      }
    }
    db.commit();
    db.setAutoCommit(true);
  }

  private static void assertAllocatesLittle(Connection db, String sql, int rows)
      throws SQLException {
    try (PreparedStatement query = db.prepareStatement(sql)) {
      long bytes = Long.MAX_VALUE;
      // The first runs fill caches and load classes.
      for (int run = 0; run < 3; run++) {
        long before = allocatedBytes();
        int count = 0;
        long sum = 0;
        try (ResultSet result = query.executeQuery()) {
          while (result.next()) {
            count++;
            sum += result.getLong(1) + result.getLong(2) + result.getLong(3);
          }
        }
        bytes = Math.min(bytes, allocatedBytes() - before);
        assertThat(count).isEqualTo(rows);
        assertThat(sum).isPositive();
      }
      assertThat(bytes).as(sql).isLessThan(LIMIT_BYTES);
    }
  }
}
