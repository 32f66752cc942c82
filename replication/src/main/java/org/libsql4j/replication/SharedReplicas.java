package org.libsql4j.replication;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.spi.OpenReplica;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.ReplicaProvider;

/**
 * Opens replicas, and keeps those that are shared: they are opened with their first connection and
 * closed with their last one, so that the connections of a pool have one.
 */
public final class SharedReplicas implements ReplicaProvider {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<Key, Shared> OPEN = new HashMap<>();

  private record Key(Path file, List<Object> options) {}

  private static final class Shared {
    final OpenReplica replica;
    int sessions;

    Shared(OpenReplica replica) {
      this.replica = replica;
    }
  }

  /** For the service loader. */
  public SharedReplicas() {}

  @Override
  public OpenReplica open(Path file, ReplicaOptions options) {
    return ProtocolChoice.isSynced(file, options)
        ? SyncedReplica.open(file, options)
        : Replica.open(file, options);
  }

  @Override
  public RemoteSession newSession(Path file, ReplicaOptions options) {
    Key key = new Key(file.toAbsolutePath().normalize(), options.identity());
    LOCK.lock();
    try {
      Shared shared = OPEN.get(key);
      if (shared == null) {
        shared = new Shared(openInStep(key.file(), options));
        OPEN.put(key, shared);
      }
      RemoteSession session = new SharedSession(shared.replica.newSession(), () -> release(key));
      shared.sessions++;
      return session;
    } finally {
      LOCK.unlock();
    }
  }

  /** Fetches what there is; where something was fetched before, the primary may be away. */
  private OpenReplica openInStep(Path file, ReplicaOptions options) {
    OpenReplica replica = open(file, options);
    boolean done = false;
    try {
      fetch(replica, options);
      done = true;
      return replica;
    } finally {
      if (!done) {
        replica.close();
      }
    }
  }

  private static void fetch(OpenReplica replica, ReplicaOptions options) {
    try {
      replica.sync();
    } catch (ReplicationException e) {
      boolean canGoOn = options.degradeToLocalReads() && replica.replicationIndex().isPresent();
      if (!e.isTransient() || !canGoOn) {
        throw e;
      }
    }
  }

  private static void release(Key key) {
    LOCK.lock();
    try {
      Shared shared = OPEN.get(key);
      if (shared != null && --shared.sessions == 0) {
        OPEN.remove(key);
        shared.replica.close();
      }
    } finally {
      LOCK.unlock();
    }
  }
}
