package org.libsql4j.btree;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.KeyInfo;

/**
 * One database file (or temporary database) of one connection: its transactions, its trees and its
 * header values.
 *
 * <p>Every method may throw {@link LibsqlException}. Those that read or change trees need an open
 * transaction: {@link #beginTransaction}.
 */
public final class Btree {
  /** {@link #createTable} flag: keys are 64-bit integers, a rowid table. */
  public static final int INTKEY = 1;

  /** {@link #createTable} flag: keys are records, an index or a WITHOUT ROWID table. */
  public static final int BLOBKEY = 2;

  /** {@link #transactionState()}: nothing is held. */
  public static final int TRANSACTION_NONE = 0;

  /** {@link #transactionState()}: a snapshot is held. */
  public static final int TRANSACTION_READ = 1;

  /** {@link #transactionState()}: the write lock is held. */
  public static final int TRANSACTION_WRITE = 2;

  /** {@link #autoVacuum()}: free pages stay in the file. */
  public static final int AUTO_VACUUM_NONE = 0;

  /** {@link #autoVacuum()}: the file shrinks at every commit. */
  public static final int AUTO_VACUUM_FULL = 1;

  /** {@link #autoVacuum()}: the file shrinks on {@link #incrementalVacuum()}. */
  public static final int AUTO_VACUUM_INCREMENTAL = 2;

  // Header values for getMeta and updateMeta: the 4-byte numbers from offset 36 on.
  public static final int FREE_PAGE_COUNT = 0;
  public static final int SCHEMA_VERSION = 1;
  public static final int FILE_FORMAT = 2;
  public static final int DEFAULT_CACHE_SIZE = 3;
  public static final int LARGEST_ROOT_PAGE = 4;
  public static final int TEXT_ENCODING = 5;
  public static final int USER_VERSION = 6;
  public static final int INCREMENTAL_VACUUM = 7;
  public static final int APPLICATION_ID = 8;

  /** Not in the file: changes when another connection has changed the file. */
  public static final int DATA_VERSION = 15;

  private Btree() {}

  private static LibsqlException unsupported() {
    return new LibsqlException(ResultCode.ERROR, "B-trees are not supported yet");
  }

  /** Rolls back what is open, closes all cursors and the file. Closing twice is harmless. */
  public void close() {
    throw unsupported();
  }

  // ---- transactions --------------------------------------------------------------------------

  /**
   * Starts a read or write transaction, or makes a read transaction a write transaction.
   *
   * @param write whether the write lock is wanted
   * @param exclusive whether readers are to be kept out as well (rollback journal only)
   * @return the schema version (cookie) of the snapshot
   * @throws LibsqlException BUSY after the busy handler gave up, BUSY_SNAPSHOT if the snapshot read
   *     is not the newest, READONLY, NOTADB, CORRUPT
   */
  public int beginTransaction(boolean write, boolean exclusive) {
    throw unsupported();
  }

  /** One of {@link #TRANSACTION_NONE}, {@link #TRANSACTION_READ}, {@link #TRANSACTION_WRITE}. */
  public int transactionState() {
    throw unsupported();
  }

  /** Whether a write transaction is open. */
  public boolean isInTransaction() {
    return transactionState() == TRANSACTION_WRITE;
  }

  /** Whether any transaction is open. */
  public boolean isInReadTransaction() {
    return transactionState() != TRANSACTION_NONE;
  }

  /**
   * First half of a commit: everything is written and synced, and can still be rolled back.
   *
   * @param superJournalName path of the super-journal of a commit over several files, or null
   */
  public void commitPhaseOne(@Nullable String superJournalName) {
    throw unsupported();
  }

  /**
   * Second half: the commit becomes final and the locks go (down to a read transaction if cursors of
   * other statements are still open: see {@link #keepReadTransaction}).
   *
   * @param cleanup whether a failure to delete the journal is ignored
   */
  public void commitPhaseTwo(boolean cleanup) {
    throw unsupported();
  }

  /** Both halves. */
  public void commit() {
    commitPhaseOne(null);
    commitPhaseTwo(false);
  }

  /**
   * Gives up the write transaction. Open cursors are saved, or tripped so that their next use throws
   * {@code tripCode}.
   *
   * @param tripCode {@link ResultCode#OK} saves cursors for later use; another code trips them
   * @param writeOnly only write cursors are tripped, read cursors are saved
   */
  public void rollback(ResultCode tripCode, boolean writeOnly) {
    throw unsupported();
  }

  /**
   * Tells how many other statements of the connection still read: while it is not zero the end of a
   * transaction keeps the snapshot.
   */
  public void setActiveReaderCount(int count) {
    throw unsupported();
  }

  /** Opens savepoints until {@code statementIndex} of them are open, for a statement's own rollback. */
  public void beginStatement(int statementIndex) {
    throw unsupported();
  }

