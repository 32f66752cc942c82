package org.libsql4j.cli.format;

import java.util.List;

/** Rows of an HTML table. */
final class HtmlPrinter implements RowPrinter {
  private final DisplaySettings settings;
  private final TextSink out;

  HtmlPrinter(DisplaySettings settings, TextSink out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    if (settings.headers()) {
      print("TH", columnNames);
    }
  }

  @Override
  public void row(List<Cell> cells) {
    print("TD", cells.stream().map(cell -> cell.display(settings)).toList());
  }

  private void print(String tag, List<String> values) {
    StringBuilder text = new StringBuilder("<TR>");
    for (String value : values) {
      text.append('<').append(tag).append('>').append(escaped(value));
      text.append("</").append(tag).append(">\n");
    }
    out.print(text.append("</TR>\n").toString());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
