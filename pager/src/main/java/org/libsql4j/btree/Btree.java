package org.libsql4j.btree;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.pager.SavepointOperation;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.vfs.MemdbVfs;

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
  /** Header value: pages on the freelist. */
  public static final int FREE_PAGE_COUNT = 0;

  /** Header value: the schema cookie, which every change of the schema raises. */
  public static final int SCHEMA_VERSION = 1;

  /** Header value: the schema format, 1 to 4. */
  public static final int FILE_FORMAT = 2;

  /** Header value: the suggested size of the page cache. */
  public static final int DEFAULT_CACHE_SIZE = 3;

  /** Header value: the largest root page if the file is auto-vacuumed, otherwise 0. */
  public static final int LARGEST_ROOT_PAGE = 4;

  /** Header value: 1 UTF-8, 2 UTF-16LE, 3 UTF-16BE. */
  public static final int TEXT_ENCODING = 5;

  /** Header value: the application's version of its schema. */
  public static final int USER_VERSION = 6;

  /** Header value: not 0 if the file is vacuumed on demand. */
  public static final int INCREMENTAL_VACUUM = 7;

  /** Header value: the application that the file belongs to. */
  public static final int APPLICATION_ID = 8;

  /** Not in the file: changes when another connection has changed the file. */
  public static final int DATA_VERSION = 15;

  private static final int META_OFFSET = 36;
  private static final int FILE_HEADER_BYTES = 100;

  private final BtreeShared shared;
  private final AutoVacuum vacuum;
  private final BtreeTransactions transactions;
  private final Trees trees;
  private boolean closed;

  private Btree(PagerOptions options) {
    shared = new BtreeShared(options);
    vacuum = new AutoVacuum(shared);
    transactions = new BtreeTransactions(shared, vacuum);
    trees = new Trees(shared, vacuum);
  }

  /**
   * Opens a database. Nothing but the page size is read yet.
   *
   * @param options where it is: {@link PagerOptions#file}, {@link PagerOptions#memory} or {@link
   *     PagerOptions#temporary}
   * @throws LibsqlException CANTOPEN and its extended codes
   */
  public static Btree open(PagerOptions options) {
    Btree btree = new Btree(options);
    try {
      btree.readSizes();
    } catch (RuntimeException e) {
      btree.shared.pager.close();
      throw e;
    }
    return btree;
  }

  /** Takes page size and auto-vacuum mode from the header of an existing file. */
  private void readSizes() {
    byte[] header = new byte[FILE_HEADER_BYTES];
    shared.pager.readFileHeader(header);
    int pageSize = BtreeTransactions.pageSizeOf(header);
    if (pageSize == 0) {
      return;
    }
    int reserved = header[20] & 0xff;
    shared.pager.setPageSize(pageSize, reserved);
    shared.setSizes(shared.pager.pageSize(), shared.pager.reservedBytes());
    shared.pageSizeFixed = true;
    shared.autoVacuum = BigEndian.getInt(header, metaOffset(LARGEST_ROOT_PAGE)) != 0;
    shared.incrementalVacuum = BigEndian.getInt(header, metaOffset(INCREMENTAL_VACUUM)) != 0;
  }

  /** Offset of a header value in page 1. */
  static int metaOffset(int index) {
    return META_OFFSET + 4 * index;
  }

  BtreeShared shared() {
    return shared;
  }

  /** The pager, for settings that are its business: cache size, journal mode, synchronous. */
  public Pager pager() {
    return shared.pager;
  }

  /** What to do when a lock is taken by somebody else; null gives up at once. */
  public void setBusyHandler(@Nullable BusyHandler handler) {
    shared.pager.setBusyHandler(handler);
  }

  // ---- encryption ----------------------------------------------------------------------------

  /**
   * Says how the pages of the database are stored; what is in the file stays as it is.
   *
   * @param codec null for as they are
   * @throws LibsqlException MISUSE within a transaction
   */
  public void setCodec(@Nullable PageCodec codec) {
    shared.pager.setCodec(codec);
    if (codec != null && codec.reservedBytes() > reservedBytes()) {
      setPageSize(0, codec.reservedBytes(), false);
    }
  }

  /**
   * Stores all pages in another way, in a transaction of its own that excludes everybody.
   *
   * @param codec null for as they are
   * @throws LibsqlException ERROR if a write-ahead log is in use; BUSY
   */
  public void recode(@Nullable PageCodec codec) {
    beginTransaction(true, true);
    boolean done = false;
    try {
      shared.pager.recode(codec);
      commit();
      done = true;
    } finally {
      try {
        if (!done) {
          rollback(ResultCode.OK, false);
        }
      } finally {
        shared.pager.recodingEnded(done);
      }
    }
  }

  /** Rolls back what is open, closes all cursors and the file. Closing twice is harmless. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (shared.firstCursor != null) {
      shared.firstCursor.close();
    }
    try {
      rollback(ResultCode.OK, false);
    } finally {
      shared.activeReaders = 0;
      shared.transactionState = TRANSACTION_NONE;
      unlockIfUnused();
      shared.pager.close();
    }
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
    return transactions.begin(write, exclusive);
  }

  /** Gives page 1 and the lock back if no transaction is open. */
  void unlockIfUnused() {
    transactions.unlockIfUnused();
  }

  /** One of {@link #TRANSACTION_NONE}, {@link #TRANSACTION_READ}, {@link #TRANSACTION_WRITE}. */
  public int transactionState() {
    return shared.transactionState;
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
   * What comes before the first half of a commit over several files: an optimistic transaction
   * makes sure that it has not lost, and keeps others from committing until it is over, or {@link
   * #cancelCommit} is called. Does nothing for other transactions.
   *
   * @throws LibsqlException BUSY, BUSY_SNAPSHOT; the transaction is open still
   */
  public void prepareCommit() {
    try {
      transactions.prepareCommit();
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Takes {@link #prepareCommit} back. */
  public void cancelCommit() {
    transactions.cancelCommit();
  }

  /**
   * First half of a commit: everything is written and synced, and can still be rolled back.
   *
   * @param superJournalName path of the super-journal of a commit over several files, or null
   */
  public void commitPhaseOne(@Nullable String superJournalName) {
    try {
      transactions.commitPhaseOne(superJournalName);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /**
   * Second half: the commit becomes final and the locks go (down to a read transaction if cursors
   * of other statements are still open: see {@link #setActiveReaderCount}).
   *
   * @param cleanup whether a failure to delete the journal is ignored
   */
  public void commitPhaseTwo(boolean cleanup) {
    transactions.commitPhaseTwo(cleanup);
  }

  /** Both halves. */
  public void commit() {
    commitPhaseOne(null);
    commitPhaseTwo(false);
  }

  /**
   * Gives up the write transaction. Open cursors are saved, or tripped so that their next use
   * throws {@code tripCode}.
   *
   * @param tripCode {@link ResultCode#OK} saves cursors for later use; another code trips them
   * @param writeOnly only write cursors are tripped, read cursors are saved
   */
  public void rollback(ResultCode tripCode, boolean writeOnly) {
    transactions.rollback(tripCode, writeOnly);
  }

  /**
   * Tells how many other statements of the connection still read: while there are any the end of a
   * transaction keeps the snapshot.
   */
  public void setActiveReaderCount(int count) {
    shared.activeReaders = count;
  }

  /**
   * Opens savepoints until {@code statementIndex} of them are open, for a statement's own rollback.
   */
  public void beginStatement(int statementIndex) {
    shared.pager.openSavepoint(statementIndex);
  }

  /** Releases the savepoint {@code index} (0-based) and all after it. */
  public void releaseSavepoint(int index) {
    transactions.savepoint(SavepointOperation.RELEASE, index);
  }

  /**
   * Rolls back to the savepoint {@code index} (0-based), which stays open; those after it go.
   *
   * @param index -1 rolls back everything since the transaction began
   */
  public void rollbackToSavepoint(int index) {
    transactions.savepoint(SavepointOperation.ROLLBACK, index);
  }

  /**
   * Makes the next use of each cursor throw {@code code}; read cursors are only saved if {@code
   * writeOnly}.
   */
  public void tripAllCursors(ResultCode code, boolean writeOnly) {
    transactions.tripAll(code, writeOnly);
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
    if (root < 1) {
      throw Corruption.found();
    }
    return new BtreeCursor(this, shared, root, write, keyInfo);
  }

  /**
   * Creates an empty tree.
   *
   * @param flags {@link #INTKEY} or {@link #BLOBKEY}
   * @return its root page
   */
  public int createTable(int flags) {
    try {
      return trees.create((flags & INTKEY) != 0);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /**
   * Removes a tree and gives its pages to the freelist.
   *
   * @return with auto-vacuum, the old root page of the tree that now lives at {@code root} (its row
   *     in the schema must be changed); otherwise 0
   */
  public int dropTable(int root) {
    try {
      return trees.drop(root);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Removes all entries of a tree; returns how many there were. */
  public long clearTable(int root) {
    try {
      return shared.eraser.clear(root);
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  // ---- header values -------------------------------------------------------------------------

  /** A header value: one of the constants from {@link #FREE_PAGE_COUNT} on. */
  public int getMeta(int index) {
    if (index == DATA_VERSION) {
      return shared.pager.dataVersion() - shared.ownCommits;
    }
    return index == FREE_PAGE_COUNT
        ? shared.freeList.totalCount()
        : shared.headerInt(metaOffset(index));
  }

  /** Sets a header value other than {@link #FREE_PAGE_COUNT} and {@link #DATA_VERSION}. */
  public void updateMeta(int index, int value) {
    shared.writeHeader();
    shared.putHeaderInt(metaOffset(index), value);
    if (index == INCREMENTAL_VACUUM) {
      shared.incrementalVacuum = value != 0;
    }
  }

  /** Sets the file format read and write versions: 1 for rollback journals, 2 for WAL. */
  public void setVersion(int version) {
    transactions.setVersion(version);
  }

  /** In bytes; a power of two from 512 to 65536. */
  public int pageSize() {
    return shared.pageSize;
  }

  /** Page size without the reserved bytes at its end. */
  public int usableSize() {
    return shared.usableSize;
  }

  /** Reserved bytes at the end of each page, 0..255. */
  public int reservedBytes() {
    return shared.pageSize - shared.usableSize;
  }

  /**
   * Sets the page size of a database that has no pages yet.
   *
   * @param pageSize in bytes; values that are not valid change nothing
   * @param reservedBytes 0..255, or -1 to keep them
   * @param fix whether the size can never be changed again
   */
  public void setPageSize(int pageSize, int reservedBytes, boolean fix) {
    if (shared.pageSizeFixed) {
      return;
    }
    int reserved = reservedBytes < 0 ? reservedBytes() : reservedBytes;
    int size = BtreeTransactions.isValidPageSize(pageSize) ? pageSize : shared.pageSize;
    if (size == 512 && reserved > 32) {
      size = 1024; // A page must have 480 usable bytes.
    }
    shared.pager.setPageSize(size, reserved);
    shared.setSizes(shared.pager.pageSize(), shared.pager.reservedBytes());
    shared.pageSizeFixed = fix;
  }

  /** {@link #AUTO_VACUUM_NONE}, {@link #AUTO_VACUUM_FULL} or {@link #AUTO_VACUUM_INCREMENTAL}. */
  public int autoVacuum() {
    if (!shared.autoVacuum) {
      return AUTO_VACUUM_NONE;
    }
    return shared.incrementalVacuum ? AUTO_VACUUM_INCREMENTAL : AUTO_VACUUM_FULL;
  }

  /**
   * Sets the mode, which can change between NONE and the others only before the first page exists.
   *
   * @return false if it was too late
   */
  public boolean setAutoVacuum(int mode) {
    boolean wanted = mode != AUTO_VACUUM_NONE;
    if (shared.pageSizeFixed && wanted != shared.autoVacuum) {
      return false;
    }
    shared.autoVacuum = wanted;
    shared.incrementalVacuum = mode == AUTO_VACUUM_INCREMENTAL;
    return true;
  }

  /** Moves the last page of the file to a free one; returns false when there was nothing to do. */
  public boolean incrementalVacuum() {
    if (!shared.autoVacuum) {
      return false;
    }
    try {
      return vacuum.step();
    } catch (IndexOutOfBoundsException e) {
      throw Corruption.found(e);
    }
  }

  /** Whether deleted content is overwritten with zeros: 0 no, 1 yes, 2 where it costs no I/O. */
  public int secureDelete() {
    return shared.secureDelete;
  }

  /** Sets what {@link #secureDelete} returns. */
  public void setSecureDelete(int mode) {
    shared.secureDelete = mode;
  }

  /** Number of pages of the file as the transaction sees it. */
  public int pageCount() {
    return shared.pageCount;
  }

  /** Sets the limit of pages if {@code limit} is positive; returns the limit. */
  public long maxPageCount(long limit) {
    return shared.pager.maxPageCount(limit);
  }

  /** Whether the database cannot be written, by this connection or at all. */
  public boolean isReadonly() {
    return shared.readOnly || shared.pager.isReadOnly();
  }

  /** Path of the database file; empty for temporary and in-memory databases. */
  public String fileName() {
    return shared.pager.vfs() instanceof MemdbVfs ? "" : shared.pager.fileName();
  }

  /** Path of the rollback journal. */
  public String journalName() {
    return shared.pager.journalName();
  }

  /**
   * Replaces the content of this database by that of another one, and commits. The schema version
   * becomes one more than it was here, and the page size may be changed afterwards to the other's.
   */
  public void copyFile(Btree from) {
    from.startBackup(this, new ReentrantLock()).run();
  }

  /**
   * Begins to copy this database into another one; nothing is locked yet.
   *
   * @param targetLock guards the target; taken whenever it is written, with this one's lock held
   */
  public BtreeBackup startBackup(Btree target, ReentrantLock targetLock) {
    return new BtreeBackup(shared, transactions, target.shared, target.transactions, targetLock);
  }

  /**
   * Checks trees and the free list.
   *
   * @param roots root pages; a leading 0 checks only the trees given, not the whole file
   * @param maxErrors stop after this many
   * @param rowCounts receives the number of entries of each tree, same length as {@code roots}
   * @return messages, empty if all is well
   */
  public List<String> integrityCheck(int[] roots, int maxErrors, long[] rowCounts) {
    return IntegrityCheck.run(shared, roots, maxErrors, rowCounts);
  }
}
