package org.libsql4j.pager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * A transactional file of equally large pages, numbered from 1, with a cache.
 *
 * <p>Used by one connection, from one thread at a time. Failures are {@link
 * org.libsql4j.error.LibsqlException}: {@code BUSY} for a lock that the busy handler gave up on,
 * {@code READONLY*}, {@code FULL}, {@code CORRUPT}, {@code CANTOPEN*}, {@code IOERR_*}.
 */
public final class Pager implements AutoCloseable {
  /** The format permits this many pages; we stop at half of it. */
  public static final long MAX_PAGE_COUNT = 0xFFFFFFFEL;

  private final PagerCore core;
  private final PageCache cache;
  private boolean closed;

  private Pager(PagerCore core) {
    this.core = core;
    this.cache = core.cache;
  }

  /**
   * Opens the database; no lock is taken and nothing is read but for the header.
   *
   * @throws org.libsql4j.error.LibsqlException {@code CANTOPEN*}
   */
  public static Pager open(PagerOptions options) {
    checkPageSize(options.pageSizeBytes);
    String path = options.path == null ? "" : options.vfs.fullPathname(options.path);
    PagerCore core = new PagerCore(options, path);
    if (!path.isEmpty()) {
      core.openDatabaseFile(options);
    }
    return new Pager(core);
  }

  private static void checkPageSize(int bytes) {
    if (!JournalFormat.isPowerOfTwoBetween(
        bytes, JournalFormat.MINIMUM_PAGE_SIZE_BYTES, JournalFormat.MAXIMUM_PAGE_SIZE_BYTES)) {
      throw new LibsqlException(ResultCode.MISUSE);
    }
  }

  // ---- reading

  /**
   * Makes the cache valid for reading: takes SHARED, rolls a hot journal back, drops the cache if
   * another connection changed the file. Does nothing if a transaction is open already.
   */
  public void sharedLock() {
    core.readTransaction.begin();
  }

  /** Size of the database in pages, with what the open transaction added or cut. */
  public int pageCount() {
    return core.databaseSize;
  }

  /** As {@code get(pageNumber, false)}. */
  public Page get(int pageNumber) {
    Page page = cache.find(pageNumber);
    if (page == null || core.failure != null || core.optimistic.isTracking()) {
      return core.reader.fetch(pageNumber, false);
    }
    cache.pin(page);
    return page;
  }

  /**
   * Pins a page.
   *
   * @param noContent the caller overwrites all of it and nobody needs the old content, even after a
   *     rollback (it was a free page): it is not read, and not journalled. Bytes are zero unless
   *     the page was in the cache
   * @throws org.libsql4j.error.LibsqlException {@code CORRUPT} for page 0 and the lock-byte page,
   *     {@code FULL} beyond the maximum page count
   */
  public Page get(int pageNumber, boolean noContent) {
    return core.reader.fetch(pageNumber, noContent);
  }

  /**
   * Copies the content of a chain of pages, each of which begins with the number of the next one in
   * four bytes, straight from the database file, past the cache: for much content that is handed on
   * and not looked at again.
   *
   * @param numbers has the number of the first page at {@code index}, and is given those that
   *     follow as far as it has room
   * @param perPage how many bytes of content there are in a page
   * @param dest for {@code count} bytes at {@code offset}
   * @return how many pages were copied: fewer than asked for if the next one must be got in the
   *     usual way, or if its number cannot be right
   */
  public int copyChain(int[] numbers, int index, int perPage, byte[] dest, int offset, int count) {
    return core.reader.copyChain(numbers, index, perPage, dest, offset, count);
  }

  /** Pins a page if it is in the cache, otherwise null. */
  public @Nullable Page lookup(int pageNumber) {
    Page page = cache.find(pageNumber);
    if (page != null) {
      cache.pin(page);
    }
    return page;
  }

  /** Pins a pinned page once more. */
  public void ref(Page page) {
    cache.pin(page);
  }

