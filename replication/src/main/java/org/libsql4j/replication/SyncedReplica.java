package org.libsql4j.replication;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.SyncResult;
import org.libsql4j.replication.ReplicationException.Reason;
import org.libsql4j.spi.OpenReplica;
import org.libsql4j.spi.RemoteDatabaseProvider;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteSettings;

/**
 * A synced database: a local file that is read and, unless the server does it, written here; syncs
 * exchange the frames of its write-ahead log with the server.
 *
 * <p>No connection may checkpoint: what the log has is what the server does not have yet.
 */
final class SyncedReplica implements OpenReplica {
  private static final String LOCK_SUFFIX = "-sync-lock";

  private final Path lockFile;
  private final ReplicaOptions options;
  private final OkHttpClient http;
  private final SyncedServer server;
  private final SyncedReplicator replicator;
  private final HealthLog health;
  private final SyncTimer timer;
  private final @Nullable Supplier<RemoteSession> remote;
  private final ReentrantLock syncing = new ReentrantLock();
  private volatile boolean closed;

  private SyncedReplica(Path file, ReplicaOptions options, String url) {
    this.lockFile = file.resolveSibling(file.getFileName() + LOCK_SUFFIX);
    this.options = options;
    this.remote = writesThere() ? remoteSessions(url) : null;
    this.http = HttpClients.create(options);
    ServerAddress address = ServerAddress.parse(url, options.namespace(), options.authToken());
    this.server = new SyncedServer(http, address, options);
    boolean done = false;
    try (ReplicaLock lock = lock()) {
      this.replicator = SyncedReplicator.open(file, options, server);
      done = lock.file().isOpen();
    } finally {
      if (!done) {
        HttpClients.close(http);
      }
    }
    this.health = new HealthLog(file, options);
    this.timer = SyncTimer.start(options, this::sync);
  }

  /**
   * Opens a synced database; where there is none, the server's is fetched.
   *
   * @throws ReplicationException LOCAL_STATE if the local files do not belong together
   */
  static SyncedReplica open(Path file, ReplicaOptions options) {
    String url = options.url();
    if (url == null) {
      throw new ReplicationException(Reason.MISUSE, "a synced database needs a URL");
    }
    return new SyncedReplica(file, options, url);
  }

  private ReplicaLock lock() {
    return ReplicaLock.acquire(lockFile, options.lockTimeout().toMillis());
  }

  private boolean writesThere() {
    return options.kind() == ReplicaOptions.Kind.REMOTE_REPLICA || options.remoteWrites();
  }

  private Supplier<RemoteSession> remoteSessions(String url) {
    RemoteDatabaseProvider provider = new org.libsql4j.remote.HranaProvider();
    return provider.open(
        new RemoteSettings(
            url,
            options.authToken(),
            options.namespace(),
            options.connectTimeout(),
            options.readTimeout(),
            options.readTimeout(),
            options.socketFactory(),
            options.trustManager(),
            true));
  }

  @Override
  public RemoteSession newSession() {
    Supplier<RemoteSession> sessions = remote;
    return sessions == null ? new OfflineSession(this) : new RemoteWritesSession(this, sessions);
  }

  @Override
  public SyncResult sync() {
    return sync(remote != null);
  }

  /** Without a connection there is nothing to do, unless the options say that it is an error. */
  private SyncResult sync(boolean pullOnly) {
    try {
      return health.observe(
          () -> {
            syncing.lock();
            try (ReplicaLock lock = lock()) {
              if (closed || !lock.file().isOpen()) {
                throw new ReplicationException(Reason.MISUSE, "the replica is closed");
              }
              replicator.refresh();
              long frames = replicator.sync(pullOnly);
              return new SyncResult(replicationIndex(), frames);
            } finally {
              syncing.unlock();
            }
          });
    } catch (ReplicationException e) {
      if (e.isTransient() && options.degradeToLocalReads()) {
        return new SyncResult(replicationIndex(), 0);
      }
      throw e;
    }
  }

  /** A statement has run on the server. */
  void afterWrite() {
    if (options.readYourWrites()) {
      sync();
    }
  }

  /** Frame numbers begin anew with each generation: there is nothing to wait for. */
  @Override
  public SyncResult syncUntil(long frameNumber) {
    throw notOfThisKind("syncUntil");
  }

  @Override
  public SyncResult syncFrames(List<byte[]> frames) {
    throw notOfThisKind("syncFrames");
  }

  @Override
  public SyncResult syncSnapshot(Path snapshot) {
    throw notOfThisKind("syncSnapshot");
  }

  private static ReplicationException notOfThisKind(String what) {
    return new ReplicationException(
        Reason.MISUSE, what + " is not supported in databases opened in Offline mode.");
  }

  @Override
  public OptionalLong flushReplicator() {
    return replicationIndex();
  }

  /** How many frames of the log the server has. */
  @Override
  public OptionalLong replicationIndex() {
    return OptionalLong.of(replicator.durableFrame());
  }

  @Override
  public OptionalLong maxWriteReplicationIndex() {
    return OptionalLong.empty();
  }

  @Override
  public ReplicaHealth health() {
    return health.report(List.of(server.health()));
  }

  @Override
  public boolean canFreeze() {
    return false;
  }

  @Override
  public void close() {
    timer.close();
    syncing.lock();
    try {
      if (!closed) {
        closed = true;
        health.closed();
        replicator.close();
        HttpClients.close(http);
      }
    } finally {
      syncing.unlock();
    }
  }
}
