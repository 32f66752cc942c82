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

  int CREATE_INDEX = 1;
  int CREATE_TABLE = 2;
  int CREATE_TEMP_INDEX = 3;
  int CREATE_TEMP_TABLE = 4;
  int CREATE_TEMP_TRIGGER = 5;
  int CREATE_TEMP_VIEW = 6;
  int CREATE_TRIGGER = 7;
  int CREATE_VIEW = 8;
  int DELETE = 9;
  int DROP_INDEX = 10;
  int DROP_TABLE = 11;
  int DROP_TEMP_INDEX = 12;
  int DROP_TEMP_TABLE = 13;
  int DROP_TEMP_TRIGGER = 14;
  int DROP_TEMP_VIEW = 15;
  int DROP_TRIGGER = 16;
  int DROP_VIEW = 17;
  int INSERT = 18;
  int PRAGMA = 19;
  int READ = 20;
  int SELECT = 21;
  int TRANSACTION = 22;
  int UPDATE = 23;
  int ATTACH = 24;
  int DETACH = 25;
  int ALTER_TABLE = 26;
  int REINDEX = 27;
  int ANALYZE = 28;
  int CREATE_VTABLE = 29;
  int DROP_VTABLE = 30;
  int FUNCTION = 31;
  int SAVEPOINT = 32;
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
