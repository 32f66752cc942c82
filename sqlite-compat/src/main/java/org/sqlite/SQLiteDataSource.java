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

  public SQLiteDataSource() {
    this(new SQLiteConfig());
  }

  public SQLiteDataSource(SQLiteConfig config) {
    this.config = config;
  }

  public SQLiteConfig getConfig() {
    return config;
  }

  public void setConfig(SQLiteConfig config) {
    this.config = config;
  }

  public String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  /** Kept, but without effect. */
  public void setDatabaseName(String name) {
    databaseName = name;
  }

  public String getDatabaseName() {
    return databaseName;
  }

  public void setSharedCache(boolean value) {
    config.setSharedCache(value);
  }

  public void setLoadExtension(boolean value) {
    config.enableLoadExtension(value);
  }

  public void setReadOnly(boolean value) {
    config.setReadOnly(value);
  }

  public void setBusyTimeout(int value) {
    config.setBusyTimeout(value);
  }

  public void setCacheSize(int value) {
    config.setCacheSize(value);
  }

  public void setAutomaticIndex(boolean value) {
    config.enableAutomaticIndex(value);
  }

  public void setCacheSpill(boolean value) {
    config.setCacheSpill(value);
  }

  public void setCacheSpill(int value) {
    config.setCacheSpill(value);
  }

  public void setCaseSensitiveLike(boolean value) {
    config.enableCaseSensitiveLike(value);
  }

  public void setCountChanges(boolean value) {
    config.enableCountChanges(value);
  }

  public void setDefaultCacheSize(int value) {
    config.setDefaultCacheSize(value);
  }

  public void setEnforceForeignKeys(boolean value) {
    config.enforceForeignKeys(value);
  }

  public void setFullColumnNames(boolean value) {
    config.enableFullColumnNames(value);
  }

  public void setFullSync(boolean value) {
    config.enableFullSync(value);
  }

  public void setIncrementalVacuum(int value) {
    config.incrementalVacuum(value);
  }

  public void setJournalSizeLimit(int value) {
    config.setJournalSizeLimit(value);
  }

  public void setLegacyFileFormat(boolean value) {
    config.useLegacyFileFormat(value);
  }

  public void setLegacyAlterTable(boolean value) {
    config.setLegacyAlterTable(value);
  }

  public void setPageSize(int value) {
    config.setPageSize(value);
  }

  public void setMaxPageCount(int value) {
    config.setMaxPageCount(value);
  }

  public void setReadUncommitted(boolean value) {
    config.setReadUncommitted(value);
  }

  public void setRecursiveTriggers(boolean value) {
    config.enableRecursiveTriggers(value);
  }

  public void setReverseUnorderedSelects(boolean value) {
    config.enableReverseUnorderedSelects(value);
  }

  public void setShortColumnNames(boolean value) {
    config.enableShortColumnNames(value);
  }

  public void setTempStoreDirectory(String value) {
    config.setTempStoreDirectory(value);
  }

  public void setTransactionMode(String value) {
    config.setTransactionMode(value);
  }

  public void setGetGeneratedKeys(boolean value) {
    config.setGetGeneratedKeys(value);
  }

  public void setUserVersion(int value) {
    config.setUserVersion(value);
  }

  public void setJournalMode(String value) {
    config.setJournalMode(SQLiteConfig.JournalMode.valueOf(value.toUpperCase(Locale.ROOT)));
  }

  public void setLockingMode(String value) {
    config.setLockingMode(SQLiteConfig.LockingMode.valueOf(value.toUpperCase(Locale.ROOT)));
  }

  public void setSynchronous(String value) {
    config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(value.toUpperCase(Locale.ROOT)));
  }

  public void setTempStore(String value) {
    config.setTempStore(SQLiteConfig.TempStore.valueOf(value.toUpperCase(Locale.ROOT)));
  }

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
