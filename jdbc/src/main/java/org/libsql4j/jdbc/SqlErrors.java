package org.libsql4j.jdbc;

import java.io.InterruptedIOException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * From failures to {@code SQLException}s.
 *
 * <p>The vendor code is SQLite's primary result code, and the message has the form that users of
 * SQLite through JDBC know: {@code [SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE
 * constraint failed: t.n)}. The engine's exception is the cause. SQLSTATEs:
 *
 * <pre>
 *   08001 cannot open     08003 closed               08006 network timeout
 *   07001 parameter not set                          07009 no such index
 *   22001 too big         22003 number out of range  22007 not a date         22018 mismatch
 *   23502 NOT NULL        23503 FOREIGN KEY          23505 UNIQUE and keys    23513 CHECK
 *   23000 other constraint                           25006 read-only          24000 no current row
 *   40001 busy, locked, a stale snapshot, or rolled back: give up the transaction and try again
 *   42000 syntax          42S02 no such table        42S22 no such column     42501 not authorized
 *   42S01 table exists    42S11 index exists         42S12 no such index      42S21 column exists
 *   53100 disk full       53200 out of memory        57014 cancelled          58030 I/O
 *   XX001 damaged file    HY010 misuse               HY000 everything else
 *   0F001 the row of a Blob was changed              3B001 a savepoint that is no more
 *   HYC00 not supported: pools take the standard's 0A000 for a broken connection
 * </pre>
 */
final class SqlErrors {
  static final String CONNECTION_CLOSED = "08003";
  static final String CANNOT_CONNECT = "08001";
  private static final String CONNECTION_LOST = "08006";
  static final String PARAMETER_NOT_SET = "07001";
  static final String NO_SUCH_INDEX = "07009";
  static final String OUT_OF_RANGE = "22003";
  static final String BAD_DATE = "22007";
  static final String BAD_VALUE = "22018";
  static final String NO_CURRENT_ROW = "24000";
  static final String BAD_TRANSACTION_STATE = "25000";
  static final String BAD_SAVEPOINT = "3B001";
  static final String OPTION_CHANGED = "01S02";
  static final String BAD_ARGUMENT = "HY009";
  static final String NOT_SUPPORTED = "HYC00";
  static final String BAD_SEQUENCE = "HY010";
  static final String GENERAL = "HY000";
  private static final String CANCELLED = "57014";
  private static final String TRY_AGAIN = "40001";
  private static final String LOST_LOCATOR = "0F001";
  private static final String SYNTAX = "42000";

  private SqlErrors() {}

  // ---- failures of the engine
  // ---------------------------------------------------------------------

  /** What failed while a statement ran. */
  static SQLException of(LibsqlException failure) {
    return of(failure, false);
  }

  /** What is wrong with the text of a statement. */
  static SQLException ofCompiling(LibsqlException failure) {
    return of(failure, true);
  }

  /** Why a database cannot be opened. */
  static SQLException ofConnecting(LibsqlException failure) {
    return new ConnectionFailure(message(failure), CANNOT_CONNECT, failure);
  }

  /** A statement that was interrupted because its time was over. */
  static SQLException timeout(LibsqlException failure) {
    return new TimeoutFailure(message(failure), CANCELLED, failure);
  }

