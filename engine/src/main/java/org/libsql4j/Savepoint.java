package org.libsql4j;

import org.libsql4j.error.LibsqlException;

/**
 * A part of a transaction that can be undone alone; begins with {@link Connection#savepoint}.
 * Closing it without {@link #release} undoes it.
 */
public final class Savepoint implements AutoCloseable {
  private final Connection connection;
  private final String name;
  private boolean ended;

  Savepoint(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** As it was given. */
  public String name() {
    return name;
  }

  /**
   * Keeps what was done since; commits if the savepoint began the transaction.
   *
   * @throws LibsqlException MISUSE "savepoint has ended"; ERROR "no such savepoint: x" if it ended
   *     with a transaction or savepoint around it
   */
  public void release() {
    checkOpen();
    connection.execute("RELEASE " + Sql.quote(name));
    ended = true;
  }

  /** Undoes what was done since, and goes on after the savepoint. */
  public void rollback() {
    checkOpen();
    connection.execute("ROLLBACK TO " + Sql.quote(name));
  }

  private void checkOpen() {
    if (ended) {
      throw Misuse.of(connection, "savepoint has ended");
    }
  }

  /** Undoes what was done since, unless it was released. Closing twice is harmless. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    boolean isThere =
        !connection.isClosed() && connection.state().transactions().findSavepoint(name) >= 0;
    if (isThere) {
      connection.execute("ROLLBACK TO " + Sql.quote(name));
      connection.execute("RELEASE " + Sql.quote(name));
    }
  }
}
