package org.libsql4j.btree;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.record.UnpackedRecord;
import org.libsql4j.record.Varint;

/**
 * A position in one tree, through which it is read and changed.
 *
 * <p>A cursor stays usable when the tree changes under it: it then knows only its key, and returns
 * to the entry (or to the place where it was) with its next use; {@link #hasMoved()} and {@link
 * #restore()} tell. Views of the page ({@link #pageData()} and the payload offsets) are valid until
 * the cursor moves or the tree changes.
 */
public final class BtreeCursor extends CursorStack {
  /**
   * {@link #delete} and insert flag: the cursor stays at the entry's place for a following next.
   */
  public static final int SAVE_POSITION = 0x02;

  /** {@link #delete} flag: the entry belongs to an index whose table row is deleted too. */
  public static final int AUX_DELETE = 0x04;

  /** Insert flag: the key is likely the greatest. */
  public static final int APPEND = 0x08;

  /** Insert flag: {@link #transferRow} has prepared the cell. */
  public static final int PREFORMAT = 0x80;

  /** Hint: entries come in key order, leave pages full. */
  public static final int HINT_BULK_LOAD = 1;

  /** Hint: only seeks to equal keys follow. */
  public static final int HINT_SEEK_EQ = 2;

  private final Btree btree;
  final boolean write;
  final @Nullable KeyInfo keyInfo;

  /** Neighbours in the list of open cursors. */
  @Nullable BtreeCursor nextCursor;

  @Nullable BtreeCursor previousCursor;

  private boolean closed;
  private @Nullable PositionListener listener;
  boolean incrementalBlob;
  int hints;

  /** The key to return to, in state REQUIRE_SEEK. */
  private long savedRowid;

  private boolean pinned;

  private byte[] savedKey = Bytes.EMPTY;
  private int savedKeyLength = -1;

  /** For keys that are partly on overflow pages. */
  private byte[] keyBuffer = Bytes.EMPTY;

  private final CellInfo keyCell = new CellInfo();
  private @Nullable UnpackedRecord seekKey;

  BtreeCursor(Btree btree, BtreeShared shared, int root, boolean write, @Nullable KeyInfo keyInfo) {
    super(shared, root, keyInfo == null);
    this.btree = btree;
    this.write = write;
    this.keyInfo = keyInfo;
    link();
  }

  private void link() {
    BtreeCursor first = shared.firstCursor;
    nextCursor = first;
    previousCursor = null;
    if (first != null) {
      first.previousCursor = this;
    }
    shared.firstCursor = this;
  }

  /** Opens a closed cursor again, at no position; does nothing if it is open. */
  public void reopen() {
    if (!closed) {
      return;
    }
    closed = false;
    pinned = false;
    hints = 0;
    fault = ResultCode.OK;
    skipNext = 0;
    atLast = false;
    clear();
    forgetCell();
    link();
  }

  /** Whether this is a cursor on a tree of a database, for reading or writing. */
  public boolean isOn(Btree database, int rootPage, boolean writing) {
    return btree == database && root == rootPage && write == writing;
  }

