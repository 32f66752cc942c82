package org.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.ResultCode;
import org.libsql4j.jdbc.EngineFailure;

/** What has failed in the engine. The vendor code is the primary result code. */
public class SQLiteException extends SQLException implements EngineFailure {
  private static final long serialVersionUID = 1L;

  private static final int PRIMARY_CODE = 0xff;

  private final SQLiteErrorCode resultCode;

  /** A failure without a cause and an SQLSTATE. */
  public SQLiteException(String message, SQLiteErrorCode resultCode) {
    super(message, null, resultCode.code & PRIMARY_CODE);
    this.resultCode = resultCode;
  }

  /**
   * @param standard an {@link EngineFailure}
   */
  SQLiteException(SQLException standard, SQLiteErrorCode resultCode) {
    super(
        standard.getMessage(),
        standard.getSQLState(),
        resultCode.code & PRIMARY_CODE,
        standard.getCause());
    this.resultCode = resultCode;
  }

  /** The extended code where there is one. */
  public SQLiteErrorCode getResultCode() {
    return resultCode;
  }

  @Override
  public ResultCode resultCode() {
    return ResultCode.of(resultCode.code);
  }

  @Override
  public String engineMessage() {
    Throwable cause = getCause();
    return String.valueOf((cause == null ? this : cause).getMessage());
  }

  @Override
  public int sqlOffset() {
    return getCause() instanceof org.libsql4j.error.LibsqlException failure
        ? failure.sqlOffset()
        : NO_OFFSET;
  }

  private static final int NO_OFFSET = -1;

  /** For {@link SqliteProfile}. */
  static SQLException of(SQLException standard) {
    @Nullable EngineFailure failure = standard instanceof EngineFailure known ? known : null;
    return failure == null
        ? standard
        : new SQLiteException(standard, SQLiteErrorCode.getErrorCode(failure.resultCode().code()));
  }
}
