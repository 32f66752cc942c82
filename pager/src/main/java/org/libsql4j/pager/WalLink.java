package org.libsql4j.pager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.LockLevel;

/** The pager's use of a write-ahead log. */
final class WalLink {
  /**
   * As long as others committed fewer frames than this for each cached page, only the pages in them
   * are dropped, and not all.
   */
  private static final int SCANNED_FRAMES_PER_PAGE = 2;

  /** So much is coded before it goes into the log. */
  private static final int CODED_BYTES = 256 * 1024;

  /** What a raw frame has before the page: its number first, as in SQLite's format. */
  private static final int FRAME_HEADER_BYTES = 24;

  private final PagerCore core;
  private final @Nullable WriteAheadLogProvider provider;
  private @Nullable WriteAheadLog log;
  private final String logName;
  private final Page[] single = new Page[1];

  /** Pages as they are stored, on their way into the log. */
  private Page[] coded = new Page[0];

  private long sizeLimit = -1;
  private boolean checkpointOnClose = true;

  WalLink(PagerCore core, @Nullable WriteAheadLogProvider provider) {
    this.core = core;
    this.provider = provider;
    this.logName = core.path + "-wal";
  }

  /** Whether a log can be opened here. */
  boolean isSupported() {
    DatabaseFile file = core.file;
    return provider != null
        && file != null
        && !core.temporary
        && !core.locking.isPretended()
        && (core.exclusiveMode || file.hasSharedMemory());
  }

  boolean isInUse() {
    return log != null;
  }

  @Nullable WriteAheadLog logOrNull() {
    return log;
  }

  WriteAheadLog log() {
    WriteAheadLog present = log;
    if (present == null) {
      throw new LibsqlException(ResultCode.INTERNAL, "there is no write-ahead log");
    }
    return present;
  }

  void setSizeLimit(long bytes) {
    sizeLimit = bytes;
    if (log != null) {
      log.setSizeLimit(bytes);
    }
  }

  void setCheckpointOnClose(boolean value) {
    checkpointOnClose = value;
  }

  /** Opens the log if the database has one; an empty database cannot, so its log is deleted. */
  void openIfPresent() {
    if (core.temporary) {
      return;
    }
    WriteAheadLogProvider source = provider;
    boolean exists = source != null ? source.exists(core.vfs, core.path) : core.vfs.exists(logName);
    if (!exists) {
      if (core.journalMode == JournalMode.WAL) {
        core.journalMode = JournalMode.DELETE;
      }
    } else if (source != null && core.openFile().size() == 0) {
      source.destroy(core.vfs, core.path);
    } else {
      open();
    }
  }

  /** Starts to use the log; true if that is new. Called with SHARED. */
  boolean open() {
    WriteAheadLogProvider source = provider;
    if (isInUse() || core.temporary) {
      return false;
    }
    if (source == null || !isSupported()) {
      throw new LibsqlException(ResultCode.CANTOPEN);
    }
    if (core.exclusiveMode) {
      core.locking.lock(LockLevel.EXCLUSIVE);
    }
    core.journal.close();
    log = source.open(core.vfs, core.openFile(), core.path, core.exclusiveMode, sizeLimit);
    core.journalMode = JournalMode.WAL;
    core.state = PagerState.OPEN;
    return true;
  }

  /** Checkpoints and deletes the log; called without a transaction. */
  void close() {
    if (!isInUse()) {
      if (provider == null || core.temporary) {
        return;
      }
      core.locking.waitFor(LockLevel.SHARED);
      if (provider.exists(core.vfs, core.path)) {
        open();
      }
    }
    WriteAheadLog open = log;
    if (open == null) {
      return;
    }
    try {
      core.locking.lock(LockLevel.EXCLUSIVE);
    } catch (LibsqlException e) {
      if (!core.exclusiveMode) {
        core.locking.unlock(LockLevel.SHARED);
      }
      throw e;
    }
    log = null;
    core.journalMode = JournalMode.DELETE;
    boolean done = false;
    try {
      open.close(core.walSync, core.pageSize, true);
      done = true;
    } finally {
      if (!done && !core.exclusiveMode) {
        // Whether the log is still there, the next reader finds out.
        core.locking.unlock(LockLevel.NONE);
      }
    }
  }

