package org.libsql4j.compat.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.compat.sqld.NodePackages;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.replication.Replicator;

/**
 * How long a first sync takes, for ours and for the native client, from one server. Their files are
 * compared; the times are printed, and with many frames ours must not be the longer one.
 *
 * <p>{@code -Dcompat.replication.frames} says how many frames there are, about; {@code
 * -Dcompat.replication.rounds} how often each syncs, of which the best counts.
 */
class SyncThroughputTest {
  private static final int FRAMES = Integer.getInteger("compat.replication.frames", 3000);
  private static final int ROUNDS = Integer.getInteger("compat.replication.rounds", 1);
  private static final int FRAMES_WHERE_TIME_COUNTS = 50_000;
  private static final int FRAMES_OF_A_TRANSACTION = 500;

  private static final String SCRIPT =
      """
      const Database = require('libsql');
      const start = process.hrtime.bigint();
      const db = new Database(process.argv[2], {syncUrl: process.argv[3]});
      db.sync();
      const end = process.hrtime.bigint();
      console.log(Number((end - start) / 1000000n));
      db.close();
      """;

  @TempDir Path folder;

  @Test
  void oursIsNotSlower() throws Exception {
    NodePackages.assumeNativeClient();
    try (SqldServer server = SqldServer.start(folder)) {
      server.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB)");
      for (int done = 0; done < FRAMES; done += FRAMES_OF_A_TRANSACTION) {
        server.execute(
            "INSERT INTO t(v) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c"
                + " LIMIT "
                + FRAMES_OF_A_TRANSACTION
                + ") SELECT randomblob(3900) FROM c");
      }
      long ours = Long.MAX_VALUE;
      long theirs = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        theirs = Math.min(theirs, nativeSync(server));
        ours = Math.min(ours, ourSync(server));
        assertThat(Query.rows(ourFile(), "SELECT count(*), sum(length(v)) FROM t"))
            .isEqualTo(Query.rows(nativeFile(), "SELECT count(*), sum(length(v)) FROM t"));
        delete(ourFile());
        delete(nativeFile());
      }
      System.out.printf(
          "SyncThroughputTest: %d frames, ours %d ms, the native client %d ms%n",
          FRAMES, ours, theirs);
      if (FRAMES >= FRAMES_WHERE_TIME_COUNTS) {
        assertThat(ours).isLessThanOrEqualTo(theirs);
      }
    }
  }

  private Path ourFile() {
    return folder.resolve("ours.db");
  }

  private Path nativeFile() {
    return folder.resolve("native.db");
  }

  private static void delete(Path file) throws Exception {
    for (String suffix : new String[] {"", "-wal", "-shm", "-client_wal_index"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
  }

  private long ourSync(SqldServer server) {
    long start = System.nanoTime();
    try (Replicator replicator = Replicator.open(ourFile(), ReplicaOptions.of(server.url()))) {
      assertThat(replicator.sync().framesSynced()).isGreaterThanOrEqualTo(FRAMES);
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
  }

  private long nativeSync(SqldServer server) throws Exception {
    Path script = folder.resolve("sync.js");
    Files.writeString(script, SCRIPT);
    ProcessBuilder builder =
        new ProcessBuilder("node", script.toString(), nativeFile().toString(), server.url());
    builder.environment().put("NODE_PATH", NodePackages.folder().toString());
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor()).as(output).isZero();
    return Long.parseLong(output);
  }
}
