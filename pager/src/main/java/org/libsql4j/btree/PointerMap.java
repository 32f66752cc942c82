package org.libsql4j.btree;

import org.libsql4j.record.BigEndian;

/**
 * The pointer map of auto-vacuum databases: who points to each page.
 *
 * <p>Page 2 and every following page at a distance of {@code usableSize / 5 + 1} is a map page (one
 * later where that is the lock-byte page). It has an entry for each page up to the next map page: a
 * type byte and a 4-byte page number.
 */
final class PointerMap {
  private PointerMap() {}

  /** Root of a tree; no parent. */
  static final int ROOT = 1;

  /** On the freelist; no parent. */
  static final int FREE = 2;

  /** First page of an overflow chain; the parent is the page with the cell. */
  static final int OVERFLOW_FIRST = 3;

  /** Later page of a chain; the parent is the page before it. */
  static final int OVERFLOW_NEXT = 4;

  /** Page of a tree but the root; the parent is the page above it. */
  static final int TREE = 5;

  /** An entry in one number: type in the high half, parent in the low half. */
  static int type(long entry) {
    return (int) (entry >>> 32);
  }

  static int parent(long entry) {
    return (int) entry;
  }

  /** The map page with the entry of a page (itself for a map page); 0 for page 1. */
  static int mapPageOf(BtreeShared shared, int pageNumber) {
    if (pageNumber < 2) {
      return 0;
    }
    int perMap = shared.usableSize / 5 + 1;
    int map = (pageNumber - 2) / perMap * perMap + 2;
    return shared.isLockBytePage(map) ? map + 1 : map;
  }

  static boolean isMapPage(BtreeShared shared, int pageNumber) {
    return mapPageOf(shared, pageNumber) == pageNumber;
  }

  private static int entryOffset(BtreeShared shared, int mapPage, int pageNumber) {
    int offset = 5 * (pageNumber - mapPage - 1);
    if (offset < 0 || offset > shared.usableSize - 5) {
      throw Corruption.found();
    }
    return offset;
  }

  /** The entry of a page; CORRUPT if its type is not one. */
  static long get(BtreeShared shared, int pageNumber) {
    int mapPage = mapPageOf(shared, pageNumber);
    int offset = entryOffset(shared, mapPage, pageNumber);
    BtreePage map = shared.get(mapPage);
    long type = map.data[offset];
    long parent = BigEndian.getInt(map.data, offset + 1) & 0xffffffffL;
    shared.release(map);
    if (type < ROOT || type > TREE) {
      throw Corruption.found();
    }
    return type << 32 | parent;
  }

  /** Sets the entry of a page if it differs. Does nothing without auto-vacuum. */
  static void put(BtreeShared shared, int pageNumber, int type, int parent) {
    if (!shared.autoVacuum) {
      return;
    }
    if (pageNumber <= 0 || pageNumber > shared.pageCount) {
      throw Corruption.found();
    }
    int mapPage = mapPageOf(shared, pageNumber);
    int offset = entryOffset(shared, mapPage, pageNumber);
    BtreePage map = shared.get(mapPage);
    try {
      if (map.parsed) {
        throw Corruption.found();
      }
      if (map.data[offset] != type || BigEndian.getInt(map.data, offset + 1) != parent) {
        shared.pager.write(map.page);
        map.data[offset] = (byte) type;
        BigEndian.putInt(map.data, offset + 1, parent);
      }
    } finally {
      shared.release(map);
    }
  }

  /** Sets the entry of the first overflow page of a cell, if it has one. */
  static void putOverflowOfCell(
      BtreeShared shared, BtreePage kind, byte[] b, int cellOffset, int owner) {
    CellInfo info = shared.pointerMapInfo;
    kind.parseCellAt(b, cellOffset, info);
    if (info.overflows()) {
      int pointer = info.overflowPointerOffset();
      if (pointer + 4 > b.length) {
        throw Corruption.found();
      }
      put(shared, BigEndian.getInt(b, pointer), OVERFLOW_FIRST, owner);
    }
  }

  /** Sets the entries of all children and overflow chains of a page. */
  static void putChildren(BtreeShared shared, BtreePage page) {
    if (!page.parsed) {
      page.parse();
    }
    int owner = page.number();
    for (int i = 0; i < page.cellCount; i++) {
      putOverflowOfCell(shared, page, page.data, page.cellOffset(i), owner);
      if (!page.leaf) {
        put(shared, page.leftChild(i), TREE, owner);
      }
    }
    if (!page.leaf) {
      put(shared, page.rightChild(), TREE, owner);
    }
  }
}
