package org.libsql4j.replication;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.ReplicaProvider;
import org.libsql4j.spi.ReplicaSettings;

/**
 * Replicas that are opened with their first connection and closed with their last one, so that the
 * connections of a pool share one.
 */
public final class SharedReplicas implements ReplicaProvider {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<Key, Shared> OPEN = new HashMap<>();

  private record Key(Path file, ReplicaSettings settings) {}

  private static final class Shared {
    final Replica replica;
    int sessions;

    Shared(Replica replica) {
      this.replica = replica;
    }
  }

  /** For the service loader. */
  public SharedReplicas() {}

  @Override
  public RemoteSession newSession(Path file, ReplicaSettings settings) {
    Key key = new Key(file.toAbsolutePath().normalize(), settings);
    LOCK.lock();
    try {
      Shared shared = OPEN.get(key);
      if (shared == null) {
        shared = new Shared(open(key));
        OPEN.put(key, shared);
      }
      shared.sessions++;
      return shared.replica.newSession(() -> release(key));
    } finally {
      LOCK.unlock();
    }
  }

  /** Fetches what there is; where something was fetched before, the primary may be away. */
  private static Replica open(Key key) {
    ReplicaSettings settings = key.settings();
    ReplicaOptions options =
        ReplicaOptions.of(settings.url())
            .authToken(settings.authToken())
            .syncInterval(settings.syncInterval())
            .readYourWrites(settings.readYourWrites());
    String namespace = settings.namespace();
    if (namespace != null) {
      options.namespace(namespace);
    }
    Replica replica = Replica.open(key.file(), options);
    boolean done = false;
    try {
      fetch(replica);
      done = true;
      return replica;
    } finally {
      if (!done) {
        replica.close();
      }
    }
  }

  private static void fetch(Replica replica) {
    try {
      replica.sync();
    } catch (ReplicationException e) {
      if (!e.isTransient() || !replica.replicationIndex().isPresent()) {
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
