package org.libsql4j.vdbe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/** The rows of EXPLAIN and EXPLAIN QUERY PLAN: the program itself instead of what it computes. */
public final class ExplainListing {
  private static final List<ResultColumn> EXPLAIN_COLUMNS =
      columns("addr", "opcode", "p1", "p2", "p3", "p4", "p5", "comment");
  private static final List<ResultColumn> QUERY_PLAN_COLUMNS =
      columns("id", "parent", "notused", "detail");

  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private final Mem[] cells;
  private int at = -1;

  /**
   * @param program a program whose {@link Program#explain()} is 1 or 2
   */
  public ExplainListing(Program program) {
    boolean plan = program.explain() == 2;
    cells = new Mem[columnsOf(program).size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new Mem();
    }
    List<Program> seen = new ArrayList<>();
    seen.add(program);
    for (int i = 0; i < seen.size(); i++) {
      list(seen.get(i), plan, seen);
    }
  }

  /** The columns of the listing of a program. */
  public static List<ResultColumn> columnsOf(Program program) {
    return program.explain() == 2 ? QUERY_PLAN_COLUMNS : EXPLAIN_COLUMNS;
  }

  private static List<ResultColumn> columns(String... names) {
    List<ResultColumn> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(ResultColumn.ofExpression(name));
    }
    return List.copyOf(columns);
  }

  private void list(Program program, boolean plan, List<Program> seen) {
    Op[] ops = program.ops();
    for (int address = 0; address < ops.length; address++) {
      Op op = ops[address];
      if (!plan) {
        rows.add(
            new @Nullable Object[] {
              (long) address,
              Opcode.name(op.opcode),
              (long) op.p1,
              (long) op.p2,
              (long) op.p3,
              P4Text.of(op),
              (long) op.p5,
              op.comment
            });
      } else if (op.opcode == Opcode.EXPLAIN) {
        rows.add(new @Nullable Object[] {(long) op.p1, (long) op.p2, (long) op.p3, P4Text.of(op)});
      }
      if (!plan && op.p4 instanceof Program sub && !seen.contains(sub)) {
        seen.add(sub);
      }
    }
  }

  /** Goes to the next row; false at the end. */
  public boolean step() {
    if (++at >= rows.size()) {
      return false;
    }
    @Nullable Object[] row = rows.get(at);
    for (int i = 0; i < cells.length; i++) {
      Object value = row[i];
      if (value instanceof Long number) {
        cells[i].setInteger(number);
      } else if (value == null) {
        cells[i].setNull();
      } else {
        cells[i].setText(value.toString());
      }
    }
    return true;
  }

  public void reset() {
    at = -1;
  }

  /** The cell of a column, 0-based. */
  public Mem result(int column) {
    return cells[column];
  }

  public int resultCount() {
    return at >= 0 && at < rows.size() ? cells.length : 0;
  }
}
