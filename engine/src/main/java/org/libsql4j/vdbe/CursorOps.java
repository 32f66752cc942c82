package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.EphemeralTree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;

/** Instructions that open, close and move cursors. */
final class CursorOps {
  private CursorOps() {}

  /** OpenRead, OpenWrite. */
  static void open(Vdbe vdbe, Op op) {
    boolean write = op.opcode == Opcode.OPEN_WRITE;
    if (vdbe.isExpired()) {
      throw new LibsqlException(ResultCode.ABORT_ROLLBACK);
    }
    if (!write && (op.p5 & OpFlags.P2ISREG) == 0 && reuse(vdbe, op)) {
      return; // A subquery that runs again for another row.
    }
    AttachedDatabase database = vdbe.connection.database(op.p3);
    Btree btree = database.btree();
    int root = op.p2;
    if ((op.p5 & OpFlags.P2ISREG) != 0) {
      root = (int) vdbe.mem[op.p2].asLong();
    }
    if (write && database.schema().fileFormat > 0) {
      vdbe.recordMaker.fileFormat =
          Math.min(vdbe.recordMaker.fileFormat, database.schema().fileFormat);
    }
    VdbeCursor closed = vdbe.frame.takeClosed(op.p1);
    if (closed != null && closed.openedBy == op && closed.tree().isOn(btree, root, write)) {
      closed.reopen();
      closed.seekEqual = (op.p5 & OpFlags.SEEKEQ) != 0;
      closed.tree().setHints(hints(op.p5));
      vdbe.openCursor(op.p1, closed);
      return;
    }
    KeyInfo keyInfo = op.p4 instanceof KeyInfo given ? given : null;
    BtreeCursor tree = btree.cursor(root, write, keyInfo);
    VdbeCursor cursor =
        VdbeCursor.onTree(tree, keyInfo, fieldCount(op, keyInfo), vdbe.connection.encoding);
    cursor.openedBy = op;
    cursor.databaseIndex = op.p3;
    cursor.rootPage = root;
    cursor.seekEqual = (op.p5 & OpFlags.SEEKEQ) != 0;
    tree.setHints(hints(op.p5));
    vdbe.openCursor(op.p1, cursor);
  }

  private static int hints(int p5) {
    int hints = 0;
    if ((p5 & OpFlags.BULKCSR) != 0) {
      hints |= BtreeCursor.HINT_BULK_LOAD;
    }
    if ((p5 & OpFlags.SEEKEQ) != 0) {
      hints |= BtreeCursor.HINT_SEEK_EQ;
    }
    return hints;
  }

  private static int fieldCount(Op op, @Nullable KeyInfo keyInfo) {
    if (keyInfo != null) {
      return keyInfo.allFieldCount();
    }
    return op.p4 instanceof Number count ? count.intValue() : 4;
  }

  /** ReopenIdx: keeps a cursor that is open on the same tree. */
  static void reopen(Vdbe vdbe, Op op) {
    if (!reuse(vdbe, op)) {
      open(vdbe, op);
    }
  }

  /** Takes the position from a cursor that is open on the tree; false if there is none. */
  private static boolean reuse(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursorOrNull(op.p1);
    if (cursor == null
        || cursor.btree == null
        || cursor.isEphemeral
        || cursor.rootPage != op.p2
        || cursor.databaseIndex != op.p3) {
      return false;
    }
    cursor.btree.clear();
    cursor.moved(false);
    cursor.seekEqual = (op.p5 & OpFlags.SEEKEQ) != 0;
    cursor.btree.setHints(hints(op.p5));
    return true;
  }

