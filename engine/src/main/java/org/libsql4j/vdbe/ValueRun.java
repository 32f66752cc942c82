package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/**
 * Runs of instructions that compute and compare values: Column, arithmetic, copies, comparisons and
 * the steps of aggregates.
 *
 * <p>Most instructions of most programs are of these few kinds and stand side by side. Here they
 * are executed one after the other in a method of their own, until another kind comes. It is just
 * too large to be inlined, and so is compiled once for all programs, while the interpreter's own
 * loop is compiled again and again as programs reach what none had reached before; and that loop
 * stays small without them.
 */
final class ValueRun {
  private ValueRun() {}

  private static final int NONE = 0;
  private static final int COLUMN = 1;
  private static final int COMPARE = 2;
  private static final int ADD = 3;
  private static final int SUBTRACT = 4;
  private static final int MULTIPLY = 5;
  private static final int AGG_STEP = 6;
  private static final int COPY = 7;
  private static final int REAL_AFFINITY = 8;
  private static final int ROWID = 9;
  private static final int INTEGER = 10;
  private static final int FUNCTION = 11;
  private static final int IF = 12;
  private static final int IF_NOT = 13;
  private static final int IS_NULL = 14;
  private static final int NOT_NULL = 15;
  private static final int GOTO = 16;
  private static final int SEQUENCE = 17;
  private static final int IF_NOT_ZERO = 18;

  /**
   * Last and the IdxLE behind it: whether a row is among the first ones of an ORDER BY ... LIMIT.
   */
  private static final int LAST_AND_IDX_LE = 19;

  private static final int COLL_SEQ = 20;
  private static final int CONCAT = 21;

  /** Sequence, IfNotZero, Last and IdxLE: the same with the number and the count of the rows. */
  private static final int FIRST_ROWS = 22;

  /**
   * What an instruction is here; 0 if it is none of these. Jumps back are not, as interrupts are
   * looked for there.
   */
  static int kind(Op[] ops, int address) {
    Op op = ops[address];
    return switch (op.opcode) {
      case Opcode.COLUMN -> COLUMN;
      case Opcode.EQ, Opcode.NE, Opcode.LT, Opcode.LE, Opcode.GT, Opcode.GE -> COMPARE;
      case Opcode.ADD -> ADD;
      case Opcode.SUBTRACT -> SUBTRACT;
      case Opcode.MULTIPLY -> MULTIPLY;
      case Opcode.AGG_STEP, Opcode.AGG_STEP1 -> AGG_STEP;
      case Opcode.COPY -> op.p3 == 0 && op.p5 == 0 ? COPY : NONE;
      case Opcode.S_COPY -> COPY;
      case Opcode.REAL_AFFINITY -> REAL_AFFINITY;
      case Opcode.ROWID -> ROWID;
      case Opcode.INTEGER -> INTEGER;
      case Opcode.FUNCTION -> FUNCTION;
      case Opcode.IF -> IF;
      case Opcode.IF_NOT -> IF_NOT;
      case Opcode.IS_NULL -> IS_NULL;
      case Opcode.NOT_NULL -> NOT_NULL;
      case Opcode.GOTO -> op.p2 > address ? GOTO : NONE;
      case Opcode.SEQUENCE -> isFirstRows(ops, address) ? FIRST_ROWS : SEQUENCE;
      case Opcode.COLL_SEQ -> COLL_SEQ;
      case Opcode.CONCAT -> CONCAT;
      case Opcode.IF_NOT_ZERO -> op.p2 > address ? IF_NOT_ZERO : NONE;
      case Opcode.LAST ->
          op.p2 > address && isSkippedWith(op, ops[address + 1]) ? LAST_AND_IDX_LE : NONE;
      default -> NONE;
    };
  }

  private static boolean isFirstRows(Op[] ops, int address) {
    return address + 3 < ops.length
        && kind(ops, address + 1) == IF_NOT_ZERO
        && kind(ops, address + 2) == LAST_AND_IDX_LE;
  }

