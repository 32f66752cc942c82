package org.libsql4j.connection;

import org.jspecify.annotations.Nullable;

/**
 * Asked while a statement is compiled whether it may do what it says.
 *
 * <p>Actions have the numbers of <a href="https://www.sqlite.org/c3ref/c_alter_table.html">SQLite's
 * authorizer action codes</a>.
 */
@FunctionalInterface
public interface Authorizer {
  /** Go on. */
  int OK = 0;

  /** Fail with SQLITE_AUTH. */
  int DENY = 1;

  /** Go on as if the object were not there: a column reads as NULL. */
  int IGNORE = 2;

  // ---- actions

  /** Arguments: index, table. */
  int CREATE_INDEX = 1;

  /** Arguments: table. */
  int CREATE_TABLE = 2;

  /** Arguments: index, table. */
  int CREATE_TEMP_INDEX = 3;

  /** Arguments: table. */
  int CREATE_TEMP_TABLE = 4;

  /** Arguments: trigger, table. */
  int CREATE_TEMP_TRIGGER = 5;

  /** Arguments: view. */
  int CREATE_TEMP_VIEW = 6;

  /** Arguments: trigger, table. */
  int CREATE_TRIGGER = 7;

  /** Arguments: view. */
  int CREATE_VIEW = 8;

  /** Arguments: table. */
  int DELETE = 9;

  /** Arguments: index, table. */
  int DROP_INDEX = 10;

  /** Arguments: table. */
  int DROP_TABLE = 11;

  /** Arguments: index, table. */
  int DROP_TEMP_INDEX = 12;

  /** Arguments: table. */
  int DROP_TEMP_TABLE = 13;

  /** Arguments: trigger, table. */
  int DROP_TEMP_TRIGGER = 14;

  /** Arguments: view. */
  int DROP_TEMP_VIEW = 15;

  /** Arguments: trigger, table. */
  int DROP_TRIGGER = 16;

  /** Arguments: view. */
  int DROP_VIEW = 17;

  /** Arguments: table. */
  int INSERT = 18;

  /** Arguments: pragma, its argument or null. */
  int PRAGMA = 19;

  /** Arguments: table, column. */
  int READ = 20;

  /** No arguments. */
  int SELECT = 21;

  /** Arguments: BEGIN, COMMIT or ROLLBACK. */
  int TRANSACTION = 22;

  /** Arguments: table, column. */
  int UPDATE = 23;

  /** Arguments: file. */
  int ATTACH = 24;

  /** Arguments: database. */
  int DETACH = 25;

  /** Arguments: database, table. */
  int ALTER_TABLE = 26;

  /** Arguments: index. */
  int REINDEX = 27;

  /** Arguments: table. */
  int ANALYZE = 28;

  /** Arguments: table, module. */
  int CREATE_VTABLE = 29;

  /** Arguments: table, module. */
  int DROP_VTABLE = 30;

  /** Arguments: null, function. */
  int FUNCTION = 31;

  /** Arguments: BEGIN, RELEASE or ROLLBACK, name. */
  int SAVEPOINT = 32;

  /** No arguments. */
  int RECURSIVE = 33;

  /**
   * Answers {@link #OK}, {@link #DENY} or {@link #IGNORE}.
   *
   * @param first first argument of the action, or null
   * @param second second argument of the action, or null
   * @param database name of the database, or null
   * @param trigger innermost trigger or view that the access comes from, or null
   */
  int authorize(
      int action,
      @Nullable String first,
      @Nullable String second,
      @Nullable String database,
      @Nullable String trigger);
}