  /** Gives up the position and the pages. Closing twice is harmless. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    listener = null;
    if (previousCursor != null) {
      previousCursor.nextCursor = nextCursor;
    } else {
      shared.firstCursor = nextCursor;
    }
    if (nextCursor != null) {
      nextCursor.previousCursor = previousCursor;
    }
    releasePages();
    state = INVALID;
    btree.unlockIfUnused();
  }

  // ---- moving --------------------------------------------------------------------------------

  /** Goes to the smallest entry; returns true if the tree is empty. */
  public boolean moveToFirst() {
    try {
      if (!moveToRoot()) {
        return true;
      }
      moveToLeftmost();
      return false;
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Goes to the greatest entry; returns true if the tree is empty. */
  public boolean moveToLast() {
    if (state == VALID && atLast) {
      return false;
    }
    try {
      if (!moveToRoot()) {
        return true;
      }
      moveToRightmost();
      atLast = true;
      return false;
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Goes to the next entry; returns false at the end. */
  public boolean next() {
    if (state == VALID) {
      int following = index + 1;
      if (page.leaf && following < page.cellCount) {
        index = following;
        cellParsed = false;
        rowidKnown = false;
        overflowKnown = false;
        return true;
      }
    }
    return nextPage();
  }

  private boolean nextPage() {
    if (state != VALID) {
      restorePosition();
      if (state == INVALID) {
        return false;
      }
      if (state == SKIP_NEXT) {
        state = VALID;
        int skip = skipNext;
        skipNext = 0;
        if (skip > 0) {
          return true;
        }
      }
    }
    try {
      return stepForward();
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Goes to the previous entry; returns false at the start. */
  public boolean previous() {
    if (state == VALID && page.leaf && index > 0) {
      index--;
      forgetCell();
      atLast = false;
      return true;
    }
    if (state != VALID) {
      restorePosition();
      if (state == INVALID) {
        return false;
      }
      if (state == SKIP_NEXT) {
        state = VALID;
        int skip = skipNext;
        skipNext = 0;
        if (skip < 0) {
          return true;
        }
      }
    }
    try {
      return stepBack();
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Whether the cursor is at no entry. */
  public boolean isEof() {
    return state != VALID;
  }

  /** Whether the tree is empty. */
  public boolean isEmpty() {
    if (state == VALID) {
      return false;
    }
    return !moveToRoot();
  }

  /**
   * Searches a rowid table. The cursor is left at the entry, or at a neighbour of its place.
   *
   * @param biasRight whether the rowid is likely greater than all
   * @return 0 found; -1 the entry it is left at is smaller, or the tree is empty; 1 it is greater
   */
  public int tableMoveTo(long rowid, boolean biasRight) {
    try {
      return CursorSeek.table(this, rowid, biasRight);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /**
   * Searches an index. The cursor is left at the entry, or at a neighbour of its place.
   *
   * @return 0 found; -1 the entry it is left at is smaller, or the tree is empty; 1 it is greater
   */
  public int indexMoveTo(UnpackedRecord key) {
    try {
      return CursorSeek.index(this, key);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Whether the entry may have moved since it was last positioned; then {@link #restore()} it. */
  public boolean hasMoved() {
    return state != VALID;
  }

  /**
   * Returns to the saved entry; returns true if the cursor is now at a different one or at none.
   */
  public boolean restore() {
    restorePosition();
    return state != VALID;
  }

  /** Forgets position and saved key, without closing. */
  public void clear() {
    dropSavedKey();
    state = INVALID;
  }

  /**
   * Forbids others to change the tree as long as the cursor stands on an entry: a change fails with
   * CONSTRAINT_PINNED.
   */
  public void setPinned(boolean pinned) {
    this.pinned = pinned;
  }

  /**
   * Who is told when the tree is about to change under the entry the cursor is at; null: nobody.
   */
  public void setListener(@Nullable PositionListener listener) {
    this.listener = listener;
  }

  private void tellListener() {
    PositionListener told = listener;
    if (told != null && state == VALID) {
      told.positionWillBeLost(this);
    }
  }

  // ---- saved positions -----------------------------------------------------------------------

  @Override
  void dropSavedKey() {
    savedKeyLength = -1;
  }

  /** Remembers the key of the entry and gives the pages back, so that the tree may change. */
  void savePosition() {
    if (state == VALID || state == SKIP_NEXT) {
      if (pinned) {
        throw new LibsqlException(ResultCode.CONSTRAINT_PINNED);
      }
      tellListener();
      if (state == SKIP_NEXT) {
        state = VALID;
      } else {
        skipNext = 0;
      }
      saveKey();
      state = REQUIRE_SEEK;
    }
    releasePages();
    forgetCell();
    atLast = false;
  }

  /** Remembers the key of the present entry. */
  void saveKey() {
    if (intKey) {
      savedRowid = integerKey();
      return;
    }
    int size = payloadSize();
    if (savedKey.length < size) {
      savedKey = new byte[size + (size >> 2)];
    }
    payload(0, size, savedKey, 0);
    savedKeyLength = size;
  }

  /** Will return to a key that was just inserted. */
  void requireSeek(long rowid, byte[] key, int offset, int length) {
    releasePages();
    forgetCell();
    atLast = false;
    if (intKey) {
      savedRowid = rowid;
    } else {
      if (savedKey.length < length) {
        savedKey = new byte[length + (length >> 2)];
      }
      System.arraycopy(key, offset, savedKey, 0, length);
      savedKeyLength = length;
    }
    state = REQUIRE_SEEK;
    skipNext = 0;
  }

  /** Will return to the key saved before. */
  void requireSeekToSavedKey() {
    releasePages();
    forgetCell();
    atLast = false;
    state = REQUIRE_SEEK;
  }

  /** Goes back to the saved key if the state asks for it. */
  void restorePosition() {
    if (state < REQUIRE_SEEK) {
      return;
    }
    if (state == FAULT) {
      throw faultException();
    }
    state = INVALID;
    int result;
    if (intKey) {
      result = tableMoveTo(savedRowid, false);
    } else {
      if (savedKeyLength < 0) {
        return;
      }
      int length = savedKeyLength;
      savedKeyLength = -1;
      result = indexMoveTo(unpackKey(savedKey, 0, length));
    }
    if (result != 0) {
      skipNext = result;
    }
    if (skipNext != 0 && state == VALID) {
      state = SKIP_NEXT;
    }
  }

  /** A key in cells, reused by the next call. */
  UnpackedRecord unpackKey(byte[] key, int offset, int length) {
    KeyInfo info = keyInfo;
    if (info == null) {
      throw Corruption.found();
    }
    UnpackedRecord target = seekKey;
    if (target == null) {
      Mem[] fields = new Mem[info.allFieldCount() + 1];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = new Mem();
      }
      target = new UnpackedRecord(info, fields, 0);
      seekKey = target;
    }
    Record.unpack(key, offset, length, target);
    if (target.fieldCount == 0 || target.fieldCount > info.allFieldCount()) {
      throw Corruption.found();
    }
    return target;
  }

  /** The row of an incremental blob has changed. */
  void invalidate() {
    state = INVALID;
  }

  /** The next use throws. */
  void trip(ResultCode code) {
    tellListener();
    dropSavedKey();
    fault = code;
    state = FAULT;
    releasePages();
    forgetCell();
    atLast = false;
  }

  /** Whether all pages above are at their right-most child. */
  boolean isOnLastPage() {
    for (int level = 0; level < depth; level++) {
      if (indexes[level] < ancestor(level).cellCount) {
        return false;
      }
    }
    return true;
  }

  // ---- reading -------------------------------------------------------------------------------

  /** The rowid of the entry; the cursor must be at one. */
  public long integerKey() {
    if (rowidKnown) {
      return info.key;
    }
    return page.tableLeaf ? parseRowid() : cell().key;
  }

  private long parseRowid() {
    try {
      info.key = page.rowid(index);
      rowidKnown = true;
      return info.key;
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Payload size of the entry in bytes; the cursor must be at one. */
  public int payloadSize() {
    return cell().payloadSize;
  }

  /** The present cell's header. */
  CellInfo cell() {
    if (!cellParsed) {
      parseCell();
    }
    return info;
  }

  /**
   * Where the payload is, if all of it is in {@link #pageData()} and the cursor stands at an entry:
   * its offset there in the upper half, its size in the lower. Otherwise -1, and the other methods
   * tell more. Saves the parts of a cell that a reader of columns does not look at.
   */
  public long localPayload() {
    if (state != VALID) {
      return -1;
    }
    BtreePage here = page;
    byte[] data = here.data;
    int at = here.cellOffset(index);
    if (!here.tableLeaf) {
      at += here.childPointerSize;
    }
    if (at > data.length - 2 * Varint.MAX_LENGTH) {
      return -1;
    }
    int size = data[at++];
    if (size < 0) {
      int low = data[at++];
      if (low < 0) {
        return -1;
      }
      size = (size & 0x7f) << 7 | low;
    }
    if (here.tableLeaf) {
      // The rowid ends with the first byte whose high bit is clear.
      long ends = ~BigEndian.getLong(data, at) & 0x8080808080808080L;
      if (ends == 0) {
        return -1;
      }
      at += (Long.numberOfLeadingZeros(ends) >>> 3) + 1;
    }
    if (size > here.maxLocal || at + size > data.length) {
      return -1;
    }
    return (long) at << 32 | size;
  }

  private void parseCell() {
    try {
      BtreePage here = page;
      here.parseCell(index, info);
      if (info.overflows() || info.payloadOffset + info.localSize > shared.usableSize) {
        shared.overflow.check(info);
      }
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
    cellParsed = true;
    rowidKnown = intKey;
  }

  /** Copies the key of a cell of an index page into {@link #keyBuffer()}; returns its size. */
  int gatherKey(BtreePage page, int index) {
    page.parseCell(index, keyCell);
    shared.overflow.check(keyCell);
    int size = keyCell.payloadSize;
    if (keyBuffer.length < size) {
      keyBuffer = new byte[size + (size >> 2)];
    }
    shared.overflow.gather(page, keyCell, keyBuffer);
    return size;
  }

  byte[] keyBuffer() {
    return keyBuffer;
  }

  /** Copies a part of the payload, which must lie within it. */
  public void payload(int offset, int amount, byte[] target, int targetOffset) {
    shared.overflow.access(this, offset, amount, target, targetOffset, false);
  }

  /** The bytes of the page that holds the entry; read only. */
  public byte[] pageData() {
    return page.data;
  }

  /** Where in {@link #pageData()} the payload starts. */
  public int localPayloadOffset() {
    return cell().payloadOffset;
  }

  /** How many bytes of the payload are in {@link #pageData()}; the others are on overflow pages. */
  public int localPayloadSize() {
    return cell().localSize;
  }

  /** Where the payload of the entry starts in the file, in bytes. */
  public long offsetInFile() {
    return (long) (page.number() - 1) * shared.pageSize + cell().payloadOffset;
  }

  /** Counts all entries of the tree. Leaves the cursor without position. */
  public long count() {
    try {
      if (!moveToRoot()) {
        return 0;
      }
      long entries = 0;
      while (true) {
        if (page.leaf || !intKey) {
          entries += page.cellCount;
        }
        if (page.leaf) {
          do {
            if (depth == 0) {
              moveToRoot();
              return entries;
            }
            moveToParent();
          } while (index >= page.cellCount);
          index++;
        }
        moveToChild(page.child(index));
      }
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** A rough number of entries from the path of the last move; -1 if unknown. */
  public long rowCountEstimate() {
    if (state != VALID || !page.leaf) {
      return -1;
    }
    long estimate = page.cellCount;
    for (int level = 0; level < depth; level++) {
      estimate *= ancestor(level).cellCount;
    }
    return estimate;
  }

  // ---- changing ------------------------------------------------------------------------------

  /**
   * Adds or replaces a row of a rowid table.
   *
   * @param zeroTail number of zero bytes that follow the data in the record
   * @param flags {@link #APPEND}, {@link #SAVE_POSITION}, {@link #PREFORMAT}
   * @param seekResult what the last {@link #tableMoveTo} with this rowid gave if the cursor has not
   *     moved since, otherwise 0
   */
  public void insertTable(
      long rowid, byte[] data, int offset, int length, int zeroTail, int flags, int seekResult) {
    try {
      CursorChange.insertTable(this, rowid, data, offset, length, zeroTail, flags, seekResult);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /**
   * Adds or replaces an index entry.
   *
   * @param unpacked the same key in cells, or null
   * @param flags {@link #APPEND}, {@link #SAVE_POSITION}, {@link #PREFORMAT}
   * @param seekResult what the last {@link #indexMoveTo} with this key gave if the cursor has not
   *     moved since, otherwise 0
   */
  public void insertIndex(
      byte[] key,
      int offset,
      int length,
      @Nullable UnpackedRecord unpacked,
      int flags,
      int seekResult) {
    try {
      CursorChange.insertIndex(this, key, offset, length, unpacked, flags, seekResult);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Removes the entry at which the cursor is. */
  public void delete(int flags) {
    try {
      CursorChange.delete(this, flags);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /**
   * Copies the entry of another tree's cursor as raw bytes; the following insert with {@link
   * #PREFORMAT} adds it.
   *
   * @param rowid the rowid that it gets; ignored for an index
   */
  public void transferRow(BtreeCursor source, long rowid) {
    try {
      RowTransfer.prepare(this, source, rowid);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Removes all entries of the cursor's tree; returns how many there were. */
  public long clearTable() {
    return btree.clearTable(root);
  }

  // ---- incremental blobs ---------------------------------------------------------------------

  /** Marks a cursor that serves an incremental blob: a change of its row makes it invalid. */
  public void setIncrementalBlob() {
    incrementalBlob = true;
    shared.hasIncrementalBlobs = true;
  }

  /**
   * Like {@link #payload} for an incremental blob: restores the position first.
   *
   * @throws LibsqlException ABORT if the row has changed or gone
   */
  public void payloadChecked(int offset, int amount, byte[] target, int targetOffset) {
    if (state == INVALID) {
      throw new LibsqlException(ResultCode.ABORT);
    }
    if (state != VALID && restore()) {
      throw new LibsqlException(ResultCode.ABORT);
    }
    payload(offset, amount, target, targetOffset);
  }

  /** Overwrites a part of the payload in place; the size stays. */
  public void putData(int offset, int amount, byte[] source, int sourceOffset) {
    if (state != VALID && (state == INVALID || restore())) {
      throw new LibsqlException(ResultCode.ABORT);
    }
    if (!write) {
      throw new LibsqlException(ResultCode.READONLY);
    }
    shared.saveCursors(root, this);
    shared.overflow.access(this, offset, amount, source, sourceOffset, true);
  }

  /** {@link #HINT_BULK_LOAD} or {@link #HINT_SEEK_EQ}, or 0. */
  public void setHints(int hints) {
    this.hints = hints;
  }
}
