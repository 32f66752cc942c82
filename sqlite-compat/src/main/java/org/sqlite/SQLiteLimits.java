package org.sqlite;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Limit;

/** Limits of a connection, in SQLite's order. */
public enum SQLiteLimits {
  /** Bytes of a text, blob or row. */
  SQLITE_LIMIT_LENGTH(Limit.LENGTH),
  /** Bytes of a statement. */
  SQLITE_LIMIT_SQL_LENGTH(Limit.SQL_LENGTH),
  /** Columns of a table, index, result or clause. */
  SQLITE_LIMIT_COLUMN(Limit.COLUMN),
  /** Depth of an expression. */
  SQLITE_LIMIT_EXPR_DEPTH(Limit.EXPR_DEPTH),
  /** Queries of a compound. */
  SQLITE_LIMIT_COMPOUND_SELECT(Limit.COMPOUND_SELECT),
  /** Instructions of a program. */
  SQLITE_LIMIT_VDBE_OP(Limit.VDBE_OP),
  /** Arguments of a function. */
  SQLITE_LIMIT_FUNCTION_ARG(Limit.FUNCTION_ARG),
  /** Attached databases. */
  SQLITE_LIMIT_ATTACHED(Limit.ATTACHED),
  /** Bytes of a pattern of LIKE or GLOB. */
  SQLITE_LIMIT_LIKE_PATTERN_LENGTH(Limit.LIKE_PATTERN_LENGTH),
  /** The greatest number of a parameter. */
  SQLITE_LIMIT_VARIABLE_NUMBER(Limit.VARIABLE_NUMBER),
  /** Depth of triggers in triggers. */
  SQLITE_LIMIT_TRIGGER_DEPTH(Limit.TRIGGER_DEPTH),
  /** Kept for those who ask; sorting uses no threads. */
  SQLITE_LIMIT_WORKER_THREADS(Limit.WORKER_THREADS),
  /** Without effect; {@code PRAGMA max_page_count} has. */
  SQLITE_LIMIT_PAGE_COUNT(null);

  private final @Nullable Limit limit;

  SQLiteLimits(@Nullable Limit limit) {
    this.limit = limit;
  }

  @Nullable Limit limit() {
    return limit;
  }

  /** SQLite's number. */
  public int getId() {
    return ordinal();
  }
}
