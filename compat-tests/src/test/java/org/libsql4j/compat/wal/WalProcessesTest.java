package org.libsql4j.compat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;

/**
 * Money moves between accounts in one WAL database at the same time by threads of ours and by
 * {@code sqlite3} processes, some of which are killed in the middle. Whoever looks sees all of the
 * money, and twice the same within a transaction.
 */
class WalProcessesTest {
  private static final int ACCOUNTS = 200;
  private static final int MONEY = ACCOUNTS * 100;
  private static final long MILLIS = Long.getLong("compat.wal.millis", 2_500);
  private static final long SEED = Long.getLong("compat.wal.seed", System.nanoTime());

  @TempDir Path folder;

  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();
  private long end;
  private Path file;

  @Test
  void allSeeAllOfTheMoney() throws Exception {
    assumeTrue(SqliteShell.isInstalled(), "the sqlite3 shell is not installed");
    file = folder.resolve("accounts.db");
    create();
    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    List<Callable<Long>> tasks = new ArrayList<>();
    tasks.add(() -> write(1));
    tasks.add(() -> write(2));
    tasks.add(() -> read(3));
    tasks.add(() -> read(4));
    tasks.add(() -> writeByShell(5, false));
    tasks.add(() -> writeByShell(6, true));
    tasks.add(() -> readByShell(7));
    tasks.add(() -> checkpoint(8));
    run(tasks);
    assertThat(committed.get()).isPositive();
    try (SqliteShell shell = new SqliteShell(file)) {
      assertThat(shell.line("PRAGMA integrity_check;")).isEqualTo("ok");
    }
    try (Connection connection = connect()) {
      assertThat(text(connection, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(number(connection, "SELECT sum(balance) FROM account")).isEqualTo(MONEY);
      assertThat(number(connection, "SELECT n FROM counter"))
          .as("seed " + SEED)
          .isBetween(committed.get(), committed.get() + unknown.get());
    }
  }

  private void run(List<Callable<Long>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Long>> results = new ArrayList<>();
      for (Callable<Long> task : tasks) {
        results.add(pool.submit(task));
      }
      StringBuilder counts = new StringBuilder();
      for (Future<Long> result : results) {
        counts.append(' ').append(result.get(MILLIS + 60_000, TimeUnit.MILLISECONDS));
      }
      System.out.println("WAL processes, rounds of each:" + counts + "; seed " + SEED);
    } finally {
      pool.shutdownNow();
    }
  }

  private Connection connect() {
    return Database.builder(file.toString()).busyTimeoutMillis(20_000).build().connect();
  }

  private void create() {
    try (Connection connection = connect()) {
      connection.executeMultiple(
          "PRAGMA journal_mode=WAL; CREATE TABLE account(id INTEGER PRIMARY KEY, balance INT);"
              + "CREATE TABLE counter(n INT); INSERT INTO counter VALUES(0)");
      connection.begin();
      for (int i = 0; i < ACCOUNTS; i++) {
        connection.execute("INSERT INTO account VALUES(?, 100)", i);
      }
      connection.commit();
    }
  }

  private boolean isTimeLeft() {
    return System.nanoTime() < end;
  }

  private long write(int id) {
    Random random = new Random(SEED + id);
    long rounds = 0;
    try (Connection connection = connect()) {
      connection.execute("PRAGMA synchronous=NORMAL");
      connection.execute("PRAGMA cache_size=" + (2 + random.nextInt(20)));
      while (isTimeLeft()) {
        connection.beginImmediate();
        for (int moves = random.nextInt(5); moves >= 0; moves--) {
          int amount = random.nextInt(50);
          String sql = "UPDATE account SET balance = balance + ? WHERE id = ?";
          connection.execute(sql, amount, random.nextInt(ACCOUNTS));
          connection.execute(sql, -amount, random.nextInt(ACCOUNTS));
        }
        if (random.nextInt(10) == 0) {
          connection.rollback();
          continue;
        }
        connection.execute("UPDATE counter SET n = n + 1");
        connection.commit();
        committed.incrementAndGet();
        rounds++;
      }
    }
    return rounds;
  }

  private long read(int id) {
    Random random = new Random(SEED + id);
    long rounds = 0;
    try (Connection connection = connect()) {
      long last = 0;
      while (isTimeLeft()) {
        connection.begin();
        long seen = number(connection, "SELECT n FROM counter");
        assertThat(seen).as("seed " + SEED).isGreaterThanOrEqualTo(last);
        last = seen;
        for (int again = random.nextInt(3); again >= 0; again--) {
          assertThat(number(connection, "SELECT sum(balance) FROM account"))
              .as("seed " + SEED)
              .isEqualTo(MONEY);
          assertThat(number(connection, "SELECT n FROM counter")).isEqualTo(seen);
        }
        connection.commit();
        rounds++;
      }
    }
    return rounds;
  }

  private long checkpoint(int id) throws Exception {
    Random random = new Random(SEED + id);
    String[] modes = {"PASSIVE", "FULL", "RESTART", "TRUNCATE"};
    long rounds = 0;
    while (isTimeLeft()) {
      try (Connection connection = connect()) {
        connection.execute("PRAGMA busy_timeout=50");
        text(connection, "PRAGMA wal_checkpoint(" + modes[random.nextInt(4)] + ")");
      }
      Thread.sleep(random.nextInt(60));
      rounds++;
    }
    return rounds;
  }

  private long writeByShell(int id, boolean dies) throws Exception {
    Random random = new Random(SEED + id);
    long rounds = 0;
    while (isTimeLeft()) {
      SqliteShell shell = new SqliteShell(file);
      try {
        int transfers = dies ? 1 + random.nextInt(60) : Integer.MAX_VALUE;
        for (int i = 0; i < transfers && isTimeLeft(); i++) {
          int amount = random.nextInt(50);
          String answer =
              shell.line(
                  String.format(
                      "BEGIN IMMEDIATE; UPDATE account SET balance = balance + %d WHERE id = %d;"
                          + " UPDATE account SET balance = balance - %d WHERE id = %d;"
                          + " UPDATE counter SET n = n + 1; COMMIT; SELECT 'done';",
                      amount, random.nextInt(ACCOUNTS), amount, random.nextInt(ACCOUNTS)));
          assertThat(answer).as("seed " + SEED).isEqualTo("done");
          committed.incrementAndGet();
          rounds++;
        }
        if (dies) {
          unknown.incrementAndGet();
          Thread killer = killSoon(shell, random.nextInt(3_000_000));
          shell.line(
              "BEGIN IMMEDIATE; UPDATE account SET balance = balance + 7 WHERE id < 50;"
                  + " UPDATE account SET balance = balance - 7 WHERE id >= 50 AND id < 100;"
                  + " UPDATE counter SET n = n + 1; COMMIT; SELECT 'done';");
          killer.join();
        }
      } finally {
        shell.close();
      }
    }
    return rounds;
  }

  private static Thread killSoon(SqliteShell shell, int nanos) {
    Thread killer =
        new Thread(
            () -> {
              try {
                Thread.sleep(nanos / 1_000_000, nanos % 1_000_000);
                shell.kill();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    killer.start();
    return killer;
  }

  private long readByShell(int id) throws Exception {
    long rounds = 0;
    try (SqliteShell shell = new SqliteShell(file)) {
      while (isTimeLeft()) {
        String sum = shell.line("SELECT sum(balance) FROM account;");
        assertThat(sum).as("seed %s reader %s", SEED, id).isEqualTo(Integer.toString(MONEY));
        rounds++;
      }
    }
    return rounds;
  }

  private static long number(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return rows.getLong(0);
    }
  }

  private static String text(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return rows.getString(0);
    }
  }
}
