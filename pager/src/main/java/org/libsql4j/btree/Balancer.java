package org.libsql4j.btree;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Varint;

/**
 * Keeps trees balanced: spreads cells over siblings when a page overflows or is less than a third
 * full, adds a level when the root overflows and removes one when it has a single child.
 *
 * <p>Works from the page at which a cursor is up to the root. The cursor is left without a valid
 * position.
 */
final class Balancer {
  private final BtreeShared shared;

  /** Made when first needed: many connections only read. */
  private @Nullable SiblingBalancer siblings;

  Balancer(BtreeShared shared) {
    this.shared = shared;
  }

  private SiblingBalancer siblings() {
    SiblingBalancer known = siblings;
    if (known == null) {
      known = new SiblingBalancer(shared);
      siblings = known;
    }
    return known;
  }

  /** Whether a page needs no balancing, if it does not overflow. */
  boolean isFullEnough(BtreePage page) {
    return page.freeBytes() * 3 <= shared.usableSize * 2;
  }

  /** Balances the tree from the cursor's page upwards. */
  void balance(BtreeCursor cursor) {
    while (true) {
      BtreePage page = cursor.page;
      if (page.overflowCount == 0 && isFullEnough(page)) {
        return;
      }
      if (cursor.depth == 0) {
        if (page.overflowCount == 0) {
          return;
        }
        addLevel(cursor);
      } else {
        balanceBelowRoot(cursor, page);
      }
    }
  }

  private void balanceBelowRoot(BtreeCursor cursor, BtreePage page) {
    int level = cursor.depth - 1;
    BtreePage parent = cursor.ancestor(level);
    int parentIndex = cursor.indexes[level];
    shared.pager.write(parent.page);
    parent.freeBytes();
    try {
      if (isAppend(page, parent, parentIndex)) {
        append(parent, page);
      } else {
        boolean bulk = (cursor.hints & BtreeCursor.HINT_BULK_LOAD) != 0;
        siblings().balance(parent, parentIndex, level == 0, bulk);
      }
    } finally {
      page.overflowCount = 0;
      cursor.moveToParent();
    }
  }

  // ---- appending -----------------------------------------------------------------------------

  /** Whether a row was added behind all others, which gets a page of its own. */
  private static boolean isAppend(BtreePage page, BtreePage parent, int parentIndex) {
    return page.tableLeaf
        && page.overflowCount == 1
        && page.overflowIndex[0] == page.cellCount
        && page.cellCount > 0
        && parent.number() != 1
        && parent.cellCount == parentIndex
        && parent.overflowCount == 0;
  }

  /** Leaves the full page as it is and starts a new one on its right. */
  private void append(BtreePage parent, BtreePage page) {
    BtreePage fresh = shared.freeList.allocate(0, FreeList.ANY);
    try {
      PageSpace.clear(fresh, BtreePage.TABLE_LEAF);
      byte[] cell = page.overflowCells[0];
      page.overflowCount = 0;
      PageSpace.insertCell(fresh, 0, cell, 0, cell.length, 0);
      PointerMap.put(shared, fresh.number(), PointerMap.TREE, parent.number());
      byte[] divider = shared.cellBuffer();
      int size = 4 + Varint.put(divider, 4, page.rowid(page.cellCount - 1));
      PageSpace.insertCell(parent, parent.cellCount, divider, 0, size, page.number());
      parent.setRightChild(fresh.number());
    } finally {
      shared.release(fresh);
    }
  }

  // ---- levels --------------------------------------------------------------------------------

  /** Moves the content of the overflowing root to a new page below it. */
  private void addLevel(BtreeCursor cursor) {
    BtreePage root = cursor.page;
    shared.pager.write(root.page);
    BtreePage child = shared.freeList.allocate(root.number(), FreeList.ANY);
    try {
      copyContent(root, child);
      PointerMap.put(shared, child.number(), PointerMap.TREE, root.number());
    } catch (RuntimeException e) {
      shared.release(child);
      throw e;
    }
    for (int i = 0; i < root.overflowCount; i++) {
      child.addOverflowCell(root.overflowIndex[i], root.overflowCells[i]);
    }
    PageSpace.clear(root, child.flags() & ~BtreePage.FLAG_LEAF);
    root.setRightChild(child.number());
    cursor.pages[0] = root;
    cursor.indexes[0] = 0;
    cursor.depth = 1;
    cursor.page = child;
  }

  /** Copies header and cells; both pages are writable. Header offsets may differ. */
  private void copyContent(BtreePage from, BtreePage to) {
    int usable = shared.usableSize;
    int top = from.contentStart();
    int pointersEnd = from.pointersEnd();
    if (top > usable || pointersEnd > top) {
      throw Corruption.found();
    }
    System.arraycopy(from.data, top, to.data, top, usable - top);
    System.arraycopy(
        from.data, from.headerOffset, to.data, to.headerOffset, pointersEnd - from.headerOffset);
    to.parse();
    to.freeBytes();
    if (shared.autoVacuum) {
      PointerMap.putChildren(shared, to);
    }
  }

  /** Takes the content of the only child of a root into the root. */
  void removeLevel(BtreePage root, BtreePage child) {
    copyContent(child, root);
    shared.freeList.free(child.number(), child);
  }

  /** Reads the child pointer at the start of a cell of an inner page. */
  static int childOf(byte[] cell, int offset) {
    return BigEndian.getInt(cell, offset);
  }
}
