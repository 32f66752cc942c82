package org.libsql4j.vdbe;

import static org.libsql4j.vdbe.Opcode.*;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/** The second switch of the interpreter: instructions that are not executed once for every row. */
final class RareOps {
  private RareOps() {}

  /** The program has ended. */
  static final int END = -1;

  /**
   * Executes an instruction.
   *
   * @param pc address of the following instruction
   * @return address to go on at, or {@link #END}
   */
  static int execute(Vdbe vdbe, Op op, int pc) {
    Mem[] mem = vdbe.mem;
    switch (op.opcode) {
      // ---- control
      // -------------------------------------------------------------------------------
      case HALT_IF_NULL:
        if (mem[op.p3].type == Mem.NULL) {
          ControlOps.haltEndsProgram(vdbe, op);
          return END;
        }
        return pc;
      case BEGIN_SUBRTN:
        ValueOps.setNull(op, mem);
        return pc;
      case OFFSET_LIMIT:
        ControlOps.offsetLimit(op, mem);
        return pc;
      case MEM_MAX:
        ControlOps.memMax(vdbe, op);
        return pc;
      case PARAM:
        ControlOps.param(vdbe, op);
        return pc;
      case IF_NULL_ROW:
        return ControlOps.ifNullRow(vdbe, op) ? op.p2 : pc;
      case IF_NOT_OPEN:
        return isNotOpen(vdbe.cursorOrNull(op.p1)) ? op.p2 : pc;
      case EXPIRE:
        expire(vdbe, op);
        return pc;
      case NOOP, EXPLAIN, RELEASE_REG, ABORTABLE, CURSOR_HINT:
      case TABLE_LOCK, COLUMNS_USED, PERMUTATION:
        return pc;
      case TRACE:
        StatementEnd.trace(vdbe, op.p4);
        return pc;
      case COLL_SEQ:
        if (op.p1 != 0) {
          mem[op.p1].setInteger(0);
        }
        return pc;

      // ---- values
      // --------------------------------------------------------------------------------
      case INT64:
        mem[op.p2].setInteger(((Number) p4(op)).longValue());
        return pc;
      case REAL:
        mem[op.p2].setReal(((Number) p4(op)).doubleValue());
        return pc;
      case STRING:
        ValueOps.string(vdbe, op, mem[op.p2]);
        return pc;
      case BLOB:
        ValueOps.blob(op, mem[op.p2], vdbe.connection.encoding);
        return pc;
      case INT_COPY:
        mem[op.p2].setInteger(mem[op.p1].integer);
        return pc;
      case CAST:
        ValueOps.cast(vdbe, op, mem[op.p1]);
        return pc;
      case NOT:
        ValueOps.not(mem[op.p1], mem[op.p2]);
        return pc;
      case BIT_NOT:
        ValueOps.bitNot(mem[op.p1], mem[op.p2]);
        return pc;
      case AND:
        ValueOps.and(mem[op.p1], mem[op.p2], mem[op.p3]);
        return pc;
      case OR:
        ValueOps.or(mem[op.p1], mem[op.p2], mem[op.p3]);
        return pc;
      case IS_TRUE:
        ValueOps.isTrue(op, mem[op.p1], mem[op.p2]);
        return pc;
      case ZERO_OR_NULL:
        if (mem[op.p1].type == Mem.NULL || mem[op.p3].type == Mem.NULL) {
          mem[op.p2].setNull();
        } else {
          mem[op.p2].setInteger(0);
        }
        return pc;
      case BIT_AND, BIT_OR, SHIFT_LEFT, SHIFT_RIGHT:
        ArithmeticOps.bits(op.opcode, mem[op.p1], mem[op.p2], mem[op.p3]);
        return pc;
      case CLR_SUBTYPE:
        mem[op.p1].subtype = 0;
        return pc;
      case GET_SUBTYPE:
        getSubtype(mem[op.p1], mem[op.p2]);
        return pc;
      case SET_SUBTYPE:
        mem[op.p2].subtype = mem[op.p1].type == Mem.NULL ? 0 : (int) mem[op.p1].integer & 0xff;
        return pc;
      default:
        return RareTreeOps.execute(vdbe, op, pc);
    }
  }

  private static Object p4(Op op) {
    Object p4 = op.p4;
    if (p4 == null) {
      throw Vdbe.internalError(Opcode.name(op.opcode) + " without P4");
    }
    return p4;
  }

  private static boolean isNotOpen(@Nullable VdbeCursor cursor) {
    return cursor == null || cursor.nullRow;
  }

  private static void expire(Vdbe vdbe, Op op) {
    if (op.p1 == 0 && op.p2 == 0) {
      vdbe.connection.expireStatements();
    } else if (op.p1 == 0) {
      vdbe.connection.recompileStatements();
    } else {
      vdbe.setExpired(true);
    }
  }

  private static void getSubtype(Mem value, Mem target) {
    int subtype = value.subtype;
    if (subtype == 0) {
      target.setNull();
    } else {
      target.setInteger(subtype);
    }
  }
}
