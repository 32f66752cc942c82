package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.observe.CheckpointDone;
import org.libsql4j.observe.ConnectionInfo;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.LockWaited;
import org.libsql4j.observe.StatementExecuted;
import org.libsql4j.observe.StatementPrepared;
import org.libsql4j.observe.TransactionEnded;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.LockPurpose;

/** A listener is told of everything that happens, and cannot disturb it. */
class EngineListenerTest {
  @TempDir Path directory;

  private final List<String> events = new ArrayList<>();
  private final List<LockWaited> waits = new ArrayList<>();

  private final class Recorder implements EngineListener {
    @Override
    public void connectionOpened(ConnectionInfo connection) {
      assertThat(connection.id()).isPositive();
      events.add("opened " + connection.path());
    }

    @Override
    public void connectionClosed(ConnectionInfo connection, long nanos) {
      assertThat(nanos).isPositive();
      events.add("closed " + connection.path());
    }

    @Override
    public void statementPrepared(StatementPrepared event) {
      assertThat(event.nanos()).isNotNegative();
      LibsqlException error = event.error();
      events.add(
          (event.cached() ? "cached " : "prepared ")
              + event.sql()
              + (error == null ? "" : ": " + error.getMessage()));
    }

    @Override
    public void statementExecuted(StatementExecuted event) {
      assertThat(event.nanos()).isNotNegative();
      LibsqlException error = event.error();
      events.add(
          event.sql()
              + " -> "
              + event.rows()
              + "/"
              + event.changes()
              + (error == null ? "" : ": " + error.getMessage()));
    }

    @Override
    public void transactionBegun(ConnectionInfo connection) {
      events.add("begun");
    }

    @Override
    public void transactionEnded(TransactionEnded event) {
      assertThat(event.nanos()).isNotNegative();
      events.add(event.committed() ? "committed" : "rolled back");
    }

    @Override
    public void lockWaited(LockWaited event) {
      waits.add(event);
    }

    @Override
    public void checkpointDone(CheckpointDone event) {
      LibsqlException error = event.error();
      events.add(
          "checkpoint "
              + event.database()
              + " "
              + event.mode()
              + " "
              + (error != null ? error.resultCode() : event.result()));
    }
  }

  private Database listenedTo(String path) {
    return Database.builder(path).listener(new Recorder()).build();
  }

  @Test
  void statements() {
    try (Connection connection = listenedTo(":memory:").connect()) {
      connection.executeMultiple(
          "CREATE TABLE t(a UNIQUE); CREATE TABLE u(a);"
              + " CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO u VALUES(new.a); END;");
      events.clear();
      connection.execute("INSERT INTO t VALUES(?), (?)", 1, 2);
      connection.query("SELECT a FROM t").toList();
      connection.query("SELECT a FROM t").toList();
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES(2)")).isNotNull();
      assertThatThrownBy(() -> connection.execute("SELECT x FROM t")).isNotNull();
      try (Rows rows = connection.query("SELECT a FROM t")) {
        rows.next();
      }
    }
    assertThat(events)
        .containsExactly(
            "prepared INSERT INTO t VALUES(?), (?)",
            "INSERT INTO t VALUES(?), (?) -> 0/4",
            "prepared SELECT a FROM t",
            "SELECT a FROM t -> 2/0",
            "cached SELECT a FROM t",
            "SELECT a FROM t -> 2/0",
            "prepared INSERT INTO t VALUES(2)",
            "INSERT INTO t VALUES(2) -> 0/0: UNIQUE constraint failed: t.a",
            "prepared SELECT x FROM t: no such column: x",
            "cached SELECT a FROM t",
            "SELECT a FROM t -> 1/0",
            "closed :memory:");
  }

  private void runQuietly(Connection connection, String sql) {
    int before = events.size();
    connection.execute(sql);
    List<String> added = new ArrayList<>(events.subList(before, events.size()));
    events.subList(before, events.size()).clear();
    added.removeIf(e -> e.contains(sql));
    events.addAll(added);
  }

