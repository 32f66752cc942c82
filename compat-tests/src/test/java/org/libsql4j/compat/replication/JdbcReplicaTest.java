package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.compat.sqld.SqldServer;

/** A replica through the driver: the URL says what it follows, and all else is as ever. */
class JdbcReplicaTest {
  @TempDir Path folder;

  private Connection connect(SqldServer server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:libsql:" + folder.resolve("replica.db") + "?syncUrl=" + server.url());
  }

  private static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }

  @Test
  void worksAsALocalDatabaseDoes() throws Exception {
    try (SqldServer server = SqldServer.start(folder)) {
      server.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT NOT NULL)");
      try (Connection connection = connect(server);
          Connection other = connect(server)) {
        assertThat(count(connection)).isZero();
        try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO t(v) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
          insert.setString(1, "one");
          assertThat(insert.executeUpdate()).isEqualTo(1);
          try (ResultSet keys = insert.getGeneratedKeys()) {
            assertThat(keys.next()).isTrue();
            assertThat(keys.getLong(1)).isEqualTo(1);
          }
          insert.setString(1, null);
          assertThatThrownBy(insert::executeUpdate)
              .isInstanceOf(SQLIntegrityConstraintViolationException.class)
              .hasMessageContaining("NOT NULL constraint failed: t.v");
        }
        assertThat(count(other)).isEqualTo(1);
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t(v) VALUES (?)")) {
          for (int i = 0; i < 5; i++) {
            insert.setString(1, "batch " + i);
            insert.addBatch();
          }
          assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
        }
        assertThat(count(connection)).isEqualTo(6);
        assertThat(count(other)).isEqualTo(1);
        connection.rollback();
        assertThat(count(connection)).isEqualTo(1);
        connection.commit();
        connection.setAutoCommit(true);
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, "t", null)) {
          assertThat(columns.next()).isTrue();
          assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
        }
      }
    }
  }

  @Test
  void startsWithoutTheServerOnceThereIsSomething() throws Exception {
    try (SqldServer server = SqldServer.start(folder)) {
      server.execute("CREATE TABLE t(v)", "INSERT INTO t VALUES (1)");
      try (Connection connection = connect(server)) {
        assertThat(count(connection)).isEqualTo(1);
      }
      server.stop();
      try (Connection connection = connect(server)) {
        assertThat(count(connection)).isEqualTo(1);
      }
    }
  }
}
