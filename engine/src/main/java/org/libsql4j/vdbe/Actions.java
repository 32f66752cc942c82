package org.libsql4j.vdbe;

import static org.libsql4j.vdbe.Opcode.*;

import java.util.Arrays;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;

/**
 * What the opcodes do that are executed for every row, but not by the interpreter's switch; all
 * others are done by {@link RareOps}.
 */
final class Actions {
  private Actions() {}

  private static final Action[] BY_OPCODE = new Action[OPCODE_COUNT];

  static {
    Arrays.fill(BY_OPCODE, (Action) (vdbe, op, mem, pc) -> RareOps.execute(vdbe, op, pc));
    addControl();
    addValues();
    addArithmetic();
    addMoves();
    addSeeks();
    addChanges();
    addVirtual();
    addRemote();
  }

  static Action of(int opcode) {
    return BY_OPCODE[opcode];
  }

  private static void add(int opcode, Action action) {
    BY_OPCODE[opcode] = action;
  }

  private static void addControl() {
    add(
        INIT,
        (vdbe, op, mem, pc) -> {
          StatementEnd.trace(vdbe, op.p4);
          return op.p2 == 0 ? pc : op.p2;
        });
    add(
        INIT_COROUTINE,
        (vdbe, op, mem, pc) -> {
          mem[op.p1].setInteger(op.p3 - 1);
          return op.p2 == 0 ? pc : op.p2;
        });
    add(
        END_COROUTINE,
        (vdbe, op, mem, pc) -> {
          Mem address = mem[op.p1];
          Op caller = vdbe.op((int) address.integer);
          address.setInteger(pc - 2);
          return caller.p2;
        });
    add(
        TRANSACTION,
        (vdbe, op, mem, pc) -> {
          TransactionOps.begin(vdbe, op);
          return pc;
        });
    add(ONCE, (vdbe, op, mem, pc) -> vdbe.frame.passOnce(pc - 1) ? pc : op.p2);
  }

  private static void addValues() {
    add(
        STRING8,
        (vdbe, op, mem, pc) -> {
          ValueOps.string(vdbe, op, mem[op.p2]);
          return pc;
        });
    add(
        NULL,
        (vdbe, op, mem, pc) -> {
          ValueOps.setNull(op, mem);
          return pc;
        });
    add(
        SOFT_NULL,
        (vdbe, op, mem, pc) -> {
          mem[op.p1].setNull();
          return pc;
        });
    add(
        COPY,
        (vdbe, op, mem, pc) -> {
          ValueOps.copy(op, mem);
          return pc;
        });
    add(
        S_COPY,
        (vdbe, op, mem, pc) -> {
          mem[op.p2].copyFrom(mem[op.p1]);
          return pc;
        });
    add(
        MOVE,
        (vdbe, op, mem, pc) -> {
          ValueOps.move(op, mem);
          return pc;
        });
    add(
        VARIABLE,
        (vdbe, op, mem, pc) -> {
          mem[op.p2].shareFrom(vdbe.parameter(op.p1 - 1));
          return pc;
        });
    add(
        AFFINITY,
        (vdbe, op, mem, pc) -> {
          ValueOps.affinity(vdbe, op, mem);
          return pc;
        });
    add(
        COMPARE,
        (vdbe, op, mem, pc) -> {
          ComparisonOps.compareVectors(vdbe, op, mem, vdbe.op(pc - 2));
          return pc;
        });
    add(
        FUNCTION,
        (vdbe, op, mem, pc) -> {
          FunctionOps.call(vdbe, op, pc - 1);
          return pc;
        });
    add(PURE_FUNC, of(FUNCTION));
    add(
        AGG_STEP,
        (vdbe, op, mem, pc) -> {
          FunctionOps.step(vdbe, op, pc - 1);
          return pc;
        });
    add(AGG_STEP1, of(AGG_STEP));
  }

  private static void addArithmetic() {
    add(
        MUST_BE_INT,
        (vdbe, op, mem, pc) -> {
          if (ValueOps.makeInteger(vdbe, mem[op.p1])) {
            return pc;
          }
          if (op.p2 == 0) {
            throw new LibsqlException(ResultCode.MISMATCH);
          }
          return op.p2;
        });
    add(
        ADD_IMM,
        (vdbe, op, mem, pc) -> {
          Mem value = mem[op.p1];
          value.setInteger(value.asLong() + op.p2);
          return pc;
        });
    add(
        ADD,
        (vdbe, op, mem, pc) -> {
          ArithmeticOps.add(mem[op.p1], mem[op.p2], mem[op.p3]);
          return pc;
        });
    add(
        SUBTRACT,
        (vdbe, op, mem, pc) -> {
          ArithmeticOps.subtract(mem[op.p1], mem[op.p2], mem[op.p3]);
          return pc;
        });
    add(
        MULTIPLY,
        (vdbe, op, mem, pc) -> {
          ArithmeticOps.multiply(mem[op.p1], mem[op.p2], mem[op.p3]);
          return pc;
        });
    add(
        DIVIDE,
        (vdbe, op, mem, pc) -> {
          ArithmeticOps.divide(mem[op.p1], mem[op.p2], mem[op.p3]);
          return pc;
        });
    add(
        REMAINDER,
        (vdbe, op, mem, pc) -> {
          ArithmeticOps.remainder(mem[op.p1], mem[op.p2], mem[op.p3]);
          return pc;
        });
    add(
        CONCAT,
        (vdbe, op, mem, pc) -> {
          ValueOps.concat(vdbe, mem[op.p1], mem[op.p2], mem[op.p3]);
          return pc;
        });
  }

