package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.InsertedRowids;
import org.libsql4j.connection.UpdateHook;
import org.libsql4j.connection.UpdateHook.Change;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.schema.Table;

/** Instructions that change rowid tables. */
final class TableOps {
  private TableOps() {}

  private static final int RANDOM_ATTEMPTS = 100;

  /** What the B-tree understands of the flags of Insert. */
  static final int TREE_FLAGS = OpFlags.APPEND | OpFlags.SAVEPOSITION | OpFlags.PREFORMAT;

  /**
   * NewRowid: one more than the greatest rowid, or than the greatest ever (AUTOINCREMENT, in r[P3]
   * of the statement's own program). When the greatest possible one is taken, or P5 is not 0,
   * random ones are tried.
   */
  static void newRowid(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    BtreeCursor tree = cursor.tree();
    long rowid = 0;
    if (op.p5 != 0) {
      cursor.useRandomRowid = true;
    }
    if (!cursor.useRandomRowid) {
      if (tree.moveToLast()) {
        rowid = 1;
      } else {
        long greatest = tree.integerKey();
        if (greatest == Long.MAX_VALUE) {
          cursor.useRandomRowid = true;
        } else {
          rowid = greatest + 1;
        }
      }
    }
    if (op.p3 != 0) {
      rowid = afterGreatestEver(vdbe, op, cursor, rowid);
    }
    if (cursor.useRandomRowid) {
      rowid = randomRowid(vdbe, tree);
    }
    cursor.moved(true);
    vdbe.mem[op.p2].setInteger(rowid);
  }

  private static long afterGreatestEver(Vdbe vdbe, Op op, VdbeCursor cursor, long candidate) {
    Mem sequence = vdbe.rootRegisters()[op.p3];
    long greatest = sequence.asLong();
    if (greatest == Long.MAX_VALUE || cursor.useRandomRowid) {
      throw new LibsqlException(ResultCode.FULL);
    }
    long rowid = Math.max(candidate, greatest + 1);
    sequence.setInteger(rowid);
    return rowid;
  }

  private static long randomRowid(Vdbe vdbe, BtreeCursor tree) {
    for (int attempt = 0; attempt < RANDOM_ATTEMPTS; attempt++) {
      long rowid = (vdbe.connection.random().nextLong() & Long.MAX_VALUE >> 1) + 1;
      if (tree.tableMoveTo(rowid, false) != 0) {
        return rowid;
      }
    }
    throw new LibsqlException(ResultCode.FULL);
  }

  /** Insert: the record in r[P2] under the rowid in r[P3]. */
  static void insert(Vdbe vdbe, Op op) {
    int flags = op.p5;
    if ((flags & OpFlags.ISNOOP) != 0) {
      if (op.p4 instanceof PreUpdateNotice notice) {
        notice.call(vdbe, op);
      }
      return;
    }
    VdbeCursor cursor = vdbe.cursor(op.p1);
    Mem data = vdbe.mem[op.p2];
    long rowid = vdbe.mem[op.p3].integer;
    if ((flags & OpFlags.NCHANGE) != 0) {
      vdbe.changes++;
      if ((flags & OpFlags.LASTROWID) != 0) {
        vdbe.connection.lastInsertRowid = rowid;
        InsertedRowids collected = vdbe.connection.insertedRowids;
        if (collected != null && vdbe.depth == 0) {
          collected.add(rowid);
        }
      }
    }
    int seekResult = (flags & OpFlags.USESEEKRESULT) != 0 ? cursor.seekResult : 0;
    cursor
        .tree()
        .insertTable(
            rowid, data.bytes, data.offset, data.length, 0, flags & TREE_FLAGS, seekResult);
    cursor.moved(true);
    treeChanged(vdbe, cursor, 1);
    UpdateHook hook = vdbe.connection.hooks().update();
    if (hook != null) {
      callHook(
          vdbe,
          hook,
          (flags & OpFlags.ISUPDATE) != 0 ? Change.UPDATE : Change.INSERT,
          cursor,
          op.p4,
          rowid);
    }
  }

  /**
   * Other cursors of the program on the same tree must look for their rows again.
   *
   * @param rows how many rows or entries count as written
   */
  static void treeChanged(Vdbe vdbe, VdbeCursor cursor, int rows) {
    if (!cursor.isEphemeral) {
      vdbe.cacheCounter++;
      vdbe.rowsWritten += rows;
    }
  }

  private static void callHook(
      Vdbe vdbe,
      UpdateHook hook,
      Change change,
      VdbeCursor cursor,
      @Nullable Object table,
      long rowid) {
    if (table instanceof Table named && named.hasRowid() && cursor.databaseIndex >= 0) {
      hook.changed(
          change, vdbe.connection.database(cursor.databaseIndex).name(), named.name, rowid);
    }
  }

  /** Delete: the row at which the cursor is. Flags about counting are in P2, the others in P5. */
  static void delete(Vdbe vdbe, Op op) {
    VdbeCursor cursor = vdbe.cursor(op.p1);
    if (cursor.deferredMoveto) {
      cursor.finishMoveto();
    }
    UpdateHook hook = vdbe.connection.hooks().update();
    if (hook != null && (op.p5 & OpFlags.SAVEPOSITION) != 0 && cursor.isTable) {
      cursor.movetoTarget = cursor.tree().integerKey();
    }
    if ((op.p2 & OpFlags.ISNOOP) != 0) {
      return;
    }
    cursor.tree().delete(op.p5 & (OpFlags.SAVEPOSITION | OpFlags.AUXDELETE));
    cursor.cacheStatus = 0;
    cursor.seekResult = 0;
    boolean ofIndex = (op.p5 & OpFlags.AUXDELETE) != 0; // The row goes as well, and counts.
    treeChanged(vdbe, cursor, ofIndex ? 0 : 1);
    if ((op.p2 & OpFlags.NCHANGE) != 0) {
      vdbe.changes++;
      if (hook != null && cursor.isTable) {
        callHook(vdbe, hook, Change.DELETE, cursor, op.p4, cursor.movetoTarget);
      }
    }
  }

  /** RowCell: prepares the entry of cursor P2 for an Insert with PREFORMAT through cursor P1. */
  static void rowCell(Vdbe vdbe, Op op) {
    long rowid = op.p3 == 0 ? 0 : vdbe.mem[op.p3].integer;
    vdbe.cursor(op.p1).tree().transferRow(vdbe.cursor(op.p2).tree(), rowid);
  }

  /** TypeCheck: the rules of a STRICT table. */
  static void typeCheck(Vdbe vdbe, Op op) {
    if (!(op.p4 instanceof Table table)) {
      throw Vdbe.internalError("TypeCheck without table");
    }
    StrictTypes.check(vdbe, table, op.p1, op.p3);
  }
}
