package org.libsql4j.cli.format;

import java.util.List;

/** Values between separators, as they are. */
final class ListPrinter implements RowPrinter {
  private final DisplaySettings settings;
  private final TextSink out;

  ListPrinter(DisplaySettings settings, TextSink out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    if (settings.headers()) {
      out.print(String.join(settings.columnSeparator(), columnNames) + settings.rowSeparator());
    }
  }

  @Override
  public void row(List<Cell> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : settings.columnSeparator()).append(cells.get(i).display(settings));
    }
    out.print(line.append(settings.rowSeparator()).toString());
  }
}
