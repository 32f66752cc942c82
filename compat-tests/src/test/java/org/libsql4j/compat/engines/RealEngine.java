package org.libsql4j.compat.engines;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;

/** SQLite itself, through its JDBC driver. */
public final class RealEngine implements SqlEngine {
  private final Connection connection;
  private long lastInsertRowid;

  private RealEngine(String url) {
    try {
      connection = DriverManager.getConnection(url);
    } catch (SQLException e) {
      throw new IllegalStateException(url, e);
    }
  }

  /** Opens a file, or creates it. */
  public static RealEngine open(Path file) {
    return new RealEngine("jdbc:sqlite:" + file);
  }

  public static RealEngine inMemory() {
    return new RealEngine("jdbc:sqlite::memory:");
  }

  @Override
  public Outcome run(String sql) {
    List<String> rows = new ArrayList<>();
    Outcome.Failure failure = null;
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet results = statement.getResultSet()) {
          collect(results, rows);
        }
      }
    } catch (SQLException e) {
      failure = failure(e);
    }
    return new Outcome(rows, failure, changes(), lastInsertRowid());
  }

  private static void collect(ResultSet results, List<String> rows) throws SQLException {
    int columns = results.getMetaData().getColumnCount();
    while (results.next()) {
      List<Object> row = new ArrayList<>(columns);
      for (int i = 1; i <= columns; i++) {
        row.add(results.getObject(i));
      }
      rows.add(CellText.row(row));
    }
  }

  private long changes() {
    try {
      return connection.unwrap(SQLiteConnection.class).getDatabase().changes();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long lastInsertRowid() {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("SELECT last_insert_rowid()")) {
      lastInsertRowid = results.getLong(1);
    } catch (SQLException e) {
      // The database cannot be read at all just now; the number has not changed by that.
      return lastInsertRowid;
    }
    return lastInsertRowid;
  }

  @Override
  public long totalChanges() {
    try {
      return connection.unwrap(SQLiteConnection.class).getDatabase().total_changes();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The driver wraps {@code sqlite3_errmsg()}: {@code [NAME] Explanation (message)}. */
  public static Outcome.Failure failure(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int open = message.indexOf(" (");
    if (message.startsWith("[") && open > 0 && message.endsWith(")")) {
      message = message.substring(open + 2, message.length() - 1);
    }
    int code = e instanceof SQLiteException known ? known.getResultCode().code : e.getErrorCode();
    return new Outcome.Failure(code, message);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "real";
  }
}
