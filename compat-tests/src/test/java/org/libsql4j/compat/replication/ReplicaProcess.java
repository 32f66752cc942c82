package org.libsql4j.compat.replication;

import java.nio.file.Path;
import java.time.Duration;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.replication.ReplicationException;
import org.libsql4j.replication.Replicator;

/** A process that syncs a replica without end, to be killed. Prints a line for each sync. */
public final class ReplicaProcess {
  private ReplicaProcess() {}

  public static void main(String[] arguments) {
    ReplicaOptions options =
        ReplicaOptions.of(arguments[1]).retryDelays(Duration.ofMillis(20), Duration.ofMillis(100));
    try (Replicator replicator = Replicator.open(Path.of(arguments[0]), options)) {
      while (true) {
        try {
          System.out.println("synced " + replicator.sync());
        } catch (ReplicationException e) {
          System.out.println("failed " + e.reason());
        }
      }
    }
  }
}