  /**
   * Unpins. Does not give locks back: call {@link #unlockIfUnused()} when the last page may have
   * been released.
   */
  public void release(Page page) {
    cache.unpin(page);
  }

  /** Number of pins on all pages. */
  public int pinCount() {
    return cache.pins();
  }

  /**
   * Ends the read transaction, and rolls back a write transaction, if no page is pinned; does
   * nothing otherwise. Never throws.
   */
  public void unlockIfUnused() {
    if (cache.pins() == 0) {
      core.transactionEnd.unlockAndRollBack();
    }
  }

  /**
   * Reads the first {@code dest.length} bytes of the file, without a lock, zero-filled where the
   * file is shorter.
   */
  public void readFileHeader(byte[] dest) {
    DatabaseFile file = core.file;
    int count = file == null ? 0 : file.read(0, dest, 0, dest.length);
    Arrays.fill(dest, count, dest.length, (byte) 0);
  }

  // ---- writing

  /**
   * Starts a write transaction: takes RESERVED; does nothing if there is one. Needs a read
   * transaction.
   *
   * @param exclusive take EXCLUSIVE at once
   * @param subjournalInMemory never spill the statement journal to a file
   */
  public void begin(boolean exclusive, boolean subjournalInMemory) {
    if (core.readOnly) {
      throw new LibsqlException(ResultCode.READONLY);
    }
    core.reader.forgetReadAhead();
    core.writer.begin(exclusive, subjournalInMemory);
  }

  /** Makes a pinned page writable, journalling its content as needed. Cheap when repeated. */
  public void write(Page page) {
    if ((page.flags & Page.WRITABLE) == 0
        || core.savepoints.count() != 0
        || page.pageNumber > core.databaseSize) {
      core.writer.write(page);
    }
  }

  /** The content of a changed page does not matter (it became a free leaf): do not write it. */
  public void dontWrite(Page page) {
    core.writer.dontWrite(page);
  }

  /**
   * Gives a pinned page another number; what was cached there is dropped. The page becomes dirty.
   *
   * @param isCommit the move is part of a commit, after which the old number is beyond the end of
   *     the database
   */
  public void movePage(Page page, int newPageNumber, boolean isCommit) {
    core.writer.move(page, newPageNumber, isCommit);
  }

  /**
   * Cuts the database to {@code pageCount} pages; the file follows when the transaction commits. To
   * be called right before the commit, after the last savepoint operation, in a transaction that
   * has changed a page.
   */
  public void truncateImage(int pageCount) {
    core.databaseSize = pageCount;
  }

  /** Takes EXCLUSIVE within a write transaction (nothing to do in WAL mode). */
  public void exclusiveLock() {
    core.writer.exclusiveLock();
  }

  /**
   * Writes and syncs everything; the transaction can still be rolled back.
   *
   * @param superJournal name of the journal that ties the commits of several databases together
   * @param noSync do not sync the database file (the caller will, or it does not matter)
   */
  public void commitPhaseOne(@Nullable String superJournal, boolean noSync) {
    core.transactionEnd.commitPhaseOne(superJournal, noSync);
  }

  /** Ends the journal: the moment of commit. Back to a read transaction. */
  public void commitPhaseTwo() {
    commitPhaseTwo(true);
  }

  /**
   * As {@link #commitPhaseTwo()}.
   *
   * @param keepsReading false if the caller will release the last page and call {@link
   *     #unlockIfUnused} next: then the lock need not be lowered in two steps
   */
  public void commitPhaseTwo(boolean keepsReading) {
    core.transactionEnd.commitPhaseTwo(keepsReading);
  }

  /** Undoes the write transaction; back to a read transaction. */
  public void rollback() {
    core.transactionEnd.rollBack();
  }

  /** Syncs the database file; for phase one with {@code noSync}. */
  public void sync(@Nullable String superJournal) {
    core.fileWriter.sync();
  }

