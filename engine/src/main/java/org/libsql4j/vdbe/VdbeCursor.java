package org.libsql4j.vdbe;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.connection.EphemeralTree;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.record.UnpackedRecord;
import org.libsql4j.vtab.TableInstance;
import org.libsql4j.vtab.VirtualCursor;

/**
 * A cursor of a program: on a tree, on a sorter, or on a single record in a register.
 *
 * <p>Fields are read and written by the classes that implement the instructions.
 */
final class VdbeCursor {
  static final int BTREE = 0;
  static final int SORTER = 1;
  static final int PSEUDO = 2;
  static final int VIRTUAL = 3;
  static final int QUEUE = 4;
  static final int INDEX = 5;

  private static final Mem[] NO_FIELDS = {};

  final int type;

  /** Set if {@link #type} is BTREE. */
  final @Nullable BtreeCursor btree;

  /** Set if {@link #type} is SORTER. */
  final @Nullable VdbeSorter sorter;

  /** Set if {@link #type} is VIRTUAL. */
  @Nullable VirtualCursor virtual;

  /** The table that {@link #virtual} walks over. */
  @Nullable TableInstance virtualTable;

  /** Set if {@link #type} is QUEUE. */
  @Nullable RowQueue queue;

  /** Set if {@link #type} is INDEX. */
  @Nullable MemoryIndex index;

  /** The tree that belongs to this cursor and goes with it, if it is ephemeral. */
  @Nullable EphemeralTree ephemeral;

  /** Whether the tree is an intermediate result, possibly shared with another cursor. */
  boolean isEphemeral;

  /** How many cursors share {@link #ephemeral}. */
  int @Nullable [] ephemeralUsers;

  /** Whether keys are rowids; otherwise they are records. */
  final boolean isTable;

  final @Nullable KeyInfo keyInfo;
  final RecordView record;

  /** Number of the database in the connection's list; -1 for ephemeral ones. */
  int databaseIndex = -1;

  int rootPage;

  /** The instruction that opened it on a tree of a database file; null for others. */
  @Nullable Op openedBy;

  /** The register that holds the record of a PSEUDO cursor; 0 for none. */
  int pseudoRegister;

  /** At no row: all columns are NULL. */
  boolean nullRow = true;

  /** How many rows or entries it has stood at since that was last asked. */
  long rowsRead;

  /** Equal to the machine's counter while {@link #record} points at the current row. */
  int cacheStatus;

  /** A seek to {@link #movetoTarget} that waits until a column is needed. */
  boolean deferredMoveto;

  long movetoTarget;

  /** For a deferred seek: where each column is found in {@link #altCursor}; see DeferredSeek. */
  int @Nullable [] altMap;

  @Nullable VdbeCursor altCursor;

  /** What the last seek gave, for an insert that uses it. */
  int seekResult;

  /** How many leading fields of the last failed search exist in the index; see SeekHit. */
  int seekHit;

  /** Only equal keys are looked for. */
  boolean seekEqual;

  /** NewRowid found the greatest rowid taken. */
  boolean useRandomRowid;

  /** Next value of Sequence. */
  long sequence;

  private final @Nullable UnpackedRecord key;
  private Mem[] decodedKey = NO_FIELDS;

  private VdbeCursor(
      int type,
      @Nullable BtreeCursor btree,
      @Nullable VdbeSorter sorter,
      boolean isTable,
      @Nullable KeyInfo keyInfo,
      int fieldCount,
      TextEncoding encoding) {
    this.type = type;
    this.btree = btree;
    this.sorter = sorter;
    this.isTable = isTable;
    this.keyInfo = keyInfo;
    this.record = new RecordView(encoding, fieldCount);
    this.key =
        keyInfo == null
            ? null
            : new UnpackedRecord(keyInfo, new Mem[keyInfo.allFieldCount() + 1], 0);
  }

  static VdbeCursor onTree(
      BtreeCursor btree, @Nullable KeyInfo keyInfo, int fieldCount, TextEncoding encoding) {
    return new VdbeCursor(BTREE, btree, null, keyInfo == null, keyInfo, fieldCount, encoding);
  }

  static VdbeCursor onSorter(VdbeSorter sorter, KeyInfo keyInfo, TextEncoding encoding) {
    return new VdbeCursor(SORTER, null, sorter, false, keyInfo, keyInfo.allFieldCount(), encoding);
  }

  static VdbeCursor onRegister(int register, int fieldCount, TextEncoding encoding) {
    VdbeCursor cursor = new VdbeCursor(PSEUDO, null, null, true, null, fieldCount, encoding);
    cursor.pseudoRegister = register;
    return cursor;
  }

