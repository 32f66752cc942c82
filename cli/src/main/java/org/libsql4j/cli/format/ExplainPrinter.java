package org.libsql4j.cli.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The program of a statement, its loops indented.
 *
 * <p>What lies between the target of a jump back and the jump is a loop's body.
 */
public final class ExplainPrinter implements RowPrinter {
  private static final int[] WIDTHS = {4, 13, 4, 4, 4, 13, 2, 13};
  private static final int OPCODE = 1;
  private static final int P1 = 2;
  private static final int P2 = 3;
  private static final int INDENT = 2;

  /** Opcodes that always close a loop. */
  private static final Set<String> NEXT =
      Set.of("Next", "Prev", "VNext", "VPrev", "SorterNext", "Return");

  /** Opcodes that begin a loop which a backward Goto closes. */
  private static final Set<String> LOOP_HEAD =
      Set.of("Yield", "SeekLT", "SeekGT", "RowSetRead", "Rewind");

  private final DisplaySettings settings;
  private final TextSink out;
  private final List<List<Cell>> program = new ArrayList<>();
  private List<String> names = List.of();

  public ExplainPrinter(DisplaySettings settings, TextSink out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {
    names = columnNames;
  }

  @Override
  public void row(List<Cell> cells) {
    program.add(cells);
  }

  @Override
  public void end() {
    printHeader();
    int[] indents = indents();
    for (int address = 0; address < program.size(); address++) {
      StringBuilder line = new StringBuilder();
      List<Cell> cells = program.get(address);
      for (int i = 0; i < cells.size(); i++) {
        String text = cells.get(i).display(settings);
        if (i == OPCODE) {
          text = " ".repeat(indents[address]) + text;
        }
        boolean last = i == cells.size() - 1;
        line.append(last ? text : DisplayText.pad(text, width(i)) + "  ");
      }
      out.println(line.toString());
    }
  }

  private void printHeader() {
    StringBuilder header = new StringBuilder();
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      String gap = i == names.size() - 1 ? "" : "  ";
      header.append(DisplayText.pad(names.get(i), width(i))).append(gap);
      rule.append("-".repeat(width(i))).append(gap);
    }
    out.println(header.toString());
    out.println(rule.toString());
  }

  private static int width(int column) {
    return column < WIDTHS.length ? WIDTHS[column] : WIDTHS[WIDTHS.length - 1];
  }

  private int[] indents() {
    int[] indents = new int[program.size()];
    for (int address = 0; address < indents.length; address++) {
      int target = number(address, P2);
      if (closesLoop(address, target)) {
        for (int inside = target; inside < address; inside++) {
          indents[inside] += INDENT;
        }
      }
    }
    return indents;
  }

  private boolean closesLoop(int address, int target) {
    if (target < 0 || target >= address) {
      return false;
    }
    String opcode = program.get(address).get(OPCODE).text();
    return NEXT.contains(opcode)
        || opcode.equals("Goto")
            && (LOOP_HEAD.contains(program.get(target).get(OPCODE).text())
                || number(address, P1) != 0);
  }

  private int number(int address, int column) {
    try {
      return Integer.parseInt(program.get(address).get(column).text());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
