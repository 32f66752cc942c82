package org.libsql4j.cli.format;

import java.util.List;

/**
 * Comma-separated values.
 *
 * <p>Quoted is more than RFC 4180 asks for: also what holds blanks, apostrophes, control characters
 * or anything beyond ASCII. NULL is empty and the empty string is {@code ""}.
 */
final class CsvPrinter implements RowPrinter {
  private final DisplaySettings settings;
  private final TextSink out;

  CsvPrinter(DisplaySettings settings, TextSink out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    if (settings.headers()) {
      StringBuilder line = new StringBuilder();
      for (String name : columnNames) {
        append(line, quoted(name));
      }
      out.print(line.append(settings.rowSeparator()).toString());
    }
  }

  @Override
  public void row(List<Cell> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      String field = cell.isNull() ? settings.nullValue() : quoted(cell.text());
      line.append(i == 0 ? "" : settings.columnSeparator()).append(field);
    }
    out.print(line.append(settings.rowSeparator()).toString());
  }

  private void append(StringBuilder line, String field) {
    line.append(line.length() == 0 ? "" : settings.columnSeparator()).append(field);
  }

  private String quoted(String text) {
    boolean plain =
        !text.isEmpty()
            && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\'')
            && !text.contains(settings.columnSeparator());
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
