package org.libsql4j.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.ReplicaControl;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.StatementKind;

/** One connection to a synced database that is written here: all statements are local. */
final class OfflineSession implements RemoteSession {
  private final SyncedReplica replica;

  OfflineSession(SyncedReplica replica) {
    this.replica = replica;
  }

  /** The log must stay as it is: it is what the next sync sends. */
  static void keepLog(Connection connection) {
    connection.wal().disableCheckpoints();
  }

  /** Refuses what would change how the log is kept. */
  static void refuseLogKeeping(StatementKind kind) {
    if (kind == StatementKind.LOG_KEEPING) {
      throw new LibsqlException(
          ResultCode.ERROR,
          "the statement is not supported on a synced database: its log belongs to the sync");
    }
  }

  @Override
  public void setUp(Connection connection) {
    keepLog(connection);
  }

  @Override
  public boolean runsHere(StatementKind kind, boolean localTransaction) {
    refuseLogKeeping(kind);
    return true;
  }

  @Override
  public RemoteStatement prepare(String sql, List<@Nullable String> parameterNames) {
    throw new LibsqlException(ResultCode.INTERNAL, "everything runs here");
  }

  @Override
  public boolean isAutoCommit() {
    return true;
  }

  @Override
  public ReplicaControl replica() {
    return replica;
  }

  @Override
  public void close() {}
}
