package org.libsql4j.replication;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.SyncResult;
import org.libsql4j.replication.ReplicationException.Reason;

/** The files of a replica and the servers it knows, used by one sync at a time. */
abstract class FileFollower implements Follower {
  final ReplicaOptions options;
  final ReplicaFile files;
  final Servers servers;
  private final OkHttpClient http;
  private final HealthLog health;
  private final ReentrantLock syncing = new ReentrantLock();
  private boolean closed;

  FileFollower(Path database, ReplicaOptions options) {
    this.options = options;
    this.http = HttpClients.create(options);
    this.servers = new Servers(options, http);
    this.files = new ReplicaFile(database, options);
    this.health = new HealthLog(database, options);
  }

  /** Syncs while no other thread does, and notes how it went. */
  final SyncResult alone(Supplier<SyncResult> sync) {
    return health.observe(
        () -> {
          syncing.lock();
          try {
            if (closed) {
              throw new ReplicationException(Reason.MISUSE, "the replica is closed");
            }
            return sync.get();
          } finally {
            syncing.unlock();
          }
        });
  }

  /** The last frame of the primary's log that the local file has; empty if it has none. */
  @Override
  public OptionalLong replicationIndex() {
    return files.committed();
  }

  /** How syncing has gone. */
  @Override
  public ReplicaHealth health() {
    return health.report(servers.health());
  }

  @Override
  public Servers servers() {
    return servers;
  }

  /** Ends it; the files stay as they are. Harmless when done twice. */
  @Override
  public void close() {
    syncing.lock();
    try {
      if (!closed) {
        closed = true;
        health.closed();
        files.close();
        HttpClients.close(http);
      }
    } finally {
      syncing.unlock();
    }
  }
}
