package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.UnpackedRecord;

/**
 * The instructions of an automatic index: it is a {@link MemoryIndex} until that has no room for
 * more entries, and then an ephemeral tree as any other.
 */
final class MemoryIndexOps {
  private MemoryIndexOps() {}

  /** The special action of an instruction on an automatic index. */
  static Action of(int opcode) {
    return switch (opcode) {
      case Opcode.OPEN_AUTOINDEX -> MemoryIndexOps::open;
      case Opcode.IDX_INSERT -> MemoryIndexOps::insert;
      case Opcode.SEEK_GE -> MemoryIndexOps::seek;
      case Opcode.IDX_GT -> MemoryIndexOps::isAfter;
      default -> Actions.of(opcode);
    };
  }

  private static int open(Vdbe vdbe, Op op, Mem[] mem, int pc) {
    if (!(op.p4 instanceof KeyInfo keyInfo)) {
      throw Vdbe.internalError("OpenAutoindex without key description");
    }
    MemoryIndex index = new MemoryIndex(keyInfo, MemoryIndex.DEFAULT_BUDGET_BYTES);
    vdbe.openCursor(op.p1, VdbeCursor.onIndex(index, keyInfo, vdbe.connection.encoding));
    return pc;
  }

  private static int insert(Vdbe vdbe, Op op, Mem[] mem, int pc) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    MemoryIndex index = cursor.index;
    Mem record = mem[op.p2];
    if (index != null && !index.add(record.bytes, record.offset, record.length)) {
      moveToTree(vdbe, op.p1, cursor, index);
      index = null;
    }
    if (index == null) {
      IndexOps.insert(vdbe, op);
    }
    return pc;
  }

  private static void moveToTree(Vdbe vdbe, int number, VdbeCursor cursor, MemoryIndex index) {
    long sequence = cursor.sequence;
    KeyInfo keyInfo = cursor.keyInfo();
    vdbe.openCursor(number, CursorOps.ephemeral(vdbe, keyInfo, keyInfo.allFieldCount()));
    VdbeCursor opened = vdbe.cursor(number);
    opened.sequence = sequence;
    BtreeCursor tree = opened.tree();
    Mem entry = new Mem();
    for (int i = 0; i < index.count(); i++) {
      index.get(i, entry);
      tree.insertIndex(entry.bytes, entry.offset, entry.length, null, 0, 0);
    }
  }

  private static UnpackedRecord key(VdbeCursor cursor, Op op, Mem[] mem, int ifEqual) {
    int fields = op.p4 instanceof Number count ? count.intValue() : 0;
    return cursor.key(mem, op.p3, fields, ifEqual);
  }

  private static int seek(Vdbe vdbe, Op op, Mem[] mem, int pc) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    @Nullable MemoryIndex index = cursor.index;
    if (index == null) {
      return SeekOps.seek(vdbe, op, pc);
    }
    boolean found = index.seek(key(cursor, op, mem, 1));
    cursor.moved(found);
    if (!found) {
      return op.p2;
    }
    cursor.rowsRead++;
    return pc;
  }

  private static int isAfter(Vdbe vdbe, Op op, Mem[] mem, int pc) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    MemoryIndex index = cursor.index;
    boolean taken =
        index == null
            ? SeekOps.indexComparisonIsTaken(vdbe, op)
            : cursor.nullRow || index.isAfter(key(cursor, op, mem, -1));
    return taken ? op.p2 : pc;
  }
}
