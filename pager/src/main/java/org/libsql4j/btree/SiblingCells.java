package org.libsql4j.btree;

import java.util.Arrays;

/**
 * The cells of neighbouring pages and the dividers between them, in order, copied out of the pages
 * so that these can be filled anew. Reused from one balancing to the next.
 */
final class SiblingCells {
  /** Copies of pages and single cells, one after the other. */
  byte[] content = new byte[0];

  private int contentLength;

  /** Where in {@link #content} each cell starts. */
  int[] offsets = new int[256];

  int[] sizes = new int[256];
  int count;

  void clear() {
    contentLength = 0;
    count = 0;
  }

  private int append(byte[] source, int offset, int length) {
    int at = contentLength;
    if (content.length < at + length) {
      content = Arrays.copyOf(content, Math.max(at + length, content.length * 2));
    }
    System.arraycopy(source, offset, content, at, length);
    contentLength = at + length;
    return at;
  }

  private void add(int offset, int size) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
    }
    offsets[count] = offset;
    sizes[count] = size;
    count++;
  }

  /** Adds all cells of a page, with those that overflow it in their places. */
  void addPage(BtreePage page) {
    int base = append(page.data, 0, page.data.length);
    int waiting = 0;
    for (int i = 0; i <= page.cellCount; i++) {
      while (waiting < page.overflowCount && page.overflowIndex[waiting] == i + waiting) {
        byte[] cell = page.overflowCells[waiting++];
        add(append(cell, 0, cell.length), cell.length);
      }
      if (i < page.cellCount) {
        addFrom(page, base, i);
      }
    }
    if (waiting < page.overflowCount) {
      throw Corruption.found();
    }
  }

  private void addFrom(BtreePage page, int base, int index) {
    int offset = page.cellOffset(index);
    int size = page.cellSizeAt(page.data, offset);
    if (offset < page.pointersEnd() || offset + size > page.shared.usableSize) {
      throw Corruption.found();
    }
    add(base + offset, size);
  }

  /**
   * Adds a divider of the parent.
   *
   * @param skip 4 to leave the child pointer out (between leaves), otherwise 0
   */
  void addDivider(byte[] cell, int skip) {
    byte[] padded = cell;
    if (cell.length - skip < BtreePage.MIN_CELL_BYTES) {
      padded = Arrays.copyOf(cell, skip + BtreePage.MIN_CELL_BYTES);
    }
    add(append(padded, skip, padded.length - skip), padded.length - skip);
  }

  /** Makes cells the only content of a page, whose flags and right child stay. */
  void fill(BtreePage page, int from, int to) {
    byte[] data = page.data;
    int usable = page.shared.usableSize;
    int header = page.headerOffset;
    int top = usable;
    int pointer = page.pointersOffset;
    int pointersEnd = pointer + 2 * (to - from);
    for (int i = from; i < to; i++, pointer += 2) {
      int size = sizes[i];
      top -= size;
      if (top < pointersEnd) {
        throw Corruption.found();
      }
      System.arraycopy(content, offsets[i], data, top, size);
      data[pointer] = (byte) (top >> 8);
      data[pointer + 1] = (byte) top;
    }
    data[header + BtreePage.FIRST_FREEBLOCK] = 0;
    data[header + BtreePage.FIRST_FREEBLOCK + 1] = 0;
    data[header + BtreePage.CELL_COUNT] = (byte) (to - from >> 8);
    data[header + BtreePage.CELL_COUNT + 1] = (byte) (to - from);
    data[header + BtreePage.FRAGMENT_BYTES] = 0;
    page.setContentStart(top);
    page.cellCount = to - from;
    page.overflowCount = 0;
    page.freeBytes = top - pointersEnd;
    if (page.shared.overwritesDeleted()) {
      Arrays.fill(data, pointersEnd, top, (byte) 0);
    }
  }
}
