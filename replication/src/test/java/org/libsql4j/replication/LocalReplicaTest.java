package org.libsql4j.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.Statement;
import org.libsql4j.SyncResult;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Frames that the application brings. */
class LocalReplicaTest {
  @TempDir Path folder;
  private FakePrimary primary;
  private Database replica;

  @BeforeEach
  void start() throws Exception {
    primary = new FakePrimary();
    replica = Database.openLocalReplica(folder.resolve("replica.db").toString());
  }

  @AfterEach
  void stop() {
    replica.close();
    primary.close();
  }

  private long rows() {
    return SourceFile.rows(folder.resolve("replica.db"));
  }

  @Test
  void transactionsAppearWhenTheyAreComplete() throws Exception {
    primary.logDatabase(SourceFile.withRows(folder, 30));
    int first = primary.frames().size();
    primary.logDatabase(SourceFile.withRows(folder, 60));
    List<byte[]> all = primary.frames();
    assertThat(replica.replicationIndex()).isEmpty();
    assertThat(replica.syncFrames(all.subList(0, first - 2)))
        .isEqualTo(new SyncResult(replica.replicationIndex(), 0));
    assertThat(replica.flushReplicator()).isEmpty();
    SyncResult result = replica.syncFrames(all.subList(first - 2, first + 3));
    assertThat(result.frameNumber()).hasValue(first - 1);
    assertThat(result.framesSynced()).isEqualTo(first);
    assertThat(rows()).isEqualTo(30);
    // Frames may come twice; the transaction that had begun is completed.
    replica.syncFrames(all.subList(first - 5, first + 2));
    replica.syncFrames(all.subList(first + 3, all.size()));
    assertThat(rows()).isEqualTo(60);
    assertThat(replica.replicationIndex()).hasValue(all.size() - 1);
    assertThat(replica.replica().health().lastFailure()).isNull();
  }

  @Test
  void whatDoesNotFitChangesNothing() throws Exception {
    primary.logDatabase(SourceFile.withRows(folder, 30));
    replica.syncFrames(primary.frames());
    int first = primary.frames().size();
    primary.logDatabase(SourceFile.withRows(folder, 60));
    List<byte[]> more = primary.frames().subList(first, primary.frames().size());
    assertThatThrownBy(() -> replica.syncFrames(more.subList(1, more.size())))
        .hasMessageContaining("expected");
    List<byte[]> damaged = new ArrayList<>(more);
    damaged.set(3, more.get(3).clone());
    damaged.get(3)[1000] ^= 1;
    assertThatThrownBy(() -> replica.syncFrames(damaged)).hasMessageContaining("wrong checksum");
    assertThatThrownBy(() -> replica.syncFrames(List.of(new byte[7])))
        .hasMessageContaining("7 bytes");
    assertThat(rows()).isEqualTo(30);
    replica.syncFrames(more);
    assertThat(rows()).isEqualTo(60);
  }

  @Test
  void takesSnapshotFiles() throws Exception {
    primary.logDatabase(SourceFile.withRows(folder, 30));
    primary.logDatabase(SourceFile.withRows(folder, 60));
    Path snapshot = snapshot(primary);
    SyncResult result = replica.replica().syncSnapshot(snapshot);
    assertThat(result.frameNumber()).hasValue(primary.frames().size() - 1);
    assertThat(rows()).isEqualTo(60);
    int first = primary.frames().size();
    primary.logDatabase(SourceFile.withRows(folder, 70));
    replica.syncFrames(primary.frames().subList(first, primary.frames().size()));
    assertThat(rows()).isEqualTo(70);
    Files.write(snapshot, new byte[100]);
    assertThatThrownBy(() -> replica.replica().syncSnapshot(snapshot))
        .hasMessageContaining("is no snapshot");
  }

