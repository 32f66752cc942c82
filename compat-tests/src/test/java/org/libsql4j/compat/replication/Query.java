package org.libsql4j.compat.replication;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Statement;

/** Rows as texts. */
final class Query {
  private Query() {}

  /** The rows of a query, columns with bars between them. */
  static List<String> rows(Connection connection, String sql) {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.prepare(sql)) {
      while (statement.step()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < statement.columnCount(); i++) {
          row.add(String.valueOf(statement.getString(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  /** The rows of a query on a file, opened as an ordinary database. */
  static List<String> rows(Path file, String sql) {
    try (Connection connection = Database.openLocal(file).connect()) {
      return rows(connection, sql);
    }
  }
}
