package org.libsql4j.pager;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.LockLevel;

/** Changes of pages in the cache: begins transactions, journals, moves and spills pages. */
final class PageWriter {
  private final PagerCore core;
  private final Page[] single = new Page[1];

  /** PRAGMA cache_spill. */
  private boolean spillEnabled = true;

  /** Above zero while pages must not be spilled if that needs a journal sync. */
  private int noSyncSpill;

  /** Whether page 1 has this transaction's change counter, or needs none. */
  private boolean changeCounterDone;

  PageWriter(PagerCore core) {
    this.core = core;
  }

  void setSpillEnabled(boolean enabled) {
    spillEnabled = enabled;
  }

  /** The change counter has to be advanced again: a rollback put the old one back. */
  void changeCounterReset() {
    changeCounterDone = core.temporary;
  }

  // ---- begin

  void begin(boolean exclusive, boolean subjournalInMemory) {
    core.checkUsable();
    core.subjournalInMemory = subjournalInMemory;
    if (core.state != PagerState.READER) {
      return;
    }
    boolean alone = core.locking.level() == LockLevel.EXCLUSIVE;
    if (core.optimistic.isTracking() && !exclusive) {
      core.optimistic.begin();
    } else if (core.wal.isInUse()) {
      core.wal.beginWrite();
    } else {
      core.locking.lock(LockLevel.RESERVED);
      if (exclusive) {
        core.locking.waitFor(LockLevel.EXCLUSIVE);
      }
    }
    core.state = PagerState.WRITER_LOCKED;
    core.sizeIsKnown = false;
    core.originalSize = core.databaseSize;
    core.fileSize = core.databaseSize;
    core.journal.setOffset(0);
    core.fileWriter.beginTransaction();
    if (!alone) {
      // While the file stays locked nobody else looks at the counter.
      changeCounterReset();
    }
  }

  void exclusiveLock() {
    core.checkUsable();
    if (!core.wal.isInUse()) {
      core.locking.waitFor(LockLevel.EXCLUSIVE);
    }
  }

  // ---- write

  /** As {@link Pager#write} for a page that may not be writable yet. */
  void write(Page page) {
    core.checkUsable();
    if (page.has(Page.WRITABLE) && core.databaseSize >= page.pageNumber) {
      core.savepoints.recordIfRequired(page);
    } else if (core.journal.sectorSize() > core.pageSize) {
      writeSector(page);
    } else {
      writeOne(page);
    }
  }

  private void writeOne(Page page) {
    if (core.state == PagerState.WRITER_LOCKED) {
      core.journal.start();
    }
    core.cache.makeDirty(page);
    if (core.journal.isRecording() && !core.journal.hasRecord(page.pageNumber)) {
      if (page.pageNumber <= core.originalSize) {
        core.journal.record(page);
      } else if (core.state != PagerState.WRITER_DBMOD) {
        // A new page needs no record, but the journal must tell the old size first.
        page.flags |= Page.NEED_SYNC;
      }
    }
    page.flags |= Page.WRITABLE;
    core.savepoints.recordIfRequired(page);
    if (core.databaseSize < page.pageNumber) {
      core.databaseSize = page.pageNumber;
    }
  }

  /**
   * Where a sector holds several pages, a torn write of one may damage the others: all go into the
   * journal, and none is written before all are synced.
   */
  private void writeSector(Page page) {
    if (core.state == PagerState.WRITER_LOCKED) {
      core.journal.start(); // Before it is asked which neighbours have records.
    }
    int perSector = core.journal.sectorSize() / core.pageSize;
    int first = ((page.pageNumber - 1) & -perSector) + 1;
    int last =
        page.pageNumber > core.databaseSize
            ? page.pageNumber
            : Math.min(core.databaseSize, first + perSector - 1);
    boolean needSync = false;
    noSyncSpill++;
    try {
      for (int number = first; number <= last; number++) {
        needSync |= number == page.pageNumber ? writeAndTest(page) : writeNeighbour(number);
      }
      if (needSync) {
        markNeedSync(first, last);
      }
    } finally {
      noSyncSpill--;
    }
  }

  private boolean writeAndTest(Page page) {
    writeOne(page);
    return page.has(Page.NEED_SYNC);
  }

  private boolean writeNeighbour(int number) {
    if (number == core.lockBytePage()) {
      return false;
    }
    if (core.journal.hasRecord(number)) {
      Page cached = core.cache.find(number);
      return cached != null && cached.has(Page.NEED_SYNC);
    }
    Page neighbour = core.reader.fetch(number, false);
    try {
      return writeAndTest(neighbour);
    } finally {
      core.cache.unpin(neighbour);
    }
  }

  private void markNeedSync(int first, int last) {
    for (int number = first; number <= last; number++) {
      Page cached = core.cache.find(number);
      if (cached != null && cached.isDirty()) {
        cached.flags |= Page.NEED_SYNC;
      }
    }
  }

