package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Waiting for locks of other connections in this JVM. */
class BusyWaitTest {
  private static final int WRITERS = 8;
  private static final int EACH = 40;

  @TempDir Path folder;

  private Connection open(int busyTimeoutMillis) {
    return Database.builder(folder.resolve("a.db").toString())
        .busyTimeoutMillis(busyTimeoutMillis)
        .build()
        .connect();
  }

  private void create(String journalMode) {
    try (Connection connection = open(0)) {
      connection.executeMultiple(
          "PRAGMA journal_mode=" + journalMode + "; CREATE TABLE t(a); INSERT INTO t VALUES(0)");
    }
  }

  private static long number(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return rows.getLong(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void everyWriterHasItsTurn(String journalMode) throws Exception {
    create(journalMode);
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(pool.submit(this::write));
      }
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    try (Connection connection = open(0)) {
      assertThat(number(connection, "SELECT a FROM t")).isEqualTo(WRITERS * EACH);
    }
  }

  private void write() {
    try (Connection connection = open(50_000)) {
      connection.executeMultiple("PRAGMA synchronous=OFF");
      for (int i = 0; i < EACH; i++) {
        connection.beginImmediate();
        connection.execute("UPDATE t SET a = a + 1");
        connection.commit();
      }
    }
  }

  /** A lock was once kept for a connection that had stopped waiting for it. */
  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void nothingIsKeptForThoseWhoHaveGivenUp(String journalMode) {
    create(journalMode);
    try (Connection writer = open(0);
        Connection waiter = open(5)) {
      for (int i = 0; i < 20; i++) {
        writer.beginImmediate();
        writer.execute("UPDATE t SET a = a + 1");
        assertThatThrownBy(waiter::beginImmediate).hasMessage("database is locked");
        writer.commit();
        writer.execute("UPDATE t SET a = a + 1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void waitingEndsAtTheDeadline(String journalMode) {
    create(journalMode);
    try (Connection holder = open(0);
        Connection waiter = open(60)) {
      holder.beginImmediate();
      long start = System.nanoTime();
      assertThatThrownBy(waiter::beginImmediate).hasMessage("database is locked");
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(55L, 20_000L);
      holder.commit();
      waiter.beginImmediate();
      waiter.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void anInterruptEndsTheWait(String journalMode) throws Exception {
    create(journalMode);
    try (Connection holder = open(0);
        Connection waiter = open(60_000)) {
      holder.beginImmediate();
      AtomicReference<ResultCode> result = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  waiter.beginImmediate();
                } catch (LibsqlException e) {
                  result.set(e.resultCode());
                }
              });
      thread.start();
      while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      while (thread.isAlive()) {
        waiter.interrupt(); // Once more if it came before the statement had begun.
        thread.join(20);
      }
      assertThat(result.get()).isEqualTo(ResultCode.INTERRUPT);
      holder.commit();
    }
  }

  /** In WAL mode a reader does not wait for the writer, nor the writer for readers. */
  @Test
  void readersAndTheWriterDoNotMeet() {
    create("wal");
    try (Connection reader = open(0);
        Connection writer = open(0)) {
      reader.begin();
      assertThat(number(reader, "SELECT a FROM t")).isZero();
      writer.beginImmediate();
      writer.execute("UPDATE t SET a = 1");
      assertThat(number(reader, "SELECT a FROM t")).isZero();
      writer.commit();
      assertThat(number(reader, "SELECT a FROM t")).isZero();
      reader.commit();
      assertThat(number(reader, "SELECT a FROM t")).isEqualTo(1);
    }
  }
}
