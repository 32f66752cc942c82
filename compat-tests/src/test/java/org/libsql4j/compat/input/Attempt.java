package org.libsql4j.compat.input;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.libsql4j.Database;
import org.libsql4j.compat.engines.CellText;
import org.libsql4j.compat.engines.OurEngine;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.engines.RealEngine;
import org.libsql4j.error.LibsqlException;
import org.sqlite.SQLiteConfig;

/** Opens a file, runs one statement and tells how it went: its rows or the error as text. */
final class Attempt {
  private Attempt() {}

  static String ours(Path file, boolean readOnly, String sql) {
    Database database =
        Database.builder(file.toString()).readOnly(readOnly).busyTimeoutMillis(0).build();
    try (OurEngine engine = OurEngine.of(database.connect())) {
      return text(engine.run(sql));
    } catch (LibsqlException e) {
      return new Outcome.Failure(e.resultCode().code(), e.getMessage()).toString();
    }
  }

  static String real(Path file, boolean readOnly, String sql) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(0);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        Statement statement = connection.createStatement()) {
      StringBuilder rows = new StringBuilder();
      if (statement.execute(sql)) {
        try (ResultSet results = statement.getResultSet()) {
          while (results.next()) {
            rows.append(CellText.of(results.getObject(1))).append(' ');
          }
        }
      }
      return rows.toString();
    } catch (SQLException e) {
      return RealEngine.failure(e).toString();
    }
  }

  private static String text(Outcome outcome) {
    if (outcome.error() != null) {
      return outcome.error().toString();
    }
    StringBuilder rows = new StringBuilder();
    outcome.rows().forEach(row -> rows.append(row).append(' '));
    return rows.toString();
  }
}
