package org.libsql4j.cli.format;

import java.util.List;

/** Prints one result. */
public interface RowPrinter {
  /** Called once, before the first row. */
  void begin(List<String> columnNames);

  void row(List<Cell> cells);

  /** Called once, after the last row. */
  default void end() {}
}
