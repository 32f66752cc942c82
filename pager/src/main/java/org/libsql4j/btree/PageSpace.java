package org.libsql4j.btree;

import java.util.Arrays;
import org.libsql4j.record.BigEndian;

/**
 * The free space of a B-tree page: where cells are put and what remains when they go.
 *
 * <p>Free bytes are the gap between the cell pointers and the content area, the freeblocks (a list
 * in ascending order; offset 0 next block, 2 size) within the content area, and fragments of less
 * than 4 bytes, of which only the sum is known.
 */
final class PageSpace {
  private PageSpace() {}

  /** More fragment bytes than this make a page be defragmented instead of growing them. */
  private static final int MAX_FRAGMENT_BYTES = 60;

  /** Makes a page an empty one of a kind. The page must be writable. */
  static void clear(BtreePage page, int flags) {
    byte[] data = page.data;
    int header = page.headerOffset;
    int usable = page.shared.usableSize;
    if (page.shared.overwritesDeleted()) {
      Arrays.fill(data, header, usable, (byte) 0);
    }
    data[header + BtreePage.FLAGS] = (byte) flags;
    page.setKind(flags);
    Arrays.fill(data, header + 1, header + 5, (byte) 0);
    data[header + BtreePage.FRAGMENT_BYTES] = 0;
    page.setContentStart(usable);
    page.pointersOffset = header + BtreePage.LEAF_HEADER_BYTES + page.childPointerSize;
    page.cellCount = 0;
    page.overflowCount = 0;
    page.freeBytes = usable - page.pointersOffset;
    page.parsed = true;
  }

  /** Adds up the free bytes and checks the list of freeblocks. */
  static void computeFreeBytes(BtreePage page) {
    byte[] data = page.data;
    int header = page.headerOffset;
    int usable = page.shared.usableSize;
    int top = page.contentStart();
    int pointersEnd = page.pointersEnd();
    int total = (data[header + BtreePage.FRAGMENT_BYTES] & 0xff) + top;
    int block = BigEndian.getShort(data, header + BtreePage.FIRST_FREEBLOCK);
    if (block > 0 && block < top) {
      throw Corruption.found();
    }
    while (block > 0) {
      if (block > usable - 4) {
        throw Corruption.found();
      }
      int next = BigEndian.getShort(data, block);
      int size = BigEndian.getShort(data, block + 2);
      total += size;
      if (size < 4 || next > 0 && next <= block + size + 3 || block + size > usable) {
        throw Corruption.found();
      }
      block = next;
    }
    if (total > usable || total < pointersEnd) {
      throw Corruption.found();
    }
    page.freeBytes = total - pointersEnd;
  }

  /**
   * Inserts a cell. If there is no room it waits in the page's overflow cells for the balancer.
   *
   * @param cell holds the cell from {@code offset} on; it is copied
   * @param child replaces the cell's first four bytes unless 0
   */
  static void insertCell(BtreePage page, int index, byte[] cell, int offset, int size, int child) {
    if (page.overflowCount > 0 || size + 2 > page.freeBytes()) {
      addOverflowCell(page, index, cell, offset, size, child);
      return;
    }
    BtreeShared shared = page.shared;
    shared.pager.write(page.page);
    byte[] data = page.data;
    int at = allocate(page, size);
    page.freeBytes -= 2 + size;
    System.arraycopy(cell, offset, data, at, size);
    if (child != 0) {
      BigEndian.putInt(data, at, child);
    }
    int pointer = page.pointersOffset + 2 * index;
    System.arraycopy(data, pointer, data, pointer + 2, 2 * (page.cellCount - index));
    BigEndian.putShort(data, pointer, at);
    page.cellCount++;
    BigEndian.putShort(data, page.headerOffset + BtreePage.CELL_COUNT, page.cellCount);
    if (shared.autoVacuum) {
      PointerMap.putOverflowOfCell(shared, page, data, at, page.number());
    }
  }

  private static void addOverflowCell(
      BtreePage page, int index, byte[] cell, int offset, int size, int child) {
    byte[] copy = new byte[size];
    System.arraycopy(cell, offset, copy, 0, size);
    if (child != 0) {
      BigEndian.putInt(copy, 0, child);
    }
    page.addOverflowCell(index, copy);
  }

  /** Removes a cell of known size; its overflow pages are the caller's business. */
  static void dropCell(BtreePage page, int index, int size) {
    byte[] data = page.data;
    page.freeBytes();
    if (index >= page.cellCount) {
      throw Corruption.found();
    }
    int pointer = page.pointersOffset + 2 * index;
    int at = BigEndian.getShort(data, pointer);
    if (at + size > page.shared.usableSize) {
      throw Corruption.found();
    }
    free(page, at, size);
    page.cellCount--;
    int header = page.headerOffset;
    if (page.cellCount == 0) {
      Arrays.fill(data, header + 1, header + 5, (byte) 0);
      data[header + BtreePage.FRAGMENT_BYTES] = 0;
      page.setContentStart(page.shared.usableSize);
      page.freeBytes = page.shared.usableSize - page.pointersOffset;
    } else {
      System.arraycopy(data, pointer + 2, data, pointer, 2 * (page.cellCount - index));
      BigEndian.putShort(data, header + BtreePage.CELL_COUNT, page.cellCount);
      page.freeBytes += 2;
    }
  }

