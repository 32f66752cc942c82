package org.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Limit;
import org.libsql4j.connection.UpdateHook;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.jdbc.DateClass;
import org.libsql4j.jdbc.LibsqlConnection;
import org.sqlite.core.DB;

/** A connection with what sqlite-jdbc's have beyond the standard. */
public class SQLiteConnection extends LibsqlConnection {
  private final String url;
  private final SQLiteConnectionConfig config;
  private final DB database = new DB(this);
  private final List<SQLiteUpdateListener> updateListeners = new CopyOnWriteArrayList<>();
  private final List<SQLiteCommitListener> commitListeners = new CopyOnWriteArrayList<>();

  SQLiteConnection(String url, @Nullable Properties properties) throws SQLException {
    super(ResourceUrl.resolve(url), OptionNames.translate(properties), SqliteProfile.INSTANCE);
    this.url = url;
    this.config = SQLiteConnectionConfig.fromPragmaTable(driverOptions()).of(this);
  }

  /** The URL that it was opened by. */
  public String getUrl() {
    return url;
  }

  /** The version of SQLite that the engine is like. */
  public String libversion() {
    return SQLiteJDBCLoader.getVersion();
  }

  private Properties driverOptions() {
    Properties given = new Properties();
    for (SQLiteConfig.Pragma pragma :
        new SQLiteConfig.Pragma[] {
          SQLiteConfig.Pragma.DATE_CLASS,
          SQLiteConfig.Pragma.DATE_PRECISION,
          SQLiteConfig.Pragma.DATE_STRING_FORMAT,
          SQLiteConfig.Pragma.TRANSACTION_MODE,
        }) {
      String value = option(pragma.getPragmaName());
      if (value != null) {
        given.setProperty(pragma.getPragmaName(), value);
      }
    }
    return given;
  }

  /** What of the configuration belongs to the driver; changing it has an effect at once. */
  public SQLiteConnectionConfig getConnectionConfig() {
    return config;
  }

  /** Copies, scripts and so on. */
  public DB getDatabase() {
    return database;
  }

  // ---- settings
  // -----------------------------------------------------------------------------------

  /** How transactions begin when auto-commit is off. */
  public SQLiteConfig.TransactionMode getCurrentTransactionMode() {
    return switch (transactionMode()) {
      case IMMEDIATE -> SQLiteConfig.TransactionMode.IMMEDIATE;
      case EXCLUSIVE -> SQLiteConfig.TransactionMode.EXCLUSIVE;
      default -> SQLiteConfig.TransactionMode.DEFERRED;
    };
  }

  /** Changes how transactions begin, from the next on. */
  public void setCurrentTransactionMode(SQLiteConfig.TransactionMode mode) throws SQLException {
    setTransactionMode(org.libsql4j.TransactionMode.valueOf(mode.name()));
  }

  /** For {@link SQLiteConnectionConfig}. */
  void setLaterMode(SQLiteConfig.TransactionMode mode) {
    setLaterTransactionMode(org.libsql4j.TransactionMode.valueOf(mode.name()));
  }

  /** For {@link SQLiteConnectionConfig}. */
  void setDates(
      SQLiteConfig.DateClass dateClass, SQLiteConfig.DatePrecision precision, String pattern) {
    setDates(
        DateClass.valueOf(dateClass.name()),
        precision == SQLiteConfig.DatePrecision.SECONDS,
        pattern);
  }

  /** How long to wait for locks, in milliseconds. */
  public int getBusyTimeout() {
    return (int) engine().queryOne("PRAGMA busy_timeout").getLong(0);
  }

  /** How long to wait for locks, in milliseconds. */
  public void setBusyTimeout(int milliseconds) throws SQLException {
    checked(() -> engine().busyTimeout(milliseconds));
  }

  /** The value of a limit; -1 if it has none. */
  public int getLimit(SQLiteLimits id) {
    Limit limit = id.limit();
    return limit == null ? -1 : engine().limit(limit);
  }

  /** Sets a limit, at most to its default; a negative value changes nothing. */
  public void setLimit(SQLiteLimits id, int value) throws SQLException {
    Limit limit = id.limit();
    if (limit != null) {
      checked(() -> engine().setLimit(limit, value));
    }
  }

  private static void checked(Runnable action) throws SQLException {
    try {
      action.run();
    } catch (LibsqlException e) {
      throw failure(e);
    }
  }

  private static SQLException failure(LibsqlException e) {
    return new SQLiteException(
        String.valueOf(e.getMessage()), SQLiteErrorCode.getErrorCode(e.resultCode().code()));
  }

  // ---- listeners
  // ----------------------------------------------------------------------------------

  /** Has a listener told of every row of a rowid table that changes. */
  public void addUpdateListener(SQLiteUpdateListener listener) {
    updateListeners.add(listener);
    engine().setUpdateHook(this::updated);
  }

  /** Tells a listener of changed rows no more; nothing happens if it was not there. */
  public void removeUpdateListener(SQLiteUpdateListener listener) {
    if (updateListeners.remove(listener) && updateListeners.isEmpty()) {
      engine().setUpdateHook(null);
    }
  }

  private void updated(UpdateHook.Change change, String database, String table, long rowid) {
    SQLiteUpdateListener.Type type = SQLiteUpdateListener.Type.valueOf(change.name());
    for (SQLiteUpdateListener listener : updateListeners) {
      listener.onUpdate(type, database, table, rowid);
    }
  }

  /** Has a listener told of commits and rollbacks. */
  public void addCommitListener(SQLiteCommitListener listener) {
    commitListeners.add(listener);
    engine()
        .setCommitHook(
            () -> {
              commitListeners.forEach(SQLiteCommitListener::onCommit);
              return false;
            });
    engine().setRollbackHook(() -> commitListeners.forEach(SQLiteCommitListener::onRollback));
  }

  /** Tells a listener of commits and rollbacks no more; nothing happens if it was not there. */
  public void removeCommitListener(SQLiteCommitListener listener) {
    if (commitListeners.remove(listener) && commitListeners.isEmpty()) {
      engine().setCommitHook(null);
      engine().setRollbackHook(null);
    }
  }

  // ---- the database as bytes
  // ----------------------------------------------------------------------

  /**
   * The content of a database as the bytes of its file.
   *
   * @param schema {@code main} or the name of an attached database
   */
  public byte[] serialize(String schema) throws SQLException {
    try {
      return engine().serialize(schema);
    } catch (LibsqlException e) {
      throw failure(e);
    }
  }

  /** Makes a database one in memory with the given content. */
  public void deserialize(String schema, byte[] bytes) throws SQLException {
    checked(() -> engine().deserialize(schema, bytes, false, Long.MAX_VALUE));
  }
}
