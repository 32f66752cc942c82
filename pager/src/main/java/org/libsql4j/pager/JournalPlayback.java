package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.LockLevel;

/**
 * Puts pages back from journals: rollback, recovery of a hot journal, and, record by record, the
 * rollback of savepoints.
 */
final class JournalPlayback {
  /** What became of a record. */
  enum Outcome {
    /** Played back, or not needed. */
    NEXT,
    /** Not a record: the journal ends before it. */
    END,
    /** The file ends within it. */
    SHORT
  }

  private final PagerCore core;
  private byte[] buffer = new byte[0];

  /** Where the page of the record in {@link #buffer} is, in plain. */
  private byte[] page = buffer;

  private int pageOffset;
  private final byte[] headerBytes = new byte[JournalFormat.HEADER_FIELDS_BYTES];

  /** Fields of the header that was read last. */
  private int headerRecordCount;

  private int headerPageCount;

  JournalPlayback(PagerCore core) {
    this.core = core;
  }

  /**
   * Undoes the transaction in the open journal and ends the journal.
   *
   * @param hot the journal was left by somebody who is gone; nothing is known but what it says
   * @return how many pages were put back
   */
  int rollBack(boolean hot) {
    RollbackJournal journal = core.journal;
    DatabaseFile file = journal.openFile();
    String superName = hot || journal.hasSuperJournal() ? SuperJournal.readName(file) : null;
    boolean superExists = superName != null && core.vfs.exists(superName);
    boolean isVoid = hot && superName != null && !superExists;
    // Behind our own records a persistent journal has those of older transactions.
    long size = hot ? file.size() : journal.offset();
    int pages = 0;
    try {
      pages = isVoid ? 0 : playAll(file, size, hot);
    } finally {
      journal.setOffset(size); // Also after a failure, when this may be tried again.
    }
    core.writer.changeCounterReset();
    if (core.state == PagerState.OPEN || core.state.atLeast(PagerState.WRITER_DBMOD)) {
      core.fileWriter.sync();
    }
    core.transactionEnd.end(superName != null, false);
    if (superName != null && superExists) {
      SuperJournal.deleteIfUnused(core.vfs, superName);
    }
    journal.useDeviceSectorSize();
    return pages;
  }

  private int playAll(DatabaseFile file, long size, boolean hot) {
    RollbackJournal journal = core.journal;
    journal.setOffset(0);
    int pages = 0;
    boolean first = true;
    while (readHeader(file, size, hot)) {
      long records = recordsInSegment(size, hot);
      if (first) {
        core.fileWriter.truncate(headerPageCount);
        core.databaseSize = headerPageCount;
        first = false;
      }
      for (long i = 0; i < records; i++) {
        if (hot && pages == 0) {
          core.resetCache();
        }
        Outcome outcome = playRecord(file, journal.offset(), null, true, false);
        if (outcome == Outcome.SHORT) {
          return pages;
        }
        journal.setOffset(journal.offset() + journal.recordBytes());
        if (outcome == Outcome.END) {
          if (hot && core.coding.isForeign()) {
            // Not a journal that was never synced but another key: whoever has it needs the
            // journal.
            throw new LibsqlException(ResultCode.NOTADB);
          }
          journal.setOffset(size);
          break;
        }
        pages++;
      }
    }
    return pages;
  }

  /** Records behind the header that was just read, in a journal of {@code size} bytes. */
  long recordsInSegment(long size, boolean hot) {
    RollbackJournal journal = core.journal;
    if (headerRecordCount == JournalFormat.COUNT_UNKNOWN) {
      return (size - journal.sectorSize()) / journal.recordBytes();
    }
    if (!hot && journal.isOpenSegment(journal.offset() - journal.sectorSize())) {
      return (size - journal.offset()) / journal.recordBytes();
    }
    return headerRecordCount & 0xFFFFFFFFL;
  }

  /**
   * Reads the header at the next sector boundary and moves the journal's offset behind it.
   *
   * @return false if there is none
   */
  boolean readHeader(DatabaseFile file, long size, boolean hot) {
    RollbackJournal journal = core.journal;
    long start = JournalFormat.roundUpToSector(journal.offset(), journal.sectorSize());
    journal.setOffset(start);
    if (start + journal.sectorSize() > size) {
      return false;
    }
    int read = file.readToEnd(start, headerBytes, 0, headerBytes.length);
    if (read < headerBytes.length) {
      return false;
    }
    if (!JournalFormat.hasMagic(headerBytes, 0) && (hot || !journal.isOpenSegment(start))) {
      return false;
    }
    headerRecordCount = BigEndianBytes.getInt(headerBytes, JournalFormat.COUNT_OFFSET);
    headerPageCount = BigEndianBytes.getInt(headerBytes, JournalFormat.PAGE_COUNT_OFFSET);
    journal.setChecksumSeed(BigEndianBytes.getInt(headerBytes, JournalFormat.CHECKSUM_SEED_OFFSET));
    if (headerPageCount < 0 || (start == 0 && !adoptSizes())) {
      return false;
    }
    journal.setOffset(start + journal.sectorSize());
    return true;
  }

