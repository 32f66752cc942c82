package org.libsql4j.jdbc;

import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What an application has said about itself to a connection, which nobody else looks at.
 *
 * <p>Any name is kept; those that JDBC gives a meaning are the ones that metadata tells of.
 */
final class ClientInfo {
  private final Properties values = new Properties();

  /** The rows of DatabaseMetaData.getClientInfoProperties. */
  static StoredRows properties() {
    StoredRows rows =
        new StoredRows(Columns.named("NAME", "MAX_LEN", "DEFAULT_VALUE", "DESCRIPTION"));
    int anyLength = Integer.MAX_VALUE;
    rows.add("ApplicationName", anyLength, "", "the application that uses the connection");
    rows.add("ClientHostname", anyLength, "", "the computer on which the application runs");
    rows.add("ClientUser", anyLength, "", "the user for whom the application works");
    return rows;
  }

  @Nullable String get(String name) throws SQLException {
    return values.getProperty(SqlErrors.required(name, "name"));
  }

  Properties all() {
    Properties copy = new Properties();
    copy.putAll(values);
    return copy;
  }

  /**
   * @param value null for none
   * @param closed whether the connection is
   */
  void set(String name, @Nullable String value, boolean closed) throws SQLClientInfoException {
    check(name, closed);
    if (value == null) {
      values.remove(name);
    } else {
      values.setProperty(name, value);
    }
  }

  /** Puts values in the place of those that there are. */
  void setAll(Properties properties, boolean closed) throws SQLClientInfoException {
    check(properties, closed);
    values.clear();
    for (String name : properties.stringPropertyNames()) {
      set(name, properties.getProperty(name), closed);
    }
  }

  void clear() {
    values.clear();
  }

  private static void check(@Nullable Object argument, boolean closed)
      throws SQLClientInfoException {
    if (closed) {
      throw new SQLClientInfoException(
          "database connection closed", SqlErrors.CONNECTION_CLOSED, new HashMap<>());
    }
    if (argument == null) {
      throw new SQLClientInfoException(
          "the name or the properties are null", SqlErrors.BAD_ARGUMENT, new HashMap<>());
    }
  }
}
