package org.libsql4j.cli.format;

import java.util.List;

/** One JSON array of objects. */
final class JsonPrinter implements RowPrinter {
  private final TextSink out;
  private List<String> names = List.of();
  private boolean first = true;

  JsonPrinter(TextSink out) {
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    names = columnNames.stream().map(JsonPrinter::string).toList();
  }

  @Override
  public void row(List<Cell> cells) {
    StringBuilder object = new StringBuilder(first ? "[{" : ",\n{");
    for (int i = 0; i < cells.size(); i++) {
      object.append(i == 0 ? "" : ",").append(names.get(i)).append(':');
      object.append(value(cells.get(i)));
    }
    out.print(object.append('}').toString());
    first = false;
  }

  @Override
  public void end() {
    out.print("]\n");
  }

  private static String value(Cell cell) {
    return switch (cell.kind()) {
      case NULL -> "null";
      case INTEGER -> cell.text();
      case REAL -> Literal.real(cell.real());
      case TEXT, BLOB -> string(cell.fullText());
    };
  }

  private static String string(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> result.append("\\\"");
        case '\\' -> result.append("\\\\");
        case '\b' -> result.append("\\b");
        case '\f' -> result.append("\\f");
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        case '\t' -> result.append("\\t");
        default -> {
          if (c < ' ') {
            result.append(String.format("\\u%04x", (int) c));
          } else {
            result.append(c);
          }
        }
      }
    }
    return result.append('"').toString();
  }
}
