package org.libsql4j.jdbc;

import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What an application has said about itself to a connection, which nobody else looks at. */
final class ClientInfo {
  private final Properties values = new Properties();

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
