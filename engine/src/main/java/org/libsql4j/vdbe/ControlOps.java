package org.libsql4j.vdbe;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;

/** Halt, HaltIfNull, Program, Param. */
final class ControlOps {
  private ControlOps() {}

  private static final String[] CONSTRAINT_KINDS = {"NOT NULL", "UNIQUE", "CHECK", "FOREIGN KEY"};

  /**
   * Halt: true if the statement has ended; false if only a trigger's program has, which is to be
   * left then.
   *
   * @throws LibsqlException the error P1, with its text
   */
  static boolean haltEndsProgram(Vdbe vdbe, Op op) {
    if (op.p1 == 0 && vdbe.frame.parent != null) {
      return false;
    }
    vdbe.errorAction = op.p2;
    if (op.p1 != 0) {
      throw new LibsqlException(ResultCode.of(op.p1), message(vdbe, op));
    }
    LibsqlException error = StatementEnd.halt(vdbe, null);
    if (error != null) {
      throw error;
    }
    return true;
  }

  private static String message(Vdbe vdbe, Op op) {
    if (op.p3 > 0 && op.p4 == null && op.opcode == Opcode.HALT) {
      return ValueOps.message(vdbe.mem[op.p3]);
    }
    String detail = text(op.p4);
    if (op.p5 >= 1 && op.p5 <= CONSTRAINT_KINDS.length) {
      String failed = CONSTRAINT_KINDS[op.p5 - 1] + " constraint failed";
      return detail == null ? failed : failed + ": " + detail;
    }
    return detail == null ? ResultCode.of(op.p1).defaultMessage() : detail;
  }

  private static @Nullable String text(@Nullable Object p4) {
    if (p4 instanceof byte[] utf8) {
      return new String(utf8, StandardCharsets.UTF_8);
    }
    return p4 == null ? null : p4.toString();
  }

  /** IfNotZero: the address to go on at. */
  static int ifNotZero(Op op, Mem counter, int pc) {
    if (counter.integer == 0) {
      return pc;
    }
    if (counter.integer > 0) {
      counter.integer--;
    }
    return op.p2;
  }

  /** Leaves a trigger's program; returns the address to go on at in the one around. */
  static int leaveFrame(Vdbe vdbe, Op halt) {
    VdbeFrame left = vdbe.frame;
    vdbe.connection.setChanges(vdbe.changes);
    vdbe.leaveFrame();
    int next = left.returnAddress;
    return halt.p2 == OpFlags.OE_IGNORE ? vdbe.op(next - 1).p2 : next;
  }

  /** Program: enters the program P4; its activation is kept in r[P3] for the next time. */
  static int program(Vdbe vdbe, Op op, int pc) {
    if (!(op.p4 instanceof Program program)) {
      throw Vdbe.internalError("Program without program");
    }
    if (op.p5 != 0 && isActive(vdbe, program)) {
      return pc;
    }
    ConnectionState connection = vdbe.connection;
    if (vdbe.depth >= connection.limit(Limit.TRIGGER_DEPTH)) {
      throw new LibsqlException(ResultCode.ERROR, "too many levels of trigger recursion");
    }
    Mem register = vdbe.mem[op.p3];
    VdbeFrame entered;
    if (register.type == Mem.OBJECT
        && register.object instanceof VdbeFrame kept
        && kept.program == program) {
      entered = kept;
    } else {
      entered = new VdbeFrame(program);
      register.setObject(entered);
    }
    entered.parent = vdbe.frame;
    entered.returnAddress = pc;
    entered.parentChanges = vdbe.changes;
    entered.parentConnectionChanges = connection.changes;
    entered.parentLastInsertRowid = connection.lastInsertRowid;
    entered.start();
    vdbe.changes = 0;
    vdbe.depth++;
    vdbe.enter(entered);
    return 0;
  }

  /** Whether the trigger that a program belongs to is already running. */
  private static boolean isActive(Vdbe vdbe, Program program) {
    Object token = program.token() == null ? program : program.token();
    for (VdbeFrame f = vdbe.frame; f != null && f.parent != null; f = f.parent) {
      Object running = f.program.token() == null ? f.program : f.program.token();
      if (running == token) {
        return true;
      }
    }
    return false;
  }

  /** Param: a register of the program around, counted from where its Program instruction says. */
  static void param(Vdbe vdbe, Op op) {
    VdbeFrame parent = vdbe.frame.parent;
    if (parent == null) {
      throw Vdbe.internalError("Param outside of a trigger");
    }
    Op call = parent.ops[vdbe.frame.returnAddress - 1];
    vdbe.mem[op.p2].copyFrom(parent.mem[op.p1 + call.p1]);
  }

  /** IfNullRow. */
  static boolean ifNullRow(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursorOrNull(op.p1);
    if (cursor != null && cursor.nullRow && cursor.pseudoRegister == 0) {
      vdbe.mem[op.p3].setNull();
      return true;
    }
    return false;
  }

  /** OffsetLimit: LIMIT plus OFFSET, or -1 for no limit. */
  static void offsetLimit(Op op, Mem[] mem) {
    long limit = mem[op.p1].integer;
    long offset = Math.max(mem[op.p3].integer, 0);
    long sum = limit + offset;
    mem[op.p2].setInteger(limit <= 0 || sum < 0 ? -1 : sum);
  }

  /** MemMax: the register P1 of the statement's own program becomes the greater of both. */
  static void memMax(Vdbe vdbe, Op op) {
    Mem target = vdbe.rootRegisters()[op.p1];
    target.setInteger(Math.max(target.asLong(), vdbe.mem[op.p2].asLong()));
  }
}
