package org.sqlite;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver for URLs that start with {@code jdbc:sqlite:}.
 *
 * <pre>
 *   jdbc:sqlite:PATH[?option=value&amp;...]
 *   jdbc:sqlite:file:PATH[?...]
 *   jdbc:sqlite::memory:
 *   jdbc:sqlite::resource:NAME      a copy of a file on the class path, or of what a URL leads to
 *   jdbc:sqlite:                    a temporary file
 * </pre>
 */
public class JDBC implements Driver {
  /** What URLs for this driver start with. */
  public static final String PREFIX = "jdbc:sqlite:";

  static {
    try {
      DriverManager.registerDriver(new JDBC());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For {@link java.util.ServiceLoader}; all instances are alike. */
  public JDBC() {}

  /** Whether a URL is one for this driver. */
  public static boolean isValidURL(@Nullable String url) {
    return url != null && url.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  /** Opens a connection; null if the URL is not one for this driver. */
  public static @Nullable SQLiteConnection createConnection(
      String url, @Nullable Properties properties) throws SQLException {
    return isValidURL(url) ? new SQLiteConnection(url.trim(), properties) : null;
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return isValidURL(url);
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties properties)
      throws SQLException {
    return createConnection(url, properties);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) {
    SQLiteConfig.Pragma[] pragmas = SQLiteConfig.Pragma.values();
    DriverPropertyInfo[] result = new DriverPropertyInfo[pragmas.length];
    for (int i = 0; i < pragmas.length; i++) {
      String name = pragmas[i].getPragmaName();
      result[i] =
          new DriverPropertyInfo(name, properties == null ? null : properties.getProperty(name));
      result[i].choices = pragmas[i].choices;
      result[i].description = pragmas[i].description;
    }
    return result;
  }

  @Override
  public int getMajorVersion() {
    return SQLiteJDBCLoader.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return SQLiteJDBCLoader.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("the driver does not log by a logger of its own");
  }
}
