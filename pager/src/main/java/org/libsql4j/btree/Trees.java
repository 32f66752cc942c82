package org.libsql4j.btree;

/**
 * Creates and drops trees.
 *
 * <p>In auto-vacuum databases all roots are at the start of the file, so that no root is ever moved
 * by a vacuum: a new root takes the place after the last one, and when a tree is dropped the last
 * root moves into its place.
 */
final class Trees {
  private final BtreeShared shared;
  private final AutoVacuum autoVacuum;

  Trees(BtreeShared shared, AutoVacuum autoVacuum) {
    this.shared = shared;
    this.autoVacuum = autoVacuum;
  }

  int create(boolean table) {
    BtreePage root = shared.autoVacuum ? allocateRoot() : shared.freeList.allocate(1, FreeList.ANY);
    try {
      PageSpace.clear(root, table ? BtreePage.TABLE_LEAF : BtreePage.INDEX_LEAF);
      return root.number();
    } finally {
      shared.release(root);
    }
  }

  private int largestRoot() {
    return shared.headerInt(Btree.metaOffset(Btree.LARGEST_ROOT_PAGE));
  }

  private void setLargestRoot(int number) {
    shared.writeHeader();
    shared.putHeaderInt(Btree.metaOffset(Btree.LARGEST_ROOT_PAGE), number);
  }

  private BtreePage allocateRoot() {
    shared.forgetOverflowPages();
    int number = largestRoot();
    if (number < 1 || number > shared.pageCount) {
      throw Corruption.found();
    }
    do {
      number++;
    } while (shared.isReserved(number));
    BtreePage allocated = shared.freeList.allocate(number, FreeList.EXACT);
    BtreePage root = allocated;
    if (allocated.number() != number) {
      int target = allocated.number();
      shared.release(allocated);
      makeRoom(number, target);
      root = shared.get(number);
    }
    try {
      shared.pager.write(root.page);
      root.parsed = false;
      PointerMap.put(shared, number, PointerMap.ROOT, 0);
      setLargestRoot(number);
    } catch (RuntimeException e) {
      shared.release(root);
      throw e;
    }
    return root;
  }

  /** Moves the page that is where a root has to be. */
  private void makeRoom(int number, int target) {
    shared.saveCursors(0, null);
    BtreePage present = shared.get(number);
    try {
      long entry = PointerMap.get(shared, number);
      int type = PointerMap.type(entry);
      if (type == PointerMap.ROOT || type == PointerMap.FREE) {
        throw Corruption.found();
      }
      autoVacuum.relocate(present, type, PointerMap.parent(entry), target, false);
    } finally {
      shared.release(present);
    }
  }

  /** Removes a tree; returns the number of the root that now is in its place, or 0. */
  int drop(int root) {
    if (root < 2 || root > shared.pageCount) {
      throw Corruption.found();
    }
    shared.eraser.clear(root);
    if (!shared.autoVacuum) {
      free(root);
      return 0;
    }
    int last = largestRoot();
    if (last < root || last > shared.pageCount) {
      throw Corruption.found();
    }
    int moved = 0;
    if (last == root) {
      free(root);
    } else {
      shared.saveCursors(0, null);
      BtreePage mover = shared.get(last);
      try {
        autoVacuum.relocate(mover, PointerMap.ROOT, 0, root, false);
      } finally {
        shared.release(mover);
      }
      PointerMap.put(shared, root, PointerMap.ROOT, 0);
      free(last);
      moved = last;
    }
    int before = last;
    do {
      before--;
    } while (before > 1 && shared.isReserved(before));
    setLargestRoot(before);
    return moved;
  }

  private void free(int number) {
    BtreePage page = shared.get(number);
    try {
      shared.freeList.free(number, page);
    } finally {
      shared.release(page);
    }
  }
}
