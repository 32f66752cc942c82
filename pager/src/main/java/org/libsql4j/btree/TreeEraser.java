package org.libsql4j.btree;

/** Removes whole trees. */
final class TreeEraser {
  private final BtreeShared shared;
  private final CellInfo info = new CellInfo();
  private long entries;

  TreeEraser(BtreeShared shared) {
    this.shared = shared;
  }

  /** Removes all entries of a tree and leaves an empty root; returns how many there were. */
  long clear(int root) {
    shared.saveCursors(root, null);
    shared.invalidateIncrementalBlobs(root, 0, true);
    entries = 0;
    clearBelow(root, 0);
    return entries;
  }

  private void clearBelow(int number, int depth) {
    if (depth >= CursorStack.MAX_DEPTH) {
      throw Corruption.found();
    }
    BtreePage page = shared.getParsed(number);
    try {
      if (page.page.pinCount() != (number == 1 ? 2 : 1)) {
        // The page is its own ancestor, or some cursor's page in another tree.
        throw Corruption.found();
      }
      for (int i = 0; i < page.cellCount; i++) {
        if (!page.leaf) {
          clearBelow(page.leftChild(i), depth + 1);
        }
        page.parseCell(i, info);
        shared.overflow.free(page, info);
      }
      if (!page.leaf) {
        clearBelow(page.rightChild(), depth + 1);
      }
      if (page.leaf || !page.intKey) {
        entries += page.cellCount;
      }
      if (depth > 0) {
        shared.freeList.free(number, page);
      } else {
        shared.pager.write(page.page);
        PageSpace.clear(page, page.flags() | BtreePage.FLAG_LEAF);
      }
    } finally {
      shared.release(page);
    }
  }
}
