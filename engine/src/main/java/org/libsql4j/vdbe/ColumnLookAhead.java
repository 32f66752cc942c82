package org.libsql4j.vdbe;

/**
 * Tells Column instructions of a finished program what comes after them, so that the interpreter
 * does in one go what would be done again and again.
 *
 * <p>A Column learns the last field that the next instructions read of the same row: a header is
 * parsed up to it at once. Instructions that compute and compare values are marked as parts of runs
 * ({@link ValueRun}). A Next takes along the conditions at the top of its loop.
 */
final class ColumnLookAhead {
  /** How many instructions are looked at: those of a few conditions and results. */
  private static final int DISTANCE = 12;

  private ColumnLookAhead() {}

  static void apply(Op[] ops) {
    for (int i = 0; i < ops.length; i++) {
      Op op = ops[i];
      op.valueKind = ValueRun.kind(ops, i);
      if (op.valueKind != 0) {
        op.code = Op.VALUES;
      }
      if (op.opcode == Opcode.COLUMN) {
        op.lastField = lastField(ops, i);
      } else if (op.opcode == Opcode.NEXT) {
        op.conditionsEnd = conditionsEnd(ops, i);
        if (op.conditionsEnd > op.p2) {
          op.code = Op.FILTERED_NEXT;
        }
      }
    }
  }

  /** Where the conditions at the top of a loop end that skip a row if they are not met. */
  private static int conditionsEnd(Op[] ops, int next) {
    int i = ops[next].p2;
    while (i + 1 < next) {
      Op column = ops[i];
      if (column.opcode != Opcode.COLUMN || column.p1 != ops[next].p1 || column.p5 != 0) {
        break;
      }
      Op comparison = ops[i + 1];
      if (ComparisonOps.outcomes(comparison.opcode) != 0 && comparison.p2 == next) {
        i += 2;
      } else if (PatternFilter.isCondition(ops, i, next)) {
        i += PatternFilter.INSTRUCTIONS;
      } else {
        break;
      }
    }
    return i;
  }

  private static int lastField(Op[] ops, int at) {
    int cursor = ops[at].p1;
    int last = ops[at].p2;
    int end = Math.min(ops.length, at + DISTANCE);
    for (int i = at + 1; i < end && ops[i].opcode != Opcode.NEXT; i++) {
      if (ops[i].opcode == Opcode.COLUMN && ops[i].p1 == cursor) {
        last = Math.max(last, ops[i].p2);
      }
    }
    return last;
  }
}
