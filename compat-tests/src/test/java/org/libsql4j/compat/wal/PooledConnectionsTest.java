package org.libsql4j.compat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Sixteen threads with pooled connections on one WAL database: money moves between accounts, by
 * ordinary transactions and by optimistic ones. Whoever reads sees all of the money, and needs no
 * patience: readers have a busy timeout of 0.
 */
class PooledConnectionsTest {
  private static final int THREADS = 16;
  private static final int READERS = 8;
  private static final int ACCOUNTS = 2_000;
  private static final long MONEY = ACCOUNTS * 100L;
  private static final long MILLIS = Long.getLong("compat.wal.millis", 2_500);
  private static final long SEED = Long.getLong("compat.wal.seed", System.nanoTime());

  @TempDir Path folder;

  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong readsBesideWriter = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong conflicts = new AtomicLong();
  private final AtomicInteger writing = new AtomicInteger();
  private ConnectionPool readerPool;
  private ConnectionPool writerPool;
  private long end;

  @BeforeEach
  void create() {
    Path file = folder.resolve("accounts.db");
    try (Connection connection = Database.openLocal(file).connect()) {
      connection.executeMultiple(
          "PRAGMA journal_mode=WAL;"
              + "CREATE TABLE account(id INTEGER PRIMARY KEY, balance INTEGER, moves INTEGER, pad);"
              + "CREATE TABLE log(id INTEGER PRIMARY KEY, amount INTEGER);"
              + "INSERT INTO account SELECT value, 100, 0, randomblob(60)"
              + " FROM generate_series(1, "
              + ACCOUNTS
              + ")");
    }
    readerPool = new ConnectionPool(file, READERS - 2, 0);
    writerPool = new ConnectionPool(file, THREADS - READERS - 2, 60_000);
  }

  @AfterEach
  void close() {
    readerPool.close();
    writerPool.close();
  }

  @Test
  void readersAreNeverBlockedAndNoUpdateIsLost() throws Exception {
    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(SEED + i);
        tasks.add(
            pool.submit(i < READERS ? repeat(() -> read(random)) : repeat(() -> write(random))));
      }
      for (Future<?> task : tasks) {
        task.get(MILLIS + 60_000, TimeUnit.MILLISECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    System.out.printf(
        "%d reads (%d beside a writer), %d commits, %d conflicts; seed %d%n",
        reads.get(), readsBesideWriter.get(), commits.get(), conflicts.get(), SEED);
    Connection connection = readerPool.take();
    assertThat(number(connection, "SELECT sum(moves) FROM account"))
        .as("seed " + SEED)
        .isEqualTo(2 * commits.get());
    assertThat(number(connection, "SELECT sum(balance) FROM account")).isEqualTo(MONEY);
    assertThat(number(connection, "SELECT count(*) FROM log")).isLessThanOrEqualTo(commits.get());
    try (Rows rows = connection.query("PRAGMA integrity_check")) {
      rows.next();
      assertThat(rows.getString(0)).isEqualTo("ok");
    }
    assertThat(readsBesideWriter.get()).isPositive();
    assertThat(commits.get()).isPositive();
  }

  /** A step of a thread. */
  private interface Step {
    void run() throws InterruptedException;
  }

  private Callable<Void> repeat(Step step) {
    return () -> {
      while (System.nanoTime() < end) {
        step.run();
      }
      return null;
    };
  }

  private void read(Random random) throws InterruptedException {
    Connection connection = readerPool.take();
    try {
      boolean beside = writing.get() > 0;
      connection.begin();
      long moves = number(connection, "SELECT sum(moves) FROM account");
      assertThat(number(connection, "SELECT sum(balance) FROM account")).isEqualTo(MONEY);
      int id = 1 + random.nextInt(ACCOUNTS);
      assertThat(number(connection, "SELECT count(*) FROM account WHERE id = " + id)).isEqualTo(1);
      assertThat(number(connection, "SELECT sum(moves) FROM account")).isEqualTo(moves);
      connection.commit();
      reads.incrementAndGet();
      if (beside && writing.get() > 0) {
        readsBesideWriter.incrementAndGet();
      }
    } finally {
      readerPool.give(connection);
    }
  }

  private void write(Random random) throws InterruptedException {
    Connection connection = writerPool.take();
    try {
      if (random.nextInt(3) == 0) {
        moveOptimistically(connection, random);
      } else {
        connection.beginImmediate();
        writing.incrementAndGet();
        move(connection, random);
        writing.decrementAndGet();
        connection.commit();
        commits.incrementAndGet();
      }
    } finally {
      writerPool.give(connection);
    }
  }

  private void moveOptimistically(Connection connection, Random random) {
    connection.execute("BEGIN CONCURRENT");
    move(connection, random);
    try {
      connection.commit();
      commits.incrementAndGet();
    } catch (LibsqlException e) {
      assertThat(e.resultCode()).isEqualTo(ResultCode.BUSY_SNAPSHOT);
      connection.rollback();
      conflicts.incrementAndGet();
    }
  }

  private static void move(Connection connection, Random random) {
    int from = 1 + random.nextInt(ACCOUNTS);
    int to = 1 + (from + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    int amount = random.nextInt(50);
    String sql = "UPDATE account SET balance = balance + ?, moves = moves + 1 WHERE id = ?";
    connection.execute(sql, -amount, from);
    connection.execute(sql, amount, to);
    if (random.nextInt(4) == 0) {
      long id = random.nextLong() >>> 20;
      connection.execute("INSERT OR REPLACE INTO log VALUES(?, ?)", id, amount);
    }
  }

  private static long number(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return rows.getLong(0);
    }
  }
}
