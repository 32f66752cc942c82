package org.libsql4j.btree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.LockPurpose;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.pager.PagerState;
import org.libsql4j.pager.SavepointOperation;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Bytes;

/** Begins and ends transactions, reads the file header and writes that of a new database. */
final class BtreeTransactions {
  private static final byte[] MAGIC = magic();

  // Offsets in the file header.
  private static final int PAGE_SIZE = 16;
  private static final int WRITE_VERSION = 18;
  private static final int READ_VERSION = 19;
  private static final int RESERVED_BYTES = 20;
  private static final int PAYLOAD_FRACTIONS = 21;
  private static final int SCHEMA_VERSION = 40;
  private static final int LARGEST_ROOT = 52;
  private static final int INCREMENTAL_VACUUM = 64;

  private static final int MIN_USABLE_SIZE = 480;
  private static final int WAL_VERSION = 2;

  private final BtreeShared shared;
  private final AutoVacuum autoVacuum;

  /** Page size found in the header when it is not the one in use; otherwise 0. */
  private int foundPageSize;

  private int foundReserved;

  BtreeTransactions(BtreeShared shared, AutoVacuum autoVacuum) {
    this.shared = shared;
    this.autoVacuum = autoVacuum;
  }

  private static byte[] magic() {
    byte[] text = "SQLite format 3".getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(text, 16);
  }

  // ---- begin ---------------------------------------------------------------------------------

  int begin(boolean write, boolean exclusive) {
    boolean enough =
        shared.transactionState == Btree.TRANSACTION_WRITE
            || shared.transactionState == Btree.TRANSACTION_READ && !write;
    if (!enough) {
      if (write && shared.pager.isReadOnly()) {
        throw new LibsqlException(ResultCode.READONLY);
      }
      beginPatiently(write, exclusive);
      shared.transactionState = write ? Btree.TRANSACTION_WRITE : Btree.TRANSACTION_READ;
      if (write) {
        correctPageCount();
      }
    }
    return shared.headerInt(SCHEMA_VERSION);
  }

  private void beginPatiently(boolean write, boolean exclusive) {
    for (int attempt = 0; ; attempt++) {
      try {
        beginOnce(write, exclusive);
        return;
      } catch (LibsqlException e) {
        unlockIfUnused();
        LibsqlException failure = e;
        if (shared.transactionState == Btree.TRANSACTION_NONE) {
          if (e.resultCode() == ResultCode.BUSY_SNAPSHOT) {
            // A snapshot taken just for this attempt: the next one takes a newer.
            failure = new LibsqlException(ResultCode.BUSY);
          }
          LockPurpose purpose = write ? LockPurpose.WRITE : LockPurpose.READ;
          if (e.resultCode().primary() == ResultCode.BUSY
              && shared.pager.askBusyHandler(attempt, purpose)) {
            continue;
          }
        }
        throw failure;
      }
    }
  }

  private void beginOnce(boolean write, boolean exclusive) {
    shared.initiallyEmpty = shared.pageCount == 0;
    while (shared.page1 == null) {
      readHeader();
    }
    shared.initiallyEmpty = shared.pageCount == 0;
    if (write) {
      if (shared.readOnly) {
        throw new LibsqlException(ResultCode.READONLY);
      }
      shared.pager.begin(exclusive || !mayBeOptimistic(), false);
      createHeader();
    }
  }

  /**
   * Whether others may write at the same time, if the transaction was begun so: not with a pointer
   * map, which is on pages that everybody writes, and not if the size of the database is in doubt.
   * Only asked for with a write-ahead log; without one the answer is yes.
   */
  private boolean mayBeOptimistic() {
    return !shared.pager.usesWal()
        || !shared.autoVacuum
            && shared.pageCount == shared.pager.pageCount()
            && shared.pageCount > 0;
  }

  /** The header may have a wrong page count if a very old version of SQLite wrote the file. */
  private void correctPageCount() {
    if (shared.headerInt(BtreeShared.HEADER_PAGE_COUNT) != shared.pageCount) {
      shared.writeHeader();
      shared.putHeaderInt(BtreeShared.HEADER_PAGE_COUNT, shared.pageCount);
    }
  }

  /**
   * Takes the shared lock and pins page 1. If the page size or the log turn out to be others than
   * thought, everything is given back and {@code page1} stays null for another attempt.
   */
  private void readHeader() {
    shared.pager.sharedLock();
    BtreePage page1;
    try {
      page1 = shared.get(1);
    } catch (LibsqlException e) {
      shared.pager.unlockIfUnused();
      throw e;
    }
    boolean keep = false;
    try {
      keep = useHeader(page1.data);
    } finally {
      if (keep) {
        shared.page1 = page1;
      } else {
        shared.release(page1);
        shared.pager.unlockIfUnused(); // The size of the database is in pages: ask for it anew.
      }
    }
    if (foundPageSize != 0) {
      int pageSize = foundPageSize;
      foundPageSize = 0;
      shared.pager.setPageSize(pageSize, foundReserved);
      if (shared.pager.pageSize() != pageSize) {
        throw Corruption.found();
      }
      shared.setSizes(pageSize, foundReserved);
    }
  }