  /** Finds room for a cell and its pointer; the caller has checked that there is enough. */
  private static int allocate(BtreePage page, int size) {
    byte[] data = page.data;
    int header = page.headerOffset;
    int gapStart = page.pointersEnd();
    int top = page.contentStart();
    if (gapStart > top || top > page.shared.usableSize) {
      throw Corruption.found();
    }
    boolean hasBlocks =
        (data[header + BtreePage.FIRST_FREEBLOCK] | data[header + BtreePage.FIRST_FREEBLOCK + 1])
            != 0;
    if (hasBlocks && gapStart + 2 <= top) {
      int slot = takeFromBlocks(page, size);
      if (slot > 0) {
        if (slot <= gapStart) {
          throw Corruption.found();
        }
        return slot;
      }
    }
    if (gapStart + 2 + size > top) {
      defragment(page);
      top = page.contentStart();
      if (gapStart + 2 + size > top) {
        throw Corruption.found();
      }
    }
    top -= size;
    page.setContentStart(top);
    return top;
  }

  /** First freeblock that is large enough; its end is used. Returns 0 if there is none. */
  private static int takeFromBlocks(BtreePage page, int size) {
    byte[] data = page.data;
    int usable = page.shared.usableSize;
    int link = page.headerOffset + BtreePage.FIRST_FREEBLOCK;
    int block = BigEndian.getShort(data, link);
    while (block != 0) {
      if (block > usable - 4) {
        throw Corruption.found();
      }
      int blockSize = BigEndian.getShort(data, block + 2);
      int rest = blockSize - size;
      if (rest >= 0) {
        if (block + blockSize > usable) {
          throw Corruption.found();
        }
        if (rest >= 4) {
          BigEndian.putShort(data, block + 2, rest);
          return block + rest;
        }
        int fragments = page.headerOffset + BtreePage.FRAGMENT_BYTES;
        if ((data[fragments] & 0xff) + rest > MAX_FRAGMENT_BYTES) {
          return 0;
        }
        data[link] = data[block];
        data[link + 1] = data[block + 1];
        data[fragments] += (byte) rest;
        return block;
      }
      int next = BigEndian.getShort(data, block);
      if (next != 0 && next <= block + blockSize) {
        throw Corruption.found();
      }
      link = block;
      block = next;
    }
    return 0;
  }

  /** Gives bytes of the content area back, joined with the free bytes beside them. */
  private static void free(BtreePage page, int from, int size) {
    byte[] data = page.data;
    int header = page.headerOffset;
    int usable = page.shared.usableSize;
    int start = from;
    int end = from + size;
    int fragments = data[header + BtreePage.FRAGMENT_BYTES] & 0xff;
    int previous = header + BtreePage.FIRST_FREEBLOCK;
    boolean first = true;
    int block = BigEndian.getShort(data, previous);
    while (block != 0 && block < start) {
      if (block <= previous) {
        throw Corruption.found();
      }
      previous = block;
      first = false;
      block = BigEndian.getShort(data, block);
    }
    if (block > usable - 4) {
      throw Corruption.found();
    }
    if (block != 0 && end + 3 >= block) {
      if (end > block) {
        throw Corruption.found();
      }
      fragments -= block - end;
      end = block + BigEndian.getShort(data, block + 2);
      if (end > usable) {
        throw Corruption.found();
      }
      block = BigEndian.getShort(data, block);
    }
    if (!first) {
      int previousEnd = previous + BigEndian.getShort(data, previous + 2);
      if (previousEnd + 3 >= start) {
        if (previousEnd > start) {
          throw Corruption.found();
        }
        fragments -= start - previousEnd;
        start = previous;
      }
    }
    if (fragments < 0) {
      throw Corruption.found();
    }
    data[header + BtreePage.FRAGMENT_BYTES] = (byte) fragments;
    if (page.shared.overwritesDeleted()) {
      Arrays.fill(data, from, from + size, (byte) 0);
    }
    int top = page.contentStart();
    if (start <= top) {
      if (start < top || !first) {
        throw Corruption.found();
      }
      BigEndian.putShort(data, header + BtreePage.FIRST_FREEBLOCK, block);
      page.setContentStart(end);
    } else {
      if (start != previous) {
        BigEndian.putShort(data, previous, start);
      }
      BigEndian.putShort(data, start, block);
      BigEndian.putShort(data, start + 2, end - start);
    }
    page.freeBytes += size;
  }

  /** Moves all cells to the end of the page so that all free bytes are in the gap. */
  static void defragment(BtreePage page) {
    byte[] data = page.data;
    int header = page.headerOffset;
    int usable = page.shared.usableSize;
    int top = page.contentStart();
    int pointersEnd = page.pointersEnd();
    if (top > usable || top < pointersEnd) {
      throw Corruption.found();
    }
    byte[] old = page.shared.scratchPage();
    System.arraycopy(data, top, old, top, usable - top);
    int to = usable;
    for (int i = 0, pointer = page.pointersOffset; i < page.cellCount; i++, pointer += 2) {
      int from = BigEndian.getShort(data, pointer);
      if (from < top || from > usable - 4) {
        throw Corruption.found();
      }
      int size = page.cellSizeAt(old, from);
      to -= size;
      if (to < pointersEnd || from + size > usable) {
        throw Corruption.found();
      }
      System.arraycopy(old, from, data, to, size);
      BigEndian.putShort(data, pointer, to);
    }
    if (to - pointersEnd != page.freeBytes) {
      throw Corruption.found();
    }
    Arrays.fill(data, header + 1, header + 3, (byte) 0);
    data[header + BtreePage.FRAGMENT_BYTES] = 0;
    page.setContentStart(to);
    if (page.shared.overwritesDeleted()) {
      Arrays.fill(data, pointersEnd, to, (byte) 0);
    }
  }
}
