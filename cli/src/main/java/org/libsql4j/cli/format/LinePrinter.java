package org.libsql4j.cli.format;

import java.util.List;

/** One {@code name = value} a line, an empty line between rows. */
final class LinePrinter implements RowPrinter {
  private static final int MIN_NAME_WIDTH = 5;

  private final DisplaySettings settings;
  private final TextSink out;
  private List<String> names = List.of();
  private boolean first = true;

  LinePrinter(DisplaySettings settings, TextSink out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    int width = MIN_NAME_WIDTH;
    for (String name : columnNames) {
      width = Math.max(width, DisplayText.length(name));
    }
    int nameWidth = width;
    names = columnNames.stream().map(name -> DisplayText.pad(name, -nameWidth)).toList();
  }

  @Override
  public void row(List<Cell> cells) {
    StringBuilder text = new StringBuilder(first ? "" : settings.rowSeparator());
    for (int i = 0; i < cells.size(); i++) {
      text.append(names.get(i)).append(" = ").append(cells.get(i).display(settings));
      text.append(settings.rowSeparator());
    }
    out.print(text.toString());
    first = false;
  }
}
