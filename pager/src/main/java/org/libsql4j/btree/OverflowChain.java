package org.libsql4j.btree;

import java.util.Arrays;
import org.libsql4j.pager.Page;
import org.libsql4j.record.BigEndian;

/**
 * Payload that does not fit into its cell: a chain of pages, each with the number of the next one
 * in its first four bytes.
 *
 * <p>Chains are never followed further than the payload is long, so a loop in one does no harm.
 */
final class OverflowChain {
  private static final int NEXT_POINTER_BYTES = 4;

  private final BtreeShared shared;

  OverflowChain(BtreeShared shared) {
    this.shared = shared;
  }

  private int bytesPerPage() {
    return shared.usableSize - NEXT_POINTER_BYTES;
  }

  /** Number of pages in the chain of a cell; CORRUPT if the file has not that many. */
  private int chainLength(CellInfo info) {
    int perPage = bytesPerPage();
    int rest = info.payloadSize - info.localSize;
    int count = rest / perPage + (rest % perPage == 0 ? 0 : 1);
    if (count >= shared.pageCount) {
      throw Corruption.found();
    }
    return count;
  }

  /** Checks that what a cell says of its payload can be true. */
  void check(CellInfo info) {
    int localEnd = info.payloadOffset + info.localSize;
    if (info.overflows()) {
      chainLength(info);
      localEnd += NEXT_POINTER_BYTES;
    }
    if (localEnd > shared.usableSize) {
      throw Corruption.found();
    }
  }

  private void checkNumber(int number) {
    if (number < 2 || number > shared.pageCount) {
      throw Corruption.found();
    }
  }

  /**
   * Copies a part of the payload of the entry at which the cursor is, or overwrites it.
   *
   * @param write whether the bytes go from the array into the payload
   */
  void access(BtreeCursor cursor, int offset, int amount, byte[] b, int at, boolean write) {
    BtreePage page = cursor.page;
    CellInfo info = cursor.cell();
    if (cursor.index >= page.cellCount
        || offset < 0
        || amount < 0
        || (long) offset + amount > info.payloadSize) {
      throw Corruption.found();
    }
    int local = Math.min(amount, info.localSize - offset);
    if (local > 0) {
      if (write) {
        shared.pager.write(page.page);
      }
      transfer(page.data, info.payloadOffset + offset, b, at, local, write);
    } else {
      local = 0;
    }
    if (amount > local) {
      int from = Math.max(0, offset - info.localSize);
      accessChain(cursor, info, from, amount - local, b, at + local, write);
    }
  }

  private static void transfer(
      byte[] page, int inPage, byte[] b, int at, int count, boolean write) {
    if (write) {
      System.arraycopy(b, at, page, inPage, count);
    } else {
      System.arraycopy(page, inPage, b, at, count);
    }
  }

  private void accessChain(
      BtreeCursor cursor, CellInfo info, int from, int amount, byte[] b, int at, boolean write) {
    int[] known = knownPages(cursor, info);
    int perPage = bytesPerPage();
    int first = from / perPage;
    int i = first;
    while (known[i] == 0 && i > 0) {
      i--;
    }
    int number = known[i];
    int rest = amount;
    int target = at;
    while (rest > 0) {
      known[i] = number;
      if (!write && amount > perPage && (i > first || (i == first && from % perPage == 0))) {
        int copied = shared.pager.copyChain(known, i, perPage, b, target, rest);
        if ((long) copied * perPage >= rest) {
          return;
        }
        i += copied;
        target += copied * perPage;
        rest -= copied * perPage;
        number = known[i];
      }
      checkNumber(number);
      Page page = shared.pager.get(number);
      try {
        if (i >= first) {
          int within = i == first ? from % perPage : 0;
          int count = Math.min(rest, perPage - within);
          if (write) {
            shared.pager.write(page);
          }
          transfer(page.data, NEXT_POINTER_BYTES + within, b, target, count, write);
          target += count;
          rest -= count;
        }
        number = BigEndian.getInt(page.data, 0);
      } finally {
        shared.pager.release(page);
      }
      i++;
    }
  }

  private int[] knownPages(BtreeCursor cursor, CellInfo info) {
    if (!cursor.overflowKnown) {
      int count = chainLength(info);
      if (cursor.overflowPages.length < count) {
        cursor.overflowPages = new int[Math.max(count, 8)];
      } else {
        Arrays.fill(cursor.overflowPages, 0, count, 0);
      }
      cursor.overflowPages[0] = BigEndian.getInt(cursor.page.data, info.overflowPointerOffset());
      cursor.overflowKnown = true;
    }
    return cursor.overflowPages;
  }

  /** Copies the whole payload of a cell. */
  void gather(BtreePage page, CellInfo info, byte[] target) {
    System.arraycopy(page.data, info.payloadOffset, target, 0, info.localSize);
    int at = info.localSize;
    if (at == info.payloadSize) {
      return;
    }
    int number = BigEndian.getInt(page.data, info.overflowPointerOffset());
    while (at < info.payloadSize) {
      checkNumber(number);
      Page next = shared.pager.get(number);
      int count = Math.min(bytesPerPage(), info.payloadSize - at);
      System.arraycopy(next.data, NEXT_POINTER_BYTES, target, at, count);
      number = BigEndian.getInt(next.data, 0);
      shared.pager.release(next);
      at += count;
    }
  }

  /** Gives the overflow pages of a cell to the freelist. */
  void free(BtreePage page, CellInfo info) {
    if (!info.overflows()) {
      return;
    }
    check(info);
    int number = BigEndian.getInt(page.data, info.overflowPointerOffset());
    for (int rest = chainLength(info); rest > 0; rest--) {
      checkNumber(number);
      // The last page of a chain need not be read.
      Page cached = rest > 1 ? shared.pager.get(number) : shared.pager.lookup(number);
      if (cached == null) {
        shared.freeList.free(number, null);
        return;
      }
      try {
        int next = BigEndian.getInt(cached.data, 0);
        if (cached.pinCount() != 1) {
          // Somebody uses it as another kind of page.
          throw Corruption.found();
        }
        shared.freeList.free(number, shared.viewOf(cached));
        number = next;
      } finally {
        shared.pager.release(cached);
      }
    }
  }
}
