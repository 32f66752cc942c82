package org.libsql4j.btree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Varint;

/** Puts new cells together in {@link BtreeShared#cellBuffer()}, with their overflow pages. */
final class CellWriter {
  private final BtreeShared shared;

  CellWriter(BtreeShared shared) {
    this.shared = shared;
  }

  /**
   * Builds a cell for a page. The left child of a cell for an inner page is left to the caller.
   *
   * @param rowid ignored for an index
   * @param zeroTail zero bytes after the data
   * @return size of the cell in bytes
   */
  int build(BtreePage page, long rowid, byte[] data, int offset, int length, int zeroTail) {
    byte[] cell = shared.cellBuffer();
    int payloadSize = length + zeroTail;
    int at = page.childPointerSize;
    at += Varint.put(cell, at, payloadSize);
    if (page.intKey) {
      at += Varint.put(cell, at, rowid);
    }
    if (payloadSize <= page.maxLocal) {
      copy(data, offset, length, 0, cell, at, payloadSize);
      int size = at + payloadSize;
      while (size < BtreePage.MIN_CELL_BYTES) {
        cell[size++] = 0;
      }
      return size;
    }
    int local = page.localSize(payloadSize);
    copy(data, offset, length, 0, cell, at, local);
    int firstPage = writeChain(data, offset, length, local, payloadSize);
    BigEndian.putInt(cell, at + local, firstPage);
    return at + local + 4;
  }

  /** Copies a stretch of the payload, which is the data followed by zeros. */
  private static void copy(
      byte[] data, int offset, int length, int from, byte[] target, int at, int count) {
    int real = Math.max(0, Math.min(count, length - from));
    if (real > 0) {
      System.arraycopy(data, offset + from, target, at, real);
    }
    if (real < count) {
      Arrays.fill(target, at + real, at + count, (byte) 0);
    }
  }

  /** Writes the payload from an offset on to a new chain; returns its first page. */
  int writeChain(byte[] data, int offset, int length, int from, int payloadSize) {
    int perPage = shared.usableSize - 4;
    int done = from;
    int first = 0;
    BtreePage previous = null;
    try {
      while (done < payloadSize) {
        BtreePage page = allocateAfter(previous);
        int number = page.number();
        if (previous == null) {
          first = number;
        } else {
          BigEndian.putInt(previous.data, 0, number);
          shared.release(previous);
        }
        previous = page;
        int count = Math.min(perPage, payloadSize - done);
        BigEndian.putInt(page.data, 0, 0);
        copy(data, offset, length, done, page.data, 4, count);
        done += count;
      }
    } finally {
      shared.release(previous);
    }
    return first;
  }

  /** A page for a chain, best the one after the previous. */
  BtreePage allocateAfter(@Nullable BtreePage previous) {
    int before = previous == null ? 0 : previous.number();
    int near = before;
    if (shared.autoVacuum) {
      do {
        near++;
      } while (shared.isReserved(near));
    }
    BtreePage page = shared.freeList.allocate(near, FreeList.ANY);
    int type = before == 0 ? PointerMap.OVERFLOW_FIRST : PointerMap.OVERFLOW_NEXT;
    try {
      PointerMap.put(shared, page.number(), type, before);
    } catch (RuntimeException e) {
      shared.release(page);
      throw e;
    }
    return page;
  }
}
