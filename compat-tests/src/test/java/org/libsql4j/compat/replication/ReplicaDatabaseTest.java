package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libsql4j.compat.replication.Query.rows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.Statement;
import org.libsql4j.compat.sqld.CutProxy;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.replication.ReplicationException;
import org.libsql4j.replication.ReplicationException.Reason;

/** Replicas by way of {@link Database}, and what becomes of transactions and tokens. */
class ReplicaDatabaseTest {
  @TempDir Path folder;

  private String file() {
    return folder.resolve("replica.db").toString();
  }

  private ReplicaOptions options(String url) {
    return ReplicaOptions.of(url)
        .retryDelays(Duration.ofMillis(10), Duration.ofMillis(50))
        .circuitBreaker(0, Duration.ZERO);
  }

  @Test
  void oneDatabaseHasItAll() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Database database = Database.openRemoteReplica(file(), server.url(), "")) {
      assertThat(database.replicationIndex()).isEmpty();
      assertThat(database.maxWriteReplicationIndex()).isEmpty();
      assertThat(database.replica().health().state()).isEqualTo(ReplicaHealth.State.NEW);
      server.execute("CREATE TABLE t(v)", "INSERT INTO t VALUES (1)");
      assertThat(database.sync().framesSynced()).isEqualTo(3);
      try (Connection connection = database.connect()) {
        connection.execute("INSERT INTO t VALUES (2)");
        assertThat(rows(connection, "SELECT v FROM t")).containsExactly("1", "2");
        assertThat(connection.replica()).isSameAs(database.replica());
      }
      long written = database.maxWriteReplicationIndex().getAsLong();
      assertThat(database.syncUntil(written).frameNumber()).hasValue(written);
      assertThat(database.flushReplicator()).hasValue(written);
      assertThat(database.replica().health().state()).isEqualTo(ReplicaHealth.State.IN_STEP);
      assertThatThrownBy(() -> database.syncFrames(java.util.List.of()))
          .hasMessageContaining("come from its primary");
    }
  }

  @Test
  void frozenItGoesItsOwnWay() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Database database = Database.openRemoteReplica(file(), server.url(), "")) {
      server.execute("CREATE TABLE t(v)", "INSERT INTO t VALUES (1)");
      database.sync();
      Database frozen = database.freeze();
      try (Connection connection = frozen.connect()) {
        connection.execute("INSERT INTO t VALUES (2)");
        assertThat(rows(connection, "SELECT v FROM t")).containsExactly("1", "2");
        assertThat(connection.replica()).isNull();
      }
      assertThat(server.execute("SELECT count(*) FROM t")).contains("\"value\":\"1\"");
      assertThatThrownBy(database::sync).hasMessageContaining("the replica is closed");
    }
  }

  @Test
  void startsOffline() throws Exception {
    try (SqldServer server = SqldServer.start(folder)) {
      server.execute("CREATE TABLE t(v)", "INSERT INTO t VALUES (1)");
      try (Database database = Database.builder(file()).replica(options(server.url())).build()) {
        database.sync();
      }
      server.stop();
      try (Database database = Database.builder(file()).replica(options(server.url())).build();
          Connection connection = database.connect()) {
        assertThat(rows(connection, "SELECT v FROM t")).containsExactly("1");
        assertThatThrownBy(database::sync)
            .isInstanceOfSatisfying(
                ReplicationException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.TRANSPORT));
        ReplicaHealth health = database.replica().health();
        assertThat(health.state()).isEqualTo(ReplicaHealth.State.BEHIND);
        assertThat(health.failures()).isEqualTo(1);
        assertThat(health.servers().get(0).failures()).isEqualTo(3);
        server.start();
        server.execute("INSERT INTO t VALUES (2)");
        database.sync();
        assertThat(rows(connection, "SELECT v FROM t")).containsExactly("1", "2");
        assertThat(database.replica().health().servers().get(0).failures()).isZero();
      }
    }
  }

  @Test
  void aConnectionThatBreaksRollsItsTransactionBack() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        CutProxy proxy = new CutProxy(server);
        Database database = Database.builder(file()).replica(options(proxy.url())).build();
        Connection connection = database.connect()) {
      connection.execute("CREATE TABLE t(v)");
      connection.execute("BEGIN IMMEDIATE");
      connection.execute("INSERT INTO t VALUES (1)");
      proxy.cut();
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (2)"))
          .isInstanceOf(ReplicationException.class);
      assertThat(connection.isAutoCommit()).isTrue();
      proxy.mend();
      // The same connection goes on outside of the lost transaction, which the server gives up.
      connection.execute("INSERT INTO t VALUES (3)");
      assertThat(rows(connection, "SELECT v FROM t")).containsExactly("3");
      assertThat(server.execute("SELECT group_concat(v) FROM t")).contains("\"3\"");
    }
  }

  @Test
  void aServerThatHasForgottenATransactionIsNotBelieved() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Database database = Database.builder(file()).replica(options(server.url())).build();
        Connection connection = database.connect()) {
      connection.execute("CREATE TABLE t(v)");
      connection.execute("BEGIN");
      connection.execute("INSERT INTO t VALUES (1)");
      server.stop();
      server.start();
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (2)"))
          .hasMessageContaining("the transaction is lost");
      assertThat(connection.isAutoCommit()).isTrue();
      connection.execute("BEGIN");
      connection.execute("INSERT INTO t VALUES (3)");
      server.stop();
      server.start();
      assertThatThrownBy(() -> connection.execute("COMMIT"))
          .hasMessageContaining("the transaction is lost");
      assertThat(rows(connection, "SELECT count(*) FROM t")).containsExactly("0");
    }
  }

  @Test
  void aRestartOfTheServerIsNotNoticed() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Database database =
            Database.builder(file()).replica(options(server.url()).retryAttempts(1)).build();
        Connection connection = database.connect()) {
      connection.execute("CREATE TABLE t(v)");
      try (Statement insert = connection.prepare("INSERT INTO t VALUES (?)")) {
        for (int i = 0; i < 3; i++) {
          insert.bind(1, i);
          insert.execute();
          server.stop();
          server.start();
        }
      }
      assertThat(rows(connection, "SELECT v FROM t")).containsExactly("0", "1", "2");
    }
  }

  @Test
  void pragmasThatWouldDisturbTheLogAreRefused() throws Exception {
    try (SqldServer server = SqldServer.start(folder);
        Database database = Database.openRemoteReplica(file(), server.url(), "");
        Connection connection = database.connect()) {
      connection.execute("CREATE TABLE t(v)");
      for (String refused :
          new String[] {
            "PRAGMA wal_checkpoint",
            "PRAGMA wal_checkpoint(TRUNCATE)",
            "PRAGMA journal_mode=DELETE",
            "PRAGMA wal_autocheckpoint=1",
            "PRAGMA application_id=7",
            "PRAGMA optimize",
            "VACUUM",
            "ANALYZE"
          }) {
        assertThatThrownBy(() -> connection.execute(refused))
            .as(refused)
            .hasMessageContaining("not supported on a replica");
      }
      for (String here :
          new String[] {
            "PRAGMA busy_timeout=100", "PRAGMA cache_size=-500", "PRAGMA synchronous=NORMAL"
          }) {
        connection.execute(here);
      }
      assertThat(rows(connection, "PRAGMA journal_mode")).containsExactly("wal");
      assertThat(rows(connection, "PRAGMA journal_mode=WAL")).containsExactly("wal");
      assertThat(rows(connection, "PRAGMA page_size")).containsExactly("4096");
      assertThat(rows(connection, "PRAGMA application_id")).containsExactly("0");
      assertThat(rows(connection, "PRAGMA integrity_check")).containsExactly("ok");
      connection.execute("PRAGMA user_version=3");
      assertThat(rows(connection, "PRAGMA user_version")).containsExactly("3");
    }
  }

  @Test
  void anExpiredTokenIsRenewed() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path key = folder.resolve("key.pem");
    Files.writeString(
        key,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    long now = System.currentTimeMillis() / 1000;
    AtomicReference<String> token = new AtomicReference<>(token(keys, now + 3600));
    try (SqldServer server = SqldServer.start(folder, "--auth-jwt-key-file", key.toString());
        Database database =
            Database.builder(file()).replica(options(server.url()).authToken(token::get)).build();
        Connection connection = database.connect()) {
      connection.execute("CREATE TABLE t(v)");
      connection.execute("INSERT INTO t VALUES (1)");
      token.set(token(keys, now - 3600));
      assertThatThrownBy(database::sync)
          .isInstanceOfSatisfying(
              ReplicationException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.UNAUTHORIZED))
          .hasMessageContaining("expired");
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES (2)"))
          .isInstanceOfSatisfying(
              LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.AUTH));
      assertThat(rows(connection, "SELECT v FROM t")).containsExactly("1");
      token.set(token(keys, now + 3600));
      connection.execute("INSERT INTO t VALUES (3)");
      assertThat(rows(connection, "SELECT v FROM t")).containsExactly("1", "3");
    }
  }

  private static String token(KeyPair keys, long expires) throws Exception {
    String head = base64("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    String claims = base64(("{\"exp\":" + expires + "}").getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
    return head + "." + claims + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
