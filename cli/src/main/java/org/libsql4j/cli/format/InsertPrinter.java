package org.libsql4j.cli.format;

import java.util.List;
import java.util.stream.Collectors;

/** One INSERT statement a row. */
public final class InsertPrinter implements RowPrinter {
  private final String target;
  private final boolean nameColumns;
  private final boolean rawNewlines;
  private final TextSink out;
  private String intro = "";

  /**
   * @param target the table as it stands in the statement, quoted if need be
   * @param nameColumns whether the statements name the columns
   * @param rawNewlines whether line breaks in text stay as they are instead of being written as
   *     calls of {@code replace} and {@code char}
   */
  public InsertPrinter(String target, boolean nameColumns, boolean rawNewlines, TextSink out) {
    this.target = target;
    this.nameColumns = nameColumns;
    this.rawNewlines = rawNewlines;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    String columns =
        nameColumns
            ? columnNames.stream().map(Identifier::quote).collect(Collectors.joining(",", "(", ")"))
            : "";
    intro = "INSERT INTO " + target + columns + " VALUES(";
  }

  @Override
  public void row(List<Cell> cells) {
    out.print(cells.stream().map(this::literal).collect(Collectors.joining(",", intro, ");\n")));
  }

  private String literal(Cell cell) {
    return cell.kind() == Cell.Kind.TEXT && !rawNewlines
        ? Literal.singleLineText(cell.text())
        : Literal.of(cell);
  }
}
