package org.sqlite.core;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.BackupProgress;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * A connection's database, as far as applications use it; the statements and values that
 * sqlite-jdbc's own classes pass through it are not here.
 */
public final class DB {
  private final SQLiteConnection connection;
  private String lastError = "not an error";

  /** For {@link SQLiteConnection#getDatabase()}. */
  public DB(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** Told how far a copy has come. */
  public interface ProgressObserver {
    /** Called after each step. */
    void progress(int remaining, int pageCount);
  }

  private interface Action {
    void run() throws LibsqlException;
  }

  /** 0, or the result code of the failure. */
  private int codeOf(Action action) {
    try {
      action.run();
      return ResultCode.OK.code();
    } catch (LibsqlException e) {
      lastError = e.getMessage();
      return e.resultCode().primaryCode();
    }
  }

  private void run(Action action) throws SQLException {
    int code = codeOf(action);
    if (code != ResultCode.OK.code()) {
      throwex(code);
    }
  }

  // ---- copies

  /**
   * Copies a database of the connection to a file.
   *
   * @param database {@code main}, {@code temp}, or as it was attached
   * @return 0, or the result code of the failure
   */
  public int backup(String database, String file, @Nullable ProgressObserver observer) {
    return codeOf(() -> connection.engine().backupTo(database, file, telling(observer)));
  }

  /**
   * As {@link #backup(String, String, ProgressObserver)}. What follows the observer has no effect:
   * locks are waited for as long as the connection's busy timeout.
   */
  public int backup(
      String database,
      String file,
      @Nullable ProgressObserver observer,
      int sleepMillis,
      int attempts,
      int pagesPerStep) {
    return backup(database, file, observer);
  }

  /**
   * Replaces a database of the connection by the content of a file.
   *
   * @param database {@code main}, {@code temp}, or as it was attached
   * @return 0, or the result code of the failure
   */
  public int restore(String database, String file, @Nullable ProgressObserver observer) {
    return codeOf(() -> connection.engine().restoreFrom(database, file, telling(observer)));
  }

  /** As {@link #restore(String, String, ProgressObserver)}; the rest has no effect. */
  public int restore(
      String database,
      String file,
      @Nullable ProgressObserver observer,
      int sleepMillis,
      int attempts,
      int pagesPerStep) {
    return restore(database, file, observer);
  }

  private static BackupProgress telling(@Nullable ProgressObserver observer) {
    return (remaining, pages) -> {
      if (observer != null) {
        observer.progress(remaining, pages);
      }
    };
  }

  // ---- the others

  /**
   * Runs all statements of a text and drops their rows.
   *
   * @return 0
   * @throws SQLException what went wrong
   */
  public int _exec(String sql) throws SQLException {
    run(() -> connection.engine().executeMultiple(sql));
    return ResultCode.OK.code();
  }

  /** Stops what the connection is doing, from any thread. */
  public void interrupt() {
    connection.engine().interrupt();
  }

  /** How long to wait for locks, in milliseconds. */
  public void busy_timeout(int milliseconds) throws SQLException {
    connection.setBusyTimeout(milliseconds);
  }

  /** Sets a limit by its number in SQLite, and gives the one before; -1 only asks. */
  public int limit(int id, int value) throws SQLException {
    for (SQLiteLimits candidate : SQLiteLimits.values()) {
      if (candidate.getId() == id) {
        int before = connection.getLimit(candidate);
        connection.setLimit(candidate, value);
        return before;
      }
    }
    return -1;
  }

  /** Without effect: there are no native extensions. Always 0. */
  public int enable_load_extension(boolean enable) {
    return ResultCode.OK.code();
  }

  /** The version of SQLite that the engine is like. */
  public String libversion() {
    return connection.libversion();
  }

  /** How many rows the last INSERT, UPDATE or DELETE changed. */
  public long changes() {
    return connection.engine().changes();
  }

  /** How many rows were changed since the connection was opened. */
  public long total_changes() {
    return connection.engine().totalChanges();
  }

  /** The URL that the connection was opened by. */
  public String getUrl() {
    return connection.getUrl();
  }

  /** Whether the connection is closed. */
  public boolean isClosed() {
    return connection.isClosed();
  }

  /** Throws the exception of a result code, with the message of the last failure. */
  public void throwex(int code) throws SQLException {
    throw newSQLException(code, lastError);
  }

  /** The exception of a result code. */
  public static SQLiteException newSQLException(int code, String message) {
    SQLiteErrorCode known = SQLiteErrorCode.getErrorCode(code);
    return new SQLiteException(known + " (" + message + ")", known);
  }
}
