package org.libsql4j.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.replication.ReplicationException.Reason;
import org.libsql4j.replication.proto.Frame;
import org.libsql4j.replication.proto.Frames;

/** Whatever a server sends, the local file holds its last complete transaction. */
class ReplicatorFaultsTest {
  @TempDir Path folder;
  private final List<String> syncs = new ArrayList<>();
  private FakePrimary primary;
  private Replicator replicator;

  @BeforeEach
  void start() throws Exception {
    primary = new FakePrimary();
    replicator =
        Replicator.open(
            replica(),
            ReplicaOptions.of(primary.url())
                .authToken("secret")
                .listener(listener())
                .retryDelays(Duration.ofMillis(1), Duration.ofMillis(100))
                .circuitBreaker(0, Duration.ZERO)
                .readTimeout(Duration.ofSeconds(5)));
  }

  private EngineListener listener() {
    return new EngineListener() {
      @Override
      public void replicaSynced(ReplicaSynced event) {
        assertThat(event.nanos()).isPositive();
        assertThat(event.file()).endsWith("replica.db");
        Exception error = event.error();
        syncs.add(error != null ? "failed" : event.frames() + " frames");
      }
    };
  }

  @AfterEach
  void stop() {
    replicator.close();
    primary.close();
  }

  private Path replica() {
    return folder.resolve("replica.db");
  }

  private byte[] file(int rows) throws Exception {
    return SourceFile.withRows(folder, rows);
  }

  private long rows() {
    return SourceFile.rows(replica());
  }

