package org.libsql4j.pager;

import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SyncMode;

/** Writes pages to the database file. */
final class DatabaseFileWriter {
  /** Offset in page 1 of the change counter, and of the copy for which the size is valid. */
  private static final int CHANGE_COUNTER_OFFSET = 24;

  private static final int VERSION_VALID_FOR_OFFSET = 92;
  private static final int WRITER_VERSION_OFFSET = 96;

  /** What we write as the version of the library that changed the file. */
  private static final int WRITER_VERSION = 3047000;

  /** Neighbouring pages are written together, in pieces of about this size. */
  static final int RUN_BYTES = 128 * 1024;

  private final PagerCore core;

  /** Pages as they are stored, on their way into the file; empty until there are neighbours. */
  private byte[] run = new byte[0];

  /** Whether {@link #changeCounter} is this transaction's. */
  private boolean changeCounterKnown;

  private int changeCounter;

  DatabaseFileWriter(PagerCore core) {
    this.core = core;
  }

  void beginTransaction() {
    changeCounterKnown = false;
  }

  /**
   * Writes pages in ascending order, but for those behind the end and those that need not be
   * written; neighbours with one call.
   */
  void write(Page[] pages, int count) {
    int from = 0;
    while (from < count) {
      int end = endOfRun(pages, from, count);
      if (end - from > 1) {
        writeRun(pages, from, end);
      } else if (end > from) {
        prepare(pages[from]);
        writeAt(pages[from].pageNumber, stored(pages[from]), 0, 1);
        tell(pages[from]);
      }
      from = Math.max(end, from + 1);
    }
  }

  private boolean isWritten(Page page) {
    return page.pageNumber <= core.databaseSize && !page.has(Page.DONT_WRITE);
  }

  /** The index behind the neighbours that begin at an index; that index if it is not written. */
  private int endOfRun(Page[] pages, int from, int count) {
    int most = Math.min(count, from + Math.max(1, RUN_BYTES / core.pageSize));
    int end = from;
    while (end < most
        && isWritten(pages[end])
        && pages[end].pageNumber == pages[from].pageNumber + (end - from)) {
      end++;
    }
    return end;
  }

  private void writeRun(Page[] pages, int from, int end) {
    int pageSize = core.pageSize;
    if (run.length < (end - from) * pageSize) {
      run = new byte[(end - from) * pageSize]; // Most transactions need little, and it stays.
    }
    for (int i = from; i < end; i++) {
      prepare(pages[i]);
      System.arraycopy(stored(pages[i]), 0, run, (i - from) * pageSize, pageSize);
    }
    writeAt(pages[from].pageNumber, run, 0, end - from);
    for (int i = from; i < end; i++) {
      tell(pages[i]);
    }
  }

  private void prepare(Page page) {
    if (page.pageNumber == 1) {
      stampChangeCounter(page);
    }
  }

  private byte[] stored(Page page) {
    return core.coding.encode(page.pageNumber, page.data);
  }

  /** Tells who wants to know that a page is in the file. */
  private void tell(Page page) {
    if (page.pageNumber == 1) {
      core.rememberFileVersion(page.data);
    }
    core.listeners.pageWritten(page.pageNumber, page.data);
  }

  /** Puts an old content back, as it is stored. */
  void writeRestored(int pageNumber, byte[] stored, int offset) {
    writeAt(pageNumber, stored, offset, 1);
    core.listeners.restart();
  }

  private void writeAt(int pageNumber, byte[] bytes, int offset, int count) {
    fileOrTemporary().write(core.offsetOf(pageNumber), bytes, offset, count * core.pageSize);
    int last = pageNumber + count - 1;
    if (last > core.fileSize) {
      core.fileSize = last;
    }
  }

  private DatabaseFile fileOrTemporary() {
    DatabaseFile file = core.file;
    if (file == null) {
      file = core.vfs.open(null, OpenOptions.temporary(FileKind.TEMP_DB));
      core.file = file;
    }
    return file;
  }

  /**
   * Puts the transaction's change counter into page 1; the same one however often it is written.
   */
  void stampChangeCounter(Page page1) {
    if (!changeCounterKnown) {
      changeCounter = BigEndianBytes.getInt(core.fileVersion, 0) + 1;
      changeCounterKnown = true;
    }
    byte[] data = page1.data;
    BigEndianBytes.putInt(data, CHANGE_COUNTER_OFFSET, changeCounter);
    BigEndianBytes.putInt(data, VERSION_VALID_FOR_OFFSET, changeCounter);
    BigEndianBytes.putInt(data, WRITER_VERSION_OFFSET, WRITER_VERSION);
  }

  /** Makes the file {@code pages} pages long, if it may be touched in this state. */
  void truncate(int pages) {
    DatabaseFile file = core.file;
    boolean mayTouch = core.state == PagerState.OPEN || core.state.atLeast(PagerState.WRITER_DBMOD);
    if (file == null || !mayTouch) {
      return;
    }
    long wanted = (long) pages * core.pageSize;
    long present = file.size();
    if (present > wanted) {
      file.truncate(wanted);
    } else if (present + core.pageSize <= wanted) {
      file.write(wanted - core.pageSize, new byte[core.pageSize], 0, core.pageSize);
    }
    core.fileSize = pages;
  }

  void sync() {
    SyncMode mode = core.syncMode;
    if (mode != null && core.file != null) {
      core.openFile().sync(mode, false);
    }
  }
}
