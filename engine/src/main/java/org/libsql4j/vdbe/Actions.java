package org.libsql4j.vdbe;

import static org.libsql4j.vdbe.Opcode.*;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;

/**
 * What the opcodes do that are executed for every row, but not by the interpreter's switch; all
 * others are done by {@link RareOps}.
 */
final class Actions {
  private Actions() {}

  /** What was made so far; a thread that misses what another has made makes it once more. */
  private static final @Nullable Action[] BY_OPCODE = new Action[OPCODE_COUNT];

  /**
   * What an opcode does. It is made when the first program needs it: to have the JVM make all of
   * them takes longer than to open a database.
   */
  static Action of(int opcode) {
    Action action = BY_OPCODE[opcode];
    if (action == null) {
      action = create(opcode);
      BY_OPCODE[opcode] = action;
    }
    return action;
  }

  private static Action create(int opcode) {
    Action action = control(opcode);
    action = action != null ? action : values(opcode);
    action = action != null ? action : arithmetic(opcode);
    action = action != null ? action : remote(opcode);
    action = action != null ? action : moves(opcode);
    action = action != null ? action : seeks(opcode);
    action = action != null ? action : changes(opcode);
    action = action != null ? action : virtual(opcode);
    return action != null ? action : (vdbe, op, mem, pc) -> RareOps.execute(vdbe, op, pc);
  }

  private static @Nullable Action control(int opcode) {
    return switch (opcode) {
      case INIT ->
          (vdbe, op, mem, pc) -> {
            StatementEnd.trace(vdbe, op.p4);
            return op.p2 == 0 ? pc : op.p2;
          };
      case INIT_COROUTINE ->
          (vdbe, op, mem, pc) -> {
            mem[op.p1].setInteger(op.p3 - 1);
            return op.p2 == 0 ? pc : op.p2;
          };
      case END_COROUTINE ->
          (vdbe, op, mem, pc) -> {
            Mem address = mem[op.p1];
            Op caller = vdbe.op((int) address.integer);
            address.setInteger(pc - 2);
            return caller.p2;
          };
      case TRANSACTION ->
          (vdbe, op, mem, pc) -> {
            TransactionOps.begin(vdbe, op);
            return pc;
          };
      case ONCE -> (vdbe, op, mem, pc) -> vdbe.frame.passOnce(pc - 1) ? pc : op.p2;
      default -> null;
    };
  }

  private static @Nullable Action values(int opcode) {
    return switch (opcode) {
      case STRING8 ->
          (vdbe, op, mem, pc) -> {
            ValueOps.string(vdbe, op, mem[op.p2]);
            return pc;
          };
      case NULL ->
          (vdbe, op, mem, pc) -> {
            ValueOps.setNull(op, mem);
            return pc;
          };
      case SOFT_NULL ->
          (vdbe, op, mem, pc) -> {
            mem[op.p1].setNull();
            return pc;
          };
      case COPY ->
          (vdbe, op, mem, pc) -> {
            ValueOps.copy(op, mem);
            return pc;
          };
      case S_COPY ->
          (vdbe, op, mem, pc) -> {
            mem[op.p2].copyFrom(mem[op.p1]);
            return pc;
          };
      case MOVE ->
          (vdbe, op, mem, pc) -> {
            ValueOps.move(op, mem);
            return pc;
          };
      case VARIABLE ->
          (vdbe, op, mem, pc) -> {
            mem[op.p2].shareFrom(vdbe.parameter(op.p1 - 1));
            return pc;
          };
      case AFFINITY ->
          (vdbe, op, mem, pc) -> {
            ValueOps.affinity(vdbe, op, mem);
            return pc;
          };
      case COMPARE ->
          (vdbe, op, mem, pc) -> {
            ComparisonOps.compareVectors(vdbe, op, mem, vdbe.op(pc - 2));
            return pc;
          };
      case FUNCTION, PURE_FUNC ->
          (vdbe, op, mem, pc) -> {
            FunctionOps.call(vdbe, op, pc - 1);
            return pc;
          };
      case AGG_STEP, AGG_STEP1 ->
          (vdbe, op, mem, pc) -> {
            FunctionOps.step(vdbe, op, pc - 1);
            return pc;
          };
      default -> null;
    };
  }

  private static @Nullable Action arithmetic(int opcode) {
    return switch (opcode) {
      case MUST_BE_INT ->
          (vdbe, op, mem, pc) -> {
            if (ValueOps.makeInteger(vdbe, mem[op.p1])) {
              return pc;
            }
            if (op.p2 == 0) {
              throw new LibsqlException(ResultCode.MISMATCH);
            }
            return op.p2;
          };
      case ADD_IMM ->
          (vdbe, op, mem, pc) -> {
            Mem value = mem[op.p1];
            value.setInteger(value.asLong() + op.p2);
            return pc;
          };
      case ADD ->
          (vdbe, op, mem, pc) -> {
            ArithmeticOps.add(mem[op.p1], mem[op.p2], mem[op.p3]);
            return pc;
          };
      case SUBTRACT ->
          (vdbe, op, mem, pc) -> {
            ArithmeticOps.subtract(mem[op.p1], mem[op.p2], mem[op.p3]);
            return pc;
          };
      case MULTIPLY ->
          (vdbe, op, mem, pc) -> {
            ArithmeticOps.multiply(mem[op.p1], mem[op.p2], mem[op.p3]);
            return pc;
          };
      case DIVIDE ->
          (vdbe, op, mem, pc) -> {
            ArithmeticOps.divide(mem[op.p1], mem[op.p2], mem[op.p3]);
            return pc;
          };
      case REMAINDER ->
          (vdbe, op, mem, pc) -> {
            ArithmeticOps.remainder(mem[op.p1], mem[op.p2], mem[op.p3]);
            return pc;
          };
      case CONCAT ->
          (vdbe, op, mem, pc) -> {
            ValueOps.concat(vdbe, mem[op.p1], mem[op.p2], mem[op.p3]);
            return pc;
          };
      default -> null;
    };
  }

