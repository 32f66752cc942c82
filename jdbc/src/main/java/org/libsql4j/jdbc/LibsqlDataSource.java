package org.libsql4j.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one URL. To be set up before the first connection, and safe to share then.
 */
public final class LibsqlDataSource implements DataSource {
  private String url = LibsqlDriver.PREFIX;
  private final Properties properties = new Properties();
  private @Nullable PrintWriter logWriter;
  private int loginTimeoutSeconds;

  /** Without a URL, which must be set, or with one. */
  public LibsqlDataSource() {}

  /** Without a URL, which must be set, or with one. */
  public LibsqlDataSource(String url) {
    setUrl(url);
  }

  /** The JDBC URL. */
  public String getUrl() {
    return url;
  }

  /**
   * @param url with {@code jdbc:libsql:}, or only what stands behind
   */
  public void setUrl(String url) {
    this.url = LibsqlDriver.isOurs(url) ? url : LibsqlDriver.PREFIX + url;
  }

  /** Sets an option of the connections; those in the URL have precedence. */
  public void setProperty(String name, String value) {
    properties.setProperty(name, value);
  }

  /** Sets options of the connections. */
  public void setProperties(Properties values) {
    properties.putAll(values);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return LibsqlDriver.open(url, properties);
  }

  /** The user does not matter; a password that is not empty is refused. */
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    if (password != null) {
      all.setProperty(DriverSetting.PASSWORD.key(), password);
    }
    return LibsqlDriver.open(url, all);
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

  /** Kept, but without effect: opening a file does not wait. */
  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("the driver does not log", SqlErrors.NOT_SUPPORTED);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this, null);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Wrapping.isWrapper(type, this, null);
  }
}