  private void syncFails(Reason reason, String message) {
    assertThatThrownBy(replicator::sync)
        .isInstanceOfSatisfying(
            ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  private static UnaryOperator<Frames> changing(int index, UnaryOperator<byte[]> change) {
    return frames -> {
      if (index >= frames.getFramesCount()) {
        return frames;
      }
      byte[] changed = change.apply(frames.getFrames(index).getData().toByteArray());
      return frames.toBuilder()
          .setFrames(index, Frame.newBuilder().setData(ByteString.copyFrom(changed)))
          .build();
    };
  }

  private static UnaryOperator<byte[]> flipping(int offset) {
    return bytes -> {
      bytes[offset] ^= 1;
      return bytes;
    };
  }

  @Test
  void syncsFromIt() throws Exception {
    primary.logDatabase(file(100));
    long frames = replicator.sync().framesSynced();
    assertThat(frames).isGreaterThan(10);
    assertThat(rows()).isEqualTo(100);
    assertThat(syncs).containsExactly(frames + " frames");
  }

  @Test
  void damagedFramesLeaveTheOldStateReadable() throws Exception {
    primary.logDatabase(file(100));
    replicator.sync();
    long index = replicator.replicationIndex().getAsLong();
    primary.logDatabase(file(200));
    primary.damage = changing(7, flipping(LogFrame.HEADER_BYTES + 1234));
    syncFails(Reason.PROTOCOL, "wrong checksum");
    assertThat(syncs).last().isEqualTo("failed");
    primary.damage = changing(7, flipping(0));
    syncFails(Reason.PROTOCOL, "expected");
    primary.damage = changing(3, bytes -> new byte[17]);
    syncFails(Reason.PROTOCOL, "17 bytes");
    primary.damage = changing(4, flipping(19));
    syncFails(Reason.PROTOCOL, "beyond the end");
    primary.damage = frames -> frames.toBuilder().removeFrames(5).build();
    syncFails(Reason.PROTOCOL, "expected");
    primary.damage = frames -> Frames.getDefaultInstance();
    syncFails(Reason.PROTOCOL, "does not send frame");
    assertThat(rows()).isEqualTo(100);
    assertThat(replicator.replicationIndex()).hasValue(index);
    primary.damage = UnaryOperator.identity();
    replicator.sync();
    assertThat(rows()).isEqualTo(200);
  }

  @Test
  void aBrokenConnectionLosesNothing() throws Exception {
    primary.logDatabase(file(50));
    replicator.sync();
    primary.logDatabase(file(80));
    primary.logDatabase(file(90));
    List<Long> seen = new ArrayList<>();
    for (int cut = 0; cut < 120_000; cut += 9_973) {
      primary.cutAfter = cut;
      try {
        replicator.sync();
      } catch (ReplicationException e) {
        assertThat(e.reason()).isEqualTo(Reason.TRANSPORT);
      }
      seen.add(rows());
    }
    assertThat(seen).isSorted().isSubsetOf(50L, 80L, 90L).contains(50L);
    primary.cutAfter = -1;
    replicator.sync();
    assertThat(rows()).isEqualTo(90);
  }

  @Test
  void anotherLogReplacesTheContentAtOnce() throws Exception {
    primary.logDatabase(file(100));
    replicator.sync();
    primary.forget();
    primary.logDatabase(file(10));
    primary.logDatabase(file(20));
    primary.logDatabase(file(30));
    // The first two transactions arrive, the third does not: nothing of the new log is shown.
    primary.cutAfter = 60_000;
    syncFails(Reason.TRANSPORT, "");
    assertThat(rows()).isEqualTo(100);
    primary.cutAfter = -1;
    replicator.sync();
    assertThat(rows()).isEqualTo(30);
  }

  @Test
  void statusOfTheServerIsReported() throws Exception {
    primary.logDatabase(file(10));
    primary.requiredAuthorization = "Bearer other";
    syncFails(Reason.UNAUTHORIZED, "The JWT is invalid");
    assertThat(primary.helloCount).isZero();
    primary.requiredAuthorization = "Bearer secret";
    primary.status = 9;
    primary.statusMessage = "NAMESPACE_DOESNT_EXIST";
    syncFails(Reason.REFUSED, "NAMESPACE_DOESNT_EXIST");
    primary.statusMessage = "NO_HELLO";
    syncFails(Reason.PROTOCOL, "does not send frame");
    primary.status = 14;
    primary.statusMessage = "snapshot not found";
    syncFails(Reason.TRANSPORT, "snapshot not found");
    primary.status = 0;
    replicator.sync();
    assertThat(rows()).isEqualTo(10);
  }

  @Test
  void aSnapshotThatIsStillBeingMadeIsWaitedFor() throws Exception {
    primary.logDatabase(file(40));
    primary.snapshotDelays = 3;
    assertThat(replicator.sync().framesSynced()).isGreaterThan(5);
    assertThat(rows()).isEqualTo(40);
    primary.logDatabase(file(50));
    replicator.sync();
    assertThat(rows()).isEqualTo(50);
  }

  @Test
  void waitsForAFrameButNotForever() throws Exception {
    primary.logDatabase(file(10));
    long last = primary.frames().size() - 1;
    assertThat(replicator.syncUntil(last).frameNumber()).hasValue(last);
    int hellos = primary.helloCount;
    assertThat(replicator.syncUntil(last).framesSynced()).isZero();
    assertThat(primary.helloCount).isEqualTo(hellos);
    Path other = folder.resolve("other.db");
    try (Replicator impatient =
        Replicator.open(
            other,
            ReplicaOptions.of(primary.url())
                .authToken("secret")
                .retryDelays(Duration.ofMillis(20), Duration.ofMillis(80))
                .syncTimeout(Duration.ofMillis(200)))) {
      assertThatThrownBy(() -> impatient.syncUntil(last + 1))
          .isInstanceOfSatisfying(
              ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
          .hasMessageContaining("has not reached frame " + (last + 1));
      assertThat(primary.helloCount - hellos).isBetween(2, 12);
      assertThat(SourceFile.rows(other)).isEqualTo(10);
    }
  }

  @Test
  void aStateFileThatIsTooShortMeansToBeginAnew() throws Exception {
    primary.logDatabase(file(10));
    primary.logDatabase(file(20));
    replicator.sync();
    Files.write(folder.resolve("replica.db-client_wal_index"), new byte[5]);
    assertThat(replicator.replicationIndex()).isEmpty();
    replicator.sync();
    assertThat(rows()).isEqualTo(20);
    assertThat(replicator.replicationIndex()).isPresent();
  }
}
