package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libsql4j.compat.replication.Query.rows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.compat.crash.ChildJvm;
import org.libsql4j.compat.sqld.NodePackages;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.replication.ReplicationException;
import org.libsql4j.replication.ReplicationException.Reason;

/** Databases that are written offline and exchange their frames with a server, version 2. */
class SyncedDatabaseTest {
  /** Runs statements on a synced database and prints the rows of the last one. */
  private static final String SCRIPT =
      """
      const Database = require('libsql');
      const [file, url, ...steps] = process.argv.slice(2);
      const db = new Database(file, {syncUrl: url, offline: true});
      for (const step of steps) {
        if (step === 'sync') {
          try { db.sync(); } catch (e) { console.log('error: ' + e.message); }
        } else if (step.startsWith('?')) {
          console.log(db.prepare(step.slice(1)).raw().all().map(r => r.join('|')).join(','));
        } else {
          db.exec(step);
        }
      }
      db.close();
      """;

  private static final long SEED = Long.getLong("compat.replication.seed", System.nanoTime());
  private static final int KILLS = Integer.getInteger("compat.replication.kills", 4);

  @TempDir Path folder;
  private FrameServer server;

  @BeforeEach
  void start() throws Exception {
    Path base = folder.resolve("base.db");
    try (Connection connection = Database.openLocal(base).connect()) {
      connection.execute("PRAGMA journal_mode=WAL");
      connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
      connection.execute("INSERT INTO t(v) VALUES ('base')");
    }
    server = new FrameServer(Files.readAllBytes(base));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ReplicaOptions options() {
    return ReplicaOptions.syncedDatabase(server.url())
        .retryDelays(Duration.ofMillis(1), Duration.ofMillis(5))
        .circuitBreaker(0, Duration.ZERO);
  }

  private Database open(String name) {
    return Database.builder(folder.resolve(name).toString()).replica(options()).build();
  }

  private String metadata(String name) throws IOException {
    return Files.readString(folder.resolve(name + "-info"));
  }

  private String nativeClient(String name, String... steps) throws Exception {
    NodePackages.assumeNativeClient();
    Path script = folder.resolve("offline.js");
    Files.writeString(script, SCRIPT);
    List<String> command = new java.util.ArrayList<>();
    command.addAll(List.of("node", script.toString(), folder.resolve(name).toString()));
    command.add(server.url());
    command.addAll(List.of(steps));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NODE_PATH", NodePackages.folder().toString());
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void twoDatabasesExchangeWhatWasWrittenOffline() throws Exception {
    try (Database a = open("a.db");
        Database b = open("b.db")) {
      assertThat(server.requests).contains("GET /info", "GET /export/1");
      assertThat(metadata("a.db"))
          .isEqualTo(
              "{\"hash\":3278479626,\"version\":0,\"durable_frame_num\":0,\"generation\":1}");
      try (Connection connection = a.connect()) {
        assertThat(rows(connection, "SELECT v FROM t")).containsExactly("base");
        connection.execute("INSERT INTO t(v) VALUES ('one')");
        connection.execute("INSERT INTO t(v) VALUES ('two')");
        assertThat(rows(connection, "SELECT count(*) FROM t")).containsExactly("3");
      }
      assertThat(server.frameCount()).isZero();
      assertThat(a.sync().framesSynced()).isEqualTo(2);
      assertThat(metadata("a.db"))
          .isEqualTo(
              "{\"hash\":2169284215,\"version\":0,\"durable_frame_num\":2,\"generation\":1}");
      assertThat(b.sync().framesSynced()).isEqualTo(2);
      assertThat(metadata("b.db")).isEqualTo(metadata("a.db"));
      try (Connection connection = b.connect()) {
        assertThat(rows(connection, "SELECT v FROM t")).containsExactly("base", "one", "two");
        connection.execute("UPDATE t SET v = upper(v)");
      }
      b.sync();
      a.sync();
      assertThat(rows(folder.resolve("a.db"), "SELECT group_concat(v) FROM t"))
          .containsExactly("BASE,ONE,TWO");
      assertThat(a.replicationIndex()).hasValue(3);
    }
  }

  @Test
  void anEncryptedFileExchangesWhatIsPlain() throws Exception {
    ReplicaOptions encrypted = options().encryptionKey("a key");
    String path = folder.resolve("a.db").toString();
    try (Database a = Database.builder(path).replica(encrypted).build();
        Database b = open("b.db")) {
      try (Connection connection = a.connect()) {
        connection.execute("INSERT INTO t(v) VALUES ('here')");
      }
      a.sync();
      b.sync();
      try (Connection connection = b.connect()) {
        assertThat(rows(connection, "SELECT v FROM t")).containsExactly("base", "here");
        connection.execute("INSERT INTO t(v) VALUES ('there')");
      }
      b.sync();
      a.sync();
      try (Connection connection = a.connect()) {
        assertThat(rows(connection, "SELECT v FROM t")).containsExactly("base", "here", "there");
        assertThat(rows(connection, "PRAGMA integrity_check")).containsExactly("ok");
      }
      for (String file : List.of("a.db", "a.db-wal")) {
        assertThat(Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("SQLite format")
            .doesNotContain("CREATE TABLE");
      }
    }
  }

  @Test
  void goesOnAfterItWasClosed() throws Exception {
    try (Database a = open("a.db");
        Connection connection = a.connect()) {
      connection.execute("INSERT INTO t(v) VALUES ('one')");
    }
    server.close();
    int requests = server.requests.size();
    try (Database a = open("a.db");
        Connection connection = a.connect()) {
      connection.execute("INSERT INTO t(v) VALUES ('two')");
      // Offline there is nothing to be exchanged, which is no error.
      assertThat(a.sync().framesSynced()).isZero();
      assertThat(a.replica().health().state()).isEqualTo(ReplicaHealth.State.BEHIND);
      assertThat(rows(connection, "SELECT count(*) FROM t")).containsExactly("3");
    }
    assertThat(server.requests).hasSize(requests);
    assertThat(Files.size(folder.resolve("a.db-wal"))).isEqualTo(32 + 2 * 4120);
  }

  @Test
  void manyFramesGoInBatches() throws Exception {
    try (Database a = open("a.db");
        Database b = open("b.db")) {
      try (Connection connection = a.connect()) {
        connection.execute(
            "INSERT INTO t(v) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT"
                + " 400) SELECT randomblob(3000) FROM c");
      }
      long sent = a.sync().framesSynced();
      assertThat(sent).isGreaterThan(400);
      assertThat(server.requests.stream().filter(r -> r.startsWith("POST")))
          .startsWith("POST /sync/1/1/129", "POST /sync/1/129/257");
      assertThat(b.sync().framesSynced()).isEqualTo(sent);
      assertThat(rows(folder.resolve("b.db"), "SELECT count(*), sum(length(v)) FROM t"))
          .isEqualTo(rows(folder.resolve("a.db"), "SELECT count(*), sum(length(v)) FROM t"));
      assertThat(rows(folder.resolve("b.db"), "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  @Test
  void changesThatExcludeEachOtherAreReported() throws Exception {
    try (Database a = open("a.db");
        Database b = open("b.db");
        Connection ofA = a.connect();
        Connection ofB = b.connect()) {
      ofA.execute("INSERT INTO t(v) VALUES ('of a')");
      ofB.execute("INSERT INTO t(v) VALUES ('of b')");
      a.sync();
      String before = metadata("b.db");
      assertThatThrownBy(b::sync)
          .isInstanceOfSatisfying(
              ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
          .hasMessageContaining("server returned a conflict: sent=1, got=1");
      assertThat(metadata("b.db")).isEqualTo(before);
      assertThat(rows(ofB, "SELECT v FROM t")).containsExactly("base", "of b");
    }
  }

  @Test
  void aServerThatHasLostFramesGetsThemAgain() throws Exception {
    try (Database a = open("a.db");
        Connection connection = a.connect()) {
      connection.execute("INSERT INTO t(v) VALUES ('one')");
      connection.execute("INSERT INTO t(v) VALUES ('two')");
      server.forgotten = 1;
      assertThatThrownBy(a::sync)
          .hasMessageContaining("server returned a lower frame_no: sent=2, got=1");
      server.forgotten = 0;
      assertThat(a.sync().framesSynced()).isPositive();
      assertThat(a.replicationIndex()).hasValue(2);
    }
  }

  @Test
  void anAnswerThatWasLostDoesNoHarm() throws Exception {
    try (Database a = open("a.db");
        Database b = open("b.db");
        Connection connection = a.connect()) {
      for (int i = 0; i < 300; i++) {
        connection.execute("INSERT INTO t(v) VALUES (" + i + ")");
      }
      // The server takes the frames of each request, but its answer is lost: as if we were killed.
      for (int lost = 0; lost < 4; lost++) {
        server.breakAfter = lost;
        server.unavailable = 0;
        try (Database again = open("a.db")) {
          again.sync();
        }
      }
      server.breakAfter = -1;
      a.sync();
      assertThat(server.frameCount()).isEqualTo(300);
      assertThat(a.replicationIndex()).hasValue(300);
      for (int lost = 0; lost < 3; lost++) {
        server.breakAfter = lost;
        b.sync();
      }
      server.breakAfter = -1;
      b.sync();
      assertThat(rows(folder.resolve("b.db"), "SELECT count(*) FROM t")).containsExactly("301");
      assertThat(b.replicationIndex()).hasValue(300);
    }
  }

  @Test
  void aProcessThatIsKilledGoesOnWhereItWas() throws Exception {
    Random random = new Random(SEED);
    System.out.println("SyncedDatabaseTest -Dcompat.replication.seed=" + SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process =
          ChildJvm.start(SyncedProcess.class, folder.resolve("a.db").toString(), server.url());
      assertThat(process.getInputStream().read()).as("a first line").isPositive();
      TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(300));
      process.destroyForcibly().waitFor();
      if (kill == KILLS / 2) {
        try (Database a = open("a.db")) {
          a.sync();
        }
        server.beginGeneration();
      }
    }
    try (Database a = open("a.db");
        Database b = open("b.db")) {
      a.sync();
      b.sync();
      assertThat(a.replicationIndex()).hasValue(server.frameCount());
      assertThat(rows(folder.resolve("a.db"), "PRAGMA integrity_check")).containsExactly("ok");
      assertThat(rows(folder.resolve("a.db"), "SELECT count(*) % 2 FROM t")).containsExactly("1");
      assertThat(rows(folder.resolve("b.db"), "SELECT id, hex(v) FROM t"))
          .isEqualTo(rows(folder.resolve("a.db"), "SELECT id, hex(v) FROM t"))
          .hasSizeGreaterThan(20);
    }
  }

  @Test
  void followsTheServerIntoItsNextGeneration() throws Exception {
    try (Database a = open("a.db");
        Database b = open("b.db");
        Connection connection = a.connect()) {
      connection.execute("INSERT INTO t(v) VALUES ('one')");
      a.sync();
      b.sync();
      server.beginGeneration();
      assertThat(a.sync().framesSynced()).isZero();
      assertThat(metadata("a.db"))
          .isEqualTo(
              "{\"hash\":3520859876,\"version\":0,\"durable_frame_num\":0,\"generation\":2}");
      assertThat(Files.size(folder.resolve("a.db-wal"))).isZero();
      connection.execute("INSERT INTO t(v) VALUES ('two')");
      assertThat(a.sync().framesSynced()).isEqualTo(1);
      // Over the end of one generation into the next in one go.
      assertThat(b.sync().framesSynced()).isEqualTo(1);
      assertThat(rows(folder.resolve("b.db"), "SELECT v FROM t"))
          .containsExactly("base", "one", "two");
      try (Database c = open("c.db");
          Connection fresh = c.connect()) {
        c.sync();
        assertThat(rows(fresh, "SELECT v FROM t")).containsExactly("base", "one", "two");
      }
    }
  }

  @Test
  void aGenerationThatWasNotWrittenDownIsFoundAgain() throws Exception {
    Path copy = folder.resolve("kept-info");
    try (Database a = open("a.db");
        Connection connection = a.connect()) {
      connection.execute("INSERT INTO t(v) VALUES ('one')");
      a.sync();
      Files.copy(folder.resolve("a.db-info"), copy);
      server.beginGeneration();
      a.sync();
    }
    // As if it was killed after the log was emptied and before the metadata was written.
    Files.move(
        copy, folder.resolve("a.db-info"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (Database a = open("a.db");
        Connection connection = a.connect()) {
      a.sync();
      assertThat(metadata("a.db")).contains("\"durable_frame_num\":0,\"generation\":2");
      connection.execute("INSERT INTO t(v) VALUES ('two')");
      assertThat(a.sync().framesSynced()).isEqualTo(1);
    }
  }

  @Test
  void aLogThatSomebodyElseCheckpointedIsNoticed() throws Exception {
    try (Database a = open("a.db");
        Connection connection = a.connect()) {
      connection.execute("INSERT INTO t(v) VALUES ('one')");
      a.sync();
    }
    try (Connection other = Database.openLocal(folder.resolve("a.db")).connect()) {
      other.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    try (Database a = open("a.db")) {
      assertThatThrownBy(a::sync)
          .isInstanceOfSatisfying(
              ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCAL_STATE))
          .hasMessageContaining("another program has checkpointed it");
    }
  }

  @Test
  void localFilesMustBelongTogether() throws Exception {
    Path file = folder.resolve("a.db");
    try (Connection connection = Database.openLocal(file).connect()) {
      connection.execute("CREATE TABLE mine(x)");
    }
    assertThatThrownBy(() -> open("a.db"))
        .hasMessageContaining("invalid local state: db file exists but metadata file does not");
    Files.writeString(
        folder.resolve("a.db-info"),
        "{\"hash\":1,\"version\":0,\"durable_frame_num\":2,\"generation\":1}");
    assertThatThrownBy(() -> open("a.db"))
        .hasMessageContaining("failed to verify metadata file hash: expected=1, got=2169284215");
    Files.writeString(folder.resolve("a.db-info"), "nonsense");
    assertThatThrownBy(() -> open("a.db")).isInstanceOf(ReplicationException.class);
    Files.delete(file);
    Files.writeString(
        folder.resolve("a.db-info"),
        "{\"hash\":2169284215,\"version\":0,\"durable_frame_num\":2,\"generation\":1}");
    assertThatThrownBy(() -> open("a.db"))
        .hasMessageContaining("invalid local state: metadata file exists but db file does not");
  }

  @Test
  void theLogIsLeftAlone() throws Exception {
    try (Database a = open("a.db");
        Connection connection = a.connect()) {
      assertThat(rows(connection, "PRAGMA wal_autocheckpoint")).containsExactly("0");
      for (String refused :
          List.of(
              "PRAGMA wal_checkpoint",
              "PRAGMA journal_mode=DELETE",
              "PRAGMA wal_autocheckpoint=5")) {
        assertThatThrownBy(() -> connection.execute(refused))
            .hasMessageContaining("not supported on a synced database");
      }
      assertThatThrownBy(a::freeze).hasMessageContaining("Freeze is not supported");
      assertThatThrownBy(() -> a.syncUntil(1)).hasMessageContaining("syncUntil is not supported");
    }
  }

  @Test
  void theServerIsAskedWhichProtocolItSpeaks() throws Exception {
    String file = folder.resolve("a.db").toString();
    try (Database a = Database.openRemoteReplica(file, server.url(), "");
        Connection connection = a.connect()) {
      assertThat(server.requests.subList(0, 3))
          .containsExactly("GET /info", "GET /info", "GET /export/1");
      assertThat(rows(connection, "SELECT v FROM t")).containsExactly("base");
    }
  }

  @Test
  void writesAreDoneThereIfThatIsWanted() throws Exception {
    try (SqldServer primary = SqldServer.start(folder)) {
      primary.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
      primary.stop();
      try (FrameServer frames = new FrameServer(Files.readAllBytes(primary.dataFile()))) {
        primary.start();
        frames.follow(primary);
        String file = folder.resolve("remote.db").toString();
        try (Database a = Database.openRemoteReplica(file, frames.url(), "");
            Connection connection = a.connect();
            Connection other = a.connect()) {
          assertThat(connection.execute("INSERT INTO t(v) VALUES ('there')")).isEqualTo(1);
          assertThat(connection.lastInsertRowid()).isEqualTo(1);
          assertThat(rows(connection, "SELECT v FROM t")).containsExactly("there");
          connection.execute("BEGIN");
          connection.execute("INSERT INTO t(v) VALUES ('in a transaction')");
          assertThat(rows(connection, "SELECT count(*) FROM t")).containsExactly("2");
          assertThat(rows(other, "SELECT count(*) FROM t")).containsExactly("1");
          connection.execute("COMMIT");
          assertThat(rows(other, "SELECT count(*) FROM t")).containsExactly("2");
          assertThat(rows(connection, "INSERT INTO t(v) VALUES ('r') RETURNING id"))
              .containsExactly("3");
          assertThat(rows(other, "SELECT count(*) FROM t")).containsExactly("3");
        }
        frames.close();
        try (Database a = Database.openRemoteReplica(file, frames.url(), "");
            Connection connection = a.connect()) {
          assertThat(rows(connection, "SELECT count(*) FROM t")).containsExactly("3");
        }
      }
    }
  }

  @Test
  void theNativeClientAndOursSeeEachOthersChanges() throws Exception {
    try (Database ours = open("ours.db");
        Connection connection = ours.connect()) {
      nativeClient("native.db", "INSERT INTO t(v) VALUES ('native')", "sync");
      ours.sync();
      assertThat(rows(connection, "SELECT v FROM t")).containsExactly("base", "native");
      connection.execute("CREATE TABLE u(w)");
      connection.execute("INSERT INTO u VALUES ('ours')");
      ours.sync();
      assertThat(nativeClient("native.db", "sync", "?SELECT w FROM u", "?PRAGMA integrity_check"))
          .isEqualTo("ours\nok");
      assertThat(metadata("native.db")).isEqualTo(metadata("ours.db"));
      server.beginGeneration();
      nativeClient("native.db", "sync", "INSERT INTO t(v) VALUES ('again')", "sync");
      ours.sync();
      assertThat(rows(connection, "SELECT v FROM t")).containsExactly("base", "native", "again");
      assertThat(metadata("native.db")).isEqualTo(metadata("ours.db"));
    }
  }

  @Test
  void oneDatabaseIsKeptByBothInTurn() throws Exception {
    for (int turn = 1; turn <= 3; turn++) {
      try (Database ours = open("shared.db");
          Connection connection = ours.connect()) {
        connection.execute("INSERT INTO t(v) VALUES ('ours " + turn + "')");
        ours.sync();
      }
      nativeClient("shared.db", "INSERT INTO t(v) VALUES ('native " + turn + "')", "sync");
    }
    assertThat(server.frameCount()).isEqualTo(6);
    try (Database ours = open("shared.db");
        Connection connection = ours.connect()) {
      assertThat(ours.sync().framesSynced()).isZero();
      assertThat(rows(connection, "SELECT count(*) FROM t")).containsExactly("7");
    }
  }
}
