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

  private final PagerCore core;

  /** Whether {@link #changeCounter} is this transaction's. */
  private boolean changeCounterKnown;

  private int changeCounter;

  DatabaseFileWriter(PagerCore core) {
    this.core = core;
  }

  void beginTransaction() {
    changeCounterKnown = false;
  }

  /** Writes a page, unless it is behind the end or need not be written. */
  void write(Page page) {
    if (page.pageNumber > core.databaseSize || page.has(Page.DONT_WRITE)) {
      return;
    }
    if (page.pageNumber == 1) {
      stampChangeCounter(page);
    }
    writeAt(page.pageNumber, core.coding.encode(page.pageNumber, page.data), 0);
    if (page.pageNumber == 1) {
      core.rememberFileVersion(page.data);
    }
    core.listeners.pageWritten(page.pageNumber, page.data);
  }

  void write(Page[] pages, int count) {
    for (int i = 0; i < count; i++) {
      write(pages[i]);
    }
  }

  /** Puts an old content back, as it is stored. */
  void writeRestored(int pageNumber, byte[] stored, int offset) {
    writeAt(pageNumber, stored, offset);
    core.listeners.restart();
  }

  private void writeAt(int pageNumber, byte[] bytes, int offset) {
    fileOrTemporary().write(core.offsetOf(pageNumber), bytes, offset, core.pageSize);
    if (pageNumber > core.fileSize) {
      core.fileSize = pageNumber;
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