  /** Whether a server did not answer in time. */
  static boolean isOfSilence(SQLException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedIOException) {
        return causeOf(failure).resultCode() != ResultCode.INTERRUPT;
      }
    }
    return false;
  }

  /** A {@linkplain #isOfSilence silence} that has ended the connection. */
  static SQLException networkTimeout(SQLException failure) {
    return new ConnectionFailure(
        String.valueOf(failure.getMessage()), CONNECTION_LOST, causeOf(failure));
  }

  /** A Blob or stream whose row was changed since. */
  static SQLException lostLocator(LibsqlException failure) {
    String message = "the row that the value is in was changed, or its transaction rolled back";
    return new PlainFailure(
        message(new LibsqlException(failure.resultCode(), message)), LOST_LOCATOR, failure);
  }

  private static SQLException of(LibsqlException failure, boolean compiling) {
    String message = message(failure);
    ResultCode code = failure.resultCode();
    return switch (code.primary()) {
      case CONSTRAINT -> new ConstraintFailure(message, constraintState(code), failure);
      case BUSY, LOCKED ->
          code == ResultCode.BUSY_SNAPSHOT
              ? new RollbackFailure(message, TRY_AGAIN, failure)
              : new TransientFailure(message, TRY_AGAIN, failure);
      case ERROR -> ofPlainError(failure, message, compiling);
      case AUTH -> new SyntaxFailure(message, "42501", failure);
      case TOOBIG -> new DataFailure(message, "22001", failure);
      case MISMATCH -> new DataFailure(message, BAD_VALUE, failure);
      case RANGE -> new DataFailure(message, NO_SUCH_INDEX, failure);
      case READONLY -> new LastingFailure(message, "25006", failure);
      case FULL -> new LastingFailure(message, "53100", failure);
      case NOMEM -> new LastingFailure(message, "53200", failure);
      case IOERR, CANTOPEN, PROTOCOL, NOLFS -> new LastingFailure(message, "58030", failure);
      case CORRUPT, NOTADB, FORMAT -> new LastingFailure(message, "XX001", failure);
      case ABORT ->
          code == ResultCode.ABORT_ROLLBACK
              ? new RollbackFailure(message, TRY_AGAIN, failure)
              : new PlainFailure(message, CANCELLED, failure);
      case INTERRUPT -> new PlainFailure(message, CANCELLED, failure);
      case MISUSE -> new PlainFailure(message, BAD_SEQUENCE, failure);
      default -> new PlainFailure(message, GENERAL, failure);
    };
  }

  private static SQLException ofPlainError(
      LibsqlException failure, String message, boolean compiling) {
    String text = failure.getMessage();
    String state = stateOfName(text);
    if (state != null) {
      return new SyntaxFailure(message, state, failure);
    }
    return compiling || failure.sqlOffset() >= 0
        ? new SyntaxFailure(message, SYNTAX, failure)
        : new PlainFailure(message, GENERAL, failure);
  }

  /** The SQLSTATE where a name is missing or taken, or null. */
  private static @Nullable String stateOfName(String text) {
    if (text.startsWith("no such ")) {
      if (text.startsWith("table", 8) || text.startsWith("view", 8)) {
        return "42S02";
      }
      if (text.startsWith("column", 8)) {
        return "42S22";
      }
      return text.startsWith("index", 8) ? "42S12" : null;
    }
    if (text.startsWith("duplicate column name")) {
      return "42S21";
    }
    boolean taken = text.endsWith(" already exists");
    if (taken && (text.startsWith("table ") || text.startsWith("view "))) {
      return "42S01";
    }
    return taken && text.startsWith("index ") ? "42S11" : null;
  }

  private static String constraintState(ResultCode code) {
    return switch (code) {
      case CONSTRAINT_UNIQUE, CONSTRAINT_PRIMARYKEY, CONSTRAINT_ROWID -> "23505";
      case CONSTRAINT_NOTNULL -> "23502";
      case CONSTRAINT_FOREIGNKEY -> "23503";
      case CONSTRAINT_CHECK -> "23513";
      default -> "23000";
    };
  }

  private static String message(LibsqlException failure) {
    ResultCode code = failure.resultCode();
    return "["
        + code.sqliteName()
        + "] "
        + ResultCodeText.of(code)
        + " ("
        + failure.getMessage()
        + ")";
  }

  // ---- failures of the driver
  // ---------------------------------------------------------------------

  static SQLException connectionClosed() {
    return new SQLNonTransientConnectionException("database connection closed", CONNECTION_CLOSED);
  }

  static SQLException statementClosed() {
    return new SQLException("The prepared statement has been finalized", BAD_SEQUENCE);
  }

  static SQLException resultSetClosed() {
    return new SQLException("ResultSet closed", NO_CURRENT_ROW);
  }

  static SQLException unsupported(String what) {
    return new SQLFeatureNotSupportedException(what + " is not supported", NOT_SUPPORTED);
  }

  static SQLException badArgument(String message) {
    return new SQLNonTransientException(message, BAD_ARGUMENT);
  }

  /**
   * An argument that must be there.
   *
   * @throws SQLException if it is null
   */
  static <T> T required(@Nullable T argument, String name) throws SQLException {
    if (argument == null) {
      throw badArgument(name + " is null");
    }
    return argument;
  }

  static SQLException badValue(String message, String state) {
    return new SQLDataException(message, state);
  }

  static SQLException noSuchColumn(int index, int count) {
    return new SQLDataException(
        "column " + index + " out of bounds [1," + count + "]", NO_SUCH_INDEX);
  }

  static SQLException noSuchParameter(int index, int count) {
    return new SQLDataException(
        "parameter " + index + " out of bounds [1," + count + "]", NO_SUCH_INDEX);
  }

  // ---- the subclasses
  // -----------------------------------------------------------------------------

  private static LibsqlException causeOf(SQLException exception) {
    if (exception.getCause() instanceof LibsqlException failure) {
      return failure;
    }
    return new LibsqlException(ResultCode.ERROR, String.valueOf(exception.getMessage()));
  }

  /** The three answers, from the cause. */
  private interface FromCause extends EngineFailure {
    @Override
    default ResultCode resultCode() {
      return causeOf((SQLException) this).resultCode();
    }

    @Override
    default String engineMessage() {
      return causeOf((SQLException) this).getMessage();
    }

    @Override
    default int sqlOffset() {
      return causeOf((SQLException) this).sqlOffset();
    }
  }

  private static final class PlainFailure extends SQLException implements FromCause {
    private static final long serialVersionUID = 1L;

    PlainFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }

  private static final class LastingFailure extends SQLNonTransientException implements FromCause {
    private static final long serialVersionUID = 1L;

    LastingFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }

  private static final class ConnectionFailure extends SQLNonTransientConnectionException
      implements FromCause {
    private static final long serialVersionUID = 1L;

    ConnectionFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }

  private static final class ConstraintFailure extends SQLIntegrityConstraintViolationException
      implements FromCause {
    private static final long serialVersionUID = 1L;

    ConstraintFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }

  private static final class SyntaxFailure extends SQLSyntaxErrorException implements FromCause {
    private static final long serialVersionUID = 1L;

    SyntaxFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }

  private static final class DataFailure extends SQLDataException implements FromCause {
    private static final long serialVersionUID = 1L;

    DataFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }

  private static final class TransientFailure extends SQLTransientException implements FromCause {
    private static final long serialVersionUID = 1L;

    TransientFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }

  private static final class RollbackFailure extends SQLTransactionRollbackException
      implements FromCause {
    private static final long serialVersionUID = 1L;

    RollbackFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }

  private static final class TimeoutFailure extends SQLTimeoutException implements FromCause {
    private static final long serialVersionUID = 1L;

    TimeoutFailure(String message, String state, LibsqlException cause) {
      super(message, state, cause.resultCode().primaryCode(), cause);
    }
  }
}
