package org.libsql4j.btree;

import org.libsql4j.pager.Page;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Varint;

/**
 * A page of the cache as a B-tree sees it: its header in fields, and how to read its cells.
 *
 * <p>Hangs on {@link Page#extra} and lives as long as the page is cached. Pages that are not B-tree
 * pages (overflow, freelist, pointer map) are never parsed.
 *
 * <p>Cell offsets read from the page are masked to the page, and what follows may run over its end:
 * then an {@link IndexOutOfBoundsException} is thrown, which the public methods of cursor and tree
 * report as corruption.
 */
final class BtreePage {
  // Offsets in the page header, from headerOffset on.
  static final int FLAGS = 0;
  static final int FIRST_FREEBLOCK = 1;
  static final int CELL_COUNT = 3;
  static final int CONTENT_START = 5;
  static final int FRAGMENT_BYTES = 7;
  static final int RIGHT_CHILD = 8;

  /** As most processors have it; where it is more, touching reads a little more than needed. */
  private static final int CACHE_LINE_BYTES = 64;

  static final int LEAF_HEADER_BYTES = 8;
  static final int INNER_HEADER_BYTES = 12;

  // Bits of the flags byte.
  static final int FLAG_INTKEY = 1;
  static final int FLAG_ZERODATA = 2;
  static final int FLAG_LEAFDATA = 4;
  static final int FLAG_LEAF = 8;

  static final int TABLE_INNER = FLAG_INTKEY | FLAG_LEAFDATA;
  static final int TABLE_LEAF = TABLE_INNER | FLAG_LEAF;
  static final int INDEX_INNER = FLAG_ZERODATA;
  static final int INDEX_LEAF = FLAG_ZERODATA | FLAG_LEAF;

  /** A cell takes at least this much of the page. */
  static final int MIN_CELL_BYTES = 4;

  /** Most cells that may wait for the balancer. */
  static final int MAX_OVERFLOW_CELLS = 5;

  final BtreeShared shared;
  final Page page;
  final byte[] data;

  /** Whether the fields below are valid. */
  boolean parsed;

  boolean leaf;
  boolean intKey;

  /** A leaf of a table: has rowids and payload. */
  boolean tableLeaf;

  /** 4 on inner pages, 0 on leaves. */
  int childPointerSize;

  /** 100 on page 1, otherwise 0. */
  int headerOffset;

  /** Where the array of cell pointers starts. */
  int pointersOffset;

  int cellCount;

  /** Free bytes in gap, freeblocks and fragments; -1 if not computed yet. */
  int freeBytes;

  int maxLocal;
  int minLocal;

  /** Number of cells that did not fit and wait for the balancer. */
  int overflowCount;

  /** Index at which each of them belongs, ascending, counting those before it. */
  int[] overflowIndex = NO_INDEXES;

  byte[][] overflowCells = NO_CELLS;

  private static final int[] NO_INDEXES = new int[0];
  private static final byte[][] NO_CELLS = new byte[0][];

  BtreePage(BtreeShared shared, Page page) {
    this.shared = shared;
    this.page = page;
    this.data = page.data;
    this.headerOffset = page.pageNumber() == 1 ? 100 : 0;
  }

  int number() {
    return page.pageNumber();
  }

  // ---- header --------------------------------------------------------------------------------

  /** Reads the header; throws CORRUPT if it is not one of a B-tree page. */
  void parse() {
    int header = headerOffset;
    setKind(data[header + FLAGS]);
    overflowCount = 0;
    pointersOffset = header + LEAF_HEADER_BYTES + childPointerSize;
    cellCount = BigEndian.getShort(data, header + CELL_COUNT);
    if (cellCount > (data.length - 8) / 6) {
      throw Corruption.found();
    }
    freeBytes = -1;
    parsed = true;
  }

  /** Sets the fields that follow from the flags byte. */
  void setKind(int flags) {
    switch (flags) {
      case TABLE_LEAF, TABLE_INNER -> {
        intKey = true;
        maxLocal = shared.maxLeaf;
        minLocal = shared.minLeaf;
      }
      case INDEX_LEAF, INDEX_INNER -> {
        intKey = false;
        maxLocal = shared.maxLocal;
        minLocal = shared.minLocal;
      }
      default -> throw Corruption.found();
    }
    leaf = (flags & FLAG_LEAF) != 0;
    tableLeaf = intKey && leaf;
    childPointerSize = leaf ? 0 : 4;
  }

  int flags() {
    return data[headerOffset + FLAGS];
  }

  int rightChild() {
    return BigEndian.getInt(data, headerOffset + RIGHT_CHILD);
  }

  void setRightChild(int pageNumber) {
    BigEndian.putInt(data, headerOffset + RIGHT_CHILD, pageNumber);
  }

  /** Where the cell content area starts; 0 stands for 65536 on pages of that size. */
  int contentStart() {
    int start = BigEndian.getShort(data, headerOffset + CONTENT_START);
    return start == 0 ? 65536 : start;
  }

  void setContentStart(int offset) {
    BigEndian.putShort(data, headerOffset + CONTENT_START, offset);
  }

