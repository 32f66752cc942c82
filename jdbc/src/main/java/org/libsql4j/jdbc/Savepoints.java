package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The savepoints of a connection's transaction that can be rolled back to. */
final class Savepoints {
  private final LibsqlConnection connection;
  private final List<LibsqlSavepoint> open = new ArrayList<>();
  private int count;

  Savepoints(LibsqlConnection connection) {
    this.connection = connection;
  }

  /** One that is not set yet. */
  LibsqlSavepoint create(@Nullable String name) {
    boolean isTaken = open.stream().anyMatch(other -> other.hasName(name));
    return new LibsqlSavepoint(connection, ++count, name, isTaken);
  }

  /** One is set. */
  void add(LibsqlSavepoint savepoint) {
    open.add(savepoint);
  }

  /**
   * One that an application has handed over.
   *
   * @throws SQLException if it is not of this connection, or not set any more
   */
  LibsqlSavepoint own(@Nullable Savepoint savepoint, boolean inTransaction) throws SQLException {
    if (!(savepoint instanceof LibsqlSavepoint own)) {
      throw SqlErrors.badArgument("not a savepoint of this driver");
    }
    if (!own.isOf(connection)) {
      throw SqlErrors.badArgument("savepoint of another connection");
    }
    if (!inTransaction || !open.contains(own)) {
      throw new SQLException(
          "the savepoint was released, or its transaction has ended", SqlErrors.BAD_SAVEPOINT);
    }
    return own;
  }

  /** One is released, and with it those set after it. */
  void end(LibsqlSavepoint savepoint) {
    open.subList(open.indexOf(savepoint), open.size()).clear();
  }

  /** One is rolled back to: those set after it are no more. */
  void endAfter(LibsqlSavepoint savepoint) {
    open.subList(open.indexOf(savepoint) + 1, open.size()).clear();
  }

  /** The transaction has ended. */
  void clear() {
    open.clear();
  }
}