  /** Opens savepoints until there are {@code count} of them. */
  public void openSavepoint(int count) {
    core.checkUsable();
    core.savepoints.open(count);
  }

  /**
   * Releases or rolls back savepoint {@code index}, from 0, and all after it; nothing if there is
   * no such savepoint. Index -1 with ROLLBACK undoes the whole transaction but keeps it open.
   */
  public void savepoint(SavepointOperation operation, int index) {
    core.checkUsable();
    core.savepoints.apply(operation, index);
  }

  /** Writes dirty, unpinned pages to the file early: PRAGMA cache flush. */
  public void cacheFlush() {
    core.writer.flush();
  }

  // ---- settings

  /** Page size in bytes. */
  public int pageSize() {
    return core.pageSize;
  }

  /** Bytes at the end of each page that the B-tree does not use. */
  public int reservedBytes() {
    return core.reservedBytes;
  }

  /**
   * Changes the page size; has no effect while a page is pinned or a memory database is not empty.
   *
   * @param pageSize a power of two from 512 to 65536, or 0 to leave it
   * @param reservedBytes 0 to 255, or -1 to leave it
   */
  public void setPageSize(int pageSize, int reservedBytes) {
    boolean mayChange = cache.pins() == 0 && (!core.memory || core.databaseSize == 0);
    if (mayChange && pageSize != 0 && pageSize != core.pageSize) {
      checkPageSize(pageSize);
      core.changePageSize(pageSize);
    }
    if (reservedBytes >= 0) {
      core.reservedBytes = reservedBytes;
    }
  }

  /** Number of the page that holds the lock bytes and is never used. */
  public int lockBytePage() {
    return core.lockBytePage();
  }

  /**
   * Sets the limit of the database's size in pages, not below the present size, and returns it; 0
   * only returns it.
   */
  public long maxPageCount(long limit) {
    if (limit > 0) {
      core.maxPageCount = Math.max(Math.min(limit, MAX_PAGE_COUNT), core.databaseSize);
    }
    return core.maxPageCount;
  }

  /** Size of the cache in pages, or in KiB if negative. */
  public void setCacheSize(int size) {
    cache.setCacheSize(size);
  }

  /**
   * Sets when dirty pages may be written before the commit and returns the limit: the larger of
   * cache size and {@code size}, which is in pages, or KiB if negative; 0 only returns it.
   */
  public int setSpillSize(int size) {
    return core.reader.setSpillSize(size);
  }

  /** Whether dirty pages may be written before the commit: PRAGMA cache_spill. */
  public void setSpill(boolean enabled) {
    core.writer.setSpillEnabled(enabled);
  }

  /** How much to sync; the flags are PRAGMA fullfsync and checkpoint_fullfsync. */
  public void setSynchronous(Synchronous level, boolean fullFsync, boolean checkpointFullFsync) {
    core.setSynchronous(level, fullFsync, checkpointFullFsync);
  }

  /** How changes are made undoable. */
  public JournalMode journalMode() {
    return core.journalMode;
  }

  /**
   * Changes the journal mode if {@link #okToChangeJournalMode()} and the kind of database allow it.
   * WAL is entered and left with {@link #openWal} and {@link #closeWal}.
   *
   * @return the mode that is in force afterwards
   */
  public JournalMode setJournalMode(JournalMode mode) {
    JournalModeChange.apply(core, mode);
    return core.journalMode;
  }

  /** False within a transaction that has changed something. */
  public boolean okToChangeJournalMode() {
    return JournalModeChange.isPermitted(core);
  }

  /** Limit of the journal's size in bytes between transactions; negative for none. */
  public long journalSizeLimit() {
    return core.journal.sizeLimit();
  }

  /** Sets to how many bytes a journal is cut after a commit; negative for not at all. */
  public void setJournalSizeLimit(long bytes) {
    core.journal.setSizeLimit(bytes);
    core.wal.setSizeLimit(bytes);
  }

