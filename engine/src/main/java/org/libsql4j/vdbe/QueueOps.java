package org.libsql4j.vdbe;

import org.libsql4j.record.Mem;

/**
 * The instructions with which a recursive query keeps its rows that wait, when their order is that
 * in which they came.
 *
 * <p>They are those of an ephemeral table, as EXPLAIN shows, but the cursor is on a {@link
 * RowQueue}, and of each group the first instruction does the work of all: Rewind, NullRow, RowData
 * and Delete take a row out, NewRowid and Insert put one in.
 */
final class QueueOps {
  private QueueOps() {}

  /** How many instructions after Rewind it executes too. */
  private static final int PART_OF_TAKING = 3;

  /** The special action of an instruction on a queue. */
  static Action of(int opcode) {
    return switch (opcode) {
      case Opcode.OPEN_EPHEMERAL -> QueueOps::open;
      case Opcode.REWIND -> QueueOps::take;
      case Opcode.NEW_ROWID -> QueueOps::put;
      default -> Actions.of(opcode);
    };
  }

  private static int open(Vdbe vdbe, Op op, Mem[] mem, int pc) {
    VdbeCursor open = vdbe.cursorOrNull(op.p1);
    if (open != null && open.queue != null) {
      open.queue.clear();
    } else {
      RowQueue queue = new RowQueue(vdbe.connection);
      vdbe.openCursor(op.p1, VdbeCursor.onQueue(queue, vdbe.connection.encoding));
    }
    return pc;
  }

  private static RowQueue queue(VdbeCursor cursor) {
    RowQueue queue = cursor.queue;
    if (queue == null) {
      throw Vdbe.internalError("cursor is not on a queue");
    }
    return queue;
  }

  private static int take(Vdbe vdbe, Op op, Mem[] mem, int pc) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    Op rowData = vdbe.op(pc + 1);
    if (!queue(cursor).take(mem[rowData.p2])) {
      return op.p2;
    }
    cursor.rowsRead++;
    vdbe.cursor(vdbe.op(pc).p1).moved(false);
    return pc + PART_OF_TAKING;
  }

  private static int put(Vdbe vdbe, Op op, Mem[] mem, int pc) {
    Mem record = mem[vdbe.op(pc).p2];
    queue(vdbe.cursor(op.p1)).add(record.bytes, record.offset, record.length);
    return pc + 1;
  }
}
