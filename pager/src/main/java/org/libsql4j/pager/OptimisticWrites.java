package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Write transactions that do not keep other writers out until they commit: BEGIN CONCURRENT.
 *
 * <p>Such a transaction notes every page that it reads, and keeps its changes in the cache. At the
 * commit it becomes the writer and looks at what was committed since its snapshot: if a page that
 * it has read is among that, it has lost. Otherwise its changes are as good on the newest state as
 * on its snapshot, and go into the log behind the others'.
 *
 * <p>Page 1 is what every transaction reads, so the rule for it is finer: the change counter and
 * the size of the database are no conflict, and neither are changes of the rest of it by one side
 * only if that is limited to the freelist. New pages are appended by both sides; the B-tree gives
 * them other numbers before the commit goes on.
 */
final class OptimisticWrites {
  // Bytes of page 1.
  private static final int COUNTERS = 24;
  private static final int PAGE_COUNT = 28;
  private static final int FREELIST = 32;
  private static final int AFTER_FREELIST = 40;
  private static final int VERSIONS = 92;
  private static final int AFTER_VERSIONS = 100;

  private final PagerCore core;
  private final PageSet read = new PageSet();
  private boolean wanted;
  private boolean tracking;
  private boolean writing;

  /** Page 1 as it is in the snapshot, and in the newest state. */
  private byte[] base = new byte[0];

  private byte @Nullable [] newest;

  OptimisticWrites(PagerCore core) {
    this.core = core;
  }

  /** Whether transactions that begin from now on are to be of this kind. */
  void want(boolean value) {
    wanted = value;
    if (!value && !writing) {
      stop();
    }
  }

  void readTransactionBegins() {
    if (wanted && core.wal.isInUse()) {
      read.clear();
      tracking = true;
    }
  }

  boolean isTracking() {
    return tracking;
  }

  boolean isWriting() {
    return writing;
  }

  void noteRead(int pageNumber) {
    read.add(pageNumber);
  }

  /** A write transaction begins, without the lock of the log. */
  void begin() {
    Page page1 = core.reader.fetch(1, false);
    base = page1.data.clone();
    core.cache.unpin(page1);
    newest = null;
    writing = true;
  }

  /** The transaction is over. */
  void stop() {
    writing = false;
    tracking = false;
    newest = null;
    base = new byte[0];
  }

  // ---- the commit

  /**
   * Becomes the writer and goes over to the newest state.
   *
   * @return its size in pages
   * @throws LibsqlException BUSY_SNAPSHOT if a page that was read has changed; BUSY
   */
  int goToNewest() {
    WriteAheadLog log = core.wal.log();
    int count = lockAndCompare(log);
    log.changesSince(this::dropStale);
    log.adoptNewest();
    return count;
  }

  private int lockAndCompare(WriteAheadLog log) {
    for (int attempt = 0; ; attempt++) {
      try {
        log.beginLateWrite();
        break;
      } catch (LibsqlException e) {
        if (e.resultCode() != ResultCode.BUSY || !core.locking.askBusyHandler(attempt)) {
          throw e;
        }
      }
    }
    boolean done = false;
    try {
      newest = null;
      int count = log.changesSince(this::compare);
      if (count == 0) {
        count = core.originalSize; // The log never had a frame, so that nothing has changed.
      }
      byte[] page1 = newest;
      boolean shrunk = count < core.originalSize;
      if (shrunk || (page1 != null && isConflict(page1))) {
        throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
      }
      done = true;
      return count;
    } finally {
      if (!done) {
        log.endWriteTransaction();
      }
    }
  }

  private void compare(int pageNumber, int frameNumber) {
    if (pageNumber == 1) {
      byte[] bytes = new byte[core.pageSize];
      core.wal.log().readFrame(frameNumber, bytes);
      newest = bytes; // The last one counts.
    } else if (pageNumber <= core.originalSize && read.contains(pageNumber)) {
      throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
    }
  }

  private boolean isConflict(byte[] theirs) {
    if (!isSameBesidesCounters(theirs, base)) {
      return true;
    }
    Page page1 = core.cache.find(1);
    boolean theyUsedFreelist = !isSame(theirs, base, FREELIST, AFTER_FREELIST);
    return theyUsedFreelist
        && page1 != null
        && !(isSameBesidesCounters(page1.data, base)
            && isSame(page1.data, base, FREELIST, AFTER_FREELIST));
  }

  private static boolean isSameBesidesCounters(byte[] a, byte[] b) {
    return isSame(a, b, 0, COUNTERS)
        && isSame(a, b, AFTER_FREELIST, VERSIONS)
        && isSame(a, b, AFTER_VERSIONS, a.length);
  }

  private static boolean isSame(byte[] a, byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (a[i] != b[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether this transaction has taken pages from the freelist or put some on it. */
  boolean usedFreelist() {
    Page page1 = core.cache.find(1);
    return page1 != null && !isSame(page1.data, base, FREELIST, AFTER_FREELIST);
  }

  /** Whether this transaction has changed the schema, in which pages are named by number. */
  boolean changedSchema() {
    Page page1 = core.cache.find(1);
    return page1 != null && !isSameBesidesCounters(page1.data, base);
  }

  /** Cached pages that others have changed are void; none of them is dirty or pinned but page 1. */
  private void dropStale(int pageNumber, int frameNumber) {
    Page page = core.cache.find(pageNumber);
    if (page != null && pageNumber != 1 && !page.isDirty() && page.pinCount == 0) {
      core.cache.drop(page);
    }
  }

  /**
   * Puts together the page 1 of both sides.
   *
   * @param pageCount of the database after the commit
   */
  void mergePage1(int pageCount) {
    byte[] theirs = newest;
    Page page1 = core.reader.fetch(1, false);
    try {
      byte[] ours = page1.data;
      if (theirs != null && !isSame(theirs, base, FREELIST, AFTER_FREELIST)) {
        System.arraycopy(theirs, FREELIST, ours, FREELIST, AFTER_FREELIST - FREELIST);
      }
      if (theirs != null) {
        System.arraycopy(theirs, COUNTERS, ours, COUNTERS, FREELIST - COUNTERS);
        System.arraycopy(theirs, VERSIONS, ours, VERSIONS, AFTER_VERSIONS - VERSIONS);
        core.rememberFileVersion(theirs);
      }
      BigEndianBytes.putInt(ours, PAGE_COUNT, pageCount);
    } finally {
      core.cache.unpin(page1);
    }
    core.databaseSize = pageCount;
  }
}
