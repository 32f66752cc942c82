package org.libsql4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;

/**
 * A transaction; begins with {@link Connection#transaction}. Closing it without {@link #commit}
 * undoes it.
 *
 * <pre>{@code
 * try (Transaction transaction = connection.transaction(TransactionMode.WRITE)) {
 *   transaction.execute("UPDATE account SET balance = balance - 1 WHERE id = ?", 1);
 *   transaction.execute("UPDATE account SET balance = balance + 1 WHERE id = ?", 2);
 *   transaction.commit();
 * }
 * }</pre>
 *
 * <p>After its end every method but {@link #close} and {@link #isOpen} fails with MISUSE
 * "transaction has ended", or "transaction was rolled back" if the engine ended it because of an
 * error such as a full disk.
 */
public final class Transaction implements AutoCloseable {
  private final Connection connection;
  private final boolean wasQueryOnly;
  private final boolean reads;

  /** Number of the engine's transaction, to notice that it is over. */
  private final long number;

  private boolean ended;

  private Transaction(Connection connection, boolean reads, boolean wasQueryOnly) {
    this.connection = connection;
    this.reads = reads;
    this.wasQueryOnly = wasQueryOnly;
    this.number = connection.state().transactions().number();
  }

  static Transaction begin(Connection connection, TransactionMode mode) {
    return connection.locked(
        () -> {
          connection.execute(mode.sql());
          boolean reads = mode == TransactionMode.READ;
          boolean was = connection.state().isSet(ConnectionFlag.QUERY_ONLY);
          if (reads) {
            connection.state().set(ConnectionFlag.QUERY_ONLY, true);
          }
          return new Transaction(connection, reads, was);
        });
  }

  /** The connection that it is a transaction of. */
  public Connection connection() {
    return connection;
  }

  /** Whether it can be used: neither committed nor rolled back, by whomever. */
  public boolean isOpen() {
    return !ended && isCurrent();
  }

  private boolean isCurrent() {
    return !connection.isClosed()
        && !connection.isAutoCommit()
        && connection.state().transactions().number() == number;
  }

  private Connection use() {
    if (ended) {
      throw Misuse.of(connection, "transaction has ended");
    }
    connection.checkOpen();
    if (!isCurrent()) {
      leaveReadMode();
      throw Misuse.of(connection, "transaction was rolled back");
    }
    return connection;
  }

  /** As {@link Connection#execute}. */
  public long execute(String sql, @Nullable Object @Nullable ... parameters) {
    return use().execute(sql, parameters);
  }

  /** As {@link Connection#executeMultiple}. */
  public void executeMultiple(String sql) {
    use().executeMultiple(sql);
  }

  /** As {@link Connection#query}; the rows must be closed before the transaction ends. */
  public Rows query(String sql, @Nullable Object @Nullable ... parameters) {
    return use().query(sql, parameters);
  }

  /** As {@link Connection#queryOne}. */
  public Row queryOne(String sql, @Nullable Object @Nullable ... parameters) {
    return use().queryOne(sql, parameters);
  }

  /** As {@link Connection#queryOptional}. */
  public Optional<Row> queryOptional(String sql, @Nullable Object @Nullable ... parameters) {
    return use().queryOptional(sql, parameters);
  }

  /** As {@link Connection#prepare(String)}. */
  public Statement prepare(String sql) {
    return use().prepare(sql);
  }

  /** A part of the transaction that can be undone alone. */
  public Savepoint savepoint(String name) {
    return use().savepoint(name);
  }

  /**
   * Makes it permanent.
   *
   * @throws LibsqlException BUSY if others are in the way: it stays open, and can be tried again
   */
  public void commit() {
    use().commit();
    end();
  }

  /** Undoes it. */
  public void rollback() {
    use().rollback();
    end();
  }

  private void end() {
    ended = true;
    leaveReadMode();
  }

  private void leaveReadMode() {
    if (reads) {
      connection.state().set(ConnectionFlag.QUERY_ONLY, wasQueryOnly);
    }
  }

  /** Undoes it if it is open. Closing twice is harmless. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    leaveReadMode();
    if (isCurrent()) {
      connection.rollback();
    }
  }
}
