package org.libsql4j.cli.format;

/** The lines around and between the cells of a columnar mode. */
enum ColumnStyle {
  COLUMN("", "  ", "", "", "", "", ""),
  TABLE("| ", " | ", " |", "-", "+-", "-+-", "-+"),
  BOX("│ ", " │ ", " │", "─", "├─", "─┼─", "─┤"),
  MARKDOWN("| ", " | ", " |", "-", "|-", "-|-", "-|");

  final String rowStart;
  final String rowBetween;
  final String rowEnd;

  private final String dash;
  private final String ruleStart;
  private final String ruleBetween;
  private final String ruleEnd;

  ColumnStyle(
      String rowStart,
      String rowBetween,
      String rowEnd,
      String dash,
      String ruleStart,
      String ruleBetween,
      String ruleEnd) {
    this.rowStart = rowStart;
    this.rowBetween = rowBetween;
    this.rowEnd = rowEnd;
    this.dash = dash;
    this.ruleStart = ruleStart;
    this.ruleBetween = ruleBetween;
    this.ruleEnd = ruleEnd;
  }

  /** Whether there are lines above the header, below the last row, and between multi-line rows. */
  boolean isFramed() {
    return this == TABLE || this == BOX;
  }

  String rule(int[] widths) {
    return rule(widths, ruleStart, ruleBetween, ruleEnd);
  }

  String topRule(int[] widths) {
    return this == BOX ? rule(widths, "┌─", "─┬─", "─┐") : rule(widths);
  }

  String bottomRule(int[] widths) {
    return this == BOX ? rule(widths, "└─", "─┴─", "─┘") : rule(widths);
  }

  private String rule(int[] widths, String start, String between, String end) {
    StringBuilder line = new StringBuilder(start);
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : between).append(dash.repeat(widths[i]));
    }
    return line.append(end).toString();
  }
}
