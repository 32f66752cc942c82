package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** A savepoint of a transaction; one without a name has a number. */
final class LibsqlSavepoint implements Savepoint {
  private final LibsqlConnection connection;
  private final int id;
  private final @Nullable String name;
  private final String sqlName;

  /**
   * @param isNameTaken whether another savepoint of the transaction has the name: SQL would take
   *     the later one for both
   */
  LibsqlSavepoint(LibsqlConnection connection, int id, @Nullable String name, boolean isNameTaken) {
    this.connection = connection;
    this.id = id;
    this.name = name;
    String plain = name == null ? "SQLITE_SAVEPOINT" : name;
    this.sqlName = name == null || isNameTaken ? plain + "_" + id : plain;
  }

  boolean hasName(@Nullable String other) {
    return other != null && other.equalsIgnoreCase(name);
  }

  boolean isOf(LibsqlConnection other) {
    return connection == other;
  }

  /** The name that SQL knows it by, quoted. */
  String sqlName() {
    return Identifiers.quote(sqlName);
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
