package org.libsql4j.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ServiceLoader;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.ResultCode;
import org.libsql4j.jdbc.EngineFailure;
import org.libsql4j.jdbc.LibsqlConnection;
import org.sqlite.Function;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.javax.SQLiteConnectionPoolDataSource;

/** What is better than in sqlite-jdbc, or has no counterpart there. */
class SqliteDriverTest {
  @TempDir Path folder;

  private static Object value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getObject(1);
    }
  }

  @Test
  void theDriverIsFound() throws SQLException {
    assertThat(ServiceLoader.load(Driver.class)).hasAtLeastOneElementOfType(JDBC.class);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      assertThat(connection).isInstanceOf(SQLiteConnection.class);
      assertThat(((SQLiteConnection) connection).getUrl()).isEqualTo("jdbc:sqlite::memory:");
      assertThat(((SQLiteConnection) connection).libversion())
          .isEqualTo(value(connection, "SELECT sqlite_version()"));
      assertThat(connection.unwrap(LibsqlConnection.class).engine().isClosed()).isFalse();
    }
    assertThat(SQLiteJDBCLoader.isNativeMode()).isFalse();
    assertThat(new JDBC().getPropertyInfo("jdbc:sqlite:x", null))
        .hasSize(SQLiteConfig.Pragma.values().length);
  }

  /** Foreign keys and patience differ between the two drivers, on one path. */
  @Test
  void theOtherDriverStaysAsItIs() throws SQLException {
    try (Connection ours = DriverManager.getConnection("jdbc:libsql::memory:");
        Connection theirs = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      assertThat(value(ours, "PRAGMA foreign_keys")).isEqualTo(1);
      assertThat(value(theirs, "PRAGMA foreign_keys")).isEqualTo(0);
      assertThat(value(ours, "PRAGMA busy_timeout")).isEqualTo(5000);
      assertThat(value(theirs, "PRAGMA busy_timeout")).isEqualTo(3000);
      assertThat(ours.getMetaData().getDriverName()).isEqualTo("libsql4j");
      assertThatThrownBy(() -> value(ours, "SELECT nosuch()"))
          .isNotInstanceOf(SQLiteException.class);
    }
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:libsql::memory:?nosuch=1"))
        .hasMessageContaining("unknown connection option");
  }

  @Test
  void failuresHaveStatesToo() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(a UNIQUE)");
      SQLiteException failure =
          catchThrowableOfType(
              () -> statement.execute("INSERT INTO t VALUES (1), (1)"), SQLiteException.class);
      assertThat(failure.getSQLState()).isEqualTo("23505");
      assertThat(failure.getErrorCode()).isEqualTo(19);
      assertThat(failure.getResultCode()).isEqualTo(SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);
      assertThat(failure.resultCode()).isEqualTo(ResultCode.CONSTRAINT_UNIQUE);
      assertThat(((EngineFailure) failure).engineMessage())
          .isEqualTo("UNIQUE constraint failed: t.a");
      failure =
          catchThrowableOfType(() -> statement.execute("SELECT 1 FORM t"), SQLiteException.class);
      assertThat(failure.sqlOffset()).isEqualTo(14);
      statement.setQueryTimeout(1);
      failure =
          catchThrowableOfType(
              () ->
                  statement.executeQuery(
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                          + " SELECT max(i) FROM n"),
              SQLiteException.class);
      assertThat(failure.getResultCode()).isEqualTo(SQLiteErrorCode.SQLITE_INTERRUPT);
    }
    assertThat(new SQLiteException("made up", SQLiteErrorCode.SQLITE_BUSY).engineMessage())
        .isEqualTo("made up");
  }

  /** All statements of a text are run; sqlite-jdbc drops all but the first. */
  @Test
  void nothingIsDropped() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("CREATE TABLE t(a); INSERT INTO t VALUES (1); UPDATE t SET a = 2");
      }
      assertThat(value(connection, "SELECT a FROM t")).isEqualTo(2);
    }
  }

  @Test
  void passwordsAndWhatIsNotKnownHaveNoEffect() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("open.db") + "?nosuch=1");
    source.setTempStoreDirectory(folder.toString());
    try (Connection connection = source.getConnection("me", "secret")) {
      assertThat(value(connection, "SELECT 1")).isEqualTo(1);
    }
  }

  @Test
  void sharedMemory() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSharedCache(true);
    try (Connection one = config.createConnection("jdbc:sqlite::memory:");
        Connection two = config.createConnection("jdbc:sqlite::memory:");
        Statement statement = one.createStatement()) {
      statement.execute("CREATE TABLE shared(a)");
      assertThat(value(two, "SELECT name FROM sqlite_schema")).isEqualTo("shared");
    }
  }

  @Test
  void aResourceThatIsNotThere() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:sqlite::resource:nosuch.db"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("resource nosuch.db not found");
  }

  @Test
  void functionsThroughAPool() throws SQLException {
    SQLiteConnectionPoolDataSource pool = new SQLiteConnectionPoolDataSource(new SQLiteConfig());
    pool.setUrl("jdbc:sqlite::memory:");
    PooledConnection pooled = pool.getPooledConnection("me", null);
    try (Connection connection = pooled.getConnection()) {
      Function.create(
          connection,
          "twice",
          new Function() {
            @Override
            protected void xFunc() throws SQLException {
              result(2 * value_int(0));
            }
          });
      assertThat(value(connection, "SELECT twice(21)")).isEqualTo(42);
      assertThat(connection.unwrap(SQLiteConnection.class).getBusyTimeout()).isEqualTo(3000);
    }
    pooled.close();
  }
}
