package org.sqlite;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Limit;

/** Limits of a connection, in SQLite's order. */
public enum SQLiteLimits {
  SQLITE_LIMIT_LENGTH(Limit.LENGTH),
  SQLITE_LIMIT_SQL_LENGTH(Limit.SQL_LENGTH),
  SQLITE_LIMIT_COLUMN(Limit.COLUMN),
  SQLITE_LIMIT_EXPR_DEPTH(Limit.EXPR_DEPTH),
  SQLITE_LIMIT_COMPOUND_SELECT(Limit.COMPOUND_SELECT),
  SQLITE_LIMIT_VDBE_OP(Limit.VDBE_OP),
  SQLITE_LIMIT_FUNCTION_ARG(Limit.FUNCTION_ARG),
  SQLITE_LIMIT_ATTACHED(Limit.ATTACHED),
  SQLITE_LIMIT_LIKE_PATTERN_LENGTH(Limit.LIKE_PATTERN_LENGTH),
  SQLITE_LIMIT_VARIABLE_NUMBER(Limit.VARIABLE_NUMBER),
  SQLITE_LIMIT_TRIGGER_DEPTH(Limit.TRIGGER_DEPTH),
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
