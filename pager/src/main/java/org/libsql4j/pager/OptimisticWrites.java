package org.libsql4j.pager;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Write transactions that do not keep other writers out until they commit: BEGIN CONCURRENT.
 *
 * <p>Such a transaction reads its snapshot, notes every page that it reads, and keeps its changes
 * in the cache. Its commit has two steps.
 *
 * <ol>
 *   <li>{@link #prepare}: it becomes the writer of the log and looks at what was committed since
 *       its snapshot. If a page that it has read is among that, it has lost.
 *   <li>{@link #adoptNewest}: it goes over to the newest state. As nothing that it has read is
 *       different there, its changes of pages that existed are as good there. From here on it is an
 *       ordinary write transaction.
 * </ol>
 *
 * <p>Invariants, which the B-tree keeps: (1) the freelist of the snapshot is neither read nor
 * changed before the second step; (2) pages that did not exist in the snapshot are taken out of the
 * cache before it ({@link #detach}), because others may have made pages with the same numbers.
 *
 * <p>Page 1 is what every transaction reads and most change, so it is looked at more closely:
 * change counter, size and freelist are no conflict. If others changed more of it, that is one, and
 * if this transaction changed more of it (the schema, above all), then any commit of others is.
 */
public final class OptimisticWrites {
  // Bytes of page 1.
  private static final int COUNTERS = 24;
  private static final int FREELIST = 32;
  private static final int AFTER_FREELIST = 40;
  private static final int VERSIONS = 92;
  private static final int AFTER_VERSIONS = 100;

  private final PagerCore core;
  private final PageSet read = new PageSet();
  private boolean wanted;
  private boolean tracking;
  private boolean writing;
  private boolean prepared;

  /** Whether others have committed since the snapshot, and how large the database is now. */
  private boolean behind;

  private int newestSize;

  /** Page 1 as it is in the snapshot, and after {@link #prepare} in the newest state. */
  private byte[] base = new byte[0];

  private byte[] newest = new byte[0];

  OptimisticWrites(PagerCore core) {
    this.core = core;
  }

  // ---- the life of a transaction

  /** Whether transactions that begin from now on are to be of this kind. */
  void want(boolean value) {
    wanted = value;
    if (!value && !writing) {
      stop();
    }
  }

  void readTransactionBegins() {
    tracking = wanted && core.wal.isInUse() && !core.exclusiveMode;
    if (tracking) {
      read.clear();
    }
  }

  boolean isTracking() {
    return tracking;
  }

  /** Whether the open write transaction is of this kind, and has not gone over to the newest. */
  public boolean isWriting() {
    return writing;
  }

  /** Notes that the transaction depends on a page. */
  public void noteRead(int pageNumber) {
    read.add(pageNumber);
  }

  /** A write transaction begins, without the lock of the log. */
  void begin() {
    Page page1 = core.reader.fetch(1, false);
    base = page1.data.clone();
    core.cache.unpin(page1);
    writing = true;
  }

  /** The transaction is over. */
  void stop() {
    writing = false;
    tracking = false;
    prepared = false;
    newest = new byte[0];
    base = newest;
  }

  // ---- what has changed

  /** Page 1 as the transaction found it. Not to be changed. */
  public byte[] originalPage1() {
    return base;
  }

  /** Whether the transaction has a freelist of its own in page 1, beside that of the snapshot. */
  public boolean hasOwnFreelist(byte[] page1) {
    return !isSame(page1, base, FREELIST, AFTER_FREELIST);
  }

  /** Whether the transaction changed more of page 1 than counters and freelist. */
  public boolean changedSchema() {
    Page page1 = core.cache.find(1);
    return page1 != null && !isSameBesidesCounters(page1.data, base);
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

  // ---- the first step

  /**
   * Becomes the writer, if the transaction depends on nothing that others have changed; does
   * nothing if it is already.
   *
   * @return how many pages the database has in its newest state
   * @throws LibsqlException BUSY, or BUSY_SNAPSHOT if it does; nothing has changed then
   */
  public int prepare() {
    if (prepared) {
      return newestSize;
    }
    WriteAheadLog log = core.wal.log();
    lock(log);
    try {
      newest = base;
      behind = false;
      newestSize = log.changesSince(this::compare);
      if (newestSize == 0) {
        newestSize = core.originalSize; // The log has never had a frame.
      }
      boolean shrunk = newestSize < core.originalSize;
      if (shrunk || !isSameBesidesCounters(newest, base) || (behind && changedSchema())) {
        throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
      }
      prepared = true;
    } finally {
      if (!prepared) {
        log.endWriteTransaction();
      }
    }
    return newestSize;
  }

  private void lock(WriteAheadLog log) {
    for (int attempt = 0; ; attempt++) {
      try {
        log.beginLateWrite();
        return;
      } catch (LibsqlException e) {
        if (e.resultCode() != ResultCode.BUSY
            || !core.locking.askBusyHandler(attempt, LockPurpose.COMMIT)) {
          throw e;
        }
      }
    }
  }

  private void compare(int pageNumber, int frameNumber) {
    behind = true;
    if (pageNumber == 1) {
      byte[] bytes = new byte[core.pageSize];
      byte[] page = new byte[core.pageSize];
      core.wal.log().readFrame(frameNumber, bytes);
      core.coding.decode(1, bytes, 0, page);
      newest = page; // The last one counts.
    } else if (pageNumber <= core.originalSize && read.contains(pageNumber)) {
      throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
    }
  }

  /** Gives up being the writer because the commit cannot go on; the transaction stays open. */
  public void cancel() {
    if (prepared) {
      prepared = false;
      core.wal.log().endWriteTransaction();
    }
  }

  /** After {@link #prepare}: whether others have committed since the snapshot. */
  public boolean isBehind() {
    return behind;
  }

  /** After {@link #prepare}: page 1 in the newest state. Not to be changed. */
  public byte[] newestPage1() {
    return newest;
  }

  // ---- the second step

  /** The changed pages in ascending order. */
  public Page[] changedPages() {
    Page[] pages = new Page[core.cache.dirtyCount()];
    System.arraycopy(core.cache.sortedDirty(), 0, pages, 0, pages.length);
    return pages;
  }

  /** Takes a page out of the cache and returns its bytes; the change is forgotten. */
  public byte[] detach(Page page) {
    core.cache.drop(page);
    return page.data;
  }

  /**
   * Goes over to the newest state and becomes an ordinary write transaction.
   *
   * @param keepPage1 keep page 1 as this transaction has it, which is right only if nobody else has
   *     committed; otherwise it is as in the newest state and not changed
   */
  public void adoptNewest(boolean keepPage1) {
    WriteAheadLog log = core.wal.log();
    log.changesSince(this::dropStale);
    log.adoptNewest();
    if (behind) {
      core.changedByOthers();
    }
    if (!keepPage1) {
      Page page1 = core.reader.fetch(1, false);
      core.cache.clean(page1);
      System.arraycopy(newest, 0, page1.data, 0, core.pageSize);
      core.rememberFileVersion(newest);
      core.contentReplaced(page1);
      core.cache.unpin(page1);
      core.databaseSize = newestSize;
    }
    core.originalSize = newestSize;
    core.fileSize = newestSize;
    core.reader.forgetReadAhead();
    stop();
  }

  /** Cached pages that others have changed are void. None is dirty or pinned: nobody read them. */
  private void dropStale(int pageNumber, int frameNumber) {
    Page page = core.cache.find(pageNumber);
    if (page != null && pageNumber != 1) {
      core.cache.drop(page);
    }
  }
}