  private static void addRemote() {
    add(REMOTE, (vdbe, op, mem, pc) -> RemoteOps.start(vdbe, op) ? pc : op.p2);
    add(REMOTE_NEXT, (vdbe, op, mem, pc) -> RemoteOps.next(vdbe, op) ? op.p2 : pc);
    add(
        REMOTE_COLUMNS,
        (vdbe, op, mem, pc) -> {
          RemoteOps.columns(vdbe, op);
          return pc;
        });
  }

  private static void addMoves() {
    add(
        OPEN_READ,
        (vdbe, op, mem, pc) -> {
          CursorOps.open(vdbe, op);
          return pc;
        });
    add(OPEN_WRITE, of(OPEN_READ));
    add(
        ROWID,
        (vdbe, op, mem, pc) -> {
          CursorOps.rowid(vdbe.cursor(op.p1), mem[op.p2]);
          return pc;
        });
    add(PREV, (vdbe, op, mem, pc) -> vdbe.cursor(op.p1).previous() ? op.p2 : pc);
    add(SORTER_NEXT, (vdbe, op, mem, pc) -> SorterOps.next(vdbe.cursor(op.p1)) ? op.p2 : pc);
    add(
        REWIND,
        (vdbe, op, mem, pc) ->
            CursorOps.rewindIsEmpty(vdbe.cursor(op.p1)) && op.p2 > 0 ? op.p2 : pc);
    add(SORT, of(REWIND));
    add(
        LAST,
        (vdbe, op, mem, pc) -> CursorOps.lastIsEmpty(vdbe.cursor(op.p1)) && op.p2 > 0 ? op.p2 : pc);
    add(
        SEQUENCE,
        (vdbe, op, mem, pc) -> {
          mem[op.p2].setInteger(vdbe.cursor(op.p1).sequence++);
          return pc;
        });
  }

  private static void addSeeks() {
    add(
        ROW_SET_ADD,
        (vdbe, op, mem, pc) -> {
          SetOps.rowSetAdd(op, mem);
          return pc;
        });
    add(ROW_SET_READ, (vdbe, op, mem, pc) -> SetOps.rowSetRead(op, mem) ? pc : op.p2);
    add(SEEK_GE, (vdbe, op, mem, pc) -> SeekOps.seek(vdbe, op, pc));
    add(SEEK_GT, of(SEEK_GE));
    add(SEEK_LE, of(SEEK_GE));
    add(SEEK_LT, of(SEEK_GE));
    add(SEEK_ROWID, (vdbe, op, mem, pc) -> SeekOps.findRowid(vdbe, op) ? pc : op.p2);
    add(NOT_EXISTS, of(SEEK_ROWID));
    add(FOUND, (vdbe, op, mem, pc) -> SeekOps.find(vdbe, op) ? op.p2 : pc);
    add(NOT_FOUND, of(FOUND));
    add(NO_CONFLICT, of(FOUND));
    add(
        DEFERRED_SEEK,
        (vdbe, op, mem, pc) -> {
          SeekOps.deferSeek(vdbe, op);
          return pc;
        });
    add(
        IDX_ROWID,
        (vdbe, op, mem, pc) -> {
          SeekOps.indexRowid(vdbe, vdbe.cursor(op.p1), mem[op.p2]);
          return pc;
        });
    add(IDX_LE, (vdbe, op, mem, pc) -> SeekOps.indexComparisonIsTaken(vdbe, op) ? op.p2 : pc);
    add(IDX_GT, of(IDX_LE));
    add(IDX_LT, of(IDX_LE));
    add(IDX_GE, of(IDX_LE));
    add(FILTER, (vdbe, op, mem, pc) -> SetOps.filterMayContain(op, mem) ? pc : op.p2);
  }

  private static void addChanges() {
    add(
        MAKE_RECORD,
        (vdbe, op, mem, pc) -> {
          vdbe.recordMaker.make(vdbe, op, mem);
          return pc;
        });
    add(
        NEW_ROWID,
        (vdbe, op, mem, pc) -> {
          TableOps.newRowid(vdbe, op);
          return pc;
        });
    add(
        INSERT,
        (vdbe, op, mem, pc) -> {
          TableOps.insert(vdbe, op);
          return pc;
        });
    add(
        DELETE,
        (vdbe, op, mem, pc) -> {
          TableOps.delete(vdbe, op);
          return pc;
        });
    add(
        IDX_INSERT,
        (vdbe, op, mem, pc) -> {
          IndexOps.insert(vdbe, op);
          return pc;
        });
    add(
        IDX_DELETE,
        (vdbe, op, mem, pc) -> {
          IndexOps.delete(vdbe, op);
          return pc;
        });
    add(
        SORTER_INSERT,
        (vdbe, op, mem, pc) -> {
          SorterOps.insert(vdbe.cursor(op.p1), mem[op.p2]);
          return pc;
        });
    add(
        SORTER_DATA,
        (vdbe, op, mem, pc) -> {
          SorterOps.data(vdbe, op);
          return pc;
        });
  }

  private static void addVirtual() {
    add(
        V_COLUMN,
        (vdbe, op, mem, pc) -> {
          VirtualOps.column(vdbe, op, mem[op.p3]);
          return pc;
        });
    add(V_NEXT, (vdbe, op, mem, pc) -> VirtualOps.next(vdbe, op) ? op.p2 : pc);
    add(V_FILTER, (vdbe, op, mem, pc) -> VirtualOps.filter(vdbe, op, pc) ? pc : op.p2);
  }
}