  static VdbeCursor onQueue(RowQueue queue, TextEncoding encoding) {
    VdbeCursor cursor = new VdbeCursor(QUEUE, null, null, true, null, 1, encoding);
    cursor.queue = queue;
    return cursor;
  }

  static VdbeCursor onIndex(MemoryIndex index, KeyInfo keyInfo, TextEncoding encoding) {
    int fieldCount = keyInfo.allFieldCount();
    VdbeCursor cursor = new VdbeCursor(INDEX, null, null, false, keyInfo, fieldCount, encoding);
    cursor.index = index;
    return cursor;
  }

  static VdbeCursor onVirtual(TableInstance table, TextEncoding encoding) {
    VdbeCursor cursor = new VdbeCursor(VIRTUAL, null, null, true, null, 1, encoding);
    cursor.virtual = table.open();
    cursor.virtualTable = table;
    return cursor;
  }

  /** The virtual table's cursor; the code generator sees to it that there is one. */
  VirtualCursor virtual() {
    VirtualCursor cursor = virtual;
    if (cursor == null) {
      throw Vdbe.internalError("cursor is not on a virtual table");
    }
    return cursor;
  }

  /** The tree's cursor; the code generator sees to it that there is one. */
  BtreeCursor tree() {
    BtreeCursor cursor = btree;
    if (cursor == null) {
      throw Vdbe.internalError("cursor is not on a tree");
    }
    return cursor;
  }

  VdbeSorter sorter() {
    VdbeSorter set = sorter;
    if (set == null) {
      throw Vdbe.internalError("cursor is not on a sorter");
    }
    return set;
  }

  KeyInfo keyInfo() {
    KeyInfo set = keyInfo;
    if (set == null) {
      throw Vdbe.internalError("cursor has no key description");
    }
    return set;
  }

  /** Whether {@link #reopen} is possible after {@link #close}. */
  boolean isReopenable() {
    return btree != null && openedBy != null;
  }

  /** Makes a closed cursor as good as new. */
  void reopen() {
    tree().reopen();
    moved(false);
    movetoTarget = 0;
    altMap = null;
    seekResult = 0;
    seekHit = 0;
    useRandomRowid = false;
    sequence = 0;
  }

  /** Gives up trees, sorter and files. */
  void close() {
    if (virtual != null && virtualTable != null) {
      virtualTable.close(virtual);
      virtual = null;
    }
    if (sorter != null) {
      sorter.close();
    }
    if (queue != null) {
      queue.close();
    }
    if (btree != null) {
      btree.close();
    }
    EphemeralTree tree = ephemeral;
    if (tree != null) {
      ephemeral = null;
      int[] users = ephemeralUsers;
      if (users == null || --users[0] == 0) {
        tree.close();
      }
    }
    altCursor = null;
  }

  // ---- rows -------------------------------------------------------------------------------------

  /** The cursor has moved: what was known of the row does not hold any more. */
  void moved(boolean atRow) {
    nullRow = !atRow;
    deferredMoveto = false;
    cacheStatus = 0;
  }

  boolean next() {
    BtreeCursor tree = btree;
    boolean found = tree != null ? tree.next() : nextInIndex();
    if (found) {
      rowsRead++;
    }
    nullRow = !found;
    cacheStatus = 0;
    return found;
  }

  private boolean nextInIndex() {
    MemoryIndex entries = index;
    if (entries == null) {
      throw Vdbe.internalError("cursor is not on a tree");
    }
    // After the row of NULLs of an outer join there is nothing more.
    return !nullRow && entries.next();
  }

  boolean previous() {
    boolean found = tree().previous();
    if (found) {
      rowsRead++;
    }
    nullRow = !found;
    cacheStatus = 0;
    return found;
  }

  /** Does the deferred seek, or returns to the row if the tree has changed under the cursor. */
  void restore() {
    if (deferredMoveto) {
      finishMoveto();
    } else if (btree != null && btree.hasMoved()) {
      cacheStatus = 0;
      if (btree.restore()) {
        nullRow = true;
      }
    }
  }

  /** Does the deferred seek. An index entry without row means that the file is damaged. */
  void finishMoveto() {
    if (tree().tableMoveTo(movetoTarget, false) != 0) {
      throw RecordView.corrupt();
    }
    deferredMoveto = false;
    cacheStatus = 0;
  }

  // ---- columns ----------------------------------------------------------------------------------

