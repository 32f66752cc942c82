package org.libsql4j.pager;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;

/** Brings pages into the cache. */
final class PageReader {
  private final PagerCore core;
  private final ReadAhead readAhead = new ReadAhead();
  private int spillSize = 1;

  PageReader(PagerCore core) {
    this.core = core;
  }

  /** See {@link Pager#setSpillSize}. */
  int setSpillSize(int size) {
    if (size != 0) {
      spillSize = core.cache.pagesOf(size);
    }
    return Math.max(spillSize, core.cache.limit());
  }

  /**
   * As {@link Pager#get(int, boolean)}, for pages that may not be in the cache.
   *
   * <p>One method, as long as it is: too long to be inlined. All ways to pages end here, and their
   * compiled code would mostly be copies of this.
   */
  Page fetch(int pageNumber, boolean noContent) {
    core.checkUsable();
    if (pageNumber <= 0) {
      throw new LibsqlException(ResultCode.CORRUPT);
    }
    if (core.optimistic.isTracking()) {
      core.optimistic.noteRead(pageNumber);
    }
    Page cached = core.cache.find(pageNumber);
    if (cached != null) {
      core.cache.pin(cached);
      return cached;
    }
    if (pageNumber == core.lockBytePage()) {
      throw new LibsqlException(ResultCode.CORRUPT);
    }
    // A page that was cut off in this transaction still counts: its old content may be needed.
    boolean behindEnd =
        pageNumber > core.databaseSize
            && !(core.state.isWriter() && pageNumber <= core.originalSize);
    boolean fresh = noContent || behindEnd || core.file == null;
    if (fresh && pageNumber > core.maxPageCount) {
      throw new LibsqlException(ResultCode.FULL);
    }
    Page page = core.cache.tryAdd(pageNumber);
    if (page == null && core.cache.isOver(setSpillSize(0)) && core.writer.spillSome()) {
      page = core.cache.tryAdd(pageNumber);
    }
    if (page == null) {
      page = core.cache.tryAddAnywhere(pageNumber);
    }
    if (page == null) {
      page = core.cache.addGrowing(pageNumber);
    }
    core.cache.pin(page);
    if (fresh) {
      if (noContent) {
        contentDoesNotMatter(pageNumber);
      }
      Arrays.fill(page.data, (byte) 0);
      return page;
    }
    boolean done = false;
    try {
      read(page);
      done = true;
    } finally {
      if (!done) {
        core.cache.drop(page);
      }
    }
    return page;
  }

  /** Nobody needs the page as it was at the beginning of the transaction or a savepoint. */
  void contentDoesNotMatter(int pageNumber) {
    if (pageNumber <= core.originalSize) {
      core.journal.markRecorded(pageNumber);
    }
    core.savepoints.pageRecorded(pageNumber);
  }

  /** Reads the newest version that this connection may see. */
  void read(Page page) {
    boolean done = false;
    try {
      byte[] stored = core.coding.destination(page);
      if (!core.wal.read(page.pageNumber, stored)) {
        readFile(page.pageNumber, stored);
      }
      core.coding.decode(page, stored);
      done = true;
    } finally {
      if (page.pageNumber == 1) {
        if (done) {
          core.rememberFileVersion(page.data);
        } else {
          core.forgetFileVersion();
        }
      }
    }
  }

  private void readFile(int pageNumber, byte[] dest) {
    DatabaseFile file = core.openFile();
    long offset = core.offsetOf(pageNumber);
    if (file.readFast(offset, dest, 0, core.pageSize)) {
      return;
    }
    if (core.state == PagerState.READER) {
      readAhead.read(file, pageNumber, dest, core.pageSize);
      return;
    }
    int count = file.readToEnd(offset, dest, 0, core.pageSize);
    if (count < core.pageSize) {
      Arrays.fill(dest, count, core.pageSize, (byte) 0);
    }
  }

  /** See {@link Pager#copyChain}. */
  int copyChain(int[] numbers, int index, int perPage, byte[] dest, int offset, int count) {
    core.checkUsable();
    DatabaseFile file = core.file;
    ByteBuffer view = file == null ? null : file.view();
    if (view == null
        || core.state != PagerState.READER
        || core.coding.isInUse()
        || core.optimistic.isTracking()) {
      return 0;
    }
    try {
      return copyChain(view, numbers, index, perPage, dest, offset, count);
    } catch (InternalError e) {
      return 0; // The file was cut. Reading its pages one by one tells.
    }
  }

  private int copyChain(
      ByteBuffer view, int[] numbers, int index, int perPage, byte[] dest, int offset, int count) {
    int pageSize = core.pageSize;
    int pageCount = core.databaseSize;
    int lockBytePage = core.lockBytePage();
    int at = index;
    for (int done = 0; done < count; done += perPage) {
      int number = numbers[at];
      long position = (long) (number - 1) * pageSize;
      if (number <= 1
          || number > pageCount
          || number == lockBytePage
          || position + pageSize > view.limit()
          || core.wal.contains(number)) {
        break;
      }
      // Whoever maps files this large has positions in an int.
      ((Buffer) view).position((int) position);
      int next = view.getInt();
      view.get(dest, offset + done, Math.min(perPage, count - done));
      at++;
      if (at < numbers.length) {
        numbers[at] = next;
      }
    }
    return at - index;
  }

  /** Bytes read ahead are no longer good: the file may have changed, or will. */
  void forgetReadAhead() {
    readAhead.forget();
  }

  /** A dirty, unpinned page whose bytes the caller sets: a rollback brings it back. */
  Page addForRollback(int pageNumber) {
    Page page = core.cache.find(pageNumber);
    if (page == null) {
      page = core.cache.addGrowing(pageNumber); // Must not spill in the middle of a rollback.
    }
    core.cache.makeDirty(page);
    return page;
  }
}