  /** The newest frame of each page, the newest first. */
  private Path snapshot(FakePrimary from) throws Exception {
    List<byte[]> frames = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    List<byte[]> reversed = new ArrayList<>(from.frames());
    Collections.reverse(reversed);
    int size = little(reversed.get(0)).getInt(20);
    for (byte[] frame : reversed) {
      byte[] plain = frame.clone();
      little(plain).putInt(20, 0);
      if (!pages.contains(little(plain).getInt(16))) {
        pages.add(little(plain).getInt(16));
        frames.add(plain);
      }
    }
    ByteBuffer file =
        ByteBuffer.allocate(SnapshotFile.HEADER_BYTES + frames.size() * LogFrame.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(from.logId.getLeastSignificantBits()).putLong(from.logId.getMostSignificantBits());
    file.putLong(0).putLong(from.frames().size() - 1).putLong(frames.size()).putInt(size).putInt(0);
    frames.forEach(file::put);
    return Files.write(folder.resolve("log.snap"), file.array());
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void canBeReadButNotWritten() throws Exception {
    primary.logDatabase(SourceFile.withRows(folder, 30));
    replica.syncFrames(primary.frames());
    try (Connection connection = replica.connect()) {
      assertThatThrownBy(() -> connection.execute("DELETE FROM t"))
          .isInstanceOf(LibsqlException.class)
          .hasMessageContaining("Cannot delegate write in local replica mode.");
    }
    assertThatThrownBy(replica::sync).hasMessageContaining("use syncFrames");
  }

  @Test
  void frozenItIsAnOrdinaryDatabase() throws Exception {
    primary.logDatabase(SourceFile.withRows(folder, 30));
    replica.syncFrames(primary.frames());
    try (Connection before = replica.connect()) {
      Database frozen = replica.freeze();
      try (Connection connection = frozen.connect()) {
        assertThat(connection.execute("DELETE FROM t WHERE id > 10")).isEqualTo(20);
      }
      assertThat(rows()).isEqualTo(10);
      assertThatThrownBy(() -> replica.syncFrames(primary.frames()))
          .hasMessageContaining("the replica is closed");
      assertThatThrownBy(() -> before.execute("DELETE FROM t"))
          .hasMessageContaining("the replica is closed");
      assertThatThrownBy(frozen::freeze)
          .hasMessageContaining("Freeze is not supported in databases opened in File mode.");
    }
  }

  @Test
  void whatIsNoReplicaSaysSo() {
    for (Database database :
        List.of(Database.openLocal(folder.resolve("plain.db")), Database.inMemory())) {
      assertThatThrownBy(database::sync)
          .isInstanceOfSatisfying(
              LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.MISUSE))
          .hasMessageContaining("Sync is not supported in databases opened in ");
    }
  }

  @Test
  void theFileMayBeEncrypted() throws Exception {
    primary.logDatabase(SourceFile.withRows(folder, 30));
    Path file = folder.resolve("encrypted.db");
    ReplicaOptions options = ReplicaOptions.localReplica().encryptionKey("secret");
    Database.Builder builder = Database.builder(file.toString()).replica(options);
    Database frozen;
    try (Database encrypted = builder.build()) {
      encrypted.syncFrames(primary.frames());
      primary.logDatabase(SourceFile.withRows(folder, 60));
      encrypted.syncFrames(primary.frames());
      try (Connection connection = encrypted.connect()) {
        assertThat(connection.execute("PRAGMA cipher")).isZero();
        assertThat(count(connection)).isEqualTo(60);
        for (Path each : List.of(file, Path.of(file + "-wal"))) {
          assertThat(Files.readString(each, StandardCharsets.ISO_8859_1))
              .doesNotContain("SQLite format")
              .doesNotContain("CREATE TABLE");
        }
        assertThatThrownBy(() -> connection.execute("PRAGMA rekey = 'x'"))
            .isInstanceOf(LibsqlException.class);
      }
      frozen = encrypted.freeze();
    }
    EncryptionConfig same = EncryptionConfig.aes256Cbc("secret");
    assertThat(options.identity()).contains(Optional.of(same));
    assertThat(options.toString()).doesNotContain("secret");
    try (Connection connection = frozen.connect()) {
      assertThat(count(connection)).isEqualTo(60);
    }
    // The builder of the database can say it as well.
    Database.Builder other =
        Database.builder(file.toString()).replica(ReplicaOptions.localReplica());
    try (Database encrypted = other.encryption(same).build();
        Connection connection = encrypted.connect()) {
      assertThat(count(connection)).isEqualTo(60);
    }
    assertThatThrownBy(() -> other.encryption(null).build())
        .hasMessageContaining("file is not a database");
  }

  private static long count(Connection connection) {
    try (Statement statement = connection.prepare("SELECT count(*) FROM t")) {
      statement.step();
      return statement.getLong(0);
    }
  }
}
