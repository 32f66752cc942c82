package org.libsql4j.cli.format;

import java.util.List;

/** What {@code .mode}, {@code .headers}, {@code .separator} and their kin set. */
public final class DisplaySettings {
  /** Longest line of a cell in columnar modes, in characters, unless told otherwise. */
  public static final int DEFAULT_WRAP = 60;

  /**
   * Options of the columnar modes.
   *
   * @param wrap longest line in a cell in characters; 0 for no limit
   * @param wordWrap break between words where possible
   * @param quote show values as SQL literals
   */
  public record ColumnOptions(int wrap, boolean wordWrap, boolean quote) {
    public static final ColumnOptions DEFAULT = new ColumnOptions(DEFAULT_WRAP, false, false);
  }

  private OutputMode mode = OutputMode.LIST;
  private boolean headers;
  private boolean headersChosen;
  private String columnSeparator = "|";
  private String rowSeparator = "\n";
  private String nullValue = "";
  private String insertTable = "table";
  private List<Integer> widths = List.of();
  private ColumnOptions columnOptions = ColumnOptions.DEFAULT;

  public OutputMode mode() {
    return mode;
  }

  /** Changes the mode and what goes with it: separators, headers of columns, default options. */
  public void setMode(OutputMode newMode) {
    if (newMode.columnSeparator() != null) {
      columnSeparator = newMode.columnSeparator();
    }
    if (newMode.rowSeparator() != null) {
      rowSeparator = newMode.rowSeparator();
    }
    if (newMode == OutputMode.COLUMN && !headersChosen) {
      headers = true;
    }
    columnOptions =
        newMode == OutputMode.QBOX
            ? new ColumnOptions(DEFAULT_WRAP, false, true)
            : ColumnOptions.DEFAULT;
    // Tabs are lists with another separator, quoted boxes are boxes with an option.
    mode =
        switch (newMode) {
          case TABS -> OutputMode.LIST;
          case QBOX -> OutputMode.BOX;
          default -> newMode;
        };
  }

  public boolean headers() {
    return headers;
  }

  /** Turns headers on or off by the user's own choice, which a change of mode then respects. */
  public void setHeaders(boolean on) {
    headers = on;
    headersChosen = true;
  }

  public String columnSeparator() {
    return columnSeparator;
  }

  public void setColumnSeparator(String separator) {
    columnSeparator = separator;
  }

  public String rowSeparator() {
    return rowSeparator;
  }

  public void setRowSeparator(String separator) {
    rowSeparator = separator;
  }

  /** What stands for NULL where the mode has no notation for it. */
  public String nullValue() {
    return nullValue;
  }

  public void setNullValue(String text) {
    nullValue = text;
  }

  /** The table that INSERT statements of the insert mode name. */
  public String insertTable() {
    return insertTable;
  }

  public void setInsertTable(String table) {
    insertTable = table;
  }

  /** Widths of columns in characters; 0 for automatic, negative for right-justified. */
  public List<Integer> widths() {
    return widths;
  }

  public void setWidths(List<Integer> newWidths) {
    widths = List.copyOf(newWidths);
  }

  int width(int column) {
    return column < widths.size() ? widths.get(column) : 0;
  }

  public ColumnOptions columnOptions() {
    return columnOptions;
  }

  public void setColumnOptions(ColumnOptions options) {
    columnOptions = options;
  }
}
