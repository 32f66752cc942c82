package org.libsql4j.compat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;

/**
 * A thousand virtual threads on one carrier wait for one write lock, and all have their turn. Where
 * the JDK has none, platform threads take their place.
 */
class VirtualThreadsTest {
  private static final int THREADS = 1_000;
  private static final int CONNECTIONS = 64;

  @TempDir Path folder;

  @Test
  void allHaveTheirTurn() throws Exception {
    Path file = folder.resolve("a.db");
    try (Connection connection = Database.openLocal(file).connect()) {
      connection.executeMultiple(
          "PRAGMA journal_mode=WAL; CREATE TABLE t(n); INSERT INTO t VALUES(0)");
    }
    ExecutorService threads = newThreads();
    try (ConnectionPool pool = new ConnectionPool(file, CONNECTIONS, 120_000)) {
      List<Future<?>> turns = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        turns.add(threads.submit(() -> turn(pool)));
      }
      for (Future<?> turn : turns) {
        turn.get(120, TimeUnit.SECONDS);
      }
      Connection connection = pool.take();
      try (Rows rows = connection.query("SELECT n FROM t")) {
        rows.next();
        assertThat(rows.getLong(0)).isEqualTo(THREADS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The lock is held while other threads run: with one carrier nobody may block it. */
  private static Void turn(ConnectionPool pool) throws InterruptedException {
    Connection connection = pool.take();
    try {
      connection.beginImmediate();
      Thread.yield();
      connection.execute("UPDATE t SET n = n + 1");
      connection.commit();
    } finally {
      pool.give(connection);
    }
    return null;
  }

  private static ExecutorService newThreads() {
    String parallelism = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(parallelism) == null) {
      System.setProperty(parallelism, "1");
      System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", "1");
    }
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newFixedThreadPool(THREADS / 10);
    }
  }
}
