package org.libsql4j.error;

import org.jspecify.annotations.Nullable;

/**
 * Every failure that the engine reports.
 *
 * <p>Unchecked, because nearly every call can fail and callers handle failures at statement level.
 * The message is the text that SQLite's {@code sqlite3_errmsg()} would give, without any prefix.
 */
public class LibsqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  private final ResultCode resultCode;

  /** Place in the SQL text in UTF-16 code units, or -1. */
  private final int sqlOffset;

  /** A failure with SQLite's default message for the code. */
  public LibsqlException(ResultCode resultCode) {
    this(resultCode, resultCode.defaultMessage());
  }

  /** A failure that has no place in the SQL text. */
  public LibsqlException(ResultCode resultCode, String message) {
    this(resultCode, message, -1, null);
  }

  /** A failure that has no place in the SQL text. */
  public LibsqlException(ResultCode resultCode, String message, @Nullable Throwable cause) {
    this(resultCode, message, -1, cause);
  }

  /**
   * @param resultCode primary or extended code
   * @param message what {@code sqlite3_errmsg()} would say
   * @param sqlOffset offset of the offending token in the statement's text in UTF-16 code units, or
   *     -1 if the error has no place in the text
   * @param cause what led to it, or null
   */
  public LibsqlException(
      ResultCode resultCode, String message, int sqlOffset, @Nullable Throwable cause) {
    super(message, cause);
    this.resultCode = resultCode;
    this.sqlOffset = sqlOffset;
  }

  /** The extended result code where one is known, otherwise the primary one. */
  public ResultCode resultCode() {
    return resultCode;
  }

  /** Offset of the offending token in the SQL text in UTF-16 code units, or -1. */
  public int sqlOffset() {
    return sqlOffset;
  }

  /** A message that is never null. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? resultCode.defaultMessage() : message;
  }
}
