package org.libsql4j.cli.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows laid out in columns as wide as their widest cell.
 *
 * <p>All rows are kept until the last one is known. A cell may have several lines; then there is a
 * line between all rows.
 */
final class ColumnarPrinter implements RowPrinter {
  private final ColumnStyle style;
  private final DisplaySettings settings;
  private final TextSink out;
  private final List<List<List<String>>> rows = new ArrayList<>();
  private List<String> headers = List.of();
  private boolean multiLine;

  ColumnarPrinter(ColumnStyle style, DisplaySettings settings, TextSink out) {
    this.style = style;
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    List<String> texts = new ArrayList<>();
    for (String name : columnNames) {
      texts.add(cellLines(name, texts.size()).get(0));
    }
    headers = texts;
  }

  @Override
  public void row(List<Cell> cells) {
    List<List<String>> row = new ArrayList<>(cells.size());
    for (Cell cell : cells) {
      String text = settings.columnOptions().quote() ? Literal.brief(cell) : cell.display(settings);
      List<String> lines = cellLines(text, row.size());
      multiLine |= lines.size() > 1;
      row.add(lines);
    }
    rows.add(row);
  }

  private List<String> cellLines(String text, int column) {
    int chosen = Math.abs(settings.width(column));
    DisplaySettings.ColumnOptions options = settings.columnOptions();
    return DisplayText.lines(text, chosen != 0 ? chosen : options.wrap(), options.wordWrap());
  }

  @Override
  public void end() {
    int[] widths = widths();
    if (style.isFramed()) {
      out.println(style.topRule(widths));
    }
    printHeader(widths);
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0 && multiLine && style != ColumnStyle.MARKDOWN) {
        out.println(style.rule(widths).stripTrailing());
      }
      printRow(rows.get(i), widths);
    }
    if (style.isFramed()) {
      out.println(style.bottomRule(widths));
    }
  }

  private int[] widths() {
    int[] widths = new int[headers.size()];
    for (int i = 0; i < widths.length; i++) {
      int width = Math.max(Math.abs(settings.width(i)), DisplayText.length(headers.get(i)));
      for (List<List<String>> row : rows) {
        for (String line : row.get(i)) {
          width = Math.max(width, DisplayText.length(line));
        }
      }
      widths[i] = width;
    }
    return widths;
  }

  private void printHeader(int[] widths) {
    if (style == ColumnStyle.COLUMN) {
      if (settings.headers()) {
        printLine(headers, widths);
        printLine(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
      }
      return;
    }
    List<String> centered = new ArrayList<>();
    for (String header : headers) {
      int room = widths[centered.size()] - DisplayText.length(header);
      centered.add(" ".repeat(room / 2) + header + " ".repeat(room - room / 2));
    }
    printLine(centered, widths);
    out.println(style.rule(widths));
  }

  private void printRow(List<List<String>> row, int[] widths) {
    int height = row.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < height; i++) {
      int line = i;
      printLine(row.stream().map(c -> line < c.size() ? c.get(line) : "").toList(), widths);
    }
  }

  private void printLine(List<String> texts, int[] widths) {
    StringBuilder line = new StringBuilder(style.rowStart);
    for (int i = 0; i < widths.length; i++) {
      int width = settings.width(i) < 0 ? -widths[i] : widths[i];
      line.append(i == 0 ? "" : style.rowBetween).append(DisplayText.pad(texts.get(i), width));
    }
    out.println(line.append(style.rowEnd).toString());
  }
}