  /** Whether locks are kept between transactions. */
  public LockingMode lockingMode() {
    return core.exclusiveMode ? LockingMode.EXCLUSIVE : LockingMode.NORMAL;
  }

  /** Asks for a locking mode and returns the one in force; temporary databases are EXCLUSIVE. */
  public LockingMode setLockingMode(LockingMode mode) {
    WriteAheadLog log = core.wal.logOrNull();
    if (!core.temporary && (log == null || !log.usesHeapMemory())) {
      core.exclusiveMode = mode == LockingMode.EXCLUSIVE;
    }
    return lockingMode();
  }

  /** Sets who waits for locks; null to give up at once. */
  public void setBusyHandler(@Nullable BusyHandler handler) {
    core.locking.setBusyHandler(handler);
  }

  /**
   * Has the busy handler wait for a lock that was refused.
   *
   * @param count how often this was called before for the same lock, from 0
   * @param purpose what the lock is wanted for
   * @return whether to try again
   */
  public boolean askBusyHandler(int count, LockPurpose purpose) {
    return core.locking.askBusyHandler(count, purpose);
  }

  /** Tells somebody of pages that reach the file, until he is removed again. */
  public void addPageWriteListener(PageWriteListener listener) {
    core.listeners.add(listener);
  }

  /** The opposite of {@link #addPageWriteListener}. */
  public void removePageWriteListener(PageWriteListener listener) {
    core.listeners.remove(listener);
  }

  // ---- facts

  /** Whether the database cannot be written. */
  public boolean isReadOnly() {
    return core.readOnly;
  }

  /** A database in memory only. */
  public boolean isMemory() {
    return core.memory;
  }

  /** Private to the connection and gone with it: in memory or temporary. */
  public boolean isTemporary() {
    return core.path.isEmpty();
  }

  /** Changes whenever the database was changed, by this connection or another one. */
  public int dataVersion() {
    return core.dataVersion;
  }

  /** Where in a transaction it is. */
  public PagerState state() {
    return core.state;
  }

  /** The database file; null for a memory database and a temporary one that is in memory yet. */
  public @Nullable DatabaseFile file() {
    return core.file;
  }

  /** Full name of the database file, empty for memory and temporary databases. */
  public String fileName() {
    return core.path;
  }

  /** Full name of the rollback journal, empty for memory and temporary databases. */
  public String journalName() {
    return core.journal.journalName();
  }

  /** Where its files are. */
  public VirtualFileSystem vfs() {
    return core.vfs;
  }

  // ---- encryption

  /** How pages are stored; null for as they are. */
  public @Nullable PageCodec codec() {
    return core.coding.codec();
  }

  /**
   * Says how the pages of the database are stored. What is in the file is not touched: see {@link
   * #recode}.
   *
   * @throws org.libsql4j.error.LibsqlException MISUSE if a page is pinned, or for a temporary
   *     database that has written to its file
   */
  public void setCodec(@Nullable PageCodec codec) {
    if (core.temporary && core.path.isEmpty()) {
      setTemporaryCodec(codec);
      return;
    }
    if (cache.pins() > 0) {
      throw new LibsqlException(ResultCode.MISUSE);
    }
    core.coding.setCodec(codec);
    core.resetCache();
    core.forgetFileVersion();
    core.reader.forgetReadAhead();
  }

  /** What such a database holds is in the cache, and stays there. */
  private void setTemporaryCodec(@Nullable PageCodec codec) {
    if (core.file != null) {
      throw new LibsqlException(ResultCode.MISUSE);
    }
    core.coding.setCodec(codec);
  }

  /**
   * Has all pages stored in another way from the commit of this write transaction on. All but the
   * first are in the file afterwards, and on the disk, so that page 1 tells how the others are
   * stored as soon as it is there.
   *
   * @param codec null for as they are
   * @throws org.libsql4j.error.LibsqlException ERROR if a write-ahead log is in use
   */
  public void recode(@Nullable PageCodec codec) {
    Recoding.run(core, codec);
  }

