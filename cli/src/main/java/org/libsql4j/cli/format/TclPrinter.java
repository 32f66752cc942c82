package org.libsql4j.cli.format;

import java.util.List;
import java.util.stream.Collectors;

/** Strings that Tcl and C read. */
final class TclPrinter implements RowPrinter {
  private final DisplaySettings settings;
  private final TextSink out;

  TclPrinter(DisplaySettings settings, TextSink out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    if (settings.headers()) {
      print(columnNames);
    }
  }

  @Override
  public void row(List<Cell> cells) {
    print(cells.stream().map(cell -> cell.display(settings)).toList());
  }

  private void print(List<String> values) {
    out.print(
        values.stream()
            .map(TclPrinter::quoted)
            .collect(Collectors.joining(settings.columnSeparator(), "", settings.rowSeparator())));
  }

  private static String quoted(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (byte b : LooseUtf8.encode(text)) {
      switch (b) {
        case '\\' -> result.append("\\\\");
        case '"' -> result.append("\\\"");
        case '\t' -> result.append("\\t");
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        default -> {
          if (b >= ' ' && b < 127) {
            result.append((char) b);
          } else {
            result.append(String.format("\\%03o", b & 0xff));
          }
        }
      }
    }
    return result.append('"').toString();
  }
}
