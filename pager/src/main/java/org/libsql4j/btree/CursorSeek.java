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

  /** Result of a search near the present entry that found nothing to say. */
  private static final int ELSEWHERE = 2;

  /** So many searches are not begun near the present entry after that was vain again and again. */
  private static final int MOST_FAR_SEEKS_EXPECTED = 63;

  static int index(BtreeCursor cursor, UnpackedRecord key) {
    int strategy = RecordComparator.strategy(key);
    key.equalSeen = false;
    if (cursor.state == CursorStack.VALID && cursor.page.leaf) {
      if (cursor.farSeeksExpected > 0) {
        cursor.farSeeksExpected--;
      } else {
        int result = nearby(cursor, key, strategy);
        if (result != ELSEWHERE) {
          cursor.farSeeks = 0;
          return result;
        }
        cursor.farSeeks = Math.min(2 * cursor.farSeeks + 1, MOST_FAR_SEEKS_EXPECTED);
        cursor.farSeeksExpected = cursor.farSeeks;
        key.equalSeen = false;
      }
    }
    if (!cursor.moveToRoot()) {
      return -1;
    }
    while (true) {
      BtreePage page = cursor.page;
      int result = searchIndexPage(cursor, key, strategy, 0, page.cellCount - 1, 0);
      if (result == 0 || page.leaf) {
        return result;
      }
      if (result < 0) {
        cursor.index++;
      }
      cursor.moveToChild(page.child(cursor.index));
    }
  }

  /**
   * Searches the leaf at which the cursor is, beginning with the neighbours of its entry: keys that
   * are looked for one after the other often are near each other.
   *
   * @return {@link #ELSEWHERE} if the place is not surely in this leaf
   */
  private static int nearby(BtreeCursor cursor, UnpackedRecord key, int strategy) {
    BtreePage page = cursor.page;
    int here = cursor.index;
    int result = compare(cursor, page, here, key, strategy);
    if (result == 0) {
      return 0;
    }
    if (result > 0) {
      return before(cursor, key, strategy, here);
    }
    int last = page.cellCount - 1;
    if (here < last) {
      int next = here + 1;
      result = compare(cursor, page, next, key, strategy);
      if (result >= 0) {
        return standAt(cursor, next, result);
      }
      if (next < last) {
        result = compare(cursor, page, last, key, strategy);
        if (result >= 0) {
          standAt(cursor, last, result);
          return result == 0 ? 0 : searchIndexPage(cursor, key, strategy, next + 1, last - 1, 1);
        }
      }
    }
    return cursor.isOnLastPage() ? standAt(cursor, last, -1) : ELSEWHERE;
  }

  /** The part of {@link #nearby} that is about entries before the present one, which is greater. */
  private static int before(BtreeCursor cursor, UnpackedRecord key, int strategy, int here) {
    BtreePage page = cursor.page;
    int previous = here - 1;
    if (previous < 0) {
      return ELSEWHERE;
    }
    int result = compare(cursor, page, previous, key, strategy);
    if (result < 0) {
      return 1;
    }
    if (result == 0) {
      return standAt(cursor, previous, 0);
    }
    if (previous == 0) {
      return ELSEWHERE;
    }
    result = compare(cursor, page, 0, key, strategy);
    if (result > 0) {
      return ELSEWHERE;
    }
    standAt(cursor, 0, result);
    return result == 0 ? 0 : searchIndexPage(cursor, key, strategy, 1, previous - 1, -1);
  }

  private static int standAt(BtreeCursor cursor, int index, int result) {
    cursor.index = index;
    cursor.forgetCell();
    cursor.atLast = false;
    return result;
  }

  /**
   * Searches the cells from {@code low} to {@code high}; leaves the index at the last one compared.
   *
   * @param known how the present cell compares, which is the result if there are none to search
   */
  private static int searchIndexPage(
      BtreeCursor cursor, UnpackedRecord key, int strategy, int low, int high, int known) {
    BtreePage page = cursor.page;
    int from = low;
    int to = high;
    int result = known;
    while (from <= to) {
      int middle = from + to >>> 1;
      result = compare(cursor, page, middle, key, strategy);
      cursor.index = middle;
      if (result < 0) {
        from = middle + 1;
      } else if (result > 0) {
        to = middle - 1;
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
