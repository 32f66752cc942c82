package org.libsql4j.jdbc;

import org.libsql4j.error.ResultCode;

/**
 * What an {@link java.sql.SQLException} of this driver tells beyond the standard when the engine is
 * where it comes from. All such exceptions implement it, whichever subclass of {@code SQLException}
 * they are:
 *
 * <pre>{@code
 * catch (SQLException e) {
 *   if (e instanceof EngineFailure failure
 *       && failure.resultCode() == ResultCode.CONSTRAINT_UNIQUE) { ... }
 * }
 * }</pre>
 */
public interface EngineFailure {
  /** The extended result code where one is known, otherwise the primary one. */
  ResultCode resultCode();

  /** What {@code sqlite3_errmsg()} would say. */
  String engineMessage();

  /** Offset of the offending token in the SQL text in UTF-16 code units, or -1. */
  int sqlOffset();
}
