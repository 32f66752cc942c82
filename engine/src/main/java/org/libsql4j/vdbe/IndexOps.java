package org.libsql4j.vdbe;

import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.record.UnpackedRecord;

/** IdxInsert and IdxDelete. */
final class IndexOps {
  private IndexOps() {}

  /** IdxInsert: the record in r[P2], which P4 registers from P3 hold unpacked. */
  static void insert(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    Mem record = vdbe.mem[op.p2];
    if ((op.p5 & OpFlags.NCHANGE) != 0) {
      vdbe.changes++;
    }
    int fields = op.p4 instanceof Number count ? count.intValue() : 0;
    UnpackedRecord unpacked = fields > 0 ? cursor.key(vdbe.mem, op.p3, fields, 0) : null;
    cursor
        .tree()
        .insertIndex(
            record.bytes,
            record.offset,
            record.length,
            unpacked,
            op.p5 & TableOps.TREE_FLAGS,
            (op.p5 & OpFlags.USESEEKRESULT) != 0 ? cursor.seekResult : 0);
    cursor.cacheStatus = 0;
    TableOps.treeChanged(vdbe, cursor, 1);
  }

  /** IdxDelete: the entry that P3 registers from P2 spell. */
  static void delete(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    UnpackedRecord key = cursor.key(vdbe.mem, op.p2, op.p3, 0);
    BtreeCursor tree = cursor.tree();
    if (tree.indexMoveTo(key) == 0) {
      tree.delete(BtreeCursor.AUX_DELETE);
    } else if (op.p5 != 0 && !vdbe.connection.isSet(ConnectionFlag.WRITABLE_SCHEMA)) {
      throw new LibsqlException(ResultCode.CORRUPT_INDEX, "index corruption");
    }
    cursor.cacheStatus = 0;
    cursor.seekResult = 0;
    TableOps.treeChanged(vdbe, cursor, 0);
  }
}
