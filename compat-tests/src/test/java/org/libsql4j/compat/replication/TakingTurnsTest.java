package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.Statement;
import org.libsql4j.compat.sqld.NodePackages;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.replication.Replicator;

/** The native client of libSQL and ours keep one replica, by turns, and neither minds the other. */
class TakingTurnsTest {
  private static final int TURNS = Integer.getInteger("compat.replication.turns", 12);

  /** Syncs a replica and prints what it holds. */
  private static final String SCRIPT =
      """
      const Database = require('libsql');
      const [file, syncUrl, encryptionKey] = process.argv.slice(2);
      const db = new Database(file, encryptionKey ? {syncUrl, encryptionKey} : {syncUrl});
      db.sync();
      const row = db.prepare('SELECT count(*) AS n, total(v) AS v FROM t').get();
      const check = db.prepare("SELECT group_concat(name) AS names FROM sqlite_schema").get();
      console.log(row.n + ' ' + row.v + ' ' + check.names);
      db.close();
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "a key"})
  void neitherComplains(String key) throws Exception {
    NodePackages.assumeNativeClient();
    Path script = folder.resolve("turn.js");
    Files.writeString(script, SCRIPT);
    Path replica = folder.resolve("replica.db");
    try (SqldServer server = SqldServer.start(folder)) {
      server.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v INT)");
      long total = 0;
      for (int turn = 1; turn <= TURNS; turn++) {
        server.execute("INSERT INTO t(v) VALUES (" + turn + ")");
        if (turn % 7 == 0) {
          server.execute("CREATE TABLE t" + turn + "(x)");
        }
        if (turn % 10 == 0) {
          // A new log: the one that comes next finds it.
          server.kill();
          server.start();
        }
        total += turn;
        String seen =
            turn % 2 == 0
                ? nativeTurn(script, replica, server, key)
                : ourTurn(replica, server, key);
        assertThat(seen).as("turn " + turn).startsWith(turn + " " + total + " t");
      }
    }
  }

  private static String ourTurn(Path replica, SqldServer server, String key) {
    EncryptionConfig encryption = EncryptionConfig.aes256Cbc(key);
    ReplicaOptions options = ReplicaOptions.of(server.url()).encryption(encryption);
    try (Replicator replicator = Replicator.open(replica, options)) {
      replicator.sync();
    }
    Database database = Database.builder(replica.toString()).encryption(encryption).build();
    try (Connection connection = database.connect();
        Statement check = connection.prepare("PRAGMA integrity_check");
        Statement row =
            connection.prepare(
                "SELECT count(*), sum(v), (SELECT group_concat(name) FROM sqlite_schema) FROM t")) {
      assertThat(check.step()).isTrue();
      assertThat(check.getString(0)).isEqualTo("ok");
      assertThat(row.step()).isTrue();
      return row.getString(0) + " " + row.getString(1) + " " + row.getString(2);
    }
  }

  private static String nativeTurn(Path script, Path replica, SqldServer server, String key)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("node", script.toString(), replica.toString(), server.url(), key);
    builder.environment().put("NODE_PATH", NodePackages.folder().toString());
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
