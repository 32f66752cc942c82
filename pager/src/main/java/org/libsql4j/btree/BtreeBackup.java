package org.libsql4j.btree;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PageWriteListener;
import org.libsql4j.pager.Pager;
import org.libsql4j.record.BigEndian;
import org.libsql4j.vfs.DatabaseFile;

/**
 * Replaces the content of one database by that of another, a few pages at a time, while the source
 * is in use.
 *
 * <p>The target is locked from the first step to the last one; the source only within a step. What
 * changes in the source between steps is followed: pages that this connection writes are copied
 * once more if they were copied before, and a change by others starts the copy anew.
 *
 * <p>Page sizes may differ, unless the target is in memory, is encrypted, or has a write-ahead log.
 * The target keeps its page size while its transaction lasts: pages of the source are cut or put
 * together. Who opens the file next sees the source's page size in the header.
 *
 * <p>Source: <a href="https://www.sqlite.org/c3ref/backup_finish.html">Online Backup API</a>.
 */
public final class BtreeBackup {
  private static final int VERSIONS_OFFSET = 18;
  private static final int WAL_VERSION = 2;

  private final BtreeShared source;
  private final BtreeTransactions sourceTransactions;
  private final BtreeShared target;
  private final BtreeTransactions targetTransactions;
  private final ReentrantLock targetLock;
  private final PageWriteListener listener = new Follower();

  private boolean attached;
  private boolean targetLocked;
  private int targetSchemaVersion;

  /** The next page of the source to be copied, from 1. */
  private int next = 1;

  private int pageCount;
  private int remaining;
  private boolean done;
  private boolean closed;

  /** What ended it; every further step throws it again. */
  private @Nullable LibsqlException failure;

  /**
   * @param targetLock guards the target; taken whenever it is written, with the source's lock held
   */
  BtreeBackup(
      BtreeShared source,
      BtreeTransactions sourceTransactions,
      BtreeShared target,
      BtreeTransactions targetTransactions,
      ReentrantLock targetLock) {
    this.source = source;
    this.sourceTransactions = sourceTransactions;
    this.target = target;
    this.targetTransactions = targetTransactions;
    this.targetLock = targetLock;
  }

  // ---- steps ---------------------------------------------------------------------------------

  /**
   * Copies some pages.
   *
   * @param pages how many at most; all that are left if negative
   * @return true if the copy is complete and committed
   * @throws LibsqlException BUSY and LOCKED can be tried again; anything else ends the backup
   */
  public boolean step(int pages) {
    LibsqlException ended = failure;
    if (ended != null) {
      throw new LibsqlException(ended.resultCode(), ended.getMessage(), ended);
    }
    if (done) {
      return true;
    }
    targetLock.lock();
    try {
      if (source.transactionState == Btree.TRANSACTION_WRITE) {
        throw new LibsqlException(ResultCode.BUSY);
      }
      return copy(pages);
    } catch (IndexOutOfBoundsException e) {
      throw ended(Corruption.found(e));
    } catch (LibsqlException e) {
      throw ended(e);
    } finally {
      targetLock.unlock();
    }
  }

  /** Copies everything, whatever transaction the source is in; for VACUUM. */
  void run() {
    copy(-1);
    close();
  }

  private LibsqlException ended(LibsqlException e) {
    ResultCode primary = e.resultCode().primary();
    if (primary != ResultCode.BUSY && primary != ResultCode.LOCKED) {
      failure = e;
    }
    return e;
  }

  private boolean copy(int pages) {
    boolean reads = source.transactionState == Btree.TRANSACTION_NONE;
    if (reads) {
      sourceTransactions.begin(false, false);
    }
    try {
      lockTarget();
      checkSizes();
      for (int i = 0; (pages < 0 || i < pages) && next <= source.pageCount; i++, next++) {
        if (!source.isLockBytePage(next)) {
          copySourcePage(next);
        }
      }
      pageCount = source.pageCount;
      remaining = pageCount + 1 - next;
      if (next > pageCount) {
        finish();
        done = true;
      } else {
        attach();
      }
      return done;
    } finally {
      if (reads) {
        endRead();
      }
    }
  }

  private void endRead() {
    int readers = source.activeReaders;
    source.activeReaders = 0;
    sourceTransactions.commitPhaseTwo(false);
    source.activeReaders = readers;
  }

  /** Gives an empty target the source's page size, and takes the write lock. */
  private void lockTarget() {
    if (targetLocked) {
      return;
    }
    Pager pager = target.pager;
    if (!target.pageSizeFixed && target.transactionState == Btree.TRANSACTION_NONE) {
      pager.setPageSize(source.pageSize, source.pageSize - source.usableSize);
      target.setSizes(pager.pageSize(), pager.reservedBytes());
    }
    targetSchemaVersion = targetTransactions.begin(true, true);
    target.saveCursors(0, null);
    targetLocked = true;
  }

