package org.libsql4j.observe;

import org.libsql4j.error.LibsqlException;

/**
 * Told what happens in the engine.
 *
 * <pre>{@code
 * Database database =
 *     Database.builder("shop.db")
 *         .listener(
 *             new EngineListener() {
 *               @Override
 *               public void statementExecuted(StatementExecuted event) {
 *                 if (event.nanos() > 50_000_000) {
 *                   log.warn("slow: {}", event.sql());
 *                 }
 *               }
 *             })
 *         .build();
 * }</pre>
 *
 * <p>Called in the thread that does the work, while it holds the connection's lock: be quick, and
 * do not use the connection. One listener is called by many threads at a time. What a method throws
 * is given to {@link #listenerFailed} and has no other effect, except for errors of the virtual
 * machine itself, which are passed on.
 *
 * <p>Each method does nothing unless it is overridden.
 */
public interface EngineListener {
  /** A connection was opened. */
  default void connectionOpened(ConnectionInfo connection) {}

  /**
   * A connection was closed.
   *
   * @param nanos since it was opened
   */
  default void connectionClosed(ConnectionInfo connection, long nanos) {}

  /** A statement was compiled, or failed to compile. */
  default void statementPrepared(StatementPrepared event) {}

  /**
   * A statement has run or has failed; not told of statements that the engine runs for itself, of
   * those in triggers, and of EXPLAIN.
   */
  default void statementExecuted(StatementExecuted event) {}

  /** BEGIN, or SAVEPOINT outside of a transaction, has begun one. */
  default void transactionBegun(ConnectionInfo connection) {}

  /**
   * A transaction that {@link #transactionBegun} told of was committed or undone. A statement
   * outside of BEGIN is not told as a transaction of its own.
   */
  default void transactionEnded(TransactionEnded event) {}

  /** A lock was waited for; told when the statement that needed it ends or gives up. */
  default void lockWaited(LockWaited event) {}

  /**
   * A checkpoint was made: by a pragma, by the API, or after a commit that made the log long; not
   * told of the one with which the last connection to a file closes it.
   */
  default void checkpointDone(CheckpointDone event) {}

  /** An embedded replica was synced, or failed to. */
  default void replicaSynced(ReplicaSynced event) {}

  /**
   * A connection, statement, transaction, savepoint, blob or backup was used after its end; told in
   * the thread that did it, which gets the failure as an exception. It is in the log as well.
   */
  default void objectMisused(ConnectionInfo connection, LibsqlException failure) {}

  /** One of the other methods has thrown something. */
  default void listenerFailed(Throwable failure) {}
}
