package org.libsql4j.jdbc;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for a pool: those stay open when their user closes them, and are cleaned for
 * the next one. To be set up before the first connection, and safe to share then.
 */
public final class LibsqlConnectionPoolDataSource implements ConnectionPoolDataSource {
  private final LibsqlDataSource source = new LibsqlDataSource();

  public LibsqlConnectionPoolDataSource() {}

  public LibsqlConnectionPoolDataSource(String url) {
    setUrl(url);
  }

  /** Makes a connection one of a pool. */
  public static PooledConnection pooled(LibsqlConnection connection) {
    return new LibsqlPooledConnection(connection);
  }

  public String getUrl() {
    return source.getUrl();
  }

  /** See {@link LibsqlDataSource#setUrl}. */
  public void setUrl(String url) {
    source.setUrl(url);
  }

  /** Sets an option of the connections; those in the URL have precedence. */
  public void setProperty(String name, String value) {
    source.setProperty(name, value);
  }

  /** Sets options of the connections. */
  public void setProperties(Properties values) {
    source.setProperties(values);
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return new LibsqlPooledConnection((LibsqlConnection) source.getConnection());
  }

  /** The user does not matter; a password that is not empty is refused. */
  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new LibsqlPooledConnection((LibsqlConnection) source.getConnection(user, password));
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return source.getLogWriter();
  }

  /** Kept, but nothing is written to it. */
  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    source.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() {
    return source.getLoginTimeout();
  }

  /** Kept, but without effect: opening a file does not wait. */
  @Override
  public void setLoginTimeout(int seconds) {
    source.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("the driver does not log", SqlErrors.NOT_SUPPORTED);
  }
}
