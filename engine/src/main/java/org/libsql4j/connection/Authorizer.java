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
