package org.libsql4j.btree;

import org.libsql4j.record.RecordComparator;
import org.libsql4j.record.UnpackedRecord;
import org.libsql4j.record.Varint;

/**
 * How a cursor searches: binary search in each page from the root down, with short cuts when the
 * key is near the present entry.
 *
 * <p>Results are those of {@link BtreeCursor#tableMoveTo}: 0 found, otherwise how the entry at
 * which the cursor is left compares with the key.
 */
final class CursorSeek {
  private CursorSeek() {}

  // ---- tables --------------------------------------------------------------------------------

  /** One method, as long as it is: too long to be inlined wherever a cursor may have to seek. */
  static int table(BtreeCursor cursor, long rowid, boolean biasRight) {
    boolean sameLeaf = false;
    if (cursor.state == CursorStack.VALID) {
      if (cursor.rowidKnown) {
        if (cursor.info.key == rowid) {
          return 0;
        }
        if (cursor.info.key < rowid && cursor.atLast) {
          return -1;
        }
      }
      BtreePage present = cursor.page;
      sameLeaf =
          !biasRight
              && present.leaf
              && cursor.depth > 0
              && present.rowid(present.cellCount - 1) >= rowid
              && present.rowid(0) <= rowid;
    }
    if (sameLeaf) {
      cursor.atLast = false;
    } else if (!cursor.moveToRoot()) {
      return -1;
    }
    BtreePage page = cursor.page;
    while (!page.leaf) {
      int child = firstNotLess(page, rowid, biasRight);
      cursor.index = child;
      cursor.moveToChild(page.child(child));
      page = cursor.page;
    }
    int low = 0;
    int high = page.cellCount - 1;
    int middle = biasRight ? high : high >> 1;
    int result;
    do {
      long key = page.rowid(middle);
      if (key < rowid) {
        low = middle + 1;
        result = -1;
      } else if (key > rowid) {
        high = middle - 1;
        result = 1;
      } else {
        result = 0;
        break;
      }
      cursor.index = middle;
      middle = low + high >> 1;
    } while (low <= high);
    cursor.cellParsed = false;
    cursor.overflowKnown = false;
    cursor.rowidKnown = result == 0;
    if (result == 0) {
      cursor.index = middle;
      cursor.info.key = rowid;
    }
    return result;
  }

  /** The child of an inner page in whose subtree the rowid belongs. */
  private static int firstNotLess(BtreePage page, long rowid, boolean biasRight) {
    int low = 0;
    int high = page.cellCount;
    if (biasRight && high > 0 && page.rowid(high - 1) < rowid) {
      return high;
    }
    while (low < high) {
      int middle = low + high >>> 1;
      if (page.rowid(middle) < rowid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // ---- indexes -------------------------------------------------------------------------------

  static int index(BtreeCursor cursor, UnpackedRecord key) {
    int strategy = RecordComparator.strategy(key);
    key.equalSeen = false;
    if (cursor.state == CursorStack.VALID && cursor.page.leaf && cursor.isOnLastPage()) {
      BtreePage page = cursor.page;
      if (cursor.index == page.cellCount - 1) {
        int result = compare(cursor, page, cursor.index, key, strategy);
        if (result <= 0) {
          return result;
        }
      }
      if (cursor.depth > 0 && compare(cursor, page, 0, key, strategy) <= 0) {
        cursor.forgetCell();
        cursor.atLast = false;
        return searchIndexPage(cursor, key, strategy);
      }
      key.equalSeen = false;
    }
    if (!cursor.moveToRoot()) {
      return -1;
    }
    while (true) {
      int result = searchIndexPage(cursor, key, strategy);
      if (result == 0 || cursor.page.leaf) {
        return result;
      }
      if (result < 0) {
        cursor.index++;
      }
      cursor.moveToChild(cursor.page.child(cursor.index));
    }
  }

  /** Leaves the index at the last cell compared; the result is that comparison's. */
  private static int searchIndexPage(BtreeCursor cursor, UnpackedRecord key, int strategy) {
    BtreePage page = cursor.page;
    int low = 0;
    int high = page.cellCount - 1;
    int result = 0;
    while (low <= high) {
      int middle = low + high >>> 1;
      result = compare(cursor, page, middle, key, strategy);
      cursor.index = middle;
      if (result < 0) {
        low = middle + 1;
      } else if (result > 0) {
        high = middle - 1;
      } else {
        return 0;
      }
    }
    // The last one compared is a neighbour of the place: the cell before it if the result is
    // negative, the one after it if positive.
    return result;
  }

  private static int compare(
      BtreeCursor cursor, BtreePage page, int index, UnpackedRecord key, int strategy) {
    byte[] data = page.data;
    int at = page.cellOffset(index) + page.childPointerSize;
    int size = data[at];
    if (size >= 0) {
      at++;
    } else {
      size = Varint.getInt(data, at);
      at += Varint.length(data, at);
    }
    if (size > page.maxLocal) {
      return compareOverflowing(cursor, page, index, key, strategy);
    }
    if (at + size > data.length) {
      throw Corruption.found();
    }
    return RecordComparator.compare(data, at, size, key, strategy);
  }

  private static int compareOverflowing(
      BtreeCursor cursor, BtreePage page, int index, UnpackedRecord key, int strategy) {
    int size = cursor.gatherKey(page, index);
    return RecordComparator.compare(cursor.keyBuffer(), 0, size, key, strategy);
  }
}
