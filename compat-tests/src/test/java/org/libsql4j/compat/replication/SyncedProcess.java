package org.libsql4j.compat.replication;

import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.ReplicaOptions;

/** A process that writes to a synced database and syncs it without end, to be killed. */
public final class SyncedProcess {
  private static final int INSERTS = 20;

  private SyncedProcess() {}

  public static void main(String[] arguments) {
    ReplicaOptions options = ReplicaOptions.syncedDatabase(arguments[1]).pushBatchSize(8);
    try (Database database = Database.builder(arguments[0]).replica(options).build();
        Connection connection = database.connect()) {
      System.out.println("open");
      while (true) {
        for (int i = 0; i < INSERTS; i++) {
          connection.execute(
              "INSERT INTO t(v) SELECT randomblob(2000) UNION ALL SELECT randomblob(3000)");
        }
        database.sync();
      }
    }
  }
}
