package org.libsql4j.vdbe;

import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;

/** Instructions of sorters. */
final class SorterOps {
  private SorterOps() {}

  /** SorterOpen: P3 is the number of leading fields to sort by, 0 for all key fields. */
  static void open(Vdbe vdbe, Op op) {
    if (!(op.p4 instanceof KeyInfo keyInfo)) {
      throw Vdbe.internalError("SorterOpen without key description");
    }
    int fields = op.p3 > 0 ? op.p3 : keyInfo.keyFieldCount();
    VdbeSorter sorter = new VdbeSorter(vdbe.connection, keyInfo, fields);
    vdbe.openCursor(op.p1, VdbeCursor.onSorter(sorter, keyInfo, vdbe.connection.encoding));
  }

  /** SorterInsert. */
  static void insert(VdbeCursor cursor, Mem record) {
    cursor.sorter().add(record.bytes, record.offset, record.length);
  }

  /** SorterNext: false at the end. */
  static boolean next(VdbeCursor cursor) {
    boolean found = cursor.sorter().next();
    cursor.nullRow = !found;
    cursor.rowsRead += found ? 1 : 0;
    return found;
  }

  /** SorterData: the current record into r[P2]; the pseudo cursor P3 has a new row. */
  static void data(Vdbe vdbe, Op op) {
    vdbe.cursor(op.p1).sorter().data(vdbe.mem[op.p2]);
    VdbeCursor pseudo = vdbe.cursorOrNull(op.p3);
    if (pseudo != null) {
      pseudo.cacheStatus = 0;
    }
  }

  /** SorterCompare: whether the first P4 fields of r[P3] and the current record differ. */
  static boolean differs(Vdbe vdbe, Op op) {
    int fields = op.p4 instanceof Number count ? count.intValue() : 0;
    Mem record = vdbe.mem[op.p3];
    return vdbe.cursor(op.p1).sorter().differs(record.bytes, record.offset, record.length, fields);
  }
}
