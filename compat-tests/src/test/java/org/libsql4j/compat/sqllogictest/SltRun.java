package org.libsql4j.compat.sqllogictest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs one file on one engine. */
final class SltRun {
  /** A record that did not do what the file says, and what it did. */
  record Failure(String file, SltRecord record, String found) {
    @Override
    public String toString() {
      String expected =
          record instanceof SltRecord.Query query ? String.join("|", query.expected()) : "";
      return file
          + ":"
          + record.line()
          + "\n"
          + record.sql()
          + "expected "
          + expected
          + "\nfound "
          + found;
    }
  }

  private final SltFile file;
  private final List<Failure> failures = new ArrayList<>();
  private int queries;

  private SltRun(SltFile file) {
    this.file = file;
  }

  /** All records on an empty database. */
  static SltRun of(SltFile file, String url) throws SQLException {
    SltRun run = new SltRun(file);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (SltRecord record : file.records()) {
        String found = run.one(statement, record);
        if (found != null) {
          run.failures.add(new Failure(file.name(), record, found));
        }
      }
    }
    return run;
  }

  List<Failure> failures() {
    return failures;
  }

  int queries() {
    return queries;
  }

  /** What was found instead of what is expected, or null. */
  private @Nullable String one(Statement statement, SltRecord record) {
    if (record instanceof SltRecord.Query query) {
      queries++;
      return query(statement, query);
    }
    boolean succeeds = ((SltRecord.Statement) record).succeeds();
    try {
      statement.execute(record.sql());
      return succeeds ? null : "success";
    } catch (SQLException e) {
      return succeeds ? e.toString() : null;
    }
  }

  private @Nullable String query(Statement statement, SltRecord.Query query) {
    List<String> values;
    try (ResultSet rows = statement.executeQuery(query.sql())) {
      values = values(rows, query);
    } catch (SQLException e) {
      return e.toString();
    }
    if (values.equals(query.expected())) {
      return null;
    }
    String hash = values.size() + " values hashing to " + md5(values);
    if (query.expected().equals(List.of(hash))) {
      return null;
    }
    return values.size() > file.hashThreshold() && file.hashThreshold() > 0
        ? hash
        : String.join("|", values);
  }

  private static List<String> values(ResultSet rows, SltRecord.Query query) throws SQLException {
    int width = query.types().length();
    List<List<String>> table = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        row.add(value(rows, i + 1, query.types().charAt(i)));
      }
      table.add(row);
    }
    if (query.sort() == SltRecord.SortMode.ROWSORT) {
      table.sort(SltRun::compareRows);
    }
    List<String> values = new ArrayList<>();
    table.forEach(values::addAll);
    if (query.sort() == SltRecord.SortMode.VALUESORT) {
      Collections.sort(values);
    }
    return values;
  }

  private static int compareRows(List<String> left, List<String> right) {
    for (int i = 0; i < left.size(); i++) {
      int result = left.get(i).compareTo(right.get(i));
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  private static String value(ResultSet rows, int column, char type) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      return "NULL";
    }
    return switch (type) {
      case 'I' ->
          value instanceof Number number
              ? Long.toString(number.longValue())
              : Long.toString(rows.getLong(column));
      case 'R' ->
          String.format(
              Locale.ROOT,
              "%.3f",
              value instanceof Number number ? number.doubleValue() : rows.getDouble(column));
      default -> printable(rows.getString(column));
    };
  }

  private static String printable(String text) {
    if (text.isEmpty()) {
      return "(empty)";
    }
    StringBuilder result = new StringBuilder(text);
    for (int i = 0; i < result.length(); i++) {
      char c = result.charAt(i);
      if (c < ' ' || c > '~') {
        result.setCharAt(i, '@');
      }
    }
    return result.toString();
  }

  private static String md5(List<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String value : values) {
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
