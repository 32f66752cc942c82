package org.libsql4j.compat.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;
import org.libsql4j.Transaction;
import org.libsql4j.TransactionMode;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.remote.RemoteException;

/**
 * A hundred connections at once, half of them over WebSocket, while the server is killed and
 * started again twice: what was reported as done is there, what was reported as failed is not there
 * twice, and every answer is right.
 *
 * <p>{@code -Dcompat.remote.seconds=60} runs for longer.
 */
class RestartsTest {
  private static final int SECONDS = Integer.getInteger("compat.remote.seconds", 8);
  private static final int CONNECTIONS = 100;
  private static final int RESTARTS = 2;

  /** Each transaction moves between accounts; all of them together have this. */
  private static final long TOTAL = 100_000;

  @TempDir Path folder;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Set<String> done = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final Set<String> wrong = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
  private final AtomicLong reads = new AtomicLong();

  @Test
  void nothingIsWrongAndEveryFailureIsReported() throws Exception {
    try (SqldServer server = SqldServer.start(folder)) {
      setUp(server);
      CountDownLatch started = new CountDownLatch(CONNECTIONS);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int number = i;
        Thread thread = new Thread(() -> work(server, number, started), "client " + i);
        threads.add(thread);
        thread.start();
      }
      started.await();
      for (int i = 0; i < RESTARTS; i++) {
        TimeUnit.MILLISECONDS.sleep(SECONDS * 1_000L / (RESTARTS + 1));
        server.kill();
        server.start();
      }
      TimeUnit.MILLISECONDS.sleep(SECONDS * 1_000L / (RESTARTS + 1));
      stopped.set(true);
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(90));
        assertThat(thread.isAlive()).as(thread.getName() + " hangs").isFalse();
      }
      check(server);
    }
  }

  private static void setUp(SqldServer server) {
    try (Connection connection = Database.openRemote(server.url(), "").connect()) {
      connection.executeMultiple(
          "CREATE TABLE account(id INTEGER PRIMARY KEY, balance);"
              + "CREATE TABLE done(id TEXT);"
              + "INSERT INTO account WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c"
              + " WHERE x < 100) SELECT x, 1000 FROM c");
    }
  }

  private void work(SqldServer server, int number, CountDownLatch started) {
    Way way = number % 2 == 0 ? Way.HTTP : Way.WEB_SOCKET;
    Database database = Database.openRemote(way.url(server), "");
    Connection connection = null;
    boolean first = true;
    for (int i = 0; !stopped.get(); i++) {
      String id = number + "-" + i;
      try {
        connection = connection == null ? database.connect() : connection;
        if (first) {
          first = false;
          started.countDown();
        }
        step(connection, id, number + i);
      } catch (LibsqlException e) {
        note(e);
        pause();
      } catch (RuntimeException | Error e) {
        wrong.add(id + ": " + e);
      }
    }
    if (connection != null) {
      connection.close();
    }
  }

  private void step(Connection connection, String id, int kind) {
    switch (kind % 4) {
      case 0 -> insert(connection, id);
      case 1 -> transfer(connection, id);
      case 2 -> {
        long sum = connection.queryOne("SELECT sum(balance) FROM account").getLong(0);
        reads.incrementAndGet();
        if (sum != TOTAL) {
          wrong.add("sum " + sum);
        }
      }
      default -> readAll(connection);
    }
  }

  private void insert(Connection connection, String id) {
    boolean reported = false;
    try {
      long changed = connection.execute("INSERT INTO done VALUES (?)", id);
      reported = true;
      done.add(id);
      if (changed != 1) {
        wrong.add(id + " changed " + changed);
      }
    } catch (RemoteException e) {
      if (e.getMessage().endsWith("not known")) {
        unknown.add(id);
      }
      throw e;
    } finally {
      if (!reported && !connection.isAutoCommit()) {
        wrong.add(id + " left a transaction");
      }
    }
  }

  private void transfer(Connection connection, String id) {
    int from = Math.floorMod(id.hashCode(), 100) + 1;
    try (Transaction transaction = connection.transaction(TransactionMode.WRITE)) {
      transaction.execute("UPDATE account SET balance = balance - 1 WHERE id = ?", from);
      transaction.execute("UPDATE account SET balance = balance + 1 WHERE id = ?", from % 100 + 1);
      transaction.execute("INSERT INTO done VALUES (?)", id);
      commit(transaction, id);
      done.add(id);
    }
  }

  private void commit(Transaction transaction, String id) {
    try {
      transaction.commit();
    } catch (RemoteException e) {
      if (e.getMessage().endsWith("not known")) {
        unknown.add(id);
      }
      throw e;
    }
  }

  private void readAll(Connection connection) {
    long sum = 0;
    int count = 0;
    try (Rows rows = connection.query("SELECT id, balance FROM account ORDER BY id")) {
      while (rows.next()) {
        count++;
        if (rows.getLong(0) != count) {
          wrong.add("row " + count + " is " + rows.getLong(0));
        }
        sum += rows.getLong(1);
      }
    }
    reads.incrementAndGet();
    if (count != 100 || sum != TOTAL) {
      wrong.add(count + " rows with the sum " + sum);
    }
  }

  private void note(LibsqlException e) {
    String reason = e instanceof RemoteException remote ? remote.reason() + " " : "";
    String kind = reason + e.resultCode();
    failures.computeIfAbsent(kind, key -> new AtomicLong()).incrementAndGet();
    if (e.resultCode().primary() == org.libsql4j.error.ResultCode.INTERNAL) {
      wrong.add(e.toString());
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(SqldServer server) {
    Set<String> found = new HashSet<>();
    try (Connection connection = Database.openRemote(server.url(), "").connect()) {
      try (Rows rows = connection.query("SELECT id FROM done")) {
        while (rows.next()) {
          @Nullable String id = rows.getString(0);
          if (!found.add(String.valueOf(id))) {
            wrong.add(id + " is there twice");
          }
        }
      }
      assertThat(connection.queryOne("SELECT sum(balance) FROM account").getLong(0))
          .isEqualTo(TOTAL);
    }
    String figures =
        "%d done, %d unknown of which %d are there, %d reads, failures %s"
            .formatted(
                done.size(),
                unknown.size(),
                unknown.stream().filter(found::contains).count(),
                reads.get(),
                new TreeMap<>(failures));
    if (SECONDS > 10) {
      System.out.println(figures);
    }
    assertThat(wrong).as(figures).isEmpty();
    assertThat(found).as(figures).containsAll(done);
    found.removeAll(done);
    assertThat(unknown).as(figures).containsAll(found);
    assertThat(done).as(figures).hasSizeGreaterThan(CONNECTIONS);
    assertThat(failures).as(figures).isNotEmpty();
  }
}
