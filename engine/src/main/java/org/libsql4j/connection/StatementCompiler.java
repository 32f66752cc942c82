package org.libsql4j.connection;

import org.jspecify.annotations.Nullable;

/**
 * How the layers below the compiler reach it: for statements that the engine runs for itself and for
 * reading the schema. Set once when a connection is opened.
 */
public interface StatementCompiler {
  /**
   * Compiles and runs statements that return nothing, inside the running statement.
   *
   * @throws org.libsql4j.error.LibsqlException if one of them fails
   */
  void executeNested(ConnectionState connection, String sql);

  /** Reads the whole schema of a database that is not loaded, or whose cookie has changed. */
  void loadSchema(ConnectionState connection, int databaseIndex);

  /**
   * Adds to the loaded schema what the rows of the schema table define.
   *
   * @param condition a condition on the columns of the schema table, or null for all rows
   */
  void parseSchema(
      ConnectionState connection, int databaseIndex, @Nullable String condition, int flags);
}