  /**
   * The transaction with {@link #recode} is over.
   *
   * @param committed whether pages are stored in the new way now. Otherwise that is not known: the
   *     commit may have failed when it was done already. What is read next decides
   */
  public void recodingEnded(boolean committed) {
    core.coding.endChange(committed);
  }

  // ---- optimistic write transactions

  /**
   * Makes transactions that begin from now on optimistic, where there is a write-ahead log: they
   * keep nobody out, and their commit fails with {@code BUSY_SNAPSHOT} if a page that they have
   * read was changed by others.
   */
  public void setOptimistic(boolean value) {
    core.optimistic.want(value);
  }

  /** Optimistic write transactions: their state, and the steps of their commit. */
  public OptimisticWrites optimistic() {
    return core.optimistic;
  }

  /** Pages in the database when the write transaction began. */
  public int originalPageCount() {
    return core.originalSize;
  }

  // ---- write-ahead log

  /** Whether the database can have a write-ahead log here. */
  public boolean isWalSupported() {
    return core.wal.isSupported();
  }

  /** Whether a write-ahead log is in use. */
  public boolean usesWal() {
    return core.wal.isInUse();
  }

  /**
   * Starts to use a write-ahead log; called within a read transaction after the B-tree saw version
   * 2 in the header, or set it.
   *
   * @return true if the log was opened by this call, so that page 1 must be read again
   */
  public boolean openWal() {
    return core.wal.open();
  }

  /** Checkpoints, deletes the log and goes back to the rollback journal; needs no transaction. */
  public void closeWal() {
    core.wal.close();
  }

  /**
   * Appends the page of a raw frame to the log, past the cache. Within a write transaction that
   * does nothing else; after it {@link #discardCache} makes the pages visible.
   *
   * @param frame 24 bytes of header, of which page number and database size are used, and the page
   */
  public void appendRawFrame(byte[] frame) {
    core.wal.appendRawFrame(frame);
  }

  /**
   * Copies a frame of the log: 24 bytes of header as they are, and the page in plain.
   *
   * @param frameNumber from 1 to the log's frame count
   * @param dest takes header and page
   */
  public void readRawFrame(int frameNumber, byte[] dest) {
    core.wal.readRawFrame(frameNumber, dest);
  }

  /** Forgets all pages, because the database was changed past the cache. Nothing is pinned. */
  public void discardCache() {
    core.resetCache();
  }

  /** Whether the last connection checkpoints and deletes the log when it closes; true at first. */
  public void setCheckpointOnClose(boolean value) {
    core.wal.setCheckpointOnClose(value);
  }

  /** The log in use, or null. */
  public @Nullable WriteAheadLog writeAheadLog() {
    return core.wal.logOrNull();
  }

  /**
   * Runs a checkpoint; all -1 if there is no log.
   *
   * @param listener told of every page that is moved, or null
   */
  public CheckpointResult checkpoint(CheckpointMode mode, @Nullable CheckpointListener listener) {
    return core.wal.checkpoint(mode, listener);
  }

  // ---- the end

  /** Drops all cached pages that are not pinned or dirty. */
  public void clearCache() {
    cache.dropClean();
  }

  /** Gives memory back as far as that costs no I/O. */
  public void shrinkMemory() {
    cache.dropClean();
  }

  /** Bytes used by cached pages. */
  public long memoryUsed() {
    return cache.memoryUsed();
  }

  /** Rolls back what is open and closes all files. Closing twice is harmless. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    core.exclusiveMode = false;
    try {
      core.transactionEnd.unlockAndRollBack();
      core.wal.closeForGood();
    } finally {
      closeFiles();
    }
  }

  private void closeFiles() {
    core.savepoints.close();
    try {
      core.journal.close();
    } finally {
      DatabaseFile file = core.file;
      core.file = null;
      if (file != null) {
        file.close();
      }
    }
  }
}
