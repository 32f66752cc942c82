package org.libsql4j;

import java.util.ArrayList;
import java.util.List;

/** Results as one line of text, for tests to compare. */
public final class RowText {
  private RowText() {}

  /** The rows of a query, their columns separated by "|". */
  public static String of(Connection connection, String sql, String separator) {
    List<String> lines = new ArrayList<>();
    try (Rows rows = connection.query(sql)) {
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < rows.columnCount(); i++) {
          line.append(i == 0 ? "" : "|").append(rows.getString(i));
        }
        lines.add(line.toString());
      }
    }
    return String.join(separator, lines);
  }
}
