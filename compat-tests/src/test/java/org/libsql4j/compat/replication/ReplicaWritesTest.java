package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libsql4j.compat.replication.Query.rows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.Statement;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.replication.Replica;
import org.libsql4j.replication.ReplicationException;

/** Statements on a replica: reads from its file, everything else by the primary. */
class ReplicaWritesTest {
  @TempDir Path folder;

  private Replica open(SqldServer server, String name) {
    return Replica.open(folder.resolve(name), ReplicaOptions.of(server.url()));
  }

  @Test
  void aWriteIsVisibleHereAndThere() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replica replica = open(server, "a.db");
        Connection connection = replica.connect()) {
      connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b TEXT, c REAL, d BLOB)");
      long changed =
          connection.execute(
              "INSERT INTO t(a, b, c, d) VALUES (?, ?, ?, ?), (NULL, 'x', 2, NULL)",
              Long.MIN_VALUE,
              "größer",
              1.5,
              new byte[] {0, -1});
      assertThat(changed).isEqualTo(2);
      assertThat(connection.lastInsertRowid()).isEqualTo(2);
      assertThat(rows(connection, "SELECT id, a, b, c, hex(d) FROM t"))
          .containsExactly("1|-9223372036854775808|größer|1.5|00FF", "2|null|x|2.0|");
      assertThat(server.execute("SELECT count(*) FROM t")).contains("\"value\":\"2\"");
      assertThat(replica.maxWriteReplicationIndex()).isEqualTo(replica.replicationIndex());
      assertThat(rows(connection, "INSERT INTO t(a) VALUES (7), (8) RETURNING id, a + 1 AS more"))
          .containsExactly("3|8", "4|9");
      assertThat(rows(connection, "SELECT count(*) FROM t")).containsExactly("4");
    }
  }

  @Test
  void parametersHaveNumbersOrNames() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replica replica = open(server, "a.db");
        Connection connection = replica.connect()) {
      connection.execute("CREATE TABLE t(a, b)");
      connection.execute("INSERT INTO t VALUES (?2, ?1)", 1, 2);
      try (Statement insert = connection.prepare("INSERT INTO t VALUES (:a, $b)")) {
        insert.bindAll(Map.of("a", 3, "b", "four"));
        insert.execute();
        insert.bindAll(Map.of(":a", 5, "$b", 6));
        insert.execute();
      }
      assertThat(rows(connection, "SELECT a, b FROM t")).containsExactly("2|1", "3|four", "5|6");
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (?, :x)", 1, 2))
          .hasMessageContaining("with and without names");
    }
  }

  @Test
  void transactionsRunOnThePrimary() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replica replica = open(server, "a.db");
        Connection connection = replica.connect();
        Connection other = replica.connect()) {
      connection.execute("CREATE TABLE t(a)");
      try (Statement count = connection.prepare("SELECT count(*) FROM t")) {
        assertThat(count.step()).isTrue();
        assertThat(count.getLong(0)).isZero();
        count.reset();
        connection.execute("BEGIN");
        assertThat(connection.isAutoCommit()).isFalse();
        connection.execute("INSERT INTO t VALUES (1)");
        connection.execute("SAVEPOINT s");
        connection.execute("INSERT INTO t VALUES (2)");
        // What was prepared before now runs where the transaction is.
        assertThat(count.step()).isTrue();
        assertThat(count.getLong(0)).isEqualTo(2);
        count.reset();
        connection.execute("ROLLBACK TO s");
        assertThat(rows(other, "SELECT count(*) FROM t")).containsExactly("0");
        connection.execute("COMMIT");
        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(count.step()).isTrue();
        assertThat(count.getLong(0)).isEqualTo(1);
      }
      assertThat(rows(other, "SELECT a FROM t")).containsExactly("1");
      connection.execute("BEGIN IMMEDIATE");
      connection.execute("DELETE FROM t");
      connection.execute("ROLLBACK");
      assertThat(rows(connection, "SELECT a FROM t")).containsExactly("1");
    }
  }

  @Test
  void aClosedConnectionRollsBack() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replica replica = open(server, "a.db")) {
      try (Connection connection = replica.connect()) {
        connection.execute("CREATE TABLE t(a)");
        connection.execute("BEGIN IMMEDIATE");
        connection.execute("INSERT INTO t VALUES (1)");
      }
      try (Connection connection = replica.connect()) {
        connection.execute("INSERT INTO t VALUES (2)");
        assertThat(rows(connection, "SELECT a FROM t")).containsExactly("2");
      }
    }
  }

  @Test
  void errorsAreThePrimarys() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replica replica = open(server, "a.db");
        Connection connection = replica.connect()) {
      connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY)");
      connection.execute("INSERT INTO t VALUES (1)");
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (1)"))
          .isInstanceOfSatisfying(
              LibsqlException.class,
              e -> assertThat(e.resultCode()).isEqualTo(ResultCode.CONSTRAINT_PRIMARYKEY))
          .hasMessageContaining("UNIQUE constraint failed: t.id");
      assertThatThrownBy(() -> connection.execute("INSERT INTO nope VALUES (1)"))
          .hasMessageContaining("no such table: nope");
      assertThatThrownBy(() -> connection.execute("INSERT INTO"))
          .hasMessageContaining("incomplete input");
      assertThatThrownBy(() -> connection.execute("VACUUM"))
          .hasMessageContaining("not supported on a replica");
      connection.execute("BEGIN READONLY");
      assertThat(rows(connection, "SELECT id FROM t")).containsExactly("1");
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (2)"))
          .hasMessageContaining("Invalid write in a readonly transaction");
      connection.execute("COMMIT");
      connection.execute("INSERT INTO t VALUES (2)");
      assertThat(rows(connection, "SELECT id FROM t")).containsExactly("1", "2");
    }
  }

  @Test
  void readsGoOnWithoutThePrimary() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replica replica =
            Replica.open(
                folder.resolve("a.db"),
                ReplicaOptions.of(server.url())
                    .retryDelays(Duration.ofMillis(10), Duration.ofMillis(100)));
        Connection connection = replica.connect()) {
      connection.execute("CREATE TABLE t(a)");
      connection.execute("INSERT INTO t VALUES (1)");
      server.stop();
      assertThat(rows(connection, "SELECT a FROM t")).containsExactly("1");
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (2)"))
          .isInstanceOf(ReplicationException.class);
      server.start();
      connection.execute("INSERT INTO t VALUES (3)");
      assertThat(rows(connection, "SELECT a FROM t")).containsExactly("1", "3");
    }
  }

  @Test
  void syncsByItself() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replica replica =
            Replica.open(
                folder.resolve("a.db"),
                ReplicaOptions.of(server.url()).syncInterval(Duration.ofMillis(50)))) {
      server.execute("CREATE TABLE t(a)", "INSERT INTO t VALUES (42)");
      try (Connection connection = replica.connect()) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () -> assertThat(rows(connection, "SELECT name FROM sqlite_schema")).isNotEmpty());
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(rows(connection, "SELECT a FROM t")).contains("42"));
      }
    }
  }
}
