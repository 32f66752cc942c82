package org.libsql4j.btree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.UnpackedRecord;

/** How entries are added, replaced and removed at a cursor. */
final class CursorChange {
  private CursorChange() {}

  // ---- insert --------------------------------------------------------------------------------

  static void insertTable(
      BtreeCursor cursor,
      long rowid,
      byte[] data,
      int offset,
      int length,
      int zeroTail,
      int flags,
      int seekResult) {
    // What the search found is void if another cursor has changed the tree since.
    int place = cursor.state < CursorStack.REQUIRE_SEEK ? seekResult : 0;
    prepare(cursor, place);
    BtreeShared shared = cursor.shared;
    shared.invalidateIncrementalBlobs(cursor.root, rowid, false);
    if (cursor.state == CursorStack.VALID && cursor.rowidKnown && cursor.info.key == rowid) {
      place = 0;
    } else if (place == 0) {
      place = CursorSeek.table(cursor, rowid, (flags & BtreeCursor.APPEND) != 0);
    }
    boolean raw = (flags & BtreeCursor.PREFORMAT) != 0;
    if (place == 0 && !raw && zeroTail == 0 && overwrite(cursor, data, offset, length)) {
      return;
    }
    BtreePage page = cursor.page;
    int size =
        raw
            ? preformatted(shared)
            : shared.cells.build(page, rowid, data, offset, length, zeroTail);
    boolean placed = put(cursor, size, place);
    if (placed) {
      cursor.info.key = rowid;
      cursor.rowidKnown = true;
      cursor.atLast =
          cursor.index == cursor.page.cellCount - 1 && (cursor.atLast || cursor.isOnLastPage());
      return;
    }
    rebalance(cursor);
    if ((flags & BtreeCursor.SAVE_POSITION) != 0) {
      cursor.requireSeek(rowid, data, 0, 0);
    }
  }

  static void insertIndex(
      BtreeCursor cursor,
      byte[] key,
      int offset,
      int length,
      @Nullable UnpackedRecord unpacked,
      int flags,
      int seekResult) {
    int place = seekResult;
    prepare(cursor, place);
    if (place == 0 && (flags & BtreeCursor.SAVE_POSITION) == 0) {
      UnpackedRecord wanted = unpacked == null ? cursor.unpackKey(key, offset, length) : unpacked;
      place = CursorSeek.index(cursor, wanted);
    }
    boolean raw = (flags & BtreeCursor.PREFORMAT) != 0;
    if (place == 0
        && !raw
        && cursor.state == CursorStack.VALID
        && overwrite(cursor, key, offset, length)) {
      return;
    }
    BtreePage page = cursor.page;
    BtreeShared shared = cursor.shared;
    int size = raw ? preformatted(shared) : shared.cells.build(page, 0, key, offset, length, 0);
    if (put(cursor, size, place)) {
      cursor.atLast = false;
      return;
    }
    rebalance(cursor);
    if ((flags & BtreeCursor.SAVE_POSITION) != 0) {
      cursor.requireSeek(0, key, offset, length);
    }
  }

  private static void prepare(BtreeCursor cursor, int place) {
    cursor.shared.saveCursors(cursor.root, cursor);
    if (place != 0 && cursor.depth < 0) {
      throw Corruption.found();
    }
    if (cursor.state >= CursorStack.REQUIRE_SEEK) {
      cursor.moveToRoot();
    }
  }

  /** The cell that {@link RowTransfer} left in the cell buffer. */
  private static int preformatted(BtreeShared shared) {
    int size = shared.preformattedSize;
    byte[] cell = shared.cellBuffer();
    if (size < BtreePage.MIN_CELL_BYTES) {
      Arrays.fill(cell, size, BtreePage.MIN_CELL_BYTES, (byte) 0);
      size = BtreePage.MIN_CELL_BYTES;
    }
    return size;
  }

  /** Replaces a payload by one of the same size in place; false if the sizes differ. */
  private static boolean overwrite(BtreeCursor cursor, byte[] data, int offset, int length) {
    CellInfo info = cursor.cell();
    if (info.payloadSize != length) {
      return false;
    }
    BtreePage page = cursor.page;
    if (info.payloadOffset < page.pointersEnd()) {
      throw Corruption.found();
    }
    boolean same =
        !info.overflows()
            && Bytes.equal(page.data, info.payloadOffset, length, data, offset, length);
    if (!same) {
      cursor.shared.overflow.access(cursor, 0, length, data, offset, true);
    }
    return true;
  }

  /**
   * Puts the cell in the cell buffer at, before or after the cursor's entry.
   *
   * @return false if it did not fit, so that the tree must be balanced
   */
  private static boolean put(BtreeCursor cursor, int size, int place) {
    BtreePage page = cursor.page;
    BtreeShared shared = cursor.shared;
    byte[] cell = shared.cellBuffer();
    page.freeBytes();
    if (place == 0) {
      if (cursor.index >= page.cellCount) {
        throw Corruption.found();
      }
      if (replace(cursor, page, cell, size)) {
        return true;
      }
    } else if (!page.leaf) {
      throw Corruption.found();
    } else if (place < 0 && page.cellCount > 0) {
      cursor.index++;
    }
    cursor.forgetCell();
    PageSpace.insertCell(page, cursor.index, cell, 0, size, 0);
    // Valid even if the tree was empty.
    cursor.state = CursorStack.VALID;
    return page.overflowCount == 0;
  }

