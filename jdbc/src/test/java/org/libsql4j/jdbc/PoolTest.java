package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that a pool lends to one user after the other. */
class PoolTest {
  @TempDir Path directory;

  private LibsqlConnectionPoolDataSource source() {
    return new LibsqlConnectionPoolDataSource(
        directory.resolve("a.db") + "?synchronous=NORMAL&limit_column=60");
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private static List<String> eventsOf(PooledConnection pooled) {
    List<String> events = new ArrayList<>();
    pooled.addConnectionEventListener(
        new ConnectionEventListener() {
          @Override
          public void connectionClosed(ConnectionEvent event) {
            events.add("closed");
          }

          @Override
          public void connectionErrorOccurred(ConnectionEvent event) {
            events.add("error");
          }
        });
    return events;
  }

  /** Otherwise the pool would wait for it to come back. */
  @Test
  void thePoolHearsOfAnAbortedConnection() throws SQLException {
    PooledConnection pooled = source().getPooledConnection();
    List<String> events = eventsOf(pooled);
    Connection handle = pooled.getConnection();
    assertThatThrownBy(() -> handle.abort(null)).hasMessage("executor is null");
    assertThat(handle.isClosed()).isFalse();
    handle.abort(Runnable::run);
    assertThat(handle.isClosed()).isTrue();
    handle.close();
    assertThat(events).containsExactly("error");
    pooled.close();
  }

  @Test
  void theNextUserFindsItClean() throws SQLException {
    PooledConnection pooled = source().getPooledConnection();
    List<String> events = eventsOf(pooled);
    Connection first = pooled.getConnection();
    try (Statement statement = first.createStatement()) {
      statement.execute("CREATE TABLE t(a)");
      statement.execute("PRAGMA synchronous=OFF");
      first.setAutoCommit(false);
      statement.execute("INSERT INTO t VALUES(1)");
      statement.execute("CREATE TEMP TABLE x(a)");
      first.setReadOnly(false);
    }
    first.close();
    first.close();
    assertThat(events).containsExactly("closed");
    assertThat(first.isClosed()).isTrue();
    assertThatThrownBy(first::createStatement).hasMessageContaining("closed");
    Connection second = pooled.getConnection();
    assertThat(second.getAutoCommit()).isTrue();
    assertThat(text(second, "SELECT count(*) FROM t")).isEqualTo("0");
    assertThat(text(second, "SELECT count(*) FROM sqlite_temp_schema")).isEqualTo("0");
    assertThat(text(second, "PRAGMA synchronous")).isEqualTo("1");
    assertThat(text(second, "PRAGMA foreign_keys")).isEqualTo("1");
    Connection third = pooled.getConnection();
    assertThat(second.isClosed()).isTrue();
    assertThat(third.isValid(1)).isTrue();
    assertThat(
            third.unwrap(org.libsql4j.Connection.class).limit(org.libsql4j.connection.Limit.COLUMN))
        .isEqualTo(60);
    pooled.close();
    assertThat(third.isClosed()).isTrue();
    assertThatThrownBy(pooled::getConnection).isInstanceOf(SQLException.class);
  }

  /** Whoever closes the connection of a statement closes the handle, not what is in the pool. */
  @Test
  void statementsKnowTheHandleAndEndWithIt() throws SQLException {
    PooledConnection pooled = source().getPooledConnection();
    Connection first = pooled.getConnection();
    Statement plain = first.createStatement();
    PreparedStatement prepared = first.prepareStatement("SELECT 1");
    ResultSet rows = prepared.executeQuery();
    assertThat(plain.getConnection()).isSameAs(first);
    assertThat(prepared.getConnection()).isSameAs(first);
    assertThat(first.getMetaData().getConnection()).isSameAs(first);
    plain.getConnection().close();
    assertThat(plain.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    Connection second = pooled.getConnection();
    assertThat(text(second, "SELECT 1")).isEqualTo("1");
    assertThatThrownBy(() -> plain.execute("SELECT 1")).hasMessageContaining("finalized");
    assertThatThrownBy(prepared::executeQuery).hasMessageContaining("finalized");
    assertThatThrownBy(rows::next).hasMessageContaining("closed");
    assertThat(second.unwrap(LibsqlConnection.class).createStatement().getConnection())
        .isSameAs(second);
    pooled.close();
  }

  @Test
  void copyCommands() throws SQLException {
    Path copy = directory.resolve("it's a copy.db");
    String quoted = copy.toString().replace("'", "''");
    try (Connection connection = source().getPooledConnection().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(a)");
      statement.execute("INSERT INTO t VALUES(5)");
      assertThat(statement.execute("backup to '" + quoted + "'")).isFalse();
      statement.executeUpdate("DELETE FROM t");
      assertThat(statement.executeUpdate("Restore main From '" + quoted + "' ;")).isZero();
      assertThat(text(connection, "SELECT a FROM t")).isEqualTo("5");
      assertThatThrownBy(() -> statement.execute("restore from nonexistent.db"))
          .hasMessageContaining("unable to open database file");
      assertThatThrownBy(() -> statement.execute("backup nonsense"))
          .hasMessageContaining("near \"backup\": syntax error");
    }
  }
}
