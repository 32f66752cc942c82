package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
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
  private Pager(PagerOptions options) {}

  /**
   * Opens the database; no lock is taken and nothing is read but for the header.
   *
   * @throws org.libsql4j.error.LibsqlException {@code CANTOPEN*}
   */
  public static Pager open(PagerOptions options) {
    return new Pager(options);
  }

  // ---- reading

  /**
   * Makes the cache valid for reading: takes SHARED, rolls a hot journal back, drops the cache if
   * another connection changed the file. Does nothing if a transaction is open already.
   */
  public void sharedLock() {
    throw new UnsupportedOperationException();
  }

  /** Size of the database in pages, with what the open transaction added or cut. */
  public int pageCount() {
    throw new UnsupportedOperationException();
  }

  /** As {@code get(pageNumber, false)}. */
  public Page get(int pageNumber) {
    return get(pageNumber, false);
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
    throw new UnsupportedOperationException();
  }

  /** Pins a page if it is in the cache, otherwise null. */
  public @Nullable Page lookup(int pageNumber) {
    throw new UnsupportedOperationException();
  }

  /** Pins a pinned page once more. */
  public void ref(Page page) {
    throw new UnsupportedOperationException();
  }

  /**
   * Unpins. Does not give locks back: call {@link #unlockIfUnused()} when the last page may have
   * been released.
   */
  public void release(Page page) {
    throw new UnsupportedOperationException();
  }

  /** Number of pins on all pages. */
  public int pinCount() {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends the read transaction, and rolls back a write transaction, if no page is pinned; does
   * nothing otherwise. Never throws.
   */
  public void unlockIfUnused() {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads the first {@code dest.length} bytes of the file, without a lock, zero-filled where the file
   * is shorter.
   */
  public void readFileHeader(byte[] dest) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  /** Makes a pinned page writable, journalling its content as needed. Cheap when repeated. */
  public void write(Page page) {
    throw new UnsupportedOperationException();
  }

  /** The content of a changed page does not matter (it became a free leaf): do not write it. */
  public void dontWrite(Page page) {
    throw new UnsupportedOperationException();
  }

  /** The content before this transaction does not matter: do not journal it. */
  public void dontRollback(Page page) {
    throw new UnsupportedOperationException();
  }

  /**
   * Gives a pinned page another number; what was cached there is dropped. The page becomes dirty.
   *
   * @param isCommit the move is part of a commit, after which the old number is beyond the end of the
   *     database
   */
  public void movePage(Page page, int newPageNumber, boolean isCommit) {
    throw new UnsupportedOperationException();
  }

  /** Gives a pinned page a number that is free in the cache, without any journalling. */
  public void rekey(Page page, int newPageNumber) {
    throw new UnsupportedOperationException();
  }

  /** Cuts the database to {@code pageCount} pages; the file follows when the transaction commits. */
  public void truncateImage(int pageCount) {
    throw new UnsupportedOperationException();
  }

  /** Takes EXCLUSIVE within a write transaction (nothing to do in WAL mode). */
  public void exclusiveLock() {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes and syncs everything; the transaction can still be rolled back.
   *
   * @param superJournal name of the journal that ties the commits of several databases together
   * @param noSync do not sync the database file (the caller will, or it does not matter)
   */
  public void commitPhaseOne(@Nullable String superJournal, boolean noSync) {
    throw new UnsupportedOperationException();
  }

  /** Ends the journal: the moment of commit. Back to a read transaction. */
  public void commitPhaseTwo() {
    throw new UnsupportedOperationException();
  }

  /** Undoes the write transaction; back to a read transaction. */
  public void rollback() {
    throw new UnsupportedOperationException();
  }

  /** Syncs the database file; for phase one with {@code noSync}. */
  public void sync(@Nullable String superJournal) {
    throw new UnsupportedOperationException();
  }

  /** Opens savepoints until there are {@code count} of them. */
  public void openSavepoint(int count) {
    throw new UnsupportedOperationException();
  }

  /**
   * Releases or rolls back savepoint {@code index}, from 0, and all after it; nothing if there is no
   * such savepoint. Index -1 with ROLLBACK undoes the whole transaction but keeps it open.
   */
  public void savepoint(SavepointOperation operation, int index) {
    throw new UnsupportedOperationException();
  }

  /** Writes dirty, unpinned pages to the file early: PRAGMA cache flush. */
  public void cacheFlush() {
    throw new UnsupportedOperationException();
  }

  // ---- settings

  /** Page size in bytes. */
  public int pageSize() {
    throw new UnsupportedOperationException();
  }

  /** Bytes at the end of each page that the B-tree does not use. */
  public int reservedBytes() {
    throw new UnsupportedOperationException();
  }

  /**
   * Changes the page size; has no effect while a page is pinned or a memory database is not empty.
   *
   * @param pageSize a power of two from 512 to 65536, or 0 to leave it
   * @param reservedBytes 0 to 255, or -1 to leave it
   */
  public void setPageSize(int pageSize, int reservedBytes) {
    throw new UnsupportedOperationException();
  }

  /** Number of the page that holds the lock bytes and is never used. */
  public int lockBytePage() {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets the limit of the database's size in pages, not below the present size, and returns it; 0
   * only returns it.
   */
  public long maxPageCount(long limit) {
    throw new UnsupportedOperationException();
  }

  /** Size of the cache in pages, or in KiB if negative. */
  public void setCacheSize(int size) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets when dirty pages may be written before the commit and returns the limit: the larger of cache
   * size and {@code size}, which is in pages, or KiB if negative; 0 only returns it.
   */
  public int setSpillSize(int size) {
    throw new UnsupportedOperationException();
  }

  /** Whether dirty pages may be written before the commit: PRAGMA cache_spill. */
  public void setSpill(boolean enabled) {
    throw new UnsupportedOperationException();
  }

  /** How much to sync; the flags are PRAGMA fullfsync and checkpoint_fullfsync. */
  public void setSynchronous(Synchronous level, boolean fullFsync, boolean checkpointFullFsync) {
    throw new UnsupportedOperationException();
  }

  public JournalMode journalMode() {
    throw new UnsupportedOperationException();
  }

  /**
   * Changes the journal mode if {@link #okToChangeJournalMode()} and the kind of database allow it.
   * WAL is entered and left with {@link #openWal} and {@link #closeWal}.
   *
   * @return the mode that is in force afterwards
   */
  public JournalMode setJournalMode(JournalMode mode) {
    throw new UnsupportedOperationException();
  }

  /** False within a transaction that has changed something. */
  public boolean okToChangeJournalMode() {
    throw new UnsupportedOperationException();
  }

  /** Limit of the journal's size in bytes between transactions; negative for none. */
  public long journalSizeLimit() {
    throw new UnsupportedOperationException();
  }

  public void setJournalSizeLimit(long bytes) {
    throw new UnsupportedOperationException();
  }

  public LockingMode lockingMode() {
    throw new UnsupportedOperationException();
  }

  /** Asks for a locking mode and returns the one in force; temporary databases are EXCLUSIVE. */
  public LockingMode setLockingMode(LockingMode mode) {
    throw new UnsupportedOperationException();
  }

  public void setBusyHandler(@Nullable BusyHandler handler) {
    throw new UnsupportedOperationException();
  }

  /** Who hears of pages that reach the file; null for nobody. */
  public void setPageWriteListener(@Nullable PageWriteListener listener) {
    throw new UnsupportedOperationException();
  }

  // ---- facts

  /** Whether the database cannot be written. */
  public boolean isReadOnly() {
    throw new UnsupportedOperationException();
  }

  /** A database in memory only. */
  public boolean isMemory() {
    throw new UnsupportedOperationException();
  }

  /** Private to the connection and gone with it: in memory or temporary. */
  public boolean isTemporary() {
    throw new UnsupportedOperationException();
  }

  /** Changes whenever the database was changed, by this connection or another one. */
  public int dataVersion() {
    throw new UnsupportedOperationException();
  }

  public PagerState state() {
    throw new UnsupportedOperationException();
  }

  /** The database file; null for a memory database and a temporary one that is in memory yet. */
  public @Nullable DatabaseFile file() {
    throw new UnsupportedOperationException();
  }

  /** Full name of the database file, empty for memory and temporary databases. */
  public String fileName() {
    throw new UnsupportedOperationException();
  }

  /** Full name of the rollback journal, empty for memory and temporary databases. */
  public String journalName() {
    throw new UnsupportedOperationException();
  }

  public VirtualFileSystem vfs() {
    throw new UnsupportedOperationException();
  }

  /** Scratch space of one page for the B-tree. The pager does not use it. */
  public byte[] temporarySpace() {
    throw new UnsupportedOperationException();
  }

  // ---- write-ahead log

  /** Whether the database can have a write-ahead log here. */
  public boolean isWalSupported() {
    throw new UnsupportedOperationException();
  }

  /** Whether a write-ahead log is in use. */
  public boolean usesWal() {
    throw new UnsupportedOperationException();
  }

  /**
   * Starts to use a write-ahead log; called within a read transaction after the B-tree saw version 2
   * in the header, or set it.
   *
   * @return true if the log was opened by this call, so that page 1 must be read again
   */
  public boolean openWal() {
    throw new UnsupportedOperationException();
  }

  /** Checkpoints, deletes the log and goes back to the rollback journal; needs no transaction. */
  public void closeWal() {
    throw new UnsupportedOperationException();
  }

  /** The log in use, or null. */
  public @Nullable WriteAheadLog writeAheadLog() {
    throw new UnsupportedOperationException();
  }

  /** Runs a checkpoint; all -1 if there is no log. */
  public CheckpointResult checkpoint(CheckpointMode mode) {
    throw new UnsupportedOperationException();
  }

  // ---- the end

  /** Drops all cached pages that are not pinned or dirty. */
  public void clearCache() {
    throw new UnsupportedOperationException();
  }

  /** Gives memory back as far as that costs no I/O. */
  public void shrinkMemory() {
    throw new UnsupportedOperationException();
  }

  /** Bytes used by cached pages. */
  public long memoryUsed() {
    throw new UnsupportedOperationException();
  }

  /** Rolls back what is open and closes all files. Closing twice is harmless. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