  /**
   * Removes the cell that is replaced, or writes the new one over it.
   *
   * @return whether the new one is in place already
   */
  private static boolean replace(BtreeCursor cursor, BtreePage page, byte[] cell, int size) {
    BtreeShared shared = cursor.shared;
    shared.pager.write(page.page);
    int start = page.cellOffset(cursor.index);
    if (!page.leaf) {
      System.arraycopy(page.data, start, cell, 0, 4);
    }
    cursor.forgetCell();
    CellInfo info = cursor.info;
    page.parseCell(cursor.index, info);
    shared.overflow.check(info);
    shared.overflow.free(page, info);
    if (info.cellSize == size
        && !info.overflows()
        && (!shared.autoVacuum || size < page.minLocal)) {
      if (start < page.pointersEnd()) {
        throw Corruption.found();
      }
      System.arraycopy(cell, 0, page.data, start, size);
      return true;
    }
    PageSpace.dropCell(page, cursor.index, info.cellSize);
    return false;
  }

  private static void rebalance(BtreeCursor cursor) {
    cursor.forgetCell();
    cursor.atLast = false;
    try {
      cursor.shared.balancer.balance(cursor);
    } finally {
      if (cursor.depth >= 0) {
        cursor.page.overflowCount = 0;
      }
      cursor.state = CursorStack.INVALID;
    }
  }

  // ---- delete --------------------------------------------------------------------------------

  static void delete(BtreeCursor cursor, int flags) {
    if (cursor.state != CursorStack.VALID) {
      if (cursor.state < CursorStack.REQUIRE_SEEK) {
        throw Corruption.found();
      }
      cursor.restorePosition();
      if (cursor.state != CursorStack.VALID) {
        return;
      }
    }
    BtreeShared shared = cursor.shared;
    BtreePage page = cursor.page;
    int depth = cursor.depth;
    int index = cursor.index;
    if (index >= page.cellCount) {
      throw Corruption.found();
    }
    if (page.cellOffset(index) < page.pointersEnd()) {
      throw Corruption.found();
    }
    boolean savePosition = (flags & BtreeCursor.SAVE_POSITION) != 0;
    boolean seekLater = savePosition && needsBalance(page, index);
    if (seekLater) {
      cursor.saveKey();
    }
    if (cursor.intKey && shared.hasIncrementalBlobs) {
      shared.invalidateIncrementalBlobs(cursor.root, cursor.integerKey(), false);
    }
    if (!page.leaf) {
      // The entry is a divider: its predecessor in a leaf takes its place.
      cursor.previous();
    }
    shared.saveCursors(cursor.root, cursor);
    remove(cursor, page, index);
    if (!page.leaf) {
      replaceDivider(cursor, page, depth, index);
    }
    cursor.forgetCell();
    cursor.atLast = false;
    balanceFrom(cursor, depth);
    if (savePosition && !seekLater) {
      stayBeside(cursor, page, index);
    } else {
      cursor.moveToRoot();
      if (seekLater) {
        cursor.requireSeekToSavedKey();
        cursor.skipNext = 0;
      }
    }
  }

  /** Whether the removal of a cell will make the page too empty or moves another one up. */
  private static boolean needsBalance(BtreePage page, int index) {
    return !page.leaf
        || page.cellCount == 1
        || page.freeBytes() + page.cellSize(index) + 2 > page.shared.usableSize * 2 / 3;
  }

  private static void remove(BtreeCursor cursor, BtreePage page, int index) {
    BtreeShared shared = cursor.shared;
    shared.pager.write(page.page);
    CellInfo info = cursor.info;
    cursor.forgetCell();
    page.parseCell(index, info);
    shared.overflow.check(info);
    shared.overflow.free(page, info);
    PageSpace.dropCell(page, index, info.cellSize);
  }

  /** Moves the last cell of the leaf at which the cursor is to the place of the removed divider. */
  private static void replaceDivider(BtreeCursor cursor, BtreePage page, int depth, int index) {
    BtreeShared shared = cursor.shared;
    BtreePage leaf = cursor.page;
    leaf.freeBytes();
    int child = depth < cursor.depth - 1 ? cursor.ancestor(depth + 1).number() : leaf.number();
    int last = leaf.cellCount - 1;
    int start = leaf.cellOffset(last);
    int size = leaf.cellSizeAt(leaf.data, start);
    shared.pager.write(leaf.page);
    byte[] cell = shared.cellBuffer();
    System.arraycopy(leaf.data, start, cell, 4, size);
    PageSpace.insertCell(page, index, cell, 0, size + 4, child);
    PageSpace.dropCell(leaf, last, size);
  }

  private static void balanceFrom(BtreeCursor cursor, int depth) {
    Balancer balancer = cursor.shared.balancer;
    try {
      balancer.balance(cursor);
      if (cursor.depth > depth) {
        while (cursor.depth > depth) {
          cursor.moveToParent();
        }
        balancer.balance(cursor);
      }
    } catch (RuntimeException e) {
      cursor.state = CursorStack.INVALID;
      if (cursor.depth >= 0) {
        cursor.page.overflowCount = 0;
      }
      throw e;
    }
  }

  /** The page was not balanced: the cursor stays at the neighbour of what was removed. */
  private static void stayBeside(BtreeCursor cursor, BtreePage page, int index) {
    cursor.state = CursorStack.SKIP_NEXT;
    if (index >= page.cellCount) {
      cursor.skipNext = -1;
      cursor.index = page.cellCount - 1;
    } else {
      cursor.skipNext = 1;
    }
  }
}
