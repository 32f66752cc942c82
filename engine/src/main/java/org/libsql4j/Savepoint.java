package org.libsql4j;

import org.libsql4j.connection.TransactionState;
import org.libsql4j.error.LibsqlException;

/**
 * A part of a transaction that can be undone alone; begins with {@link Connection#savepoint}.
 * Closing it without {@link #release} undoes it.
 */
public final class Savepoint implements AutoCloseable {
  private final Connection connection;
  private final String name;

  /** Number of the engine's transaction, and place among its savepoints: names may come again. */
  private final long transaction;

  private final int place;
  private boolean ended;

  /** The one of this name that was opened last. */
  Savepoint(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
    this.transaction = connection.state().transactions().number();
    this.place = connection.state().transactions().findSavepoint(name);
  }

  /** As it was given. */
  public String name() {
    return name;
  }

  /**
   * Keeps what was done since; commits if the savepoint began the transaction.
   *
   * @throws LibsqlException MISUSE "savepoint has ended": it was released or closed, or the
   *     transaction or savepoint around it has ended
   */
  public void release() {
    checkOpen();
    releaseInner();
    connection.execute("RELEASE " + Sql.quote(name));
    ended = true;
  }

  /**
   * Undoes what was done since, and goes on after the savepoint.
   *
   * @throws LibsqlException as {@link #release}
   */
  public void rollback() {
    checkOpen();
    releaseInner();
    connection.execute("ROLLBACK TO " + Sql.quote(name));
  }

  private void checkOpen() {
    connection.checkOpen();
    if (ended || innermost() < place) {
      throw Misuse.of(connection, "savepoint has ended");
    }
  }

  /** Place of the innermost savepoint of this name in the same transaction; -1 if none. */
  private int innermost() {
    TransactionState state = connection.state().transactions();
    return state.number() == transaction ? state.findSavepoint(name) : -1;
  }

  /** Ends those of the same name within, as SQL means the innermost; they would end anyway. */
  private void releaseInner() {
    while (innermost() > place) {
      connection.execute("RELEASE " + Sql.quote(name));
    }
  }

  /** Undoes what was done since, unless it was released. Closing twice is harmless. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    if (!connection.isClosed() && innermost() >= place) {
      releaseInner();
      connection.execute("ROLLBACK TO " + Sql.quote(name));
      connection.execute("RELEASE " + Sql.quote(name));
    }
  }
}
