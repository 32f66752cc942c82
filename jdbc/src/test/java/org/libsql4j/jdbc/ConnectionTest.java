package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libsql4j.jdbc.TestDatabases.execute;
import static org.libsql4j.jdbc.TestDatabases.value;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  @TempDir Path folder;
  private String url;
  private Connection connection;
  private org.libsql4j.Connection engine;

  @BeforeEach
  void open() throws SQLException {
    url = "jdbc:libsql:" + folder.resolve("test.db");
    connection = DriverManager.getConnection(url);
    engine = connection.unwrap(org.libsql4j.Connection.class);
    execute(connection, "CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void beginsWhenTheFirstStatementNeedsIt() throws SQLException {
    connection.setAutoCommit(false);
    assertThat(engine.isAutoCommit()).isTrue();
    execute(connection, "PRAGMA cache_size");
    assertThat(engine.isAutoCommit()).isTrue();
    execute(connection, "INSERT INTO t VALUES (1, 1)");
    assertThat(engine.isAutoCommit()).isFalse();
    connection.rollback();
    assertThat(engine.isAutoCommit()).isTrue();
    assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
    execute(connection, "INSERT INTO t VALUES (1, 1)");
    connection.commit();
    connection.commit();
    try (Connection other = DriverManager.getConnection(url)) {
      assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("1");
    }
  }

  @Test
  void commitsWhenAutoCommitIsTurnedOn() throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, "INSERT INTO t VALUES (1, 1)");
    connection.setAutoCommit(true);
    assertThat(engine.isAutoCommit()).isTrue();
    try (Connection other = DriverManager.getConnection(url)) {
      assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("1");
    }
  }

  @Test
  void refusesCommitInAutoCommitMode() {
    assertThatThrownBy(connection::commit).hasMessageContaining("auto-commit");
    assertThatThrownBy(connection::rollback).hasMessageContaining("auto-commit");
    assertThatThrownBy(connection::setSavepoint).hasMessageContaining("auto-commit");
  }

  @Test
  void rollsBackWhenClosed() throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, "INSERT INTO t VALUES (1, 1)");
    connection.close();
    connection.close();
    try (Connection other = DriverManager.getConnection(url)) {
      assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  @Test
  void beginsInTheModeAskedFor() throws SQLException {
    try (Connection writer =
        DriverManager.getConnection(url + "?transaction_mode=immediate&busy_timeout=0")) {
      writer.setAutoCommit(false);
      value(writer, "SELECT 1");
      try (Connection other = DriverManager.getConnection(url + "?busy_timeout=0")) {
        assertThatThrownBy(() -> execute(other, "INSERT INTO t VALUES (1, 1)"))
            .isInstanceOf(SQLTransientException.class)
            .hasMessageStartingWith("[SQLITE_BUSY] The database file is locked")
            .satisfies(
                e -> {
                  assertThat(((SQLException) e).getErrorCode()).isEqualTo(5);
                  assertThat(((SQLException) e).getSQLState()).isEqualTo("40001");
                });
      }
    }
  }

  @Test
  void savepointsOfOtherConnectionsAreRefused() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:libsql::memory:")) {
      other.setAutoCommit(false);
      connection.setAutoCommit(false);
      Savepoint theirs = other.setSavepoint();
      Savepoint ours = connection.setSavepoint();
      assertThatThrownBy(() -> connection.releaseSavepoint(theirs))
          .hasMessageContaining("savepoint of another connection");
      connection.releaseSavepoint(ours);
    }
  }

  @Test
  void nestsSavepoints() throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, "INSERT INTO t VALUES (1, 1)");
    Savepoint outer = connection.setSavepoint("o\"uter");
    assertThat(outer.getSavepointName()).isEqualTo("o\"uter");
    execute(connection, "INSERT INTO t VALUES (2, 1)");
    Savepoint inner = connection.setSavepoint();
    assertThat(inner.getSavepointId()).isPositive();
    execute(connection, "INSERT INTO t VALUES (3, 1)");
    connection.rollback(inner);
    assertThat(value(connection, "SELECT max(a) FROM t")).isEqualTo("2");
    connection.rollback(outer);
    assertThat(value(connection, "SELECT max(a) FROM t")).isEqualTo("1");
    connection.releaseSavepoint(outer);
    connection.commit();
    assertThat(value(connection, "SELECT max(a) FROM t")).isEqualTo("1");
  }

  @Test
  void canBeMadeReadOnly() throws SQLException {
    connection.setReadOnly(true);
    assertThat(connection.isReadOnly()).isTrue();
    assertThatThrownBy(() -> execute(connection, "INSERT INTO t VALUES (1, 1)"))
        .hasMessageContaining("SQLITE_READONLY");
    connection.setReadOnly(false);
    execute(connection, "INSERT INTO t VALUES (1, 1)");
  }

  /** As in a read-only transaction of Spring; it failed, as BEGIN IMMEDIATE is for writing. */
  @Test
  void readOnlyTransactionsReadWhateverTheModeIs() throws SQLException {
    String url = "jdbc:libsql:" + folder.resolve("modes.db") + "?busy_timeout=0";
    try (Connection writer = DriverManager.getConnection(url)) {
      execute(writer, "CREATE TABLE t(a)", "BEGIN IMMEDIATE", "INSERT INTO t VALUES (1)");
      for (String mode : new String[] {"IMMEDIATE", "EXCLUSIVE", "CONCURRENT", "READ"}) {
        try (Connection reader = DriverManager.getConnection(url + "&transaction_mode=" + mode)) {
          reader.setReadOnly(true);
          reader.setAutoCommit(false);
          assertThat(value(reader, "SELECT count(*) FROM t")).as(mode).isEqualTo("0");
          assertThatThrownBy(() -> execute(reader, "DELETE FROM t"))
              .hasFieldOrPropertyWithValue("SQLState", "25006");
          reader.commit();
          reader.setReadOnly(false);
        }
      }
      execute(writer, "COMMIT");
      try (Connection other = DriverManager.getConnection(url + "&transaction_mode=IMMEDIATE")) {
        other.setReadOnly(true);
        other.setReadOnly(false);
        other.setAutoCommit(false);
        assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("1");
        assertThatThrownBy(() -> execute(writer, "DELETE FROM t"))
            .hasMessageContaining("SQLITE_BUSY");
      }
    }
  }

  @Test
  void takesAllIsolationLevelsButNone() throws SQLException {
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    for (int level : new int[] {1, 2, 4, 8}) {
      connection.setTransactionIsolation(level);
      assertThat(connection.getTransactionIsolation()).isEqualTo(level);
    }
    assertThatThrownBy(() -> connection.setTransactionIsolation(0))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void saysThatItIsClosed() throws SQLException {
    Statement statement = connection.createStatement();
    PreparedStatement prepared = connection.prepareStatement("SELECT 1");
    ResultSet rows = prepared.executeQuery();
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    assertThat(statement.isClosed()).isTrue();
    assertThat(prepared.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    assertThatThrownBy(connection::createStatement)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08003"));
    assertThatThrownBy(() -> statement.execute("SELECT 1"))
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08003"));
    assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
    rows.close();
    prepared.close();
    statement.close();
  }

  @Test
  void aborts() throws SQLException {
    connection.abort(Runnable::run);
    assertThat(connection.isClosed()).isTrue();
    connection.abort(Runnable::run);
  }

  /** JDBC wants it closed when abort returns, whenever the executor runs the rest. */
  @Test
  void isClosedAsSoonAsItIsAborted() throws SQLException {
    List<Runnable> tasks = new ArrayList<>();
    Statement statement = connection.createStatement();
    connection.abort(tasks::add);
    assertThat(connection.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    assertThat(statement.isClosed()).isTrue();
    assertThatThrownBy(() -> statement.execute("SELECT 1"))
        .hasFieldOrPropertyWithValue("SQLState", "08003");
    assertThatThrownBy(connection::commit).hasFieldOrPropertyWithValue("SQLState", "08003");
    assertThat(tasks).hasSize(1);
    tasks.get(0).run();
    connection.close();
  }

  @Test
  void rowsOfAClosedConnectionSayThatTheyAreClosed() throws SQLException {
    ResultSet rows = connection.createStatement().executeQuery("SELECT 1 UNION ALL SELECT 2");
    assertThat(rows.next()).isTrue();
    connection.close();
    assertThatThrownBy(rows::next)
        .hasMessage("ResultSet closed")
        .hasFieldOrPropertyWithValue("SQLState", "24000");
  }

  @Test
  void keepsWhatPoolsSet() throws SQLException {
    connection.setNetworkTimeout(Runnable::run, 500);
    assertThat(connection.getNetworkTimeout()).isEqualTo(500);
    connection.setClientInfo("ApplicationName", "x");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("x");
    connection.setCatalog("c");
    connection.setSchema("s");
    assertThat((Object) connection.getWarnings()).isNull();
    assertThat(connection.isValid(0)).isTrue();
  }

  @Test
  void refusesProcedures() {
    assertThatThrownBy(() -> connection.prepareCall("x"))
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .hasFieldOrPropertyWithValue("SQLState", "HYC00");
  }

  @Test
  void releasesLocksAtTheEndOfTheRows() throws SQLException {
    execute(connection, "INSERT INTO t VALUES (1, 1), (2, 2)");
    PreparedStatement query = connection.prepareStatement("SELECT a FROM t");
    ResultSet rows = query.executeQuery();
    while (rows.next()) {
      assertThat(rows.getInt(1)).isPositive();
    }
    try (Connection other = DriverManager.getConnection(url + "?busy_timeout=0")) {
      execute(other, "INSERT INTO t VALUES (3, 3)");
      rows = query.executeQuery();
      assertThat(rows.next()).isTrue();
      rows.close();
      execute(other, "INSERT INTO t VALUES (4, 4)");
    }
  }
}
