package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Statement;
import org.libsql4j.TransactionMode;
import org.libsql4j.error.LibsqlException;

/** How a connection's transactions begin and end, and the savepoints in them. */
final class Transactions {
  private final LibsqlConnection connection;
  private final Savepoints savepoints;
  private @Nullable Statement begin;
  private @Nullable Statement beginReading;
  private @Nullable Statement commit;
  private @Nullable Statement rollback;
  private TransactionMode mode;

  /** How the next transaction begins; another than {@link #mode} if that came later. */
  private TransactionMode nextMode;

  Transactions(LibsqlConnection connection, TransactionMode mode) {
    this.connection = connection;
    this.savepoints = new Savepoints(connection);
    this.mode = mode;
    this.nextMode = mode;
  }

  TransactionMode mode() {
    return mode;
  }

  /** Says how transactions begin once that is {@linkplain #announce announced}. */
  void setMode(TransactionMode value) {
    mode = value;
  }

  /** From now on it is known how the next transaction begins. */
  void announce() {
    Statement before = begin;
    if (nextMode != mode && before != null) {
      before.close();
      begin = null;
    }
    nextMode = mode;
  }

  /** Whether one is open. */
  private boolean isOpen() {
    return !connection.engine().isAutoCommit();
  }

  /**
   * Begins one; if the connection is read-only, one that reads, as the other modes take locks for
   * writing.
   *
   * @param executor whose query timeout limits the waiting for locks; null for none
   */
  void begin(@Nullable LibsqlStatement executor) throws SQLException {
    Statement statement;
    if (connection.isReadOnly()) {
      statement = prepared(beginReading, TransactionMode.DEFERRED.sql());
      beginReading = statement;
    } else {
      statement = prepared(begin, nextMode.sql());
      begin = statement;
    }
    if (executor == null) {
      run(statement);
    } else {
      executor.runLimited(statement);
    }
  }

  void commit() throws SQLException {
    Statement statement = prepared(commit, "COMMIT");
    commit = statement;
    end(statement);
  }

  void rollBack() throws SQLException {
    Statement statement = prepared(rollback, "ROLLBACK");
    rollback = statement;
    end(statement);
  }

  private Statement prepared(@Nullable Statement known, String sql) throws SQLException {
    return known != null ? known : connection.prepareEngine(sql, 0);
  }

  private void end(Statement statement) throws SQLException {
    run(statement);
    savepoints.clear();
    announce();
  }

  /** Commits, if one is open; one that cannot be committed is rolled back. */
  void commitOrRollBack() throws SQLException {
    if (!isOpen()) {
      return;
    }
    try {
      commit();
    } catch (SQLException e) {
      if (isOpen()) {
        rollBack();
      }
      throw e;
    }
  }

  private void run(Statement statement) throws SQLException {
    try {
      statement.execute();
    } catch (LibsqlException e) {
      throw connection.failure(SqlErrors.of(e));
    }
  }

  // ---- savepoints
  // ---------------------------------------------------------------------------------

  /**
   * Sets a savepoint; begins a transaction if none is open.
   *
   * @param name for SQL and messages; null for none
   */
  Savepoint setSavepoint(@Nullable String name) throws SQLException {
    if (!isOpen()) {
      savepoints.clear();
    }
    LibsqlSavepoint savepoint = savepoints.create(name);
    connection.beforeExecution(SqlVerb.TRANSACTION, null);
    runText("SAVEPOINT " + savepoint.sqlName());
    savepoints.add(savepoint);
    return savepoint;
  }

  void rollBackTo(Savepoint savepoint) throws SQLException {
    LibsqlSavepoint own = savepoints.own(savepoint, isOpen());
    runText("ROLLBACK TO SAVEPOINT " + own.sqlName());
    savepoints.endAfter(own);
  }

  void release(Savepoint savepoint) throws SQLException {
    LibsqlSavepoint own = savepoints.own(savepoint, isOpen());
    runText("RELEASE SAVEPOINT " + own.sqlName());
    savepoints.end(own);
  }

  private void runText(String sql) throws SQLException {
    connection.checkOpen();
    try (Statement statement = connection.prepareEngine(sql, 0)) {
      run(statement);
    }
  }
}