  /** OpenEphemeral. An ephemeral cursor that is open already is emptied. */
  static void openEphemeral(Vdbe vdbe, Op op) {
    VdbeCursor open = vdbe.cursorOrNull(op.p1);
    if (open != null && open.isEphemeral && open.ephemeral != null && open.ephemeralUsers == null) {
      open.tree().clearTable();
      open.moved(false);
      open.sequence = 0;
      open.useRandomRowid = false;
      return;
    }
    KeyInfo keyInfo = op.p4 instanceof KeyInfo given ? given : null;
    vdbe.openCursor(op.p1, ephemeral(vdbe, keyInfo, op.p2));
    if (op.p3 > 0) {
      vdbe.mem[op.p3].setNull();
    }
  }

  /** A cursor on an empty tree of its own: an index, or without key description a table. */
  static VdbeCursor ephemeral(Vdbe vdbe, @Nullable KeyInfo keyInfo, int fieldCount) {
    ConnectionState connection = vdbe.connection;
    EphemeralTree ephemeral =
        connection.ephemeralTrees().open(connection.opener(), keyInfo != null);
    VdbeCursor cursor;
    try {
      BtreeCursor tree = ephemeral.btree().cursor(ephemeral.root(), true, keyInfo);
      cursor = VdbeCursor.onTree(tree, keyInfo, fieldCount, connection.encoding);
    } catch (RuntimeException e) {
      ephemeral.close();
      throw e;
    }
    cursor.rootPage = ephemeral.root();
    cursor.ephemeral = ephemeral;
    cursor.isEphemeral = true;
    return cursor;
  }

  /** OpenDup: a second cursor on an ephemeral tree. */
  static void openDuplicate(Vdbe vdbe, Op op) {
    VdbeCursor original = vdbe.cursor(op.p2);
    EphemeralTree ephemeral = original.ephemeral;
    if (ephemeral == null) {
      throw Vdbe.internalError("OpenDup of a cursor that is not ephemeral");
    }
    BtreeCursor tree = ephemeral.btree().cursor(original.rootPage, true, original.keyInfo);
    VdbeCursor cursor =
        VdbeCursor.onTree(
            tree,
            original.keyInfo,
            Math.max(original.record.parsedCount(), 4),
            vdbe.connection.encoding);
    int[] users = original.ephemeralUsers;
    if (users == null) {
      users = new int[] {1};
      original.ephemeralUsers = users;
    }
    users[0]++;
    cursor.ephemeral = ephemeral;
    cursor.ephemeralUsers = users;
    cursor.isEphemeral = true;
    cursor.rootPage = original.rootPage;
    vdbe.openCursor(op.p1, cursor);
  }

  /** OpenPseudo: a cursor whose only row is the record in r[P2]. */
  static void openPseudo(Vdbe vdbe, Op op) {
    vdbe.openCursor(op.p1, VdbeCursor.onRegister(op.p2, op.p3, vdbe.connection.encoding));
  }

  /** Rewind, Sort: true if there is no row. */
  static boolean rewindIsEmpty(VdbeCursor cursor) {
    boolean empty =
        cursor.type == VdbeCursor.SORTER ? !cursor.sorter().rewind() : cursor.tree().moveToFirst();
    cursor.moved(!empty);
    cursor.rowsRead += empty ? 0 : 1;
    return empty;
  }

  /** Last: true if there is no row. */
  static boolean lastIsEmpty(VdbeCursor cursor) {
    boolean empty = cursor.tree().moveToLast();
    cursor.moved(!empty);
    cursor.rowsRead += empty ? 0 : 1;
    return empty;
  }

  /** SeekEnd: to the last row, for an append. */
  static void seekEnd(VdbeCursor cursor) {
    cursor.seekResult = -1;
    cursor.tree().moveToLast();
    cursor.moved(true);
  }

  /** Rowid. */
  static void rowid(VdbeCursor cursor, Mem target) {
    if (cursor.nullRow) {
      target.setNull();
      return;
    }
    if (cursor.deferredMoveto) {
      target.setInteger(cursor.movetoTarget);
      return;
    }
    if (cursor.type == VdbeCursor.VIRTUAL) {
      target.setInteger(cursor.virtual().rowid());
      return;
    }
    cursor.restore();
    if (cursor.nullRow) {
      target.setNull();
    } else {
      target.setInteger(cursor.tree().integerKey());
    }
  }