  @Test
  void transactions() {
    Connection connection = listenedTo(":memory:").connect();
    for (String sql :
        List.of(
            "CREATE TABLE t(a UNIQUE)",
            "BEGIN",
            "INSERT INTO t VALUES(1)",
            "COMMIT",
            "BEGIN IMMEDIATE",
            "ROLLBACK",
            "SAVEPOINT s",
            "SAVEPOINT inner",
            "RELEASE inner",
            "RELEASE s",
            "SAVEPOINT s",
            "ROLLBACK TO s",
            "RELEASE s",
            "BEGIN")) {
      runQuietly(connection, sql);
    }
    assertThatThrownBy(() -> connection.execute("INSERT OR ROLLBACK INTO t VALUES(1)")).isNotNull();
    runQuietly(connection, "BEGIN");
    connection.close();
    events.removeIf(e -> e.contains("INSERT"));
    assertThat(events)
        .containsExactly(
            "opened :memory:",
            "begun",
            "committed",
            "begun",
            "rolled back",
            "begun",
            "committed",
            "begun",
            "committed",
            "begun",
            "rolled back",
            "begun",
            "rolled back",
            "closed :memory:");
  }

  @Test
  void waitsForLocks() {
    String path = directory.resolve("a.db").toString();
    try (Connection other = Database.openLocal(path).connect();
        Connection connection = listenedTo(path).connect()) {
      other.execute("CREATE TABLE t(a)");
      connection.query("SELECT * FROM t").toList();
      other.execute("BEGIN IMMEDIATE");
      connection.setBusyHandler(count -> count < 3);
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES(1)"))
          .hasMessage("database is locked");
      assertThat(waits).hasSize(1);
      assertThat(waits.get(0).purpose()).isEqualTo(LockPurpose.WRITE);
      assertThat(waits.get(0).file()).endsWith("a.db");
      assertThat(waits.get(0).acquired()).isFalse();

      connection.setBusyHandler(
          count -> {
            other.commit();
            return true;
          });
      connection.execute("INSERT INTO t VALUES(1)");
      assertThat(waits).hasSize(2);
      assertThat(waits.get(1).acquired()).isTrue();
      assertThat(waits.get(1).nanos()).isPositive();
    }
  }

  @Test
  void checkpoints() {
    String path = directory.resolve("a.db").toString();
    try (Connection connection = listenedTo(path).connect()) {
      connection.query("PRAGMA journal_mode=WAL").toList();
      connection.execute("PRAGMA wal_autocheckpoint=1");
      connection.execute("CREATE TABLE t(a)");
      events.clear();
      connection.execute("INSERT INTO t VALUES(1)");
      assertThat(events)
          .containsExactly(
              "prepared INSERT INTO t VALUES(1)",
              "INSERT INTO t VALUES(1) -> 0/1",
              "checkpoint main PASSIVE CheckpointResult[busy=false, logFrames=1, checkpointedFrames=1]");
      events.clear();
      connection.wal().checkpoint(CheckpointMode.TRUNCATE);
      connection.execute("BEGIN");
      connection.query("SELECT * FROM t").toList();
      assertThatThrownBy(() -> connection.wal().checkpoint(CheckpointMode.FULL)).isNotNull();
      events.removeIf(e -> !e.startsWith("checkpoint"));
      assertThat(events)
          .containsExactly(
              "checkpoint main TRUNCATE CheckpointResult[busy=false, logFrames=0, checkpointedFrames=0]",
              "checkpoint main FULL LOCKED");
    }
  }

  @Test
  void whatAListenerThrowsGoesToItselfOnly() {
    List<Throwable> failures = new ArrayList<>();
    EngineListener bad =
        new EngineListener() {
          @Override
          public void connectionOpened(ConnectionInfo connection) {
            throw new IllegalStateException("opened");
          }

          @Override
          public void statementExecuted(StatementExecuted event) {
            throw new IllegalStateException("executed");
          }

          @Override
          public void listenerFailed(Throwable failure) {
            failures.add(failure);
            throw new IllegalStateException("again");
          }
        };
    Database database = Database.builder(":memory:").listener(bad).listener(new Recorder()).build();
    try (Connection connection = database.connect()) {
      assertThat(connection.queryOne("SELECT 1").getLong(0)).isEqualTo(1);
    }
    assertThat(failures).extracting(Throwable::getMessage).containsExactly("opened", "executed");
    assertThat(events)
        .containsExactly(
            "opened :memory:", "prepared SELECT 1", "SELECT 1 -> 1/0", "closed :memory:");
  }
}
