package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepared statements that are used again by those who prepare the same text. */
class StatementCacheTest {
  @TempDir Path directory;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = connect("?statement_cache_size=2");
    execute("CREATE TABLE t(a)");
    execute("INSERT INTO t VALUES(1)");
  }

  private Connection connect(String options) throws SQLException {
    return DriverManager.getConnection("jdbc:libsql:" + directory.resolve("a.db") + options);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static org.libsql4j.Statement engineOf(PreparedStatement statement) throws SQLException {
    return statement.unwrap(org.libsql4j.Statement.class);
  }

  private int cached() throws SQLException {
    return connection.unwrap(LibsqlConnection.class).statementCache().size();
  }

  @Test
  void aClosedStatementIsUsedAgainWithoutItsBindings() throws SQLException {
    org.libsql4j.Statement first;
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?, a FROM t")) {
      first = engineOf(statement);
      statement.setInt(1, 5);
      statement.executeQuery();
    }
    assertThat(cached()).isEqualTo(1);
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?, a FROM t")) {
      assertThat(engineOf(statement)).isSameAs(first);
      assertThatThrownBy(statement::executeQuery).hasMessageContaining("not set");
      statement.setString(1, "x");
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("x");
      }
    }
  }

  @Test
  void twoUsersAtATimeHaveOneEach() throws SQLException {
    try (PreparedStatement one = connection.prepareStatement("SELECT a FROM t");
        PreparedStatement two = connection.prepareStatement("SELECT a FROM t")) {
      assertThat(engineOf(one)).isNotSameAs(engineOf(two));
      one.executeQuery().next();
      ResultSet rows = two.executeQuery();
      one.close();
      assertThat(rows.next()).isTrue();
    }
    assertThat(cached()).isEqualTo(1);
  }

  @Test
  void theOldestGoesFirst() throws SQLException {
    for (int i = 0; i < 5; i++) {
      connection.prepareStatement("SELECT " + i).close();
    }
    assertThat(cached()).isEqualTo(2);
  }

  @Test
  void whoHasClosedItCannotReachItAnyMore() throws SQLException {
    PreparedStatement first = connection.prepareStatement("SELECT a FROM t");
    ResultSet rows = first.executeQuery();
    first.close();
    first.close();
    try (PreparedStatement second = connection.prepareStatement("SELECT a FROM t")) {
      ResultSet own = second.executeQuery();
      assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
      assertThatThrownBy(first::executeQuery).isInstanceOf(SQLException.class);
      first.close();
      assertThat(own.next()).isTrue();
    }
  }

  @Test
  void aChangeOfTheSchemaIsSeen() throws SQLException {
    connection.prepareStatement("SELECT * FROM t").close();
    execute("ALTER TABLE t ADD COLUMN b DEFAULT 7");
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM t")) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
    }
    try (Connection other = connect("");
        Statement statement = other.createStatement()) {
      statement.execute("ALTER TABLE t ADD COLUMN c DEFAULT 8");
    }
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM t")) {
      ResultSet rows = statement.executeQuery();
      assertThat(rows.getMetaData().getColumnCount()).isEqualTo(3);
      rows.next();
      assertThat(rows.getInt("c")).isEqualTo(8);
    }
    connection.prepareStatement("SELECT b FROM t").close();
    execute("ALTER TABLE t DROP COLUMN b");
    assertThatThrownBy(() -> connection.prepareStatement("SELECT b FROM t"))
        .hasMessageContaining("no such column: b");
  }

  @Test
  void whatIsNotPoolableIsNotKept() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("SELECT 1");
    assertThat(statement.isPoolable()).isTrue();
    statement.setPoolable(false);
    statement.close();
    assertThat(cached()).isZero();
    try (Connection without = connect("?statement_cache_size=0")) {
      without.prepareStatement("SELECT 1").close();
      assertThat(without.unwrap(LibsqlConnection.class).statementCache().size()).isZero();
    }
  }

  @Test
  void anIdleStatementHoldsNothing() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT a FROM t")) {
      statement.executeQuery().next();
    }
    execute("DROP TABLE t");
    connection.close();
    assertThat(connection.isClosed()).isTrue();
  }
}