  private static @Nullable Action remote(int opcode) {
    return switch (opcode) {
      case REMOTE -> (vdbe, op, mem, pc) -> RemoteOps.start(vdbe, op) ? pc : op.p2;
      case REMOTE_NEXT -> (vdbe, op, mem, pc) -> RemoteOps.next(vdbe, op) ? op.p2 : pc;
      case REMOTE_COLUMNS ->
          (vdbe, op, mem, pc) -> {
            RemoteOps.columns(vdbe, op);
            return pc;
          };
      default -> null;
    };
  }

  private static @Nullable Action moves(int opcode) {
    return switch (opcode) {
      case OPEN_READ, OPEN_WRITE ->
          (vdbe, op, mem, pc) -> {
            CursorOps.open(vdbe, op);
            return pc;
          };
      case ROWID ->
          (vdbe, op, mem, pc) -> {
            CursorOps.rowid(vdbe.cursor(op.p1), mem[op.p2]);
            return pc;
          };
      case PREV -> (vdbe, op, mem, pc) -> vdbe.cursor(op.p1).previous() ? op.p2 : pc;
      case SORTER_NEXT -> (vdbe, op, mem, pc) -> SorterOps.next(vdbe.cursor(op.p1)) ? op.p2 : pc;
      case REWIND, SORT ->
          (vdbe, op, mem, pc) ->
              CursorOps.rewindIsEmpty(vdbe.cursor(op.p1)) && op.p2 > 0 ? op.p2 : pc;
      case LAST ->
          (vdbe, op, mem, pc) ->
              CursorOps.lastIsEmpty(vdbe.cursor(op.p1)) && op.p2 > 0 ? op.p2 : pc;
      case SEQUENCE ->
          (vdbe, op, mem, pc) -> {
            mem[op.p2].setInteger(vdbe.cursor(op.p1).sequence++);
            return pc;
          };
      default -> null;
    };
  }

  private static @Nullable Action seeks(int opcode) {
    return switch (opcode) {
      case ROW_SET_ADD ->
          (vdbe, op, mem, pc) -> {
            SetOps.rowSetAdd(op, mem);
            return pc;
          };
      case ROW_SET_READ -> (vdbe, op, mem, pc) -> SetOps.rowSetRead(op, mem) ? pc : op.p2;
      case SEEK_GE, SEEK_GT, SEEK_LE, SEEK_LT -> (vdbe, op, mem, pc) -> SeekOps.seek(vdbe, op, pc);
      case SEEK_ROWID, NOT_EXISTS ->
          (vdbe, op, mem, pc) -> SeekOps.findRowid(vdbe, op) ? pc : op.p2;
      case FOUND, NOT_FOUND, NO_CONFLICT ->
          (vdbe, op, mem, pc) -> SeekOps.find(vdbe, op) ? op.p2 : pc;
      case DEFERRED_SEEK ->
          (vdbe, op, mem, pc) -> {
            SeekOps.deferSeek(vdbe, op);
            return pc;
          };
      case IDX_ROWID ->
          (vdbe, op, mem, pc) -> {
            SeekOps.indexRowid(vdbe, vdbe.cursor(op.p1), mem[op.p2]);
            return pc;
          };
      case IDX_LE, IDX_GT, IDX_LT, IDX_GE ->
          (vdbe, op, mem, pc) -> SeekOps.indexComparisonIsTaken(vdbe, op) ? op.p2 : pc;
      case FILTER -> (vdbe, op, mem, pc) -> SetOps.filterMayContain(op, mem) ? pc : op.p2;
      default -> null;
    };
  }

  private static @Nullable Action changes(int opcode) {
    return switch (opcode) {
      case MAKE_RECORD ->
          (vdbe, op, mem, pc) -> {
            vdbe.recordMaker.make(vdbe, op, mem);
            return pc;
          };
      case NEW_ROWID ->
          (vdbe, op, mem, pc) -> {
            TableOps.newRowid(vdbe, op);
            return pc;
          };
      case INSERT ->
          (vdbe, op, mem, pc) -> {
            TableOps.insert(vdbe, op);
            return pc;
          };
      case DELETE ->
          (vdbe, op, mem, pc) -> {
            TableOps.delete(vdbe, op);
            return pc;
          };
      case IDX_INSERT ->
          (vdbe, op, mem, pc) -> {
            IndexOps.insert(vdbe, op);
            return pc;
          };
      case IDX_DELETE ->
          (vdbe, op, mem, pc) -> {
            IndexOps.delete(vdbe, op);
            return pc;
          };
      case SORTER_INSERT ->
          (vdbe, op, mem, pc) -> {
            SorterOps.insert(vdbe.cursor(op.p1), mem[op.p2]);
            return pc;
          };
      case SORTER_DATA ->
          (vdbe, op, mem, pc) -> {
            SorterOps.data(vdbe, op);
            return pc;
          };
      default -> null;
    };
  }

  private static @Nullable Action virtual(int opcode) {
    return switch (opcode) {
      case V_COLUMN ->
          (vdbe, op, mem, pc) -> {
            VirtualOps.column(vdbe, op, mem[op.p3]);
            return pc;
          };
      case V_NEXT -> (vdbe, op, mem, pc) -> VirtualOps.next(vdbe, op) ? op.p2 : pc;
      case V_FILTER -> (vdbe, op, mem, pc) -> VirtualOps.filter(vdbe, op, pc) ? pc : op.p2;
      default -> null;
    };
  }
}
