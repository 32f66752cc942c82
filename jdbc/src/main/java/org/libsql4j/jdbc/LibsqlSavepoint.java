package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** A savepoint of a transaction; one without a name has a number. */
final class LibsqlSavepoint implements Savepoint {
  private final LibsqlConnection connection;
  private final int id;
  private final @Nullable String name;

  LibsqlSavepoint(LibsqlConnection connection, int id, @Nullable String name) {
    this.connection = connection;
    this.id = id;
    this.name = name;
  }

  boolean isOf(LibsqlConnection other) {
    return connection == other;
  }

  /** The name that SQL knows it by, quoted. */
  String sqlName() {
    return Identifiers.quote(name == null ? "SQLITE_SAVEPOINT_" + id : name);
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (name != null) {
      throw new SQLException("the savepoint has a name", SqlErrors.BAD_SEQUENCE);
    }
    return id;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (name == null) {
      throw new SQLException("the savepoint has no name", SqlErrors.BAD_SEQUENCE);
    }
    return name;
  }
}
