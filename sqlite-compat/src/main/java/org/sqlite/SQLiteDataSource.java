package org.sqlite;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one URL. To be set up before the first connection; the setters are those of
 * {@link SQLiteConfig}.
 */
public class SQLiteDataSource implements DataSource {
  private SQLiteConfig config;
  private String url = JDBC.PREFIX;
  private String databaseName = "";
  private @Nullable PrintWriter logWriter;
  private int loginTimeoutSeconds = 1;

  /** With every option as the driver has it unless it is set. */
  public SQLiteDataSource() {
    this(new SQLiteConfig());
  }

  /** With options, which are not copied: the setters change them. */
  public SQLiteDataSource(SQLiteConfig config) {
    this.config = config;
  }

  /** The options of the next connections. */
  public SQLiteConfig getConfig() {
    return config;
  }

  /** Replaces the options of the next connections. */
  public void setConfig(SQLiteConfig config) {
    this.config = config;
  }

  /** Where the connections lead to. */
  public String getUrl() {
    return url;
  }

  /** Sets where the connections lead to: a URL as {@link JDBC} takes it. */
  public void setUrl(String url) {
    this.url = url;
  }

  /** Kept, but without effect. */
  public void setDatabaseName(String name) {
    databaseName = name;
  }

  /** What {@link #setDatabaseName} has set; empty unless it has. */
  public String getDatabaseName() {
    return databaseName;
  }

  /** Whether databases in memory are shared by all connections that name them. */
  public void setSharedCache(boolean value) {
    config.setSharedCache(value);
  }

  /** Without effect: there are no native extensions. */
  public void setLoadExtension(boolean value) {
    config.enableLoadExtension(value);
  }

  /** Whether the database is opened for reading only. */
  public void setReadOnly(boolean value) {
    config.setReadOnly(value);
  }

  /** How long to wait for locks, in milliseconds. */
  public void setBusyTimeout(int value) {
    config.setBusyTimeout(value);
  }

  /** Pages to keep in memory; KiB if negative. */
  public void setCacheSize(int value) {
    config.setCacheSize(value);
  }

  /** Whether indexes may be made for a single query. */
  public void setAutomaticIndex(boolean value) {
    config.enableAutomaticIndex(value);
  }

  /** Whether changed pages may be written before commit. */
  public void setCacheSpill(boolean value) {
    config.setCacheSpill(value);
  }

  /** How many changed pages are kept before they may be written. */
  public void setCacheSpill(int value) {
    config.setCacheSpill(value);
  }

  /** Whether LIKE heeds letter case. */
  public void setCaseSensitiveLike(boolean value) {
    config.enableCaseSensitiveLike(value);
  }

  /** Whether changes give a row with their count. */
  public void setCountChanges(boolean value) {
    config.enableCountChanges(value);
  }

  /** Pages to keep in memory in every connection to the file, kept in its header. */
  public void setDefaultCacheSize(int value) {
    config.setDefaultCacheSize(value);
  }

  /** Whether foreign keys are enforced; false unless set. */
  public void setEnforceForeignKeys(boolean value) {
    config.enforceForeignKeys(value);
  }

  /** Whether column names hold the table's. */
  public void setFullColumnNames(boolean value) {
    config.enableFullColumnNames(value);
  }

  /** Without effect outside of macOS. */
  public void setFullSync(boolean value) {
    config.enableFullSync(value);
  }

  /** How many pages to free. */
  public void setIncrementalVacuum(int value) {
    config.incrementalVacuum(value);
  }

  /** Bytes of the journal to keep. */
  public void setJournalSizeLimit(int value) {
    config.setJournalSizeLimit(value);
  }

  /** Without effect. */
  public void setLegacyFileFormat(boolean value) {
    config.useLegacyFileFormat(value);
  }

  /** Whether ALTER TABLE works as before 3.25. */
  public void setLegacyAlterTable(boolean value) {
    config.setLegacyAlterTable(value);
  }

  /** Bytes of a page of a new database. */
  public void setPageSize(int value) {
    config.setPageSize(value);
  }

  /** How large the file may grow, in pages. */
  public void setMaxPageCount(int value) {
    config.setMaxPageCount(value);
  }

  /** Kept, without effect. */
  public void setReadUncommitted(boolean value) {
    config.setReadUncommitted(value);
  }

  /** Whether triggers fire triggers again. */
  public void setRecursiveTriggers(boolean value) {
    config.enableRecursiveTriggers(value);
  }

  /** Whether rows without an order come in reverse. */
  public void setReverseUnorderedSelects(boolean value) {
    config.enableReverseUnorderedSelects(value);
  }

  /** Whether column names are the column's alone. */
  public void setShortColumnNames(boolean value) {
    config.enableShortColumnNames(value);
  }

  /** Without effect. */
  public void setTempStoreDirectory(String value) {
    config.setTempStoreDirectory(value);
  }

  /** How transactions begin when auto-commit is off, by the name of the mode. */
  public void setTransactionMode(String value) {
    config.setTransactionMode(value);
  }

  /** Without effect: generated keys cost nothing. */
  public void setGetGeneratedKeys(boolean value) {
    config.setGetGeneratedKeys(value);
  }

  /** Sets the application's version of its schema, a number in the file's header. */
  public void setUserVersion(int value) {
    config.setUserVersion(value);
  }

  /** How commits are made safe, by the name of a {@link SQLiteConfig.JournalMode}. */
  public void setJournalMode(String value) {
    config.setJournalMode(SQLiteConfig.JournalMode.valueOf(value.toUpperCase(Locale.ROOT)));
  }

  /** Whether locks are kept, by the name of a {@link SQLiteConfig.LockingMode}. */
  public void setLockingMode(String value) {
    config.setLockingMode(SQLiteConfig.LockingMode.valueOf(value.toUpperCase(Locale.ROOT)));
  }

  /** How much to wait for the disk, by the name of a {@link SQLiteConfig.SynchronousMode}. */
  public void setSynchronous(String value) {
    config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(value.toUpperCase(Locale.ROOT)));
  }

  /** Where temporary tables are, by the name of a {@link SQLiteConfig.TempStore}. */
  public void setTempStore(String value) {
    config.setTempStore(SQLiteConfig.TempStore.valueOf(value.toUpperCase(Locale.ROOT)));
  }

  /** Text encoding of a new database, by the name of a {@link SQLiteConfig.Encoding}. */
  public void setEncoding(String value) {
    config.setEncoding(SQLiteConfig.Encoding.getEncoding(value));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(null, null);
  }

  @Override
  public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Properties properties = config.toProperties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty(SQLiteConfig.Pragma.PASSWORD.pragmaName, password);
    }
    SQLiteConnection connection = JDBC.createConnection(url, properties);
    if (connection == null) {
      throw new SQLException("invalid database address: " + url);
    }
    return connection;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  /** Kept, but nothing is written to it. */
  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeoutSeconds;
  }

  /** Kept, but without effect. */
  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("the driver does not log by a logger of its own");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(this);
  }
}