  /** NullRow: opens the cursor if it is not open. */
  static void nullRow(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursorOrNull(op.p1);
    if (cursor == null) {
      cursor = VdbeCursor.onRegister(0, 1, vdbe.connection.encoding);
      vdbe.openCursor(op.p1, cursor);
    }
    cursor.moved(false);
    if (cursor.btree != null) {
      cursor.btree.clear();
    }
  }

  /** RowData: the record of the current row. */
  static void rowData(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    Mem target = vdbe.mem[op.p2];
    cursor.restore();
    BtreeCursor tree = cursor.tree();
    int size = tree.payloadSize();
    ValueOps.checkLength(vdbe, size);
    byte[] room = target.allocate(size);
    if (size <= tree.localPayloadSize()) {
      System.arraycopy(tree.pageData(), tree.localPayloadOffset(), room, 0, size);
    } else {
      tree.payload(0, size, room, 0);
    }
    target.type = Mem.BLOB;
    target.subtype = 0;
  }

  /** Offset: where in the file the column starts. */
  static void offset(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursorOrNull(op.p1);
    Mem target = vdbe.mem[op.p3];
    if (cursor == null || cursor.btree == null || !cursor.pointAtRow(vdbe)) {
      target.setNull();
      return;
    }
    if (!cursor.record.parse(op.p2)) {
      target.setNull();
      return;
    }
    target.setInteger(cursor.btree.offsetInFile() + cursor.record.offset(op.p2));
  }

  /** IsType: whether the type of a column or register is among those in P5. */
  static boolean isType(Vdbe vdbe, Op op) {
    int mask;
    if (op.p1 >= 0) {
      VdbeCursor cursor = vdbe.cursor(op.p1);
      if (op.p3 < cursor.record.parsedCount() && cursor.cacheStatus == vdbe.cacheCounter) {
        mask = maskOfSerialType(cursor.record.type(op.p3));
      } else {
        mask = 1 << ((op.p4 instanceof Number type ? type.intValue() : 5) - 1);
      }
    } else {
      mask = maskOfValue(vdbe.mem[op.p3]);
    }
    return (mask & op.p5) != 0;
  }

  private static int maskOfSerialType(int type) {
    if (type >= 12) {
      return (type & 1) != 0 ? 0x04 : 0x08;
    }
    return switch (type) {
      case 0, 10, 11 -> 0x10;
      case 7 -> 0x02;
      default -> 0x01;
    };
  }

  private static int maskOfValue(Mem value) {
    return switch (value.type) {
      case Mem.INTEGER -> 0x01;
      case Mem.REAL -> 0x02;
      case Mem.TEXT -> 0x04;
      case Mem.BLOB -> 0x08;
      default -> 0x10;
    };
  }

  /** IfSizeBetween: whether 10*log2 of the number of rows is from P3 to P4. */
  static boolean isSizeBetween(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    boolean empty = cursor.tree().moveToFirst();
    cursor.moved(!empty);
    long rows = empty ? 0 : cursor.tree().rowCountEstimate();
    int size = rows <= 0 ? -1 : logEst(rows);
    int upper = op.p4 instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
    return size >= op.p3 && size <= upper;
  }

  /** Ten times the binary logarithm, rounded. */
  private static int logEst(long value) {
    return (int) Math.round(10 * Math.log(value) / Math.log(2));
  }

  /** Count. */
  static void count(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    Mem target = vdbe.mem[op.p2];
    BtreeCursor tree = cursor.tree();
    if (op.p3 != 0) {
      target.setInteger(tree.rowCountEstimate());
    } else {
      target.setInteger(tree.count());
      cursor.rowsRead++;
      cursor.moved(false);
    }
  }
}