  /** Reads a column of the current row: the instruction Column. */
  void column(Vdbe vdbe, Op op, int column, Mem target) {
    if (cacheStatus != vdbe.cacheCounter) {
      BtreeCursor tree = btree;
      if (tree != null
          && !nullRow
          && !deferredMoveto
          && op.p5 == 0
          && record.getLocal(tree, column, op.lastField, target)) {
        cacheStatus = vdbe.cacheCounter;
        return;
      }
      if (!pointAtRow(vdbe, op, column, target)) {
        return;
      }
    }
    if (op.p5 != 0) {
      columnWithFlags(op, column, target);
    } else if (!record.getUnlessLong(column, target)) {
      longOrMissing(vdbe, op, column, target);
    }
  }

  private void longOrMissing(Vdbe vdbe, Op op, int column, Mem target) {
    if (!record.parse(column)) {
      missingColumn(op, target);
    } else if (op.onlyForResult && isOnTable()) {
      vdbe.defer(this, column, target);
    } else {
      record.getLong(column, target);
    }
  }

  /** Whether it is on a table with rowids of a database. */
  private boolean isOnTable() {
    return btree != null && isTable && databaseIndex >= 0;
  }

  /**
   * The rowid of the row that it is at, if it is on a table of a database and nothing has changed
   * there.
   */
  OptionalLong rowid() {
    BtreeCursor tree = btree;
    if (tree == null || !isOnTable() || nullRow) {
      return OptionalLong.empty();
    }
    if (deferredMoveto) {
      return OptionalLong.of(movetoTarget);
    }
    return tree.hasMoved() ? OptionalLong.empty() : OptionalLong.of(tree.integerKey());
  }

  private void columnWithFlags(Op op, int column, Mem target) {
    int flags = op.p5 & OpFlags.BYTELENARG;
    boolean found =
        flags == 0
            ? record.get(column, target)
            : record.getTypeAndLength(column, target, flags == OpFlags.LENGTHARG);
    if (!found) {
      missingColumn(op, target);
    }
  }

  /** The record is older than the column: its default. */
  private static void missingColumn(Op op, Mem target) {
    if (op.p4 instanceof Mem value) {
      target.copyFrom(value);
    } else {
      target.setNull();
    }
  }

  /** Makes {@link #record} point at the row; false if the target is already set otherwise. */
  private boolean pointAtRow(Vdbe vdbe, Op op, int column, Mem target) {
    if (!nullRow && deferredMoveto && altMap != null) {
      int[] map = altMap;
      VdbeCursor alternative = altCursor;
      if (alternative != null && column + 1 < map.length && map[column + 1] > 0) {
        alternative.column(vdbe, op, map[column + 1] - 1, target);
        return false;
      }
    }
    if (!pointAtRow(vdbe)) {
      target.setNull();
      return false;
    }
    return true;
  }

  /** Makes {@link #record} point at the row; false if there is none. */
  boolean pointAtRow(Vdbe vdbe) {
    if (cacheStatus == vdbe.cacheCounter) {
      return true;
    }
    if (type != BTREE) {
      MemoryIndex entries = index;
      if (entries != null && !nullRow) {
        entries.show(record);
        cacheStatus = vdbe.cacheCounter;
        return true;
      }
      if (pseudoRegister == 0) {
        return false;
      }
      Mem register = vdbe.mem[pseudoRegister];
      record.setBytes(register.bytes, register.offset, register.length);
    } else {
      if (!nullRow) {
        restore();
      }
      if (nullRow) {
        return false;
      }
      record.setCursor(tree());
    }
    cacheStatus = vdbe.cacheCounter;
    return true;
  }

  // ---- keys -------------------------------------------------------------------------------------

  /** Registers as a key to search with. */
  UnpackedRecord key(Mem[] registers, int first, int count, int defaultResult) {
    UnpackedRecord reused = key;
    if (reused == null) {
      throw Vdbe.internalError("cursor has no key description");
    }
    if (reused.fields.length < count) {
      reused.fields = new Mem[count];
    }
    Mem[] fields = reused.fields;
    for (int i = 0; i < count; i++) {
      Mem field = registers[first + i];
      if (fields[i] != field) { // A store costs a barrier of the collector.
        fields[i] = field;
      }
    }
    reused.fieldCount = count;
    reused.defaultResult = defaultResult;
    reused.equalSeen = false;
    return reused;
  }

  /** A record as a key to search with. */
  UnpackedRecord key(Mem blob) {
    KeyInfo info = keyInfo();
    if (decodedKey.length == 0) {
      decodedKey = new Mem[info.allFieldCount() + 1];
      for (int i = 0; i < decodedKey.length; i++) {
        decodedKey[i] = new Mem();
      }
    }
    int count = Record.unpack(blob.bytes, blob.offset, blob.length, decodedKey, info.encoding());
    return key(decodedKey, 0, count, 0);
  }
}
