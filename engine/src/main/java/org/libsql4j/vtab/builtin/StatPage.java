package org.libsql4j.vtab.builtin;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.Page;
import org.libsql4j.record.BigEndian;

/**
 * What dbstat knows of one page of a tree, read straight from its bytes.
 *
 * <pre>
 *   OFFSET  SIZE  MEANING (page 1: all 100 bytes later)
 *   0       1     type: 2 interior index, 5 interior table, 10 leaf index, 13 leaf table
 *   1       2     first free block
 *   3       2     number of cells
 *   5       2     start of the cell content, 0 for 65536
 *   7       1     fragmented free bytes
 *   8       4     right-most child, interior pages only
 * </pre>
 *
 * <p>Source: <a href="https://www.sqlite.org/fileformat2.html#b_tree_pages">B-tree Pages</a>.
 */
final class StatPage {
  private static final int INTERIOR_INDEX = 2;
  private static final int INTERIOR_TABLE = 5;
  private static final int LEAF_INDEX = 10;
  private static final int LEAF_TABLE = 13;

  /** The pages of the overflow chain of one cell, and the bytes on the last of them. */
  private record Overflow(int cell, int[] pages, int lastBytes) {}

  final int number;
  final String path;
  String type = "corrupted";
  int cellCount;
  long payload;
  long unused;
  long largestPayload;

  /** Whether the page itself has been a row. */
  boolean shown;

  private final Btree btree;
  private final int usable;
  private int[] children = {};
  private final List<Overflow> overflows = new ArrayList<>();
  private int nextChild;
  private int overflow;
  private int overflowIndex;

  private StatPage(Btree btree, int number, String path) {
    this.btree = btree;
    this.usable = btree.usableSize();
    this.number = number;
    this.path = path;
  }

  static StatPage read(Btree btree, int number, String path) {
    if (number < 1 || number > btree.pageCount()) {
      throw new LibsqlException(ResultCode.CORRUPT);
    }
    StatPage result = new StatPage(btree, number, path);
    Page page = btree.pager().get(number);
    try {
      result.decode(page.data, number == 1 ? 100 : 0);
    } catch (IndexOutOfBoundsException e) {
      result.forget();
    } finally {
      btree.pager().release(page);
    }
    return result;
  }

  /** A page whose bytes make no sense has nothing on it. */
  private void forget() {
    type = "corrupted";
    cellCount = 0;
    payload = 0;
    unused = 0;
    largestPayload = 0;
    children = new int[0];
    overflows.clear();
  }

  // ---- decoding
  // -----------------------------------------------------------------------------------

  private void decode(byte[] data, int header) {
    int flags = data[header];
    boolean leaf = flags == LEAF_INDEX || flags == LEAF_TABLE;
    if (!leaf && flags != INTERIOR_INDEX && flags != INTERIOR_TABLE) {
      return;
    }
    int count = BigEndian.getShort(data, header + 3);
    int headerBytes = leaf ? 8 : 12;
    int contentStart = BigEndian.getShort(data, header + 5);
    long free =
        (contentStart == 0 ? 65536 : contentStart)
            - (header + headerBytes)
            - 2L * count
            + (data[header + 7] & 0xff);
    int block = BigEndian.getShort(data, header + 1);
    while (block != 0) {
      if (block >= usable) {
        return;
      }
      int next = BigEndian.getShort(data, block);
      if (next > 0 && next < block + 4) {
        return;
      }
      free += BigEndian.getShort(data, block + 2);
      block = next;
    }
    cellCount = count;
    unused = free;
    children = new int[leaf ? 0 : count + 1];
    for (int i = 0; i < count; i++) {
      int cell = BigEndian.getShort(data, header + headerBytes + 2 * i);
      if (cell < headerBytes || cell >= usable) {
        forget();
        return;
      }
      cell(data, cell, i, flags, leaf);
    }
    if (!leaf) {
      children[count] = BigEndian.getInt(data, header + 8);
    }
    type = leaf ? "leaf" : "internal";
  }

  private void cell(byte[] data, int start, int index, int flags, boolean leaf) {
    int at = start;
    if (!leaf) {
      children[index] = BigEndian.getInt(data, at);
      at += 4;
    }
    if (flags == INTERIOR_TABLE) {
      return;
    }
    long bytes = 0;
    int length = 0;
    do {
      bytes = bytes << 7 | (data[at] & 0x7f);
      length++;
    } while ((data[at++] & 0x80) != 0 && length < 5);
    if (flags == LEAF_TABLE) {
      int skipped = 0;
      while (skipped < 8 && (data[at] & 0x80) != 0) {
        at++;
        skipped++;
      }
      at++;
    }
    largestPayload = Math.max(largestPayload, bytes);
    int local = localBytes(flags, bytes);
    payload += local;
    if (bytes > local) {
      overflow(data, at + local, index, bytes - local);
    }
  }

  /** How much of a payload stays on the page. */
  private int localBytes(int flags, long bytes) {
    int most = flags == LEAF_TABLE ? usable - 35 : (usable - 12) * 64 / 255 - 23;
    if (bytes <= most) {
      return (int) bytes;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int filled = least + (int) ((bytes - least) % (usable - 4));
    return filled > most ? least : filled;
  }

  private void overflow(byte[] data, int pointer, int cell, long bytes) {
    long count = (bytes + usable - 5) / (usable - 4);
    if (count > btree.pageCount()) {
      throw new IndexOutOfBoundsException();
    }
    int[] pages = new int[(int) count];
    int page = BigEndian.getInt(data, pointer);
    for (int i = 0; i < pages.length; i++) {
      if (page < 1 || page > btree.pageCount()) {
        throw new IndexOutOfBoundsException();
      }
      pages[i] = page;
      if (i + 1 < pages.length) {
        Page next = btree.pager().get(page);
        page = BigEndian.getInt(next.data, 0);
        btree.pager().release(next);
      }
    }
    overflows.add(new Overflow(cell, pages, (int) (bytes - (count - 1) * (usable - 4))));
  }

  // ---- walking
  // ------------------------------------------------------------------------------------

  /** Whether the overflow chain of a cell comes next. */
  boolean hasOverflow() {
    return overflow < overflows.size()
        && (children.length == 0 || overflows.get(overflow).cell() <= nextChild);
  }

  int overflowCell() {
    return overflows.get(overflow).cell();
  }

  int overflowIndex() {
    return overflowIndex;
  }

  int overflowPage() {
    return overflows.get(overflow).pages()[overflowIndex];
  }

  int overflowPayload() {
    Overflow chain = overflows.get(overflow);
    return overflowIndex == chain.pages().length - 1 ? chain.lastBytes() : usable - 4;
  }

  void nextOverflow() {
    overflowIndex++;
    if (overflowIndex == overflows.get(overflow).pages().length) {
      overflow++;
      overflowIndex = 0;
    }
  }

  /** The next child's page number; 0 if there is none any more. */
  int nextChild() {
    return nextChild < children.length ? children[nextChild++] : 0;
  }

  /** Place of the child that {@link #nextChild()} gave last. */
  int childIndex() {
    return nextChild - 1;
  }
}
