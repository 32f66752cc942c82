package org.libsql4j.vdbe;

import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.record.RecordComparator;
import org.libsql4j.record.SerialType;
import org.libsql4j.record.UnpackedRecord;

/** Instructions that search trees and compare the entries found. */
final class SeekOps {
  private SeekOps() {}

  private static final int NO_ROW = Integer.MIN_VALUE;

  // ---- SeekLT, SeekLE, SeekGE, SeekGT
  // -------------------------------------------------------------

  /** Returns the address to go on at. */
  static int seek(Vdbe vdbe, Op op, int pc) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    BtreeCursor tree = cursor.tree();
    cursor.moved(true);
    int opcode = op.opcode;
    int outcome;
    boolean skipNext = false;
    if (cursor.isTable) {
      Mem wanted = vdbe.mem[op.p3];
      if (wanted.type != Mem.INTEGER) {
        return seekTableByOther(vdbe, op, cursor, wanted, pc);
      }
      outcome = tree.tableMoveTo(wanted.integer, false);
      cursor.movetoTarget = wanted.integer;
    } else {
      int fields = op.p4 instanceof Number count ? count.intValue() : 0;
      boolean after = opcode == Opcode.SEEK_GT || opcode == Opcode.SEEK_LE;
      UnpackedRecord key = cursor.key(vdbe.mem, op.p3, fields, after ? -1 : 1);
      outcome = tree.indexMoveTo(key);
      if (cursor.seekEqual) {
        if (!key.equalSeen) {
          cursor.nullRow = tree.isEof();
          return op.p2;
        }
        skipNext = true;
      }
    }
    if (!settle(tree, opcode, outcome)) {
      cursor.nullRow = true;
      return op.p2;
    }
    cursor.rowsRead++;
    return skipNext ? pc + 1 : pc;
  }

  /** Goes to the neighbour if the entry is on the wrong side; false if there is none. */
  private static boolean settle(BtreeCursor tree, int opcode, int outcome) {
    if (opcode >= Opcode.SEEK_GE) {
      if (outcome < 0 || (outcome == 0 && opcode == Opcode.SEEK_GT)) {
        return !tree.isEof() && tree.next();
      }
      return true;
    }
    if (outcome > 0 || (outcome == 0 && opcode == Opcode.SEEK_LT)) {
      return tree.previous();
    }
    return !tree.isEof();
  }

  /** A rowid is compared with something that is not an integer. */
  private static int seekTableByOther(Vdbe vdbe, Op op, VdbeCursor cursor, Mem wanted, int pc) {
    BtreeCursor tree = cursor.tree();
    Mem number = vdbe.scratch;
    number.copyFrom(wanted);
    number.applyAffinity(Affinity.FLEXNUM, vdbe.connection.encoding);
    int opcode = op.opcode;
    long rowid = number.asLong();
    if (number.type == Mem.REAL) {
      int difference = MemComparator.compare(rowid, number.real);
      if (difference > 0) {
        opcode =
            opcode == Opcode.SEEK_GT
                ? Opcode.SEEK_GE
                : opcode == Opcode.SEEK_LE ? Opcode.SEEK_LT : opcode;
      } else if (difference < 0) {
        opcode =
            opcode == Opcode.SEEK_LT
                ? Opcode.SEEK_LE
                : opcode == Opcode.SEEK_GE ? Opcode.SEEK_GT : opcode;
      }
    } else if (number.type != Mem.INTEGER) {
      // Text and blobs are greater than every rowid, and nothing compares with NULL.
      if (number.type == Mem.NULL || opcode >= Opcode.SEEK_GE || tree.moveToLast()) {
        cursor.nullRow = true;
        return op.p2;
      }
      return pc;
    }
    int outcome = tree.tableMoveTo(rowid, false);
    cursor.movetoTarget = rowid;
    if (!settle(tree, opcode, outcome)) {
      cursor.nullRow = true;
      return op.p2;
    }
    cursor.rowsRead++;
    return pc;
  }

  /** SeekScan: tries to reach the place of the following SeekGE by a few steps. */
  static int seekScan(Vdbe vdbe, Op op, int pc) {
    Op seek = vdbe.op(pc);
    VdbeCursor cursor = vdbe.cursor(seek.p1);
    BtreeCursor tree = cursor.tree();
    if (cursor.nullRow || tree.isEof()) {
      return pc;
    }
    int fields = seek.p4 instanceof Number count ? count.intValue() : 0;
    UnpackedRecord key = cursor.key(vdbe.mem, seek.p3, fields, 0);
    for (int steps = op.p1; ; steps--) {
      int outcome = compareIndexEntry(vdbe, cursor, key);
      if (outcome > 0 && op.p5 == 0) {
        return seek.p2;
      }
      if (outcome >= 0) {
        return op.p2;
      }
      if (steps <= 0) {
        return pc;
      }
      if (!cursor.next()) {
        return seek.p2;
      }
    }
  }

  // ---- SeekRowid, NotExists
  // -----------------------------------------------------------------------

  /** Whether the rowid in r[P3] exists; the cursor is there then. */
  static boolean findRowid(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    Mem wanted = vdbe.mem[op.p3];
    long rowid;
    if (wanted.type == Mem.INTEGER) {
      rowid = wanted.integer;
    } else {
      Mem number = vdbe.scratch;
      number.copyFrom(wanted);
      number.applyAffinity(Affinity.NUMERIC, vdbe.connection.encoding);
      if (number.type != Mem.INTEGER) {
        return false;
      }
      rowid = number.integer;
    }
    int outcome = cursor.tree().tableMoveTo(rowid, false);
    cursor.rowsRead++;
    cursor.moved(true);
    cursor.movetoTarget = rowid;
    cursor.seekResult = outcome;
    if (outcome != 0 && op.p2 == 0) {
      throw RecordView.corrupt();
    }
    return outcome == 0;
  }

  // ---- Found, NotFound, NoConflict, IfNoHope
  // ------------------------------------------------------

  /** Whether the instruction jumps. */
  static boolean find(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    int fields = op.p4 instanceof Number count ? count.intValue() : 0;
    UnpackedRecord key =
        fields > 0 ? cursor.key(vdbe.mem, op.p3, fields, 0) : cursor.key(vdbe.mem[op.p3]);
    int outcome = cursor.tree().indexMoveTo(key);
    cursor.seekResult = outcome;
    boolean exists = outcome == 0;
    cursor.moved(exists);
    if (op.opcode == Opcode.FOUND) {
      return exists;
    }
    if (!exists) {
      return true;
    }
    return op.opcode == Opcode.NO_CONFLICT && hasNull(key);
  }

  private static boolean hasNull(UnpackedRecord key) {
    for (int i = 0; i < key.fieldCount; i++) {
      if (key.fields[i].type == Mem.NULL) {
        return true;
      }
    }
    return false;
  }

  /** IfNoHope: as NotFound, unless SeekHit says that the fields so far exist. */
  static boolean ifNoHope(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    int fields = op.p4 instanceof Number count ? count.intValue() : 0;
    if (cursor.seekHit >= fields) {
      return false;
    }
    boolean missing = find(vdbe, op);
    if (!missing) {
      cursor.seekHit = fields;
    }
    return missing;
  }

  // ---- IdxLE, IdxGT, IdxLT, IdxGE
  // -----------------------------------------------------------------

  /** Last and IdxLE: whether there is no last entry, or it comes before the key. */
  static boolean lastPrecedes(Vdbe vdbe, Op last, Op comparison) {
    return CursorOps.lastIsEmpty(vdbe.cursor(last.p1)) || indexComparisonIsTaken(vdbe, comparison);
  }

  static boolean indexComparisonIsTaken(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    int opcode = op.opcode;
    int fields = op.p4 instanceof Number count ? count.intValue() : 0;
    boolean after = opcode == Opcode.IDX_LE || opcode == Opcode.IDX_GT;
    UnpackedRecord key = cursor.key(vdbe.mem, op.p3, fields, after ? -1 : 0);
    int outcome = compareIndexEntry(vdbe, cursor, key);
    if (outcome == NO_ROW) {
      return true;
    }
    return opcode == Opcode.IDX_LE || opcode == Opcode.IDX_LT ? outcome < 0 : outcome >= 0;
  }

  private static int compareIndexEntry(Vdbe vdbe, VdbeCursor cursor, UnpackedRecord key) {
    cursor.restore();
    if (cursor.nullRow) {
      return NO_ROW;
    }
    BtreeCursor tree = cursor.tree();
    long place = tree.localPayload();
    if (place > 0) {
      int strategy = RecordComparator.strategy(key);
      int at = (int) (place >>> 32);
      return RecordComparator.compare(tree.pageData(), at, (int) place, key, strategy);
    }
    int size = tree.payloadSize();
    if (size <= tree.localPayloadSize()) {
      return RecordComparator.compare(tree.pageData(), tree.localPayloadOffset(), size, key);
    }
    ValueOps.checkLength(vdbe, size);
    byte[] room = vdbe.scratch.allocate(size);
    tree.payload(0, size, room, 0);
    return RecordComparator.compare(room, 0, size, key);
  }

  // ---- DeferredSeek, IdxRowid
  // ---------------------------------------------------------------------

  /** DeferredSeek: the table cursor P3 will go to the row of the index entry when it is needed. */
  static void deferSeek(Vdbe vdbe, Op op) {
    VdbeCursor index = vdbe.cursor(op.p1);
    VdbeCursor table = vdbe.cursor(op.p3);
    index.restore();
    if (index.nullRow) {
      table.moved(false);
      return;
    }
    table.movetoTarget = rowidOfEntry(vdbe, index.tree());
    table.moved(true);
    table.deferredMoveto = true;
    table.altMap = op.p4 instanceof int[] map ? map : null;
    table.altCursor = index;
  }

  /** IdxRowid. */
  static void indexRowid(Vdbe vdbe, VdbeCursor index, Mem target) {
    index.restore();
    if (index.nullRow) {
      target.setNull();
    } else {
      target.setInteger(rowidOfEntry(vdbe, index.tree()));
    }
  }

  /** The last field of an index entry; its type is the last byte of the header. */
  private static long rowidOfEntry(Vdbe vdbe, BtreeCursor tree) {
    int size = tree.payloadSize();
    if (size <= tree.localPayloadSize()) {
      byte[] page = tree.pageData();
      int start = tree.localPayloadOffset();
      int headerSize = page[start];
      if (headerSize < 2 || headerSize > size) {
        return rowidOfLongEntry(vdbe, tree, size);
      }
      int type = page[start + headerSize - 1];
      int length = rowidLength(type);
      if (headerSize + length > size) {
        throw RecordView.corrupt();
      }
      return SerialType.getInteger(page, start + size - length, type);
    }
    return rowidOfLongEntry(vdbe, tree, size);
  }

  private static long rowidOfLongEntry(Vdbe vdbe, BtreeCursor tree, int size) {
    RecordView view = new RecordView(vdbe.connection.encoding, 4);
    view.setCursor(tree);
    int field = 0;
    while (view.parse(field)) {
      field = view.parsedCount();
    }
    if (field == 0 || view.parsedCount() == 0) {
      throw RecordView.corrupt();
    }
    int type = view.type(field - 1);
    int length = rowidLength(type);
    byte[] number = new byte[8];
    tree.payload(size - length, length, number, 0);
    return SerialType.getInteger(number, 0, type);
  }

  private static int rowidLength(int type) {
    if (type < 1 || type > SerialType.ONE || type == SerialType.REAL) {
      throw RecordView.corrupt();
    }
    return SerialType.size(type);
  }
}