  private static boolean isSkippedWith(Op last, Op following) {
    return following.opcode == Opcode.IDX_LE && following.p1 == last.p1 && following.p2 == last.p2;
  }

  /**
   * Executes an instruction and those that follow.
   *
   * @param address that of the instruction after {@code first}
   * @return address of the next instruction of another kind
   */
  static int execute(
      Vdbe vdbe, Op[] ops, Mem[] mem, @Nullable VdbeCursor[] cursors, Op first, int address) {
    Op op = first;
    int pc = address;
    while (true) {
      switch (op.valueKind) {
        case COLUMN:
          cursor(cursors, op).column(vdbe, op, op.p2, mem[op.p3]);
          break;
        case COMPARE:
          if (ComparisonOps.isTaken(vdbe, op, mem[op.p1], mem[op.p3])) {
            pc = op.p2;
          }
          break;
        case ADD:
          ArithmeticOps.add(mem[op.p1], mem[op.p2], mem[op.p3]);
          break;
        case SUBTRACT:
          ArithmeticOps.subtract(mem[op.p1], mem[op.p2], mem[op.p3]);
          break;
        case MULTIPLY:
          ArithmeticOps.multiply(mem[op.p1], mem[op.p2], mem[op.p3]);
          break;
        case AGG_STEP:
          FunctionOps.step(vdbe, op, pc - 1);
          break;
        case COPY:
          mem[op.p2].copyFrom(mem[op.p1]);
          break;
        case REAL_AFFINITY:
          {
            Mem value = mem[op.p1];
            if (value.type == Mem.INTEGER) {
              value.setReal((double) value.integer);
            }
            break;
          }
        case ROWID:
          CursorOps.rowid(cursor(cursors, op), mem[op.p2]);
          break;
        case INTEGER:
          mem[op.p2].setInteger(op.p1);
          break;
        case FUNCTION:
          FunctionOps.call(vdbe, op, pc - 1);
          break;
        case IF:
          if (mem[op.p1].isTrue(op.p3 != 0)) {
            pc = op.p2;
          }
          break;
        case IF_NOT:
          if (!mem[op.p1].isTrue(op.p3 == 0)) {
            pc = op.p2;
          }
          break;
        case IS_NULL:
          if (mem[op.p1].type == Mem.NULL) {
            pc = op.p2;
          }
          break;
        case NOT_NULL:
          if (mem[op.p1].type != Mem.NULL) {
            pc = op.p2;
          }
          break;
        case GOTO:
          pc = op.p2;
          break;
        case CONCAT:
          ValueOps.concat(vdbe, mem[op.p1], mem[op.p2], mem[op.p3]);
          break;
        case COLL_SEQ:
          if (op.p1 != 0) {
            mem[op.p1].setInteger(0);
          }
          break;
        case FIRST_ROWS:
          mem[op.p2].setInteger(cursor(cursors, op).sequence++);
          if (mem[ops[pc].p1].integer == 0) {
            Op last = ops[pc + 1];
            pc = SeekOps.lastPrecedes(vdbe, last, ops[pc + 2]) ? last.p2 : pc + 3;
          }
          break;
        case SEQUENCE:
          mem[op.p2].setInteger(cursor(cursors, op).sequence++);
          break;
        case IF_NOT_ZERO:
          pc = ControlOps.ifNotZero(op, mem[op.p1], pc);
          break;
        case LAST_AND_IDX_LE:
          pc = SeekOps.lastPrecedes(vdbe, op, ops[pc]) ? op.p2 : pc + 1;
          break;
        default:
          return pc - 1;
      }
      op = ops[pc++];
    }
  }

  private static VdbeCursor cursor(@Nullable VdbeCursor[] cursors, Op op) {
    VdbeCursor cursor = cursors[op.p1];
    if (cursor == null) {
      throw Vdbe.internalError("cursor " + op.p1 + " is not open");
    }
    return cursor;
  }
}
