package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.PatternFunctions;
import org.libsql4j.func.TextPattern;
import org.libsql4j.record.Mem;
import org.libsql4j.record.SerialType;
import org.libsql4j.record.TextEncoding;

/**
 * LIKE and GLOB among the conditions that a Next takes along ({@link RowFilter}): {@code Column},
 * {@code Function} and {@code If} or {@code IfNot} side by side. A text is matched where it is
 * stored, so that those of rows that are passed over are never copied.
 */
final class PatternFilter {
  private PatternFilter() {}

  /** How many instructions such a condition has. */
  static final int INSTRUCTIONS = 3;

  /** The row does not satisfy the condition. */
  static final int REJECTED = 0;

  /** It does, and the registers that the instructions set are set. */
  static final int ACCEPTED = 1;

  /** The instructions themselves must find out. */
  static final int UNKNOWN = 2;

  /** Whether such a condition, which jumps to {@code next}, starts at an address. */
  static boolean isCondition(Op[] ops, int at, int next) {
    if (at + INSTRUCTIONS > next) {
      return false;
    }
    Op column = ops[at];
    Op call = ops[at + 1];
    Op jump = ops[at + 2];
    return column.opcode == Opcode.COLUMN
        && call.opcode == Opcode.FUNCTION
        // The pattern, and nothing else, is constant.
        && call.p1 == 1
        && call.p2 + 1 == column.p3
        && PatternFunctions.isPatternCall(FunctionOps.definition(call))
        && (jump.opcode == Opcode.IF || jump.opcode == Opcode.IF_NOT)
        && jump.p1 == call.p3
        && jump.p2 == next;
  }

  /**
   * The pattern of the condition at an address; null if it is not known, which the first call by
   * the instructions settles, or if texts must be decoded.
   */
  static @Nullable TextPattern pattern(Vdbe vdbe, Op[] ops, Mem[] mem, int at) {
    FunctionContext context = FunctionOps.knownContext(vdbe, at + 1);
    return context == null || vdbe.connection.encoding != TextEncoding.UTF8
        ? null
        : PatternFunctions.known(context, mem[ops[at + 1].p2]);
  }

  /** Tests the condition at an address for a row whose record is wholly in its page. */
  static int test(TextPattern pattern, Op[] ops, Mem[] mem, int at, RecordView record) {
    Op column = ops[at];
    Op call = ops[at + 1];
    Op jump = ops[at + 2];
    int field = column.p2;
    if (!record.parse(field)) {
      return UNKNOWN;
    }
    int type = record.type(field);
    if (type == SerialType.NULL) {
      if (jump.p3 != 0) {
        return REJECTED;
      }
      return UNKNOWN;
    }
    if (!SerialType.isText(type)) {
      return UNKNOWN;
    }
    int start = record.place(field);
    int length = (type - SerialType.FIRST_BLOB) >>> 1;
    boolean matches = pattern.matches(record.array(), start, start + length);
    if (matches == (jump.opcode == Opcode.IF)) {
      return REJECTED;
    }
    record.getUnlessLong(field, mem[column.p3]);
    mem[call.p3].setBoolean(matches);
    return ACCEPTED;
  }
}
