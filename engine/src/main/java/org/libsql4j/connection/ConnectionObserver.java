package org.libsql4j.connection;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.observe.CheckpointDone;
import org.libsql4j.observe.ConnectionInfo;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.LockWaited;
import org.libsql4j.observe.StatementExecuted;
import org.libsql4j.observe.StatementPrepared;
import org.libsql4j.observe.TransactionEnded;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.pager.LockPurpose;
import org.libsql4j.pager.LockWaiter;
import org.libsql4j.vfs.Clock;

/**
 * Makes events of what one connection does. There is none where nobody listens.
 *
 * <p>A wait consists of many attempts, and nothing tells that the last one was successful: so what
 * was waited is added up, and told when the statement has ended or another lock is waited for.
 */
public final class ConnectionObserver {
  private static final AtomicLong NEXT_ID = new AtomicLong(1);

  private final EngineListener listener;
  private final Clock clock;
  private final ConnectionInfo connection;
  private final long openedNanos;
  private final ShownTexts shown = new ShownTexts();
  private boolean inTransaction;
  private long transactionNanos;
  private boolean waiting;
  private long waitedNanos;
  private LockPurpose waitedFor = LockPurpose.OTHER;
  private String waitedFile = "";

  /**
   * @param listener does not throw
   */
  public ConnectionObserver(EngineListener listener, Clock clock, String path) {
    this.listener = listener;
    this.clock = clock;
    this.connection = new ConnectionInfo(NEXT_ID.getAndIncrement(), path);
    this.openedNanos = clock.nanoTime();
  }

  /** The time that durations are measured with. */
  public long nanoTime() {
    return clock.nanoTime();
  }

  /** The connection is open. */
  public void opened() {
    listener.connectionOpened(connection);
  }

  /** The connection, or something of it, was used after its end. */
  public void misused(LibsqlException failure) {
    listener.objectMisused(connection, failure);
  }

  /** The files are closed; an open transaction went with them. */
  public void closed() {
    endWait(true);
    if (inTransaction) {
      endTransaction(false);
    }
    listener.connectionClosed(connection, nanoTime() - openedNanos);
  }

  /**
   * @param startNanos {@link #nanoTime} before
   */
  public void prepared(
      String sql, long startNanos, boolean cached, @Nullable LibsqlException error) {
    long nanos = nanoTime() - startNanos;
    endWait(true);
    listener.statementPrepared(
        new StatementPrepared(connection, shown.of(sql), nanos, cached, error));
  }

  /**
   * @param startNanos {@link #nanoTime} before
   */
  public void executed(
      String sql, long startNanos, long rows, long changes, @Nullable LibsqlException error) {
    long nanos = nanoTime() - startNanos;
    endWait(true);
    listener.statementExecuted(
        new StatementExecuted(connection, shown.of(sql), nanos, rows, changes, error));
  }

  // ---- transactions

  /**
   * Looks whether a transaction has begun or ended with a statement.
   *
   * @param rolledBack whether one that has ended was undone
   */
  public void afterStatement(boolean autoCommit, boolean rolledBack) {
    if (inTransaction && autoCommit) {
      endTransaction(!rolledBack);
    } else if (!inTransaction && !autoCommit) {
      inTransaction = true;
      transactionNanos = nanoTime();
      listener.transactionBegun(connection);
    }
  }

  private void endTransaction(boolean committed) {
    inTransaction = false;
    listener.transactionEnded(
        new TransactionEnded(connection, nanoTime() - transactionNanos, committed));
  }

  // ---- waiting

  /** One attempt to get a lock was in vain. */
  void waited(LockWaiter waiter, long nanos, boolean again) {
    if (waiting && (waiter.purpose() != waitedFor || !waiter.file().equals(waitedFile))) {
      endWait(true);
    }
    waiting = true;
    waitedFor = waiter.purpose();
    waitedFile = waiter.file();
    waitedNanos += nanos;
    if (!again) {
      endWait(false);
    }
  }

  private void endWait(boolean acquired) {
    if (waiting) {
      long nanos = waitedNanos;
      waiting = false;
      waitedNanos = 0;
      listener.lockWaited(new LockWaited(connection, waitedFile, waitedFor, nanos, acquired));
    }
  }

  // ---- logs

  void checkpointed(
      String database,
      CheckpointMode mode,
      long startNanos,
      @Nullable CheckpointResult result,
      @Nullable LibsqlException error) {
    long nanos = nanoTime() - startNanos;
    listener.checkpointDone(new CheckpointDone(connection, database, mode, nanos, result, error));
  }
}
