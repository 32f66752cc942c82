package org.libsql4j.compat.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.jdbc.EngineFailure;
import org.libsql4j.jdbc.LibsqlConnectionPoolDataSource;
import org.libsql4j.jdbc.LibsqlDataSource;

/** The driver over a database on a server. */
class RemoteJdbcTest {
  @TempDir static Path folder;
  private static @Nullable SqldServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SqldServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static SqldServer server() {
    return Objects.requireNonNull(server);
  }

  private static Connection connect(Way way) throws SQLException {
    return DriverManager.getConnection("jdbc:libsql:" + way.url(server()));
  }

  private static List<String> rows(ResultSet result) throws SQLException {
    List<String> list = new ArrayList<>();
    try (result) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        list.add(String.join("|", row));
      }
    }
    return list;
  }

  @Test
  void urlsOfServers() throws SQLException {
    String host = "127.0.0.1:" + server().port();
    for (String url :
        List.of(
            "jdbc:libsql://" + host + "?tls=0",
            "jdbc:libsql:libsql://" + host + "?tls=0&authToken=&requestTimeout=30",
            "jdbc:libsql:http://" + host,
            "jdbc:libsql:ws://" + host + "/")) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        assertThat(rows(statement.executeQuery("SELECT 1"))).containsExactly("1");
        assertThat(connection.isValid(5)).isTrue();
      }
    }
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:libsql:http://" + host + "?tls=1"))
        .hasMessageContaining("tls=1 contradicts the scheme");
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:libsql:http://127.0.0.1:1?connectTimeout=5"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
        .hasMessageContaining("cannot connect");
  }

  @ParameterizedTest
  @EnumSource
  void statementsAndBatches(Way way) throws SQLException {
    try (Connection connection = connect(way);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS j");
      statement.execute("CREATE TABLE j(id INTEGER PRIMARY KEY, n TEXT UNIQUE NOT NULL, d REAL)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO j(n, d) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
        for (int i = 0; i < 3; i++) {
          insert.setString(1, "n" + i);
          insert.setDouble(2, i / 2.0);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
        assertThat(rows(insert.getGeneratedKeys())).containsExactly("1", "2", "3");
      }
      assertThat(rows(statement.executeQuery("SELECT * FROM j ORDER BY id")))
          .containsExactly("1|n0|0.0", "2|n1|0.5", "3|n2|1.0");
      assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO j(n) VALUES ('n1')"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("23505");
                assertThat(e.getErrorCode()).isEqualTo(19);
                assertThat(((EngineFailure) e).engineMessage())
                    .isEqualTo("UNIQUE constraint failed: j.n");
              });
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM nope"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S02"));
      assertThatThrownBy(() -> statement.execute("BACKUP TO 'x.db'"))
          .hasMessageContaining("the database is on a server");
      assertThat(statement.executeUpdate("DELETE FROM j")).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void transactions(Way way) throws SQLException {
    try (Connection connection = connect(way);
        Connection other = connect(way);
        Statement statement = connection.createStatement();
        Statement reader = other.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS k");
      statement.execute("CREATE TABLE k(a)");
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO k VALUES (1)");
      Savepoint savepoint = connection.setSavepoint();
      statement.execute("INSERT INTO k VALUES (2)");
      connection.rollback(savepoint);
      assertThat(rows(reader.executeQuery("SELECT count(*) FROM k"))).containsExactly("0");
      connection.commit();
      assertThat(rows(reader.executeQuery("SELECT a FROM k"))).containsExactly("1");
      statement.execute("DELETE FROM k");
      connection.rollback();
      connection.setAutoCommit(true);
      connection.setReadOnly(true);
      assertThatThrownBy(() -> statement.execute("DELETE FROM k"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
      assertThat(rows(statement.executeQuery("SELECT a FROM k"))).containsExactly("1");
    }
  }

  @Test
  void metaData() throws SQLException {
    try (Connection connection = connect(Way.HTTP);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DROP TABLE IF EXISTS m2");
      statement.executeUpdate("DROP TABLE IF EXISTS m");
      statement.execute("CREATE TABLE m(id INTEGER PRIMARY KEY, n VARCHAR(20) NOT NULL)");
      statement.execute("CREATE TABLE m2(m REFERENCES m(id))");
      statement.execute("CREATE INDEX mi ON m(n)");
      DatabaseMetaData data = connection.getMetaData();
      assertThat(data.getDatabaseProductVersion()).startsWith("3.");
      try (ResultSet tables = data.getTables(null, null, "m%", null)) {
        List<String> names = new ArrayList<>();
        while (tables.next()) {
          names.add(tables.getString("TABLE_NAME"));
        }
        assertThat(names).containsExactly("m", "m2");
      }
      try (ResultSet columns = data.getColumns(null, null, "m", "n")) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("TYPE_NAME")).isEqualTo("VARCHAR");
        assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(20);
      }
      assertThat(rows(data.getPrimaryKeys(null, null, "m"))).hasSize(1);
      assertThat(rows(data.getImportedKeys(null, null, "m2"))).hasSize(1);
      assertThat(rows(data.getIndexInfo(null, null, "m", false, false))).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void queriesTimeOut(Way way) throws SQLException {
    try (Connection connection = connect(way);
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(
              () ->
                  statement.executeQuery(
                      "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT"
                          + " 30000000) SELECT count(*) FROM c"))
          .isInstanceOf(SQLTimeoutException.class);
      assertThat(rows(statement.executeQuery("SELECT 1"))).containsExactly("1");
    }
  }

  @Test
  void dataSources() throws SQLException {
    LibsqlDataSource source = new LibsqlDataSource(server().url());
    source.setProperty("foreign_keys", "false");
    try (Connection connection = source.getConnection("nobody", "");
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement.executeQuery("PRAGMA foreign_keys"))).containsExactly("0");
    }
    LibsqlConnectionPoolDataSource pooled = new LibsqlConnectionPoolDataSource();
    pooled.setUrl("jdbc:libsql:" + server().url());
    var held = pooled.getPooledConnection();
    for (int i = 0; i < 2; i++) {
      try (Connection connection = held.getConnection();
          Statement statement = connection.createStatement()) {
        assertThat(connection.getAutoCommit()).isTrue();
        connection.setAutoCommit(false);
        statement.execute("CREATE TABLE IF NOT EXISTS never(a)");
      }
    }
    held.close();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'never'")))
          .isEmpty();
    }
  }
}
