package org.libsql4j.replication;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.Database;

/**
 * An embedded replica: a local database that follows a primary, read here and written there.
 *
 * <p>Queries run on the local file and need no network. Statements that change something run on the
 * primary; unless switched off, the local file is synced before they return, so that the next query
 * sees what they did. Within a transaction everything runs on the primary.
 *
 * <p>Safe for use by many threads; its connections are not.
 */
public final class Replica implements AutoCloseable {
  private static final long NOTHING_WRITTEN = -1;

  private final Replicator replicator;
  private final Database database;
  private final ReplicaOptions options;
  private final AtomicLong greatestWrite = new AtomicLong(NOTHING_WRITTEN);
  private final @Nullable ScheduledExecutorService timer;

  private Replica(Path file, ReplicaOptions options) {
    this.options = options;
    this.replicator = Replicator.open(file, options);
    Database.Builder builder = Database.builder(file.toString());
    options.listeners().forEach(builder::listener);
    this.database = builder.remote(() -> newSession(() -> {})).build();
    this.timer = startTimer();
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

  private @Nullable ScheduledExecutorService startTimer() {
    long interval = options.syncInterval.toMillis();
    if (interval <= 0) {
      return null;
    }
    ScheduledExecutorService service =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "libsql4j-sync");
              thread.setDaemon(true);
              return thread;
            });
    // What a periodic task throws ends the period: failures go to the listener instead.
    var unused =
        service.scheduleWithFixedDelay(this::syncQuietly, 0, interval, TimeUnit.MILLISECONDS);
    return service;
  }

  private void syncQuietly() {
    try {
      sync();
    } catch (RuntimeException e) {
      options.syncFailureListener.accept(e);
    }
  }

  /** What a connection does on the primary; {@code onClose} is run with it. */
  ProxySession newSession(Runnable onClose) {
    ServerAddress address = replicator.address();
    GrpcWebClient client = new GrpcWebClient(replicator.http(), address.url());
    return new ProxySession(this, new ProxyClient(client, address), onClose);
  }

  /** The database whose connections read here and write there. */
  public Database database() {
    return database;
  }

  /** A connection: reads are local, writes go to the primary. */
  public Connection connect() {
    return database.connect();
  }

  /** See {@link Replicator#sync()}. */
  public SyncResult sync() {
    return replicator.sync();
  }

  /** See {@link Replicator#syncUntil}. */
  public SyncResult syncUntil(long frameNumber) {
    return replicator.syncUntil(frameNumber);
  }

  /** See {@link Replicator#replicationIndex()}. */
  public OptionalLong replicationIndex() {
    return replicator.replicationIndex();
  }

  /** The greatest frame number that a write through this replica has led to; empty before any. */
  public OptionalLong maxWriteReplicationIndex() {
    long greatest = greatestWrite.get();
    return greatest == NOTHING_WRITTEN ? OptionalLong.empty() : OptionalLong.of(greatest);
  }

  void wroteUpTo(long frameNumber) {
    greatestWrite.accumulateAndGet(frameNumber, Math::max);
  }

  /** A write outside of a transaction, or a transaction, has ended on the primary. */
  void afterWrite() {
    if (options.readYourWrites) {
      replicator.sync();
    }
  }

  /** Ends syncing; connections that are open can go on reading. */
  @Override
  public void close() {
    if (timer != null) {
      timer.shutdown();
    }
    replicator.close();
  }
}
