package org.libsql4j.pager;

import java.util.Arrays;
import org.libsql4j.record.Bytes;
import org.libsql4j.vfs.DatabaseFile;

/**
 * Reads several pages at once where pages are read one after the other, as scans do: a system call
 * for a page costs more than looking at the page.
 *
 * <p>The bytes read ahead are good only as long as nobody can change the file: while this
 * connection holds its SHARED lock and does not write. The pager calls {@link #forget} whenever a
 * read or write transaction begins, and does not ask while it writes.
 */
final class ReadAhead {
  private static final int WINDOW_BYTES = 128 * 1024;
  private static final int MAX_WINDOW_PAGES = 32;

  /** Pages in between, such as interior pages read earlier, do not end a run. */
  private static final int MAX_GAP = 2;

  private static final int RUN_BEFORE_READING_AHEAD = 3;

  private byte[] window = Bytes.EMPTY;
  private int firstPage;
  private int pageCount;
  private int validBytes;
  private int previousPage;
  private int run;

  void forget() {
    pageCount = 0;
    previousPage = 0;
    run = 0;
  }

  /**
   * Reads a page; bytes behind the end of the file become zero.
   *
   * @param pageSize in bytes
   */
  void read(DatabaseFile file, int pageNumber, byte[] dest, int pageSize) {
    int index = pageNumber - firstPage;
    if (index >= 0 && index < pageCount) {
      copy(index, dest, pageSize);
      previousPage = pageNumber;
      return;
    }
    int gap = pageNumber - previousPage;
    run = gap > 0 && gap <= MAX_GAP ? run + 1 : 0;
    previousPage = pageNumber;
    int wanted = Math.min(MAX_WINDOW_PAGES, WINDOW_BYTES / pageSize);
    long offset = (long) (pageNumber - 1) * pageSize;
    if (run < RUN_BEFORE_READING_AHEAD || wanted < 2) {
      int count = file.readToEnd(offset, dest, 0, pageSize);
      if (count < pageSize) {
        Arrays.fill(dest, count, pageSize, (byte) 0);
      }
      return;
    }
    if (window.length < wanted * pageSize) {
      window = new byte[wanted * pageSize];
    }
    pageCount = 0;
    validBytes = file.read(offset, window, 0, wanted * pageSize);
    if (validBytes < pageSize) {
      validBytes = file.readToEnd(offset, window, 0, pageSize);
    }
    firstPage = pageNumber;
    pageCount = Math.max(1, validBytes / pageSize);
    copy(0, dest, pageSize);
  }

  private void copy(int index, byte[] dest, int pageSize) {
    int from = index * pageSize;
    int count = Math.max(0, Math.min(pageSize, validBytes - from));
    System.arraycopy(window, from, dest, 0, count);
    if (count < pageSize) {
      Arrays.fill(dest, count, pageSize, (byte) 0);
    }
  }
}
