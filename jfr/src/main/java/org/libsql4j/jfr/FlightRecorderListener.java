package org.libsql4j.jfr;

import org.jspecify.annotations.Nullable;
import org.libsql4j.observe.CheckpointDone;
import org.libsql4j.observe.ConnectionInfo;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.LockWaited;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.observe.StatementExecuted;
import org.libsql4j.observe.StatementPrepared;
import org.libsql4j.observe.TransactionEnded;
import org.libsql4j.pager.CheckpointResult;

/** Makes events of the JDK Flight Recorder; cheap while nothing is recorded. */
public final class FlightRecorderListener implements EngineListener {
  /** For the service loader, and for those who want it for one database only. */
  public FlightRecorderListener() {}

  private static @Nullable String message(@Nullable Throwable error) {
    return error == null ? null : error.getMessage();
  }

  @Override
  public void connectionOpened(ConnectionInfo connection) {
    connection(connection, true, 0);
  }

  @Override
  public void connectionClosed(ConnectionInfo connection, long nanos) {
    connection(connection, false, nanos);
  }

  private static void connection(ConnectionInfo connection, boolean open, long nanos) {
    ConnectionEvent made = new ConnectionEvent();
    if (made.shouldCommit()) {
      made.connection = connection.id();
      made.database = connection.path();
      made.open = open;
      made.elapsed = nanos;
      made.commit();
    }
  }

  @Override
  public void statementPrepared(StatementPrepared event) {
    PrepareEvent made = new PrepareEvent();
    if (made.shouldCommit()) {
      made.connection = event.connection().id();
      made.database = event.connection().path();
      made.sql = event.sql();
      made.elapsed = event.nanos();
      made.cached = event.cached();
      made.error = message(event.error());
      made.commit();
    }
  }

  @Override
  public void statementExecuted(StatementExecuted event) {
    StatementEvent made = new StatementEvent();
    if (made.shouldCommit()) {
      made.connection = event.connection().id();
      made.database = event.connection().path();
      made.sql = event.sql();
      made.elapsed = event.nanos();
      made.rows = event.rows();
      made.changes = event.changes();
      made.error = message(event.error());
      made.commit();
    }
  }

  @Override
  public void transactionEnded(TransactionEnded event) {
    TransactionEvent made = new TransactionEvent();
    if (made.shouldCommit()) {
      made.connection = event.connection().id();
      made.database = event.connection().path();
      made.elapsed = event.nanos();
      made.committed = event.committed();
      made.commit();
    }
  }

  @Override
  public void lockWaited(LockWaited event) {
    LockWaitEvent made = new LockWaitEvent();
    if (made.shouldCommit()) {
      made.connection = event.connection().id();
      made.database = event.connection().path();
      made.file = event.file();
      made.purpose = event.purpose().name();
      made.elapsed = event.nanos();
      made.acquired = event.acquired();
      made.commit();
    }
  }

  @Override
  public void checkpointDone(CheckpointDone event) {
    CheckpointEvent made = new CheckpointEvent();
    if (made.shouldCommit()) {
      made.connection = event.connection().id();
      made.database = event.connection().path();
      made.schema = event.database();
      made.mode = event.mode().name();
      made.elapsed = event.nanos();
      CheckpointResult result = event.result();
      if (result != null) {
        made.busy = result.busy();
        made.frames = result.logFrames();
        made.moved = result.checkpointedFrames();
      }
      made.error = message(event.error());
      made.commit();
    }
  }

  @Override
  public void replicaSynced(ReplicaSynced event) {
    SyncEvent made = new SyncEvent();
    if (made.shouldCommit()) {
      made.file = event.file();
      made.elapsed = event.nanos();
      made.frames = event.frames();
      made.frameNumber = event.frameNumber().orElse(-1);
      made.error = message(event.error());
      made.commit();
    }
  }
}
