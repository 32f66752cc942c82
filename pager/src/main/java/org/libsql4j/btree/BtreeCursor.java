package org.libsql4j.btree;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.UnpackedRecord;

/**
 * A position in one tree, through which it is read and changed.
 *
 * <p>A cursor stays usable when the tree changes under it: it then knows only its key, and returns to
 * the entry (or to the place where it was) with its next use; {@link #hasMoved()} and {@link
 * #restore()} tell. Views of the page ({@link #pageData()} and the payload offsets) are valid until
 * the cursor moves or the tree changes.
 */
public final class BtreeCursor {
  /** {@link #delete} and insert flag: the cursor stays at the entry's place for a following next. */
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

  BtreeCursor() {}

  private static LibsqlException unsupported() {
    return new LibsqlException(ResultCode.ERROR, "B-trees are not supported yet");
  }

  /** Gives up the position and the pages. Closing twice is harmless. */
  public void close() {
    throw unsupported();
  }

  // ---- moving --------------------------------------------------------------------------------

  /** Goes to the smallest entry; returns true if the tree is empty. */
  public boolean moveToFirst() {
    throw unsupported();
  }

  /** Goes to the greatest entry; returns true if the tree is empty. */
  public boolean moveToLast() {
    throw unsupported();
  }

  /** Goes to the next entry; returns false at the end. */
  public boolean next() {
    throw unsupported();
  }

  /** Goes to the previous entry; returns false at the start. */
  public boolean previous() {
    throw unsupported();
  }

  /** Whether the cursor is at no entry. */
  public boolean isEof() {
    throw unsupported();
  }

  /** Whether the tree is empty. */
  public boolean isEmpty() {
    throw unsupported();
  }

  /**
   * Searches a rowid table. The cursor is left at the entry, or at a neighbour of its place.
   *
   * @param biasRight whether the rowid is likely greater than all
   * @return 0 found; -1 the entry it is left at is smaller, or the tree is empty; 1 it is greater
   */
  public int tableMoveTo(long rowid, boolean biasRight) {
    throw unsupported();
  }

  /**
   * Searches an index. The cursor is left at the entry, or at a neighbour of its place.
   *
   * @return 0 found; -1 the entry it is left at is smaller, or the tree is empty; 1 it is greater
   */
  public int indexMoveTo(UnpackedRecord key) {
    throw unsupported();
  }

  /** Whether the entry may have moved since it was last positioned; then {@link #restore()} it. */
  public boolean hasMoved() {
    throw unsupported();
  }

  /** Returns to the saved entry; returns true if the cursor is now at a different one or at none. */
  public boolean restore() {
    throw unsupported();
  }

  /** Forgets position and saved key, without closing. */
  public void clear() {
    throw unsupported();
  }

  // ---- reading -------------------------------------------------------------------------------

  /** The rowid of the entry; the cursor must be at one. */
  public long integerKey() {
    throw unsupported();
  }

  /** Payload size of the entry in bytes; the cursor must be at one. */
  public int payloadSize() {
    throw unsupported();
  }

  /** Copies a part of the payload, which must lie within it. */
  public void payload(int offset, int amount, byte[] target, int targetOffset) {
    throw unsupported();
  }

  /** The bytes of the page that holds the entry; read only. */
  public byte[] pageData() {
    throw unsupported();
  }

  /** Where in {@link #pageData()} the payload starts. */
  public int localPayloadOffset() {
    throw unsupported();
  }

  /** How many bytes of the payload are in {@link #pageData()}; the others are on overflow pages. */
  public int localPayloadSize() {
    throw unsupported();
  }

  /** Where the payload of the entry starts in the file, in bytes. */
  public long offsetInFile() {
    throw unsupported();
  }

  /** Counts all entries of the tree. Leaves the cursor without position. */
  public long count() {
    throw unsupported();
  }

  /** A rough number of entries from the path of the last move; -1 if unknown. */
  public long rowCountEstimate() {
    throw unsupported();
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
    throw unsupported();
  }

  /**
   * Adds or replaces an index entry.
   *
   * @param unpacked the same key in cells, or null
   * @param flags {@link #APPEND}, {@link #SAVE_POSITION}, {@link #PREFORMAT}
   * @param seekResult what the last {@link #indexMoveTo} with this key gave if the cursor has not moved
   *     since, otherwise 0
   */
  public void insertIndex(
      byte[] key,
      int offset,
      int length,
      @Nullable UnpackedRecord unpacked,
      int flags,
      int seekResult) {
    throw unsupported();
  }

  /** Removes the entry at which the cursor is. */
  public void delete(int flags) {
    throw unsupported();
  }

  /**
   * Copies the entry of another tree's cursor as raw bytes; the following insert with {@link
   * #PREFORMAT} adds it.
   *
   * @param rowid the rowid that it gets; ignored for an index
   */
  public void transferRow(BtreeCursor source, long rowid) {
    throw unsupported();
  }

  /** Removes all entries of the cursor's tree; returns how many there were. */
  public long clearTable() {
    throw unsupported();
  }

  // ---- incremental blobs ---------------------------------------------------------------------

  /** Marks a cursor that serves an incremental blob: a change of its row makes it invalid. */
  public void setIncrementalBlob() {
    throw unsupported();
  }

  /**
   * Like {@link #payload} for an incremental blob: restores the position first.
   *
   * @throws LibsqlException ABORT if the row has changed or gone
   */
  public void payloadChecked(int offset, int amount, byte[] target, int targetOffset) {
    throw unsupported();
  }

  /** Overwrites a part of the payload in place; the size stays. */
  public void putData(int offset, int amount, byte[] source, int sourceOffset) {
    throw unsupported();
  }

  /** {@link #HINT_BULK_LOAD} or {@link #HINT_SEEK_EQ}, or 0. */
  public void setHints(int hints) {
    throw unsupported();
  }

  /** Root page of the cursor's tree. */
  public int rootPage() {
    throw unsupported();
  }

  public Btree btree() {
    throw unsupported();
  }
}
