package org.libsql4j.replication;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.SyncResult;
import org.libsql4j.replication.ReplicationException.Reason;
import org.libsql4j.spi.OpenReplica;
import org.libsql4j.spi.RemoteSession;

/**
 * An embedded replica: a local database that follows a primary, read here and written there.
 *
 * <p>Queries run on the local file and need no network. Statements that change something run on the
 * primary; unless switched off, the local file is synced before they return, so that the next query
 * sees what they did. Within a transaction everything runs on the primary.
 *
 * <p>Safe for use by many threads; its connections are not.
 */
public final class Replica implements OpenReplica {
  private static final long NOTHING_WRITTEN = -1;

  private final Follower follower;
  private final Database database;
  private final ReplicaOptions options;
  private final AtomicLong greatestWrite = new AtomicLong(NOTHING_WRITTEN);
  private final SyncTimer timer;
  private volatile boolean closed;

  private Replica(Path file, ReplicaOptions options) {
    this.options = options;
    this.follower =
        options.kind() == ReplicaOptions.Kind.LOCAL_REPLICA
            ? new LocalReplicator(file, options)
            : Replicator.open(file, options);
    Database.Builder builder = Database.builder(file.toString()).encryption(options.encryption());
    options.listeners().forEach(builder::listener);
    this.database = builder.remote(this::newSession).build();
    this.timer = SyncTimer.start(options, this::sync);
  }

  /**
   * Opens a replica; nothing is fetched before the first {@link #sync()} or write, unless there is
   * an interval.
   *
   * @param file the local database, created if it does not exist
   * @throws ReplicationException LOCAL_STATE if the file exists and is no replica
   */
  public static Replica open(Path file, ReplicaOptions options) {
    return new Replica(file, options);
  }

  @Override
  public RemoteSession newSession() {
    return new ProxySession(this, follower.servers());
  }

  /** The database whose connections read here and write there. */
  public Database database() {
    return database;
  }

  /** A connection: reads are local, writes go to the primary. */
  public Connection connect() {
    return database.connect();
  }

  @Override
  public SyncResult sync() {
    return follower.sync();
  }

  @Override
  public SyncResult syncUntil(long frameNumber) {
    return follower.syncUntil(frameNumber);
  }

  @Override
  public SyncResult syncFrames(List<byte[]> frames) {
    return follower.syncFrames(frames);
  }

  @Override
  public SyncResult syncSnapshot(Path snapshot) {
    return follower.syncSnapshot(snapshot);
  }

  /** Frames go into the local file as they come: there is nothing to be flushed. */
  @Override
  public OptionalLong flushReplicator() {
    return follower.replicationIndex();
  }

  @Override
  public OptionalLong replicationIndex() {
    return follower.replicationIndex();
  }

  @Override
  public OptionalLong maxWriteReplicationIndex() {
    long greatest = greatestWrite.get();
    return greatest == NOTHING_WRITTEN ? OptionalLong.empty() : OptionalLong.of(greatest);
  }

  @Override
  public ReplicaHealth health() {
    return follower.health();
  }

  @Override
  public boolean canFreeze() {
    return true;
  }

  void wroteUpTo(long frameNumber) {
    greatestWrite.accumulateAndGet(frameNumber, Math::max);
  }

  /**
   * @throws ReplicationException if there is nobody who could do a write
   */
  void checkWritable() {
    if (closed) {
      throw new ReplicationException(Reason.MISUSE, "the replica is closed");
    }
    if (follower.servers().isEmpty()) {
      throw new ReplicationException(Reason.MISUSE, "Cannot delegate write in local replica mode.");
    }
  }

  /** A write outside of a transaction, or a transaction, has ended on the primary. */
  void afterWrite() {
    if (!options.readYourWrites() || options.kind() == ReplicaOptions.Kind.LOCAL_REPLICA) {
      return;
    }
    try {
      follower.sync();
    } catch (ReplicationException e) {
      // The write is done, and to report it as failed would make somebody do it again.
      if (!e.isTransient() || !options.degradeToLocalReads()) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    timer.close();
    follower.close();
  }
}
