package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
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
import org.libsql4j.ReplicaControl;
import org.libsql4j.ReplicaHealth.Circuit;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.error.LibsqlException;

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

  @Test
  void theUrlSaysHowToBehave() throws Exception {
    try (SqldServer server = SqldServer.start(folder)) {
      server.execute("CREATE TABLE t(v)");
      String url =
          "jdbc:libsql:"
              + folder.resolve("other.db")
              + "?syncUrl="
              + server.url()
              + "&syncProtocol=v1&readYourWrites=false&retryAttempts=2&retryDelay=1&retryMaxDelay=5"
              + "&circuitFailures=3&circuitPause=60&connectTimeout=2&requestTimeout=5"
              + "&syncTimeout=1&degradeToLocalReads=true&failoverUrls=http://127.0.0.1:1";
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        ReplicaControl replica = connection.unwrap(org.libsql4j.Connection.class).replica();
        assertThat(statement.executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(1);
        assertThat(count(connection)).isZero();
        replica.sync();
        assertThat(count(connection)).isEqualTo(1);
        assertThat(replica.health().servers()).hasSize(2);
        assertThatThrownBy(() -> replica.syncUntil(1_000_000))
            .hasMessageContaining("has not reached frame 1000000");
        server.stop();
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(replica::sync).isInstanceOf(LibsqlException.class);
        }
        assertThat(replica.health().servers().get(0).circuit()).isEqualTo(Circuit.OPEN);
        assertThat(count(connection)).isEqualTo(1);
      }
    }
  }

  @Test
  void aDatabaseThatIsWrittenOffline() throws Exception {
    Path base = folder.resolve("base.db");
    try (Connection connection = DriverManager.getConnection("jdbc:libsql:" + base);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("CREATE TABLE t(v)");
    }
    try (FrameServer server = new FrameServer(Files.readAllBytes(base))) {
      String url =
          "jdbc:libsql:" + folder.resolve("offline.db") + "?offline=true&syncUrl=" + server.url();
      try (Connection connection = DriverManager.getConnection(url);
          Connection other = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO t VALUES (1)");
        assertThat(count(other)).isEqualTo(1);
        assertThat(server.frameCount()).isZero();
        connection.unwrap(org.libsql4j.Connection.class).replica().sync();
        assertThat(server.frameCount()).isEqualTo(1);
      }
    }
  }
}
