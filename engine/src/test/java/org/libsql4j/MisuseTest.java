package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.observe.ConnectionInfo;
import org.libsql4j.observe.EngineListener;

/** What is used after its end says what it is, to the caller, the log and listeners. */
class MisuseTest {
  private final Logger logger = Logger.getLogger("org.libsql4j");
  private final List<String> logged = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
          logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private Connection connection;

  @BeforeEach
  void open() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    connection =
        Database.builder(":memory:")
            .listener(
                new EngineListener() {
                  @Override
                  public void objectMisused(ConnectionInfo info, LibsqlException failure) {
                    told.add(failure.getMessage());
                  }
                })
            .build()
            .connect();
    connection.execute("CREATE TABLE t(a)");
    connection.execute("INSERT INTO t VALUES (x'00')");
  }

  @AfterEach
  void close() {
    connection.close();
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private void fails(String message, Runnable... uses) {
    for (Runnable use : uses) {
      logged.clear();
      told.clear();
      assertThatThrownBy(use::run)
          .isInstanceOfSatisfying(
              LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.MISUSE))
          .hasMessage(message);
      assertThat(logged).containsExactly(message);
      assertThat(told).containsExactly(message);
    }
  }

  @Test
  void statements() {
    Statement statement = connection.prepare("SELECT ? FROM t");
    Rows rows = connection.query("SELECT a FROM t");
    statement.close();
    statement.close();
    rows.close();
    fails(
        "statement is closed",
        statement::step,
        statement::execute,
        () -> statement.bind(1, 5),
        () -> statement.getLong(0),
        rows::next);
  }

  @Test
  void transactions() {
    Transaction committed = connection.transaction(TransactionMode.WRITE);
    committed.commit();
    fails(
        "transaction has ended",
        committed::commit,
        committed::rollback,
        () -> committed.execute("SELECT 1"),
        () -> committed.prepare("SELECT 1"),
        () -> committed.savepoint("x"));
    Transaction undone = connection.transaction(TransactionMode.WRITE);
    connection.rollback();
    fails("transaction was rolled back", undone::commit, () -> undone.query("SELECT 1"));
    undone.close();
  }

  @Test
  void savepointsAndBlobsAndBackups() {
    Savepoint savepoint = connection.savepoint("s");
    savepoint.release();
    fails("savepoint has ended", savepoint::release, savepoint::rollback);
    Transaction transaction = connection.transaction(TransactionMode.WRITE);
    Savepoint inner = transaction.savepoint("s");
    transaction.commit();
    Savepoint other = connection.savepoint("s");
    fails("savepoint has ended", inner::release, inner::rollback);
    inner.close();
    other.release();
    IncrementalBlob blob = connection.openBlob("main", "t", "a", 1, false);
    blob.close();
    fails("blob is closed", () -> blob.read(0, 1));
    try (Connection target = Database.inMemory().connect()) {
      Backup backup = connection.startBackup("main", target, "main");
      backup.close();
      fails("backup is closed", () -> backup.step(1));
    }
  }

  @Test
  void connections() {
    Statement statement = connection.prepare("SELECT 1");
    Transaction transaction = connection.transaction(TransactionMode.DEFERRED);
    connection.close();
    connection.close();
    fails(
        "connection is closed",
        () -> connection.execute("SELECT 1"),
        () -> connection.prepare("SELECT 1"),
        connection::commit,
        connection::reset,
        () -> connection.pragma().foreignKeys(),
        statement::step,
        () -> transaction.execute("SELECT 1"));
    transaction.close();
    statement.close();
  }
}