  /** Releases the savepoint {@code index} (0-based) and all after it. */
  public void releaseSavepoint(int index) {
    throw unsupported();
  }

  /**
   * Rolls back to the savepoint {@code index} (0-based), which stays open; those after it go.
   *
   * @param index -1 rolls back everything since the transaction began
   */
  public void rollbackToSavepoint(int index) {
    throw unsupported();
  }

  /** Makes the next use of each cursor throw {@code code}; read cursors are only saved if {@code writeOnly}. */
  public void tripAllCursors(ResultCode code, boolean writeOnly) {
    throw unsupported();
  }

  // ---- trees ---------------------------------------------------------------------------------

  /**
   * Opens a cursor on a tree; it is not positioned yet.
   *
   * @param root root page of the tree; 1 is the schema table
   * @param write whether the cursor may change the tree
   * @param keyInfo null for a rowid table
   */
  public BtreeCursor cursor(int root, boolean write, @Nullable KeyInfo keyInfo) {
    throw unsupported();
  }

  /**
   * Creates an empty tree.
   *
   * @param flags {@link #INTKEY} or {@link #BLOBKEY}
   * @return its root page
   */
  public int createTable(int flags) {
    throw unsupported();
  }

  /**
   * Removes a tree and gives its pages to the freelist.
   *
   * @return with auto-vacuum, the old root page of the tree that now lives at {@code root} (its row in
   *     the schema must be changed); otherwise 0
   */
  public int dropTable(int root) {
    throw unsupported();
  }

  /** Removes all entries of a tree; returns how many there were. */
  public long clearTable(int root) {
    throw unsupported();
  }

  // ---- header values -------------------------------------------------------------------------

  /** A header value: one of the constants from {@link #FREE_PAGE_COUNT} on. */
  public int getMeta(int index) {
    throw unsupported();
  }

  /** Sets a header value other than {@link #FREE_PAGE_COUNT} and {@link #DATA_VERSION}. */
  public void updateMeta(int index, int value) {
    throw unsupported();
  }

  /** Sets the file format read and write versions: 1 for rollback journals, 2 for WAL. */
  public void setVersion(int version) {
    throw unsupported();
  }

  /** In bytes; a power of two from 512 to 65536. */
  public int pageSize() {
    throw unsupported();
  }

  /** Page size without the reserved bytes at its end. */
  public int usableSize() {
    throw unsupported();
  }

  /** Reserved bytes at the end of each page, 0..255. */
  public int reservedBytes() {
    throw unsupported();
  }

  /**
   * Sets the page size of a database that has no pages yet.
   *
   * @param pageSize in bytes; values that are not valid change nothing
   * @param reservedBytes 0..255, or -1 to keep them
   * @param fix whether the size can never be changed again
   */
  public void setPageSize(int pageSize, int reservedBytes, boolean fix) {
    throw unsupported();
  }

  /** {@link #AUTO_VACUUM_NONE}, {@link #AUTO_VACUUM_FULL} or {@link #AUTO_VACUUM_INCREMENTAL}. */
  public int autoVacuum() {
    throw unsupported();
  }

  /** Sets the mode; between NONE and the others only before the first page exists. */
  public void setAutoVacuum(int mode) {
    throw unsupported();
  }

  /** Moves the last page of the file to a free one; returns false when there was nothing to do. */
  public boolean incrementalVacuum() {
    throw unsupported();
  }

  /** Whether deleted content is overwritten with zeros: 0 no, 1 yes, 2 where it costs no I/O. */
  public int secureDelete() {
    throw unsupported();
  }

  public void setSecureDelete(int mode) {
    throw unsupported();
  }

  /** Number of pages of the file as the transaction sees it. */
  public int pageCount() {
    throw unsupported();
  }

  /** Sets the limit of pages if {@code limit} is positive; returns the limit. */
  public long maxPageCount(long limit) {
    throw unsupported();
  }

  public boolean isReadonly() {
    throw unsupported();
  }

  /** Path of the database file; empty for temporary and in-memory databases. */
  public String fileName() {
    throw unsupported();
  }

  public String journalName() {
    throw unsupported();
  }

  /** Forgets the header of an empty file so that VACUUM can set it up anew in the open transaction. */
  public void newDatabase() {
    throw unsupported();
  }

  /** Replaces the content of this database, within its write transaction, by that of another. */
  public void copyFile(Btree from) {
    throw unsupported();
  }

  /**
   * Checks trees and the free list.
   *
   * @param roots root pages; a leading 0 checks only the trees given, not the whole file
   * @param maxErrors stop after this many
   * @param rowCounts receives the number of entries of each tree, same length as {@code roots}
   * @return messages, empty if all is well
   */
  public java.util.List<String> integrityCheck(int[] roots, int maxErrors, long[] rowCounts) {
    throw unsupported();
  }

  /** The pager below. */
  public org.libsql4j.pager.Pager pager() {
    throw unsupported();
  }
}