  void dontWrite(Page page) {
    if (!core.temporary && page.isDirty() && core.savepoints.count() == 0) {
      page.flags |= Page.DONT_WRITE;
      page.flags &= ~Page.WRITABLE;
    }
  }

  // ---- move

  void move(Page page, int target, boolean isCommit) {
    if (core.temporary) {
      write(page); // Its old content must come back on rollback, under its old number.
    }
    if (page.isDirty()) {
      core.savepoints.recordIfRequired(page);
    }
    int origin = page.pageNumber;
    boolean originNeedsSync = page.has(Page.NEED_SYNC) && !isCommit;
    page.flags &= ~Page.NEED_SYNC;
    Page displaced = core.cache.find(target);
    if (displaced != null) {
      displace(page, displaced);
    }
    core.cache.rekey(page, target);
    core.cache.makeDirty(page);
    if (displaced != null && core.temporary) {
      core.cache.rekey(displaced, origin);
    }
    if (originNeedsSync) {
      keepOriginUntilSync(origin);
    }
  }

  /** Makes a page number free for another page. */
  private void displace(Page page, Page displaced) {
    if (displaced.pinCount > 0) {
      throw new LibsqlException(ResultCode.CORRUPT);
    }
    page.flags |= displaced.flags & Page.NEED_SYNC;
    if (core.temporary) {
      // The cache may be all there is of it: it goes aside, then to the place that gets free.
      core.cache.rekey(displaced, core.databaseSize + 1);
    } else {
      core.cache.drop(displaced);
    }
  }

  /**
   * The journal has an unsynced record of the page's old number. As long as it has, nothing may be
   * written there; a dirty page that needs a sync sees to that.
   */
  private void keepOriginUntilSync(int origin) {
    Page placeholder;
    try {
      placeholder = core.reader.fetch(origin, false);
    } catch (LibsqlException e) {
      if (origin <= core.originalSize) {
        core.journal.unmarkRecorded(origin);
      }
      throw e;
    }
    placeholder.flags |= Page.NEED_SYNC;
    core.cache.makeDirty(placeholder);
    core.cache.unpin(placeholder);
  }

  // ---- spill

  /** Writes a few dirty pages before the commit, to make room; false if none may be. */
  boolean spillSome() {
    if (core.failure != null || !spillEnabled || core.cache.dirtyCount() == 0) {
      return false;
    }
    int count = core.cache.choose(DatabaseFileWriter.RUN_BYTES / core.pageSize);
    return count > 0 && spill(core.cache.chosen(), count);
  }

  /** Writes pages that are in ascending order; if one needs a sync of the journal, it alone. */
  private boolean spill(Page[] pages, int count) {
    if (core.optimistic.isWriting()) {
      return false; // Others may be writing to the log.
    }
    boolean needSync = pages[0].has(Page.NEED_SYNC);
    if (!core.state.isWriter() || (noSyncSpill > 0 && needSync)) {
      return false;
    }
    try {
      if (core.wal.isInUse()) {
        for (int i = 0; i < count; i++) {
          core.savepoints.recordIfRequired(pages[i]);
        }
        core.wal.spill(pages, count);
      } else {
        if (needSync || core.state == PagerState.WRITER_CACHEMOD) {
          core.journal.sync(true);
        }
        core.fileWriter.write(pages, count);
      }
    } catch (LibsqlException e) {
      if (e.resultCode().primary() == ResultCode.BUSY) {
        return false; // Readers are in the way; the cache grows instead.
      }
      throw core.failed(e);
    }
    for (int i = 0; i < count; i++) {
      core.cache.clean(pages[i]);
    }
    return true;
  }

  /** Writes all unpinned dirty pages. */
  void flush() {
    core.checkUsable();
    if (core.memory || !core.state.isWriter()) {
      return; // Between transactions only private databases have dirty pages, and keep them.
    }
    if (core.optimistic.isWriting()) {
      return;
    }
    Page[] pages = core.cache.sortedDirty().clone();
    int count = core.cache.dirtyCount();
    for (int i = 0; i < count; i++) {
      single[0] = pages[i];
      if (pages[i].pinCount == 0 && pages[i].isDirty() && !spill(single, 1)) {
        throw new LibsqlException(ResultCode.BUSY);
      }
    }
  }

  // ---- change counter

  /** Makes page 1 dirty so that it is written with a new change counter; once a transaction. */
  void advanceChangeCounter() {
    if (changeCounterDone || core.databaseSize == 0) {
      return;
    }
    Page page1 = core.reader.fetch(1, false);
    try {
      write(page1);
      changeCounterDone = true;
    } finally {
      core.cache.unpin(page1);
    }
  }
}
