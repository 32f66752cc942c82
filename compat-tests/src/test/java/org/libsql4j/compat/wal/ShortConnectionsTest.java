package org.libsql4j.compat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;
import org.libsql4j.compat.crash.ChildJvm;

/**
 * Threads of two JVMs and {@code sqlite3} processes open one WAL database, look at it or add to it,
 * and close it: the log and its index come and go all the time, and are mostly empty.
 */
class ShortConnectionsTest {
  private static final long MILLIS = Long.getLong("compat.wal.millis", 2_500);
  private static final long SEED = Long.getLong("compat.wal.seed", System.nanoTime());

  private static final String ADD = "UPDATE pair SET a = a + 1, b = b + 1";

  @TempDir Path folder;

  @Test
  void noneLosesWhatAnotherAdded() throws Exception {
    assumeTrue(SqliteShell.isInstalled(), "the sqlite3 shell is not installed");
    Path file = folder.resolve("pair.db");
    try (Connection connection = open(file)) {
      connection.executeMultiple(
          "PRAGMA journal_mode=WAL; CREATE TABLE pair(a, b); INSERT INTO pair VALUES(0, 0)");
    }
    List<Callable<Long>> tasks = new ArrayList<>();
    tasks.add(() -> use(file, SEED + 1, MILLIS));
    tasks.add(() -> use(file, SEED + 2, MILLIS));
    tasks.add(() -> useByShells(file, 3));
    tasks.add(() -> useByShells(file, 4));
    tasks.add(() -> useByChild(file));
    long added = 0;
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Long>> results = new ArrayList<>();
      for (Callable<Long> task : tasks) {
        results.add(pool.submit(task));
      }
      for (Future<Long> result : results) {
        added += result.get(MILLIS + 60_000, TimeUnit.MILLISECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    System.out.println("Short connections added " + added + "; seed " + SEED);
    try (Connection connection = open(file)) {
      assertThat(read(connection)).as("seed " + SEED).isEqualTo(added);
      assertThat(connection.queryOne("PRAGMA integrity_check").getString(0)).isEqualTo("ok");
    }
  }

  private static Connection open(Path file) {
    return Database.builder(file.toString()).busyTimeoutMillis(20_000).build().connect();
  }

  private static long read(Connection connection) {
    try (Rows rows = connection.query("SELECT a, b FROM pair")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(rows.getLong(1));
      return rows.getLong(0);
    }
  }

  /** Returns how often it added. */
  private static long use(Path file, long seed, long millis) {
    Random random = new Random(seed);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long added = 0;
    long last = 0;
    while (System.nanoTime() < end) {
      try (Connection connection = open(file)) {
        for (int i = random.nextInt(3); i >= 0; i--) {
          long now = read(connection);
          assertThat(now).isGreaterThanOrEqualTo(last);
          last = now;
        }
        if (random.nextInt(4) == 0) {
          connection.execute(ADD);
          added++;
        }
        if (random.nextInt(50) == 0) {
          Thread.sleep(random.nextInt(5));
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return added;
  }

  private static long useByShells(Path file, long seed) throws Exception {
    Random random = new Random(SEED + seed);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    long added = 0;
    while (System.nanoTime() < end) {
      boolean adds = random.nextBoolean();
      try (SqliteShell shell = new SqliteShell(file)) {
        String sql = "SELECT CASE a WHEN b THEN 'same' ELSE 'torn' END FROM pair;";
        assertThat(shell.line(adds ? ADD + "; " + sql : sql)).isEqualTo("same");
        if (adds) {
          added++;
        }
        if (random.nextInt(4) == 0) {
          shell.kill();
        }
      }
    }
    return added;
  }

  private static long useByChild(Path file) throws IOException, InterruptedException {
    Process child =
        ChildJvm.start(ShortConnectionsTest.class, file.toString(), "" + (SEED + 5), "" + MILLIS);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      assertThat(line).as("what the other JVM added").isNotNull();
      return Long.parseLong(line);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  /** The other JVM: two threads. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    long seed = Long.parseLong(args[1]);
    long millis = Long.parseLong(args[2]);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Future<Long> first = pool.submit(() -> use(file, seed, millis));
      Future<Long> second = pool.submit(() -> use(file, seed + 1, millis));
      System.out.println(first.get() + second.get());
    } finally {
      pool.shutdownNow();
    }
  }
}