  /** The connection ends: the last one checkpoints. */
  void closeForGood() {
    WriteAheadLog open = log;
    log = null;
    if (open != null) {
      try {
        open.close(core.walSync, core.pageSize, checkpointOnClose);
      } catch (LibsqlException e) {
        return; // The log stays; whoever opens the database next makes use of it.
      }
    }
  }

  // ---- reading

  /** Returns whether the database may be another one than in the last read transaction. */
  boolean beginRead() {
    WriteAheadLog open = log();
    open.endReadTransaction();
    boolean changed = true;
    boolean done = false;
    try {
      changed = open.beginReadTransaction();
      if (changed) {
        dropChanges(open);
      }
      done = true;
    } finally {
      if (!done) {
        core.resetCache(); // What the log had found out until then is not reported again.
      }
    }
    return changed;
  }

  private void dropChanges(WriteAheadLog open) {
    int most = core.cache.count() * SCANNED_FRAMES_PER_PAGE;
    if (open.changesSinceLastRead(most, this::dropChanged)) {
      core.changedByOthers();
      core.cache.truncate(core.storedPageCount());
    } else {
      core.resetCache();
    }
  }

  private void dropChanged(int pageNumber, int frameNumber) {
    Page page = core.cache.find(pageNumber);
    if (page != null) {
      core.cache.drop(page);
    }
  }

  void endRead() {
    if (log != null) {
      log.endReadTransaction();
    }
  }

  /** Reads what is stored of a page from the log; false if it has to come from the file. */
  boolean read(int pageNumber, byte[] stored) {
    WriteAheadLog open = log;
    if (open == null) {
      return false;
    }
    int frame = open.findFrame(pageNumber);
    if (frame == 0) {
      return false;
    }
    open.readFrame(frame, stored);
    return true;
  }

  /** Whether the log has a version of the page that this connection may see. */
  boolean contains(int pageNumber) {
    WriteAheadLog open = log;
    return open != null && open.findFrame(pageNumber) != 0;
  }

  int databaseSize() {
    return log == null ? 0 : log.databaseSize();
  }

  // ---- writing

  void beginWrite() {
    WriteAheadLog open = log();
    if (core.exclusiveMode && !open.isExclusiveMode()) {
      core.locking.lock(LockLevel.EXCLUSIVE);
      open.setExclusiveMode(true);
    }
    open.beginWriteTransaction();
  }

  void endWrite() {
    WriteAheadLog open = log();
    open.endWriteTransaction();
    if (!core.exclusiveMode && open.isExclusiveMode() && !open.setExclusiveMode(false)) {
      core.locking.unlock(LockLevel.SHARED);
    }
  }

  /** Appends pages, in ascending order, before the commit. */
  void spill(Page[] pages, int count) {
    append(pages, count, 0, false);
  }

  /** Appends all changed pages and the commit. */
  void commit() {
    PageCache cache = core.cache;
    Page[] pages = cache.sortedDirty();
    int count = 0;
    for (int i = 0; i < cache.dirtyCount(); i++) {
      if (pages[i].pageNumber <= core.databaseSize) {
        pages[count++] = pages[i];
      }
    }
    if (count == 0) {
      // A commit needs a frame: page 1 as it is.
      Page page1 = core.reader.fetch(1, false);
      try {
        single[0] = page1;
        append(single, 1, core.databaseSize, true);
      } finally {
        core.cache.unpin(page1);
      }
    } else {
      append(pages, count, core.databaseSize, true);
    }
    cache.cleanAll();
  }