  private void checkSizes() {
    Pager pager = target.pager;
    // Pages that are encrypted cannot be cut, nor put together.
    boolean sizeIsFixed = pager.usesWal() || pager.isMemory() || pager.codec() != null;
    if (sizeIsFixed && source.pageSize != target.pageSize) {
      throw new LibsqlException(ResultCode.READONLY);
    }
  }

  private void attach() {
    if (!attached) {
      attached = true;
      source.pager.addPageWriteListener(listener);
    }
  }

  // ---- pages ---------------------------------------------------------------------------------

  private void copySourcePage(int number) {
    BtreePage page = source.get(number);
    try {
      copyPage(number, page.data, false);
    } finally {
      source.release(page);
    }
  }

  /**
   * @param update the source has just written the page; its header is complete then
   */
  private void copyPage(int number, byte[] data, boolean update) {
    long begin = (long) (number - 1) * source.pageSize;
    long end = begin + source.pageSize;
    int piece = Math.min(source.pageSize, target.pageSize);
    for (long at = begin; at < end; at += target.pageSize) {
      int targetNumber = (int) (at / target.pageSize) + 1;
      if (target.isLockBytePage(targetNumber)) {
        continue;
      }
      BtreePage page = target.get(targetNumber);
      try {
        target.pager.write(page.page);
        page.parsed = false;
        int offset = (int) (at % target.pageSize);
        System.arraycopy(data, (int) (at - begin), page.data, offset, piece);
        if (at == 0 && !update) {
          BigEndian.putInt(page.data, BtreeShared.HEADER_PAGE_COUNT, source.pageCount);
        }
      } finally {
        target.release(page);
      }
    }
  }

  /** Follows what the source's own connection writes. */
  private final class Follower implements PageWriteListener {
    @Override
    public void pageWritten(int pageNumber, byte[] data) {
      if (pageNumber >= next || failure != null || pageNumber == source.pager.lockBytePage()) {
        return;
      }
      targetLock.lock();
      try {
        copyPage(pageNumber, data, true);
      } catch (LibsqlException e) {
        failure = e; // The source's transaction has nothing to do with it.
      } finally {
        targetLock.unlock();
      }
    }

    @Override
    public void restart() {
      next = 1;
    }
  }

  // ---- the end -------------------------------------------------------------------------------

  private void finish() {
    int sourceSize = source.pageSize;
    int targetSize = target.pageSize;
    long bytes = (long) source.pageCount * sourceSize;
    if (bytes == 0) {
      target.pageCount = 0;
      targetTransactions.createHeader();
      bytes = Math.min(sourceSize, targetSize); // An empty page needs no more in the file.
    }
    BtreePage page1 = target.header();
    target.writeHeader();
    BigEndian.putInt(page1.data, Btree.metaOffset(Btree.SCHEMA_VERSION), targetSchemaVersion + 1);
    if (target.pager.usesWal()) {
      page1.data[VERSIONS_OFFSET] = WAL_VERSION;
      page1.data[VERSIONS_OFFSET + 1] = WAL_VERSION;
    }
    target.pager.truncateImage(targetPages(bytes));
    // Not the B-tree's first phase: what the header says of auto-vacuum is the source's.
    if (sourceSize < targetSize) {
      target.pager.commitPhaseOne(null, true);
      writePastPages(bytes);
      target.pager.sync(null);
    } else {
      target.pager.commitPhaseOne(null, false);
    }
    detach();
    targetLocked = false;
    target.autoVacuum = false;
    targetTransactions.commitPhaseTwo(false);
    target.pageSizeFixed = false;
  }

  private int targetPages(long bytes) {
    int count = (int) ((bytes + target.pageSize - 1) / target.pageSize);
    return target.isLockBytePage(count) ? count - 1 : count;
  }

  /**
   * With smaller pages than the target thinks, there is something behind the lock bytes on the page
   * that the target never writes, and the file may end in the middle of a page.
   */
  private void writePastPages(long bytes) {
    DatabaseFile file = target.pager.file();
    if (file == null) {
      return;
    }
    long lockPage = (long) (target.pager.lockBytePage() - 1) * target.pageSize;
    long end = Math.min(bytes, lockPage + target.pageSize);
    for (long at = lockPage + source.pageSize; at < end; at += source.pageSize) {
      BtreePage page = source.get((int) (at / source.pageSize) + 1);
      try {
        file.write(at, page.data, 0, source.pageSize);
      } finally {
        source.release(page);
      }
    }
    if (file.size() > bytes) {
      file.truncate(bytes);
    }
  }

  private void detach() {
    if (attached) {
      attached = false;
      source.pager.removePageWriteListener(listener);
    }
  }

  /** Pages that were left to copy after the last step. */
  public int remaining() {
    return remaining;
  }

  /** Pages that the source had at the last step. */
  public int pageCount() {
    return pageCount;
  }

  /** Ends it; what was copied is undone unless it is complete. Closing twice is harmless. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    detach();
    if (!done && failure == null) {
      failure = new LibsqlException(ResultCode.MISUSE, "the backup is closed");
    }
    if (targetLocked) {
      targetLocked = false;
      targetTransactions.rollback(ResultCode.OK, false);
    }
  }
}