  /** Checks the header and takes its values; false to begin again. */
  private boolean useHeader(byte[] data) {
    int pagesInFile = shared.pager.pageCount();
    int pages = BigEndian.getRareInt(data, BtreeShared.HEADER_PAGE_COUNT);
    boolean countIsValid =
        BigEndian.getRareInt(data, BtreeShared.HEADER_FILE_CHANGE_COUNTER)
            == BigEndian.getRareInt(data, BtreeShared.HEADER_VERSION_VALID_FOR);
    if (pages == 0 || !countIsValid) {
      pages = pagesInFile;
    }
    if (pages != 0) {
      checkFormat(data);
      if (data[READ_VERSION] == WAL_VERSION
          && !shared.withoutWal
          && !shared.pager.usesWal()
          && shared.pager.openWal()) {
        return false;
      }
      if (!usePageSize(data)) {
        return false;
      }
      if (pages < 0 || pages > pagesInFile) {
        throw Corruption.found();
      }
      shared.autoVacuum = BigEndian.getRareInt(data, LARGEST_ROOT) != 0;
      shared.incrementalVacuum = BigEndian.getRareInt(data, INCREMENTAL_VACUUM) != 0;
    }
    shared.pageCount = pages;
    return true;
  }

  private void checkFormat(byte[] data) {
    if (!Bytes.equal(data, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw notADatabase();
    }
    shared.readOnly = (data[WRITE_VERSION] & 0xff) > WAL_VERSION;
    if ((data[READ_VERSION] & 0xff) > WAL_VERSION) {
      throw notADatabase();
    }
    if (data[PAYLOAD_FRACTIONS] != 64
        || data[PAYLOAD_FRACTIONS + 1] != 32
        || data[PAYLOAD_FRACTIONS + 2] != 32) {
      throw notADatabase();
    }
  }

  private static LibsqlException notADatabase() {
    return new LibsqlException(ResultCode.NOTADB);
  }

  /** The page size of a header; 0 if it is not valid. */
  static int pageSizeOf(byte[] header) {
    int size = (header[PAGE_SIZE] & 0xff) << 8 | (header[PAGE_SIZE + 1] & 0xff) << 16;
    return isValidPageSize(size) ? size : 0;
  }

  static boolean isValidPageSize(int size) {
    return size >= 512 && size <= 65536 && (size & size - 1) == 0;
  }

  private boolean usePageSize(byte[] data) {
    int pageSize = pageSizeOf(data);
    if (pageSize == 0) {
      throw notADatabase();
    }
    int reserved = data[RESERVED_BYTES] & 0xff;
    shared.pageSizeFixed = true;
    if (pageSize != shared.pageSize) {
      // The pager changes its size only when nothing is pinned: the caller lets go of page 1.
      foundPageSize = pageSize;
      foundReserved = reserved;
      return false;
    }
    PageCodec codec = shared.pager.codec();
    boolean hasRoom = codec == null || reserved >= codec.reservedBytes();
    if (pageSize - reserved < MIN_USABLE_SIZE || !hasRoom) {
      throw notADatabase();
    }
    shared.setSizes(pageSize, reserved);
    return true;
  }

  /** Writes the header of a database that has no pages; page 1 is pinned. */
  void createHeader() {
    if (shared.pageCount > 0) {
      return;
    }
    BtreePage page1 = shared.header();
    shared.writeHeader();
    byte[] data = page1.data;
    System.arraycopy(MAGIC, 0, data, 0, MAGIC.length);
    data[PAGE_SIZE] = (byte) (shared.pageSize >> 8);
    data[PAGE_SIZE + 1] = (byte) (shared.pageSize >> 16);
    data[WRITE_VERSION] = 1;
    data[READ_VERSION] = 1;
    data[RESERVED_BYTES] = (byte) (shared.pageSize - shared.usableSize);
    data[PAYLOAD_FRACTIONS] = 64;
    data[PAYLOAD_FRACTIONS + 1] = 32;
    data[PAYLOAD_FRACTIONS + 2] = 32;
    Arrays.fill(data, 24, 100, (byte) 0);
    PageSpace.clear(page1, BtreePage.TABLE_LEAF);
    shared.pageSizeFixed = true;
    BigEndian.putInt(data, LARGEST_ROOT, shared.autoVacuum ? 1 : 0);
    BigEndian.putInt(data, INCREMENTAL_VACUUM, shared.incrementalVacuum ? 1 : 0);
    BigEndian.putInt(data, BtreeShared.HEADER_PAGE_COUNT, 1);
    shared.pageCount = 1;
  }

  // ---- end -----------------------------------------------------------------------------------

  /** See {@link Btree#prepareCommit}. */
  void prepareCommit() {
    if (isOptimisticWithChanges()) {
      new OptimisticCommit(shared).prepare();
    }
  }

  private boolean isOptimisticWithChanges() {
    return shared.pager.optimistic().isWriting()
        && shared.pager.state() != PagerState.WRITER_LOCKED;
  }

  void cancelCommit() {
    shared.pager.optimistic().cancel();
  }

  void commitPhaseOne(@Nullable String superJournalName) {
    if (shared.transactionState != Btree.TRANSACTION_WRITE) {
      return;
    }
    if (isOptimisticWithChanges()) {
      prepareCommit();
      new OptimisticCommit(shared).merge();
      correctPageCount();
    }
    if (shared.autoVacuum) {
      autoVacuum.commit();
    }
    if (shared.truncateAtCommit) {
      shared.pager.truncateImage(shared.pageCount);
    }
    shared.pager.commitPhaseOne(superJournalName, false);
  }

  void commitPhaseTwo(boolean cleanup) {
    if (shared.transactionState == Btree.TRANSACTION_NONE) {
      return;
    }
    if (shared.transactionState == Btree.TRANSACTION_WRITE) {
      try {
        shared.pager.commitPhaseTwo(shared.activeReaders > 0);
      } catch (LibsqlException e) {
        if (!cleanup) {
          throw e;
        }
      }
      shared.ownCommits++;
      shared.transactionState = Btree.TRANSACTION_READ;
      shared.forgetFreed();
    }
    end();
  }

  /** Goes back to a read transaction if others still read, otherwise to none. */
  private void end() {
    shared.truncateAtCommit = false;
    if (shared.transactionState != Btree.TRANSACTION_NONE && shared.activeReaders > 0) {
      shared.transactionState = Btree.TRANSACTION_READ;
    } else {
      shared.transactionState = Btree.TRANSACTION_NONE;
      unlockIfUnused();
    }
  }

  /** Lets go of page 1 and the lock if no transaction is open. */
  void unlockIfUnused() {
    BtreePage page1 = shared.page1;
    if (shared.transactionState == Btree.TRANSACTION_NONE && page1 != null) {
      shared.page1 = null;
      shared.release(page1);
      shared.pager.unlockIfUnused();
    }
  }

  void rollback(ResultCode tripCode, boolean writeOnly) {
    LibsqlException saveFailure = null;
    if (tripCode == ResultCode.OK) {
      try {
        shared.saveCursors(0, null);
      } catch (LibsqlException e) {
        saveFailure = e;
        tripAll(e.resultCode(), false);
      }
    } else {
      tripAll(tripCode, writeOnly);
    }
    LibsqlException failure = saveFailure;
    if (shared.transactionState == Btree.TRANSACTION_WRITE) {
      try {
        shared.pager.rollback();
      } catch (LibsqlException e) {
        failure = e;
      }
      afterRollback();
      shared.transactionState = Btree.TRANSACTION_READ;
      shared.forgetFreed();
    }
    end();
    if (failure != null) {
      throw failure;
    }
  }

  /** Takes the page count anew from what the rollback put back. */
  private void afterRollback() {
    if (shared.page1 == null || shared.pager.state() == PagerState.ERROR) {
      return;
    }
    int pages = shared.headerInt(BtreeShared.HEADER_PAGE_COUNT);
    shared.pageCount = pages > 0 ? pages : shared.pager.pageCount();
  }

  void tripAll(ResultCode code, boolean writeOnly) {
    for (BtreeCursor c = shared.firstCursor; c != null; c = c.nextCursor) {
      if (writeOnly && !c.write) {
        try {
          c.savePosition();
        } catch (LibsqlException e) {
          tripAll(e.resultCode(), false);
          return;
        }
      } else {
        c.trip(code);
      }
    }
  }

  void savepoint(SavepointOperation operation, int index) {
    if (shared.transactionState != Btree.TRANSACTION_WRITE) {
      return;
    }
    if (operation == SavepointOperation.ROLLBACK) {
      shared.saveCursors(0, null);
    }
    shared.pager.savepoint(operation, index);
    if (index < 0 && shared.initiallyEmpty) {
      shared.pageCount = 0;
    }
    if (operation == SavepointOperation.ROLLBACK) {
      if (shared.pageCount == 0) {
        createHeader();
      }
      afterRollback();
    }
  }

  // ---- versions ------------------------------------------------------------------------------

  /** Sets the read and write version in the header within a transaction of its own. */
  void setVersion(int version) {
    shared.withoutWal = version == 1;
    try {
      begin(false, false);
      byte[] data = shared.header().data;
      if (data[WRITE_VERSION] != version || data[READ_VERSION] != version) {
        begin(true, true);
        shared.writeHeader();
        data = shared.header().data;
        data[WRITE_VERSION] = (byte) version;
        data[READ_VERSION] = (byte) version;
      }
    } finally {
      shared.withoutWal = false;
    }
  }
}
