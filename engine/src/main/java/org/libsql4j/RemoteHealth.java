package org.libsql4j;

import java.time.Duration;

/** How a remote database is, as far as its server tells. */
final class RemoteHealth {
  private RemoteHealth() {}

  /** The latency is that of the way to the server and back. */
  static HealthReport check(Connection connection) {
    long start = System.nanoTime();
    long pages = connection.queryOne("PRAGMA page_count").getLong(0);
    Duration latency = Duration.ofNanos(System.nanoTime() - start);
    String journal = connection.queryOne("PRAGMA journal_mode").getString(0);
    long free = connection.queryOne("PRAGMA freelist_count").getLong(0);
    return new HealthReport(
        latency, false, !connection.isAutoCommit(), "wal".equals(journal), 0, pages, free, 0);
  }
}
