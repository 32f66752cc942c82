package org.libsql4j.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.vtab.Module;

/**
 * How the layers below the compiler reach it: for statements that the engine runs for itself and
 * for reading the schema. Set once when a connection is opened.
 */
public interface StatementCompiler {
  /**
   * Compiles the first statement in the text from an offset on.
   *
   * <p>Loads schemas that are not loaded. Does not hold any lock when it returns, except those of
   * an open transaction.
   *
   * @param offset in UTF-16 code units
   * @throws LibsqlException whatever is wrong with the text; its offset counts from the text's
   *     start
   */
  CompiledStatement compile(ConnectionState connection, String sql, int offset);

  /**
   * The same for known values of parameters: the program may be made for them, and then tells for
   * which others it is good as well.
   *
   * @param bindings the values by number, the first at 0; null if they are not known
   */
  default CompiledStatement compile(
      ConnectionState connection, String sql, int offset, Mem @Nullable [] bindings) {
    return compile(connection, sql, offset);
  }

  /**
   * Compiles a text that differs from others before it in nothing but values, for less than it
   * usually costs.
   *
   * @return null if it is not known to be like that
   */
  default @Nullable CompiledStatement compileLikeOthers(ConnectionState connection, String sql) {
    return null;
  }

  /**
   * Compiles and runs statements that return nothing, inside the running statement.
   *
   * @throws org.libsql4j.error.LibsqlException if one of them fails
   */
  void executeNested(ConnectionState connection, String sql);

  /** Reads the schemas of all databases that are not loaded. */
  default void loadMissingSchemas(ConnectionState connection) {
    for (int i = 0; i < connection.databases().size(); i++) {
      if (!connection.database(i).schema().loaded) {
        loadSchema(connection, i);
      }
    }
  }

  /** Forgets loaded schemas that are not the files' any more; false if there are none. */
  default boolean forgetStaleSchemas(ConnectionState connection) {
    return false;
  }

  /** Reads the whole schema of a database that is not loaded, or whose cookie has changed. */
  void loadSchema(ConnectionState connection, int databaseIndex);

  /**
   * Adds to the loaded schema what the rows of the schema table define.
   *
   * @param condition a condition on the columns of the schema table, or null for all rows
   */
  void parseSchema(
      ConnectionState connection, int databaseIndex, @Nullable String condition, int flags);

  /** A module of virtual tables that every connection has; null if there is none of this name. */
  default @Nullable Module findModule(String lowerCaseName) {
    return null;
  }

  /**
   * The text of a statement with values in the place of its parameters.
   *
   * @param names of the parameters by number, null where there is none
   * @param values the values by number
   * @param nested make a comment of it instead, without values
   */
  default String expandedSql(
      String sql, List<@Nullable String> names, Mem[] values, boolean nested) {
    return sql;
  }

  /** Reads the statistics that ANALYZE stored into the loaded schema. */
  default void loadAnalysis(ConnectionState connection, int databaseIndex) {}

  /**
   * Rebuilds a database: VACUUM.
   *
   * @param into the file that gets the result, or null to replace the database itself
   */
  default void vacuum(ConnectionState connection, int databaseIndex, @Nullable String into) {
    throw new LibsqlException(ResultCode.ERROR, "VACUUM is not supported yet");
  }
}