  /** Takes sector and page size from the first header; false if they cannot be right. */
  private boolean adoptSizes() {
    int sector = BigEndianBytes.getInt(headerBytes, JournalFormat.SECTOR_SIZE_OFFSET);
    int page = BigEndianBytes.getInt(headerBytes, JournalFormat.PAGE_SIZE_OFFSET);
    if (page == 0) {
      page = core.pageSize; // Written so by versions before 3.5.8.
    }
    if (!JournalFormat.isPowerOfTwoBetween(
            page, JournalFormat.MINIMUM_PAGE_SIZE_BYTES, JournalFormat.MAXIMUM_PAGE_SIZE_BYTES)
        || !JournalFormat.isPowerOfTwoBetween(
            sector,
            JournalFormat.MINIMUM_SECTOR_SIZE_BYTES,
            JournalFormat.MAXIMUM_SECTOR_SIZE_BYTES)) {
      return false;
    }
    if (page != core.pageSize && core.cache.pins() == 0) {
      core.changePageSize(page);
    }
    core.journal.setSectorSize(sector);
    return page == core.pageSize;
  }

  /**
   * Plays one record back.
   *
   * @param done pages that are restored already, to which this one is added; null to restore all
   * @param main the record is of the rollback journal and has a checksum, not of the statement
   *     journal
   * @param savepoint the transaction goes on
   */
  Outcome playRecord(
      DatabaseFile file, long offset, @Nullable PageSet done, boolean main, boolean savepoint) {
    int pageSize = core.pageSize;
    int bytes = pageSize + (main ? 8 : 4);
    if (buffer.length < bytes) {
      buffer = new byte[bytes];
    }
    if (file.readToEnd(offset, buffer, 0, bytes) < bytes) {
      return Outcome.SHORT;
    }
    int pageNumber = BigEndianBytes.getInt(buffer, 0);
    if (pageNumber == 0 || pageNumber == core.lockBytePage()) {
      return Outcome.END;
    }
    boolean beyond = Integer.compareUnsigned(pageNumber, core.databaseSize) > 0;
    if (beyond || (done != null && done.contains(pageNumber))) {
      return Outcome.NEXT;
    }
    boolean checked = main && !savepoint;
    if (!decode(pageNumber, checked) || (checked && !checksumMatches(pageSize))) {
      return Outcome.END;
    }
    if (done != null) {
      done.add(pageNumber);
    }
    restore(pageNumber, main, offset + bytes);
    return Outcome.NEXT;
  }

  /** Finds the page in the record that was read; false if it cannot be one. */
  private boolean decode(int pageNumber, boolean mayBeTorn) {
    if (!core.coding.isInUse()) {
      page = buffer;
      pageOffset = 4;
      return true;
    }
    try {
      page = core.coding.decodeRecord(pageNumber, buffer, 4);
      pageOffset = 0;
      return true;
    } catch (LibsqlException e) {
      if (!mayBeTorn) {
        throw e;
      }
      return false;
    }
  }

  private boolean checksumMatches(int pageSize) {
    int expected = BigEndianBytes.getInt(buffer, 4 + pageSize);
    int seed = core.journal.checksumSeed();
    return JournalFormat.checksum(seed, page, pageOffset, pageSize) == expected;
  }

  /** Puts the record where the page is: as it is into the file, decoded into the cache, or both. */
  private void restore(int pageNumber, boolean main, long endOffset) {
    if (pageNumber == 1) {
      core.reservedBytes = buffer[4 + 20] & 0xFF;
    }
    Page cached = core.wal.isInUse() ? null : core.cache.find(pageNumber);
    boolean synced =
        main
            ? core.syncMode == null || endOffset <= core.journal.syncedOffset()
            : cached == null || !cached.has(Page.NEED_SYNC);
    boolean fileMayDiffer =
        core.state == PagerState.OPEN || core.state.atLeast(PagerState.WRITER_DBMOD);
    if (core.file != null && fileMayDiffer && synced && !core.wal.isInUse()) {
      core.fileWriter.writeRestored(pageNumber, buffer, 4);
    } else if (!main && cached == null) {
      cached = core.reader.addForRollback(pageNumber);
    }
    if (cached != null) {
      System.arraycopy(page, pageOffset, cached.data, 0, core.pageSize);
      core.contentReplaced(cached);
      if (pageNumber == 1) {
        core.rememberFileVersion(cached.data);
      }
    }
  }

  // ---- hot journals

  /**
   * Rolls a hot journal back; the caller holds SHARED. Afterwards the lock is SHARED again (or
   * EXCLUSIVE in exclusive mode) and the state OPEN.
   */
  void recoverHotJournal() {
    core.locking.lock(LockLevel.EXCLUSIVE);
    RollbackJournal journal = core.journal;
    if (!journal.isOpen() && core.vfs.exists(journal.journalName())) {
      // Somebody else may have rolled it back before we got EXCLUSIVE.
      journal.openExisting();
    }
    if (!journal.isOpen()) {
      if (!core.exclusiveMode) {
        core.locking.unlock(LockLevel.SHARED);
      }
      return;
    }
    try {
      if (core.syncMode != null) {
        journal.openFile().sync(core.syncMode, false);
      }
      journal.treatAsSynced();
      rollBack(true);
      core.state = PagerState.OPEN;
    } catch (LibsqlException e) {
      journal.close();
      throw core.failed(e);
    }
  }
}
