package org.libsql4j.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Connections and short cuts for the tests of this package. */
final class TestDatabases {
  private TestDatabases() {}

  static Connection ours() throws SQLException {
    return DriverManager.getConnection("jdbc:libsql::memory:");
  }

  /** The C library through the driver that most people know. */
  static Connection theirs() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row. */
  static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "no row";
    }
  }

  /** All rows, their columns with a bar between. */
  static List<String> rows(ResultSet rows) throws SQLException {
    List<String> result = new ArrayList<>();
    int count = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      StringBuilder row = new StringBuilder();
      for (int i = 1; i <= count; i++) {
        row.append(i == 1 ? "" : "|").append(rows.getString(i));
      }
      result.add(row.toString());
    }
    rows.close();
    return result;
  }
}