  private void append(Page[] pages, int count, int databaseSize, boolean commit) {
    if (pages[0].pageNumber == 1) {
      core.fileWriter.stampChangeCounter(pages[0]);
    }
    if (core.coding.isInUse()) {
      appendCoded(pages, count, databaseSize, commit);
    } else {
      log().appendFrames(core.pageSize, pages, count, databaseSize, commit, core.walSync);
    }
    for (int i = 0; i < count; i++) {
      core.listeners.pageWritten(pages[i].pageNumber, pages[i].data);
    }
  }

  /** The log gets pages as they are stored, a few at a time. */
  private void appendCoded(Page[] pages, int count, int databaseSize, boolean commit) {
    int capacity = Math.max(1, CODED_BYTES / core.pageSize);
    for (int from = 0; from < count; from += capacity) {
      int end = Math.min(count, from + capacity);
      Page[] stored = codedPages(end - from);
      for (int i = from; i < end; i++) {
        Page copy = stored[i - from];
        copy.pageNumber = pages[i].pageNumber;
        core.coding.encodeTo(copy.pageNumber, pages[i].data, 0, copy.data, 0);
      }
      boolean last = commit && end == count;
      log()
          .appendFrames(
              core.pageSize, stored, end - from, last ? databaseSize : 0, last, core.walSync);
    }
  }

  private Page[] codedPages(int wanted) {
    if (coded.length > 0 && coded[0].data.length != core.pageSize) {
      coded = new Page[0];
    }
    if (coded.length < wanted) {
      int present = coded.length;
      coded = Arrays.copyOf(coded, wanted);
      for (int i = present; i < wanted; i++) {
        coded[i] = new Page(new byte[core.pageSize]);
      }
    }
    return coded;
  }

  /** Appends the page of a raw frame, which is in plain. */
  void appendRawFrame(byte[] frame) {
    byte[] stored = frame;
    if (core.coding.isInUse()) {
      stored = frame.clone();
      int number = BigEndianBytes.getInt(frame, 0);
      core.coding.encodeTo(number, frame, FRAME_HEADER_BYTES, stored, FRAME_HEADER_BYTES);
    }
    log().appendRawFrame(core.pageSize, stored, core.walSync);
  }

  /** Copies a frame: its header as it is, and the page in plain. */
  void readRawFrame(int frameNumber, byte[] dest) {
    log().readRawFrame(frameNumber, dest);
    if (core.coding.isInUse()) {
      byte[] page =
          core.coding.decodeRecord(BigEndianBytes.getInt(dest, 0), dest, FRAME_HEADER_BYTES);
      System.arraycopy(page, 0, dest, FRAME_HEADER_BYTES, core.pageSize);
    }
  }

  // ---- rollback

  /** Undoes the whole transaction, in the log and in the cache. */
  void rollBackAll() {
    core.databaseSize = core.originalSize;
    core.listeners.restart();
    core.optimistic.cancel();
    log().undo(this::forget);
    PageCache cache = core.cache;
    Page[] pages = cache.sortedDirty();
    int count = cache.dirtyCount();
    for (int i = 0; i < count; i++) {
      forget(pages[i].pageNumber);
    }
  }

  /** Makes the cache have what is stored: by dropping the page, or reading it if it is pinned. */
  private void forget(int pageNumber) {
    Page page = core.cache.find(pageNumber);
    if (page == null) {
      return;
    }
    if (page.pinCount == 0) {
      core.cache.drop(page);
      return;
    }
    core.reader.read(page);
    core.cache.clean(page);
    core.contentReplaced(page);
  }

  CheckpointResult checkpoint(CheckpointMode mode, @Nullable CheckpointListener listener) {
    WriteAheadLog open = log;
    if (open == null) {
      return new CheckpointResult(false, -1, -1);
    }
    boolean patient = mode != CheckpointMode.PASSIVE && core.locking.hasBusyHandler();
    BusyHandler handler = patient ? this::askForCheckpoint : null;
    return open.checkpoint(mode, handler, core.walSync, core.pageSize, listener);
  }

  private boolean askForCheckpoint(int count) {
    return core.locking.askBusyHandler(count, LockPurpose.CHECKPOINT);
  }
}
