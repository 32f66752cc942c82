package org.libsql4j.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Database;

/**
 * The driver for URLs that start with {@code jdbc:libsql:}.
 *
 * <pre>
 *   jdbc:libsql:PATH[?option=value&amp;...]     a file, created if it does not exist
 *   jdbc:libsql:file:PATH[?...]              the same as a URI: the path may hold %XX
 *   jdbc:libsql::memory:                     a database in memory, for this connection alone
 *   jdbc:libsql:file:NAME?mode=memory&amp;cache=shared    one that all connections by that name share
 *   jdbc:libsql:                             a temporary file
 *   jdbc:libsql://HOST[:PORT][?authToken=TOKEN&amp;...]    a database on a server
 *   jdbc:libsql:http://HOST:PORT             without TLS; also https, ws, wss
 * </pre>
 *
 * <p>{@link DriverSetting} lists the options, which may stand in the URL or the properties; the URL
 * has precedence. An option that is not known is an error.
 */
public final class LibsqlDriver implements Driver {
  static final String PREFIX = "jdbc:libsql:";
  static final int MAJOR_VERSION = 0;
  static final int MINOR_VERSION = 1;

  static {
    try {
      DriverManager.registerDriver(new LibsqlDriver());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For the service loader and for those who name the class. */
  public LibsqlDriver() {}

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return isOurs(SqlErrors.required(url, "url"));
  }

  static boolean isOurs(String url) {
    return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties properties)
      throws SQLException {
    return acceptsURL(url) ? open(url, properties) : null;
  }

  /**
   * A connection to a database that was set up with the Java API.
   *
   * @throws SQLException if it cannot be opened
   */
  public static LibsqlConnection connect(Database database) throws SQLException {
    return new LibsqlConnection(PREFIX + database.path(), ConnectionOptions.of(database));
  }

  static LibsqlConnection open(String url, @Nullable Properties properties) throws SQLException {
    return new LibsqlConnection(url, RecentOptions.of(url, properties, DriverProfile.LIBSQL));
  }

  /** All options, with the values that the URL and the properties give them. */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties)
      throws SQLException {
    Map<String, String> given = new HashMap<>();
    if (properties != null) {
      ConnectionOptions.texts(properties)
          .forEach((name, value) -> given.put(name.toLowerCase(Locale.ROOT), value));
    }
    if (acceptsURL(url)) {
      given.putAll(ConnectionUrl.parse(url, PREFIX).parameters());
    }
    DriverSetting[] settings = DriverSetting.values();
    DriverPropertyInfo[] result = new DriverPropertyInfo[settings.length];
    for (int i = 0; i < settings.length; i++) {
      String name = settings[i].key();
      result[i] = new DriverPropertyInfo(name, given.get(name));
      result[i].description = settings[i].description();
      result[i].choices = settings[i].choices();
    }
    return result;
  }

  @Override
  public int getMajorVersion() {
    return MAJOR_VERSION;
  }

  @Override
  public int getMinorVersion() {
    return MINOR_VERSION;
  }

  /** False: SQLite's SQL lacks some of what the JDBC tests ask for. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("the driver does not log", SqlErrors.NOT_SUPPORTED);
  }
}
