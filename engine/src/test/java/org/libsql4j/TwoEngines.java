package org.libsql4j;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.libsql4j.error.LibsqlException;
import org.sqlite.SQLiteException;

/**
 * This engine and the real one, each with a file of its own, given the same statements.
 *
 * <pre>
 *   -- text           a comment
 *   !new              both start again with an empty file
 *   !reopen           both close the file and open it again
 *   !check            the real engine checks this engine's file
 *   !real statement   only the real engine runs it
 *   !sorted query     the order of the rows does not matter
 *   statement         both run it, and what they say must be equal
 * </pre>
 */
final class TwoEngines implements AutoCloseable {
  /** What the JDBC driver makes of a code and a message. */
  private static final Pattern DRIVER_MESSAGE =
      Pattern.compile("^\\[SQLITE_[A-Z_]+\\] [^(]*\\((.*)\\)$", Pattern.DOTALL);

  private final Path directory;
  private final List<String> differences = new ArrayList<>();
  private int fileNumber;
  private java.sql.Connection real;
  private java.sql.Statement realStatement;
  private Connection ours;

  TwoEngines(Path directory) throws Exception {
    this.directory = directory;
    Files.createDirectories(directory.resolve("real"));
    Files.createDirectories(directory.resolve("ours"));
    open();
  }

  private Path file(String engine) {
    return directory.resolve(engine).resolve(fileNumber + ".db");
  }

  private void open() throws SQLException {
    real = DriverManager.getConnection("jdbc:sqlite:" + file("real"));
    realStatement = real.createStatement();
    ours =
        Database.builder(file("ours").toString())
            .busyTimeoutMillis(3000)
            .foreignKeys(false)
            .build()
            .connect();
  }

  @Override
  public void close() throws SQLException {
    realStatement.close();
    real.close();
    ours.close();
  }

  /** Runs a script; returns a line for each difference. */
  List<String> run(List<String> lines) throws Exception {
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("--")) {
        continue;
      }
      if (line.startsWith("!sorted ")) {
        compare(line.substring(8), true);
      } else if (line.startsWith("!real ")) {
        onReal(line.substring(6));
      } else if (line.startsWith("!")) {
        command(line);
      } else {
        compare(line, false);
      }
    }
    return differences;
  }

  private void command(String line) throws Exception {
    switch (line) {
      case "!new" -> {
        close();
        fileNumber++;
        open();
      }
      case "!reopen" -> {
        close();
        open();
      }
      case "!check" -> check();
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void check() throws SQLException {
    ours.close();
    try (java.sql.Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + file("ours"));
        java.sql.Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      while (rows.next()) {
        if (!rows.getString(1).equals("ok")) {
          differences.add("integrity_check of our file: " + rows.getString(1));
        }
      }
    }
    ours =
        Database.builder(file("ours").toString())
            .busyTimeoutMillis(3000)
            .foreignKeys(false)
            .build()
            .connect();
  }

  private void compare(String sql, boolean sorted) {
    List<String> expected = onReal(sql);
    List<String> actual = onOurs(sql);
    if (sorted) {
      Collections.sort(expected);
      Collections.sort(actual);
    }
    if (!expected.equals(actual)) {
      differences.add(sql + "\n  expected " + expected + "\n  but was  " + actual);
    }
  }

  private List<String> onReal(String sql) {
    List<String> out = new ArrayList<>();
    try {
      if (realStatement.execute(sql)) {
        try (ResultSet rows = realStatement.getResultSet()) {
          int count = rows.getMetaData().getColumnCount();
          List<String> names = new ArrayList<>();
          for (int i = 1; i <= count; i++) {
            names.add(rows.getMetaData().getColumnName(i));
          }
          out.add("columns " + names);
          while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
              row.add(withoutDirectory(rows.getString(i), "real"));
            }
            out.add(row.toString());
          }
        }
      }
    } catch (SQLiteException e) {
      Matcher matcher = DRIVER_MESSAGE.matcher(e.getMessage());
      String message = matcher.matches() ? matcher.group(1) : e.getMessage();
      out.add("error " + e.getResultCode().name().replace("SQLITE_", "") + " " + message);
    } catch (SQLException e) {
      out.add("error " + e.getMessage());
    }
    return out;
  }

  private List<String> onOurs(String sql) {
    List<String> out = new ArrayList<>();
    try (Statement statement = ours.prepare(sql)) {
      int count = statement.columnCount();
      if (count > 0) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          names.add(statement.columnName(i));
        }
        out.add("columns " + names);
      }
      while (statement.step()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          row.add(withoutDirectory(statement.getString(i), "ours"));
        }
        out.add(row.toString());
      }
    } catch (LibsqlException e) {
      if (out.size() == 1) {
        // The driver of the real engine takes the first step before it tells the columns.
        out.clear();
      }
      out.add("error " + e.resultCode() + " " + e.getMessage());
    }
    return out;
  }

  private String withoutDirectory(String value, String engine) {
    return value == null ? null : value.replace(directory.resolve(engine).toString(), "directory");
  }
}
