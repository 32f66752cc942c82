package org.libsql4j.btree;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.libsql4j.pager.Page;
import org.libsql4j.record.BigEndian;

/**
 * By what the pages of one small tree are known again, overflow pages too: their numbers and a
 * checksum over their bytes. To compare it is quicker than to read the entries. Pages that somebody
 * changed have the same checksum once in four thousand million times; so callers compare something
 * besides that changes with the tree, as the schema cookie does.
 */
public final class TreeFingerprint {
  private static final int HEADER_BYTES = 100;
  private static final int NEXT_POINTER_BYTES = 4;

  private final List<Integer> numbers = new ArrayList<>();
  private final CRC32 checksum = new CRC32();
  private final int pageSize;
  private final int usableSize;
  private int bytes;

  private TreeFingerprint(Btree btree) {
    this.pageSize = btree.pageSize();
    this.usableSize = btree.usableSize();
  }

  /**
   * Takes that of a tree. Needs an open transaction.
   *
   * @param mostBytes how large the pages of the tree may be together
   * @return null if they are larger
   * @throws org.libsql4j.error.LibsqlException CORRUPT
   */
  public static @Nullable TreeFingerprint of(Btree btree, int root, int mostBytes) {
    TreeFingerprint result = new TreeFingerprint(btree);
    try {
      return result.add(btree.shared(), root, 0, mostBytes) ? result : null;
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  private boolean add(BtreeShared shared, int number, int depth, int mostBytes) {
    if (depth >= CursorStack.MAX_DEPTH) {
      throw Corruption.found();
    }
    BtreePage page = shared.getParsed(number);
    try {
      if (!keep(number, page.data, mostBytes)) {
        return false;
      }
      CellInfo info = new CellInfo();
      for (int i = 0; i < page.cellCount; i++) {
        if (!page.leaf && !add(shared, page.leftChild(i), depth + 1, mostBytes)) {
          return false;
        }
        page.parseCell(i, info);
        if (info.overflows() && !addChain(shared, page, info, mostBytes)) {
          return false;
        }
      }
      return page.leaf || add(shared, page.rightChild(), depth + 1, mostBytes);
    } finally {
      shared.release(page);
    }
  }

  private boolean addChain(BtreeShared shared, BtreePage page, CellInfo info, int mostBytes) {
    int rest = info.payloadSize - info.localSize;
    int number = BigEndian.getInt(page.data, info.payloadOffset + info.localSize);
    while (rest > 0) {
      if (number < 2 || number > shared.pageCount) {
        throw Corruption.found();
      }
      Page overflow = shared.pager.get(number);
      try {
        if (!keep(number, overflow.data, mostBytes)) {
          return false;
        }
        number = BigEndian.getInt(overflow.data, 0);
      } finally {
        shared.pager.release(overflow);
      }
      rest -= shared.usableSize - NEXT_POINTER_BYTES;
    }
    return true;
  }

  private boolean keep(int number, byte[] data, int mostBytes) {
    bytes += data.length;
    if (bytes > mostBytes) {
      return false;
    }
    numbers.add(number);
    update(checksum, number, data);
    return true;
  }

  /** The header of the file, on page 1, changes more often than the tree. */
  private static void update(CRC32 checksum, int number, byte[] data) {
    int from = number == 1 ? HEADER_BYTES : 0;
    checksum.update(data, from, data.length - from);
  }

  /** How large the pages are together. */
  public int bytes() {
    return bytes;
  }

  /**
   * Whether the database has the same tree at the same place. Needs an open transaction.
   *
   * @throws org.libsql4j.error.LibsqlException if a page cannot be read
   */
  public boolean isOf(Btree btree) {
    if (btree.pageSize() != pageSize || btree.usableSize() != usableSize) {
      return false;
    }
    CRC32 found = new CRC32();
    for (int number : numbers) {
      if (number > btree.pageCount()) {
        return false;
      }
      Page page = btree.pager().get(number);
      update(found, number, page.data);
      btree.pager().release(page);
    }
    return found.getValue() == checksum.getValue();
  }
}