  int pointersEnd() {
    return pointersOffset + 2 * cellCount;
  }

  /** Free bytes of the page, computed if they are not known. */
  int freeBytes() {
    if (freeBytes < 0) {
      PageSpace.computeFreeBytes(this);
    }
    return freeBytes;
  }

  /** Notes a cell that has no room; the array is not copied. */
  void addOverflowCell(int index, byte[] cell) {
    if (overflowCount >= MAX_OVERFLOW_CELLS) {
      throw Corruption.found();
    }
    if (overflowCells.length == 0) {
      overflowCells = new byte[MAX_OVERFLOW_CELLS][];
      overflowIndex = new int[MAX_OVERFLOW_CELLS];
    }
    overflowCells[overflowCount] = cell;
    overflowIndex[overflowCount] = index;
    overflowCount++;
  }

  // ---- cells ---------------------------------------------------------------------------------

  /** Where a cell starts. */
  /**
   * Reads a byte of each cache line, so that the page is near when its cells are read one by one.
   *
   * <p>Cached pages lie about in memory. The lines of one that a scan comes to are fetched at the
   * same time here; cell by cell the processor would wait for each. A third of a scan's time was
   * that.
   *
   * @return to be stored somewhere, lest the reading is optimised away
   */
  int touch() {
    byte[] bytes = data;
    int sum = 0;
    for (int i = 0; i < bytes.length; i += CACHE_LINE_BYTES) {
      sum += bytes[i];
    }
    return sum;
  }

  int cellOffset(int index) {
    return BigEndian.getShort(data, pointersOffset + 2 * index) & data.length - 1;
  }

  /** The left child of a cell of an inner page. */
  int leftChild(int index) {
    return BigEndian.getInt(data, cellOffset(index));
  }

  /** The child left of the cell; the right-most child for the index after the last cell. */
  int child(int index) {
    return index >= cellCount ? rightChild() : leftChild(index);
  }

  /** The rowid of a cell of a table. */
  long rowid(int index) {
    int at = cellOffset(index);
    if (leaf) {
      while (data[at++] < 0) {
        // Steps over the payload size; a varint that never ends runs off the page.
      }
    } else {
      at += 4;
    }
    return Varint.get(data, at);
  }

  void parseCell(int index, CellInfo info) {
    parseCellAt(data, cellOffset(index), info);
  }

  /** Parses a cell of this kind of page that is in another array. */
  void parseCellAt(byte[] b, int start, CellInfo info) {
    int at = start + childPointerSize;
    if (intKey && !leaf) {
      info.key = Varint.get(b, at);
      info.payloadSize = 0;
      info.localSize = 0;
      info.payloadOffset = at + Varint.length(b, at);
      info.cellSize = info.payloadOffset - start;
      return;
    }
    int payloadSize = b[at];
    if (payloadSize >= 0) {
      at++;
    } else {
      payloadSize = Varint.getInt(b, at);
      at += Varint.length(b, at);
    }
    if (intKey) {
      long key = b[at++];
      if (key < 0) {
        key &= 0x7f;
        int last = at + 7;
        byte next;
        do {
          next = b[at++];
          key = key << 7 | (next & 0x7f);
        } while (next < 0 && at < last);
        if (next < 0) {
          // The ninth byte counts with all its bits.
          key = key << 8 | (b[at++] & 0xff);
        }
      }
      info.key = key;
    } else {
      info.key = payloadSize;
    }
    info.payloadSize = payloadSize;
    info.payloadOffset = at;
    if (payloadSize <= maxLocal) {
      info.localSize = payloadSize;
      info.cellSize = Math.max(at + payloadSize - start, MIN_CELL_BYTES);
    } else {
      info.localSize = localSize(payloadSize);
      info.cellSize = at + info.localSize + 4 - start;
    }
  }

  /** How much of a payload stays in the page. */
  int localSize(int payloadSize) {
    if (payloadSize <= maxLocal) {
      return payloadSize;
    }
    int surplus = minLocal + (payloadSize - minLocal) % (shared.usableSize - 4);
    return surplus <= maxLocal ? surplus : minLocal;
  }

  /** The size of a cell of this kind of page that is in some array. */
  int cellSizeAt(byte[] b, int start) {
    int at = start + childPointerSize;
    if (intKey && !leaf) {
      return 4 + Varint.length(b, at);
    }
    int payloadSize = b[at];
    if (payloadSize >= 0) {
      at++;
    } else {
      payloadSize = Varint.getInt(b, at);
      at += Varint.length(b, at);
    }
    if (intKey) {
      at += Varint.length(b, at);
    }
    if (payloadSize <= maxLocal) {
      return Math.max(at + payloadSize - start, MIN_CELL_BYTES);
    }
    return at + localSize(payloadSize) + 4 - start;
  }

  int cellSize(int index) {
    return cellSizeAt(data, cellOffset(index));
  }

  @Override
  public String toString() {
    return "BtreePage " + number() + (parsed ? " cells=" + cellCount + " leaf=" + leaf : "");
  }
}
