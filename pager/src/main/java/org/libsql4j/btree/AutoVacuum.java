package org.libsql4j.btree;

import org.libsql4j.record.BigEndian;

/** Moves pages from the end of the file to free places, so that the file can be cut. */
final class AutoVacuum {
  private final BtreeShared shared;

  AutoVacuum(BtreeShared shared) {
    this.shared = shared;
  }

  /**
   * Called by a commit: gives all free pages back to the file system unless that is incremental.
   */
  void commit() {
    shared.forgetOverflowPages();
    if (shared.incrementalVacuum) {
      return;
    }
    int size = shared.pageCount;
    if (shared.isReserved(size)) {
      throw Corruption.found();
    }
    int free = shared.freeList.freeCount();
    if (free < 0 || free >= size) {
      throw Corruption.found();
    }
    int target = finalSize(size, free);
    if (target > size) {
      throw Corruption.found();
    }
    if (target < size) {
      shared.saveCursors(0, null);
    }
    for (int last = size; last > target; last--) {
      if (!moveLast(target, last, true)) {
        break;
      }
    }
    if (free > 0) {
      shared.writeHeader();
      shared.putHeaderInt(BtreeShared.HEADER_FIRST_TRUNK, 0);
      shared.putHeaderInt(BtreeShared.HEADER_FREE_PAGE_COUNT, 0);
      shared.putHeaderInt(BtreeShared.HEADER_PAGE_COUNT, target);
      shared.truncateAtCommit = true;
      shared.pageCount = target;
    }
  }

  /** One step of an incremental vacuum: frees the last page; false if there is no free page. */
  boolean step() {
    int size = shared.pageCount;
    int free = shared.freeList.freeCount();
    if (free < 0 || free >= size) {
      throw Corruption.found();
    }
    int target = finalSize(size, free);
    if (size < target) {
      throw Corruption.found();
    }
    if (free == 0) {
      return false;
    }
    shared.saveCursors(0, null);
    shared.forgetOverflowPages();
    boolean moved = moveLast(target, size, false);
    if (moved) {
      shared.writeHeader();
      shared.putHeaderInt(BtreeShared.HEADER_PAGE_COUNT, shared.pageCount);
    }
    return moved;
  }

  /** Size of the file in pages once all free pages are gone, and map pages with them. */
  private int finalSize(int size, int free) {
    int entriesPerMap = shared.usableSize / 5;
    long covered = (long) free - size + PointerMap.mapPageOf(shared, size) + entriesPerMap;
    int maps = (int) (covered / entriesPerMap);
    int target = size - free - maps;
    int lockByte = shared.pager.lockBytePage();
    if (size > lockByte && target < lockByte) {
      target--;
    }
    while (target > 1 && shared.isReserved(target)) {
      target--;
    }
    return target;
  }

  /**
   * Frees the place of the last page.
   *
   * @param target size that the file will have in the end
   * @param atCommit whether the whole freelist goes, so that it need not be kept in order
   * @return false if nothing is free
   */
  private boolean moveLast(int target, int last, boolean atCommit) {
    if (!shared.isReserved(last)) {
      if (shared.freeList.freeCount() == 0) {
        return false;
      }
      long entry = PointerMap.get(shared, last);
      int type = PointerMap.type(entry);
      if (type == PointerMap.ROOT) {
        throw Corruption.found();
      }
      if (type != PointerMap.FREE) {
        moveToFreePage(target, last, entry, atCommit);
      } else if (!atCommit) {
        // At commit the list is dropped as a whole.
        shared.release(shared.freeList.allocate(last, FreeList.EXACT));
      }
    }
    if (!atCommit) {
      int size = last;
      do {
        size--;
      } while (size > 1 && shared.isReserved(size));
      shared.truncateAtCommit = true;
      shared.pageCount = size;
    }
    return true;
  }

  private void moveToFreePage(int target, int last, long entry, boolean atCommit) {
    BtreePage page = shared.get(last);
    try {
      int free;
      do {
        int size = shared.pageCount;
        BtreePage place =
            shared.freeList.allocate(
                atCommit ? 0 : target, atCommit ? FreeList.ANY : FreeList.NOT_AFTER);
        free = place.number();
        shared.release(place);
        if (free > size) {
          throw Corruption.found();
        }
      } while (atCommit && free > target);
      relocate(page, PointerMap.type(entry), PointerMap.parent(entry), free, atCommit);
    } finally {
      shared.release(page);
    }
  }

  /**
   * Gives a page another number and corrects what points to it.
   *
   * @param parent the page that points to it; 0 for a root
   */
  void relocate(BtreePage page, int type, int parent, int target, boolean atCommit) {
    int origin = page.number();
    if (origin < 3) {
      throw Corruption.found();
    }
    shared.pager.movePage(page.page, target, atCommit);
    if (type == PointerMap.TREE || type == PointerMap.ROOT) {
      PointerMap.putChildren(shared, page);
    } else {
      int next = BigEndian.getInt(page.data, 0);
      if (next != 0) {
        PointerMap.put(shared, next, PointerMap.OVERFLOW_NEXT, target);
      }
    }
    if (type == PointerMap.ROOT) {
      return;
    }
    if (parent < 1 || parent > shared.pageCount) {
      throw Corruption.found();
    }
    BtreePage above = shared.get(parent);
    try {
      shared.pager.write(above.page);
      changePointer(above, origin, target, type);
    } finally {
      shared.release(above);
    }
    PointerMap.put(shared, target, type, parent);
  }

  private void changePointer(BtreePage page, int from, int to, int type) {
    if (type == PointerMap.OVERFLOW_NEXT) {
      if (BigEndian.getInt(page.data, 0) != from) {
        throw Corruption.found();
      }
      BigEndian.putInt(page.data, 0, to);
      return;
    }
    if (!page.parsed) {
      page.parse();
    }
    for (int i = 0; i < page.cellCount; i++) {
      int at = pointerOffset(page, i, type);
      if (at >= 0 && BigEndian.getInt(page.data, at) == from) {
        BigEndian.putInt(page.data, at, to);
        return;
      }
    }
    if (type != PointerMap.TREE || page.leaf || page.rightChild() != from) {
      throw Corruption.found();
    }
    page.setRightChild(to);
  }

  /** Where a cell's child or first overflow page is written; -1 if it has none. */
  private int pointerOffset(BtreePage page, int index, int type) {
    if (type == PointerMap.TREE) {
      return page.leaf ? -1 : page.cellOffset(index);
    }
    CellInfo info = shared.pointerMapInfo;
    page.parseCell(index, info);
    if (!info.overflows()) {
      return -1;
    }
    shared.overflow.check(info);
    return info.overflowPointerOffset();
  }
}
