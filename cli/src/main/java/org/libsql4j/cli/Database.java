package org.libsql4j.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The connection that the shell works with, opened when first needed. */
public final class Database implements AutoCloseable {
  private static final String IN_MEMORY = ":memory:";

  private final String urlPrefix;
  private String file;
  private boolean readOnly;
  private @Nullable Connection connection;

  /**
   * @param urlPrefix what comes before the file in the JDBC URL
   * @param file path, or empty for a database in memory
   */
  Database(String urlPrefix, String file, boolean readOnly) {
    this.urlPrefix = urlPrefix;
    this.file = file.isEmpty() ? IN_MEMORY : file;
    this.readOnly = readOnly;
  }

  /** The file's path, or {@code :memory:}. */
  public String file() {
    return file;
  }

  public boolean isReadOnly() {
    return readOnly;
  }

  boolean isInMemory() {
    return file.equals(IN_MEMORY);
  }

  /** Closes what is open and makes another file the current one, which is opened when needed. */
  public void reopen(String newFile, boolean newReadOnly) throws SQLException {
    close();
    file = newFile.isEmpty() ? IN_MEMORY : newFile;
    readOnly = newReadOnly;
  }

  /** The open connection. */
  public Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      Properties asInSqlite = new Properties();
      asInSqlite.setProperty("foreign_keys", "false");
      open = DriverManager.getConnection(urlPrefix + (readOnly ? readOnlyUri() : file), asInSqlite);
      connection = open;
    }
    return open;
  }

  private String readOnlyUri() {
    return "file:" + file.replace("%", "%25").replace("?", "%3f").replace("#", "%23") + "?mode=ro";
  }

  /** The rows of a query, each as the texts of its columns; NULL is null. */
  public List<List<@Nullable String>> query(String sql, Object... parameters) throws SQLException {
    List<List<@Nullable String>> result = new ArrayList<>();
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<@Nullable String> row = new ArrayList<>(columns);
          for (int i = 1; i <= columns; i++) {
            row.add(rows.getString(i));
          }
          result.add(row);
        }
      }
    }
    return result;
  }

  /** The first column of a query's rows; NULL is the empty string. */
  public List<String> column(String sql, Object... parameters) throws SQLException {
    List<String> result = new ArrayList<>();
    for (List<@Nullable String> row : query(sql, parameters)) {
      String value = row.get(0);
      result.add(value == null ? "" : value);
    }
    return result;
  }

  /** Runs a statement without a result. */
  public void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      statement.execute();
    }
  }

  @Override
  public void close() throws SQLException {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
