package org.libsql4j.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** SQLite itself with a small schema, asked what it thinks of a text. */
final class RealEngine implements AutoCloseable {
  private final Connection connection;

  RealEngine() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t1(a INTEGER PRIMARY KEY, b TEXT, c)");
      statement.execute("CREATE TABLE t2(a, b, c, d)");
      statement.execute("CREATE INDEX i1 ON t1(b)");
      statement.execute("CREATE VIEW v1 AS SELECT a, b FROM t1");
    }
  }

  /** SQLite's message for the first statement of the text, or null if it is prepared. */
  @Nullable String prepareError(String sql) {
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      return null;
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      int open = message.indexOf('(');
      return open < 0 ? message : message.substring(open + 1, message.length() - 1);
    } catch (IllegalStateException nothingToPrepare) {
      return null;
    }
  }

  /** Runs a statement and answers the first column of the first row of a query. */
  @Nullable String run(String sql, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return query(query);
    }
  }

  /** Whether running a query fails. */
  boolean fails(String query) {
    try {
      query(query);
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  /** The first column of the first row. */
  @Nullable String query(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** The names of a query's columns. */
  String[] columnNames(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      String[] names = new String[rows.getMetaData().getColumnCount()];
      for (int i = 0; i < names.length; i++) {
        names[i] = rows.getMetaData().getColumnName(i + 1);
      }
      return names;
    }
  }

  /** Whether a message is about the text alone. */
  static boolean isSyntaxMessage(@Nullable String message) {
    return message != null
        && ((message.startsWith("near \"") && message.endsWith(": syntax error"))
            || message.startsWith("unrecognized token: ")
            || message.equals("incomplete input"));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
