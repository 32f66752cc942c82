package org.libsql4j.cli.format;

import java.util.List;
import java.util.stream.Collectors;

/** Values as SQL literals. */
final class QuotePrinter implements RowPrinter {
  private final DisplaySettings settings;
  private final TextSink out;

  QuotePrinter(DisplaySettings settings, TextSink out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    if (settings.headers()) {
      print(columnNames.stream().map(Literal::text).toList());
    }
  }

  @Override
  public void row(List<Cell> cells) {
    print(cells.stream().map(Literal::of).toList());
  }

  private void print(List<String> literals) {
    out.print(
        literals.stream()
            .collect(Collectors.joining(settings.columnSeparator(), "", settings.rowSeparator())));
  }
}
