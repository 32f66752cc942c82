package org.libsql4j.btree;

import java.util.Arrays;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Replaces the content of one database by that of another, byte for byte; page sizes may differ.
 *
 * <p>The target keeps its page size while its transaction lasts: pages of the source are cut or put
 * together. Who opens the file next sees the source's page size in the header.
 */
final class DatabaseCopy {
  private final BtreeShared source;
  private final BtreeShared target;

  DatabaseCopy(BtreeShared source, BtreeShared target) {
    this.source = source;
    this.target = target;
  }

  /** Copies; both are in a transaction, the target in a write transaction. */
  void run() {
    int sourceSize = source.pageSize;
    int targetSize = target.pageSize;
    long bytes = (long) source.pageCount * sourceSize;
    if (sourceSize < targetSize && source.pageCount >= source.pager.lockBytePage()) {
      throw new LibsqlException(
          ResultCode.ERROR, "a smaller page size for a database this large is not supported yet");
    }
    int targetPages = (int) ((bytes + targetSize - 1) / targetSize);
    for (int number = 1; number <= targetPages; number++) {
      if (!target.isLockBytePage(number)) {
        copyPage(number, bytes);
      }
    }
    target.truncateAtCommit = true;
    target.pageCount = targetPages;
  }

  private void copyPage(int number, long bytes) {
    BtreePage page = target.get(number);
    try {
      target.pager.write(page.page);
      page.parsed = false;
      long from = (long) (number - 1) * target.pageSize;
      int filled = 0;
      while (filled < target.pageSize && from + filled < bytes) {
        filled += copyPiece(page.data, filled, from + filled);
      }
      Arrays.fill(page.data, filled, target.pageSize, (byte) 0);
    } finally {
      target.release(page);
    }
  }

  /** Copies what one page of the source has for a page of the target; returns how much. */
  private int copyPiece(byte[] data, int at, long position) {
    int number = (int) (position / source.pageSize) + 1;
    int offset = (int) (position % source.pageSize);
    int count = Math.min(source.pageSize - offset, data.length - at);
    if (source.isLockBytePage(number)) {
      Arrays.fill(data, at, at + count, (byte) 0);
      return count;
    }
    BtreePage page = source.get(number);
    System.arraycopy(page.data, offset, data, at, count);
    source.release(page);
    return count;
  }
}
