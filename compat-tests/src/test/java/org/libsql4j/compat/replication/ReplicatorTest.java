package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.Statement;
import org.libsql4j.SyncResult;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.replication.ReplicationException;
import org.libsql4j.replication.ReplicationException.Reason;
import org.libsql4j.replication.Replicator;

/** A replica of a real primary, through everything that may happen to the primary. */
class ReplicatorTest {
  @TempDir Path folder;

  private Path database() {
    return folder.resolve("replica.db");
  }

  private Replicator replicator(SqldServer server) {
    return Replicator.open(
        database(),
        ReplicaOptions.of(server.url())
            .retryDelays(Duration.ofMillis(50), Duration.ofMillis(100))
            .readTimeout(Duration.ofSeconds(10)));
  }

  private List<String> query(String sql) {
    return Query.rows(database(), sql);
  }

  private void assertSound() {
    assertThat(query("PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void followsThePrimary() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replicator replicator = replicator(server)) {
      assertThat(replicator.replicationIndex()).isEmpty();
      assertThat(replicator.sync()).isEqualTo(new SyncResult(OptionalLong.empty(), 0));
      server.execute(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)", "INSERT INTO t(v) VALUES ('alpha')");
      SyncResult first = replicator.sync();
      assertThat(first.frameNumber()).hasValue(2);
      assertThat(first.framesSynced()).isEqualTo(3);
      assertThat(query("SELECT id, v FROM t")).containsExactly("1|alpha");
      server.execute("INSERT INTO t(v) VALUES ('beta'), ('gamma')");
      assertThat(query("SELECT count(*) FROM t")).containsExactly("1");
      assertThat(replicator.sync().framesSynced()).isEqualTo(1);
      assertThat(replicator.sync().framesSynced()).isZero();
      assertThat(query("SELECT v FROM t ORDER BY id")).containsExactly("alpha", "beta", "gamma");
      assertThat(replicator.replicationIndex()).hasValue(3);
      assertSound();
    }
  }

  @Test
  void readersKeepTheirSnapshot() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replicator replicator = replicator(server)) {
      server.execute("CREATE TABLE t(v)", "INSERT INTO t VALUES (1)");
      replicator.sync();
      try (Connection reader = Database.openLocal(database()).connect();
          Statement count = reader.prepare("SELECT count(*) FROM t")) {
        reader.execute("BEGIN");
        assertThat(single(count)).isEqualTo(1);
        server.execute("INSERT INTO t VALUES (2), (3)", "CREATE TABLE u(w)");
        replicator.sync();
        assertThat(single(count)).isEqualTo(1);
        reader.execute("COMMIT");
        assertThat(single(count)).isEqualTo(3);
        assertThat(query("SELECT count(*) FROM u")).containsExactly("0");
      }
    }
  }

  private static long single(Statement statement) {
    statement.reset();
    assertThat(statement.step()).isTrue();
    long value = statement.getLong(0);
    statement.reset();
    return value;
  }

  @Test
  void manyFramesComeInBatchesAndAreCheckpointed() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replicator replicator = replicator(server)) {
      server.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB)");
      for (int i = 0; i < 20; i++) {
        server.execute(
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 300)"
                + " INSERT INTO t(v) SELECT randomblob(3000) FROM c");
      }
      SyncResult result = replicator.sync();
      assertThat(result.framesSynced()).isGreaterThan(6000);
      assertThat(query("SELECT count(*), sum(length(v)) FROM t")).containsExactly("6000|18000000");
      assertThat(Files.size(database())).isGreaterThan(18_000_000L);
      assertSound();
      try (java.sql.Connection real =
              java.sql.DriverManager.getConnection("jdbc:sqlite:" + server.dataFile());
          java.sql.ResultSet theirs =
              real.createStatement().executeQuery("SELECT count(*), sum(id) FROM t")) {
        assertThat(theirs.next()).isTrue();
        assertThat(query("SELECT count(*), sum(id) FROM t"))
            .containsExactly(theirs.getLong(1) + "|" + theirs.getLong(2));
      }
    }
  }

  @Test
  void continuesAfterTheServerWasRestarted() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replicator replicator = replicator(server)) {
      server.execute("CREATE TABLE t(v)", "INSERT INTO t VALUES (1)");
      replicator.sync();
      server.stop();
      assertThatThrownBy(replicator::sync)
          .isInstanceOfSatisfying(
              ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TRANSPORT));
      assertThat(query("SELECT * FROM t")).containsExactly("1");
      server.start();
      server.execute("INSERT INTO t VALUES (2)");
      assertThat(replicator.sync().framesSynced()).isEqualTo(1);
      assertThat(query("SELECT * FROM t")).containsExactly("1", "2");
    }
  }

  @Test
  void takesOverANewLog() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Replicator replicator = replicator(server)) {
      server.execute(
          "CREATE TABLE t(v)", "INSERT INTO t VALUES (1), (2), (3)", "CREATE TABLE u(w)");
      replicator.sync();
      server.kill();
      server.start();
      server.execute("INSERT INTO t VALUES (4)");
      replicator.sync();
      assertThat(query("SELECT count(*) FROM t")).containsExactly("4");
      assertSound();
      server.forget();
      server.start();
      // Nothing to take over yet: what was there can still be read.
      assertThat(replicator.sync().frameNumber()).isEmpty();
      assertThat(query("SELECT count(*) FROM t")).containsExactly("4");
      server.execute("CREATE TABLE other(x)", "INSERT INTO other VALUES ('new')");
      replicator.sync();
      assertThat(query("SELECT name FROM sqlite_schema")).containsExactly("other");
      assertThat(query("SELECT x FROM other")).containsExactly("new");
      assertSound();
    }
  }

  @Test
  void takesSnapshotsOfACompactedLog() throws Exception {
    try (SqldServer server = SqldServer.start(folder, "--max-log-size", "0")) {
      server.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
      for (int i = 0; i < 10; i++) {
        server.execute("INSERT INTO t(v) VALUES (randomblob(2000))");
      }
      try (Replicator replicator = replicator(server)) {
        replicator.sync();
        assertThat(query("SELECT count(*) FROM t")).containsExactly("10");
        server.execute("DELETE FROM t WHERE id < 5", "CREATE INDEX i ON t(v)");
        replicator.sync();
        assertThat(query("SELECT count(*) FROM t")).containsExactly("6");
        assertSound();
      }
    }
  }

  @Test
  void refusesAFileThatIsNoReplica() throws Exception {
    try (Connection connection = Database.openLocal(database()).connect()) {
      connection.execute("CREATE TABLE mine(x)");
    }
    assertThatThrownBy(() -> Replicator.open(database(), ReplicaOptions.of("http://127.0.0.1:1")))
        .isInstanceOf(ReplicationException.class)
        .hasMessageContaining("Can not sync a database without a wal_index");
    assertThat(query("SELECT name FROM sqlite_schema")).containsExactly("mine");
  }

  @Test
  void reopensWhereItWas() throws Exception {
    try (SqldServer server = SqldServer.start(folder)) {
      server.execute("CREATE TABLE t(v)");
      for (int i = 0; i < 5; i++) {
        server.execute("INSERT INTO t VALUES (" + i + ")");
        try (Replicator replicator = replicator(server)) {
          SyncResult result = replicator.sync();
          assertThat(result.framesSynced()).isEqualTo(i == 0 ? 3 : 1);
        }
        assertThat(query("SELECT count(*) FROM t")).containsExactly(String.valueOf(i + 1));
      }
      assertSound();
    }
  }
}
