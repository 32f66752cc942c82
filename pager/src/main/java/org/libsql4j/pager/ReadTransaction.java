package org.libsql4j.pager;

import java.util.Arrays;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.OpenOptions;

/** The way from no lock to a cache that may be trusted. */
final class ReadTransaction {
  private static final int WRITE_VERSION_OFFSET = 18;
  private static final int READ_VERSION_OFFSET = 19;

  /** What both have in a database that uses rollback journals. */
  private static final int ROLLBACK_VERSION = 1;

  private final PagerCore core;
  private final byte[] version = new byte[PagerCore.FILE_VERSION_BYTES];

  /** Whether the cache can hold pages of an earlier read transaction. */
  private boolean hasReadBefore;

  ReadTransaction(PagerCore core) {
    this.core = core;
  }

  void begin() {
    core.checkUsable();
    if (core.state != PagerState.OPEN && !core.wal.isInUse()) {
      return;
    }
    if (core.state.atLeast(PagerState.READER)) {
      return;
    }
    boolean done = false;
    boolean unchanged = false;
    boolean wasKnown = core.sizeIsKnown;
    core.sizeIsKnown = false; // What fails from here on leaves all to be asked for again.
    try {
      if (!core.wal.isInUse()) {
        unchanged = lockAndValidate(wasKnown);
      }
      if (core.wal.isInUse()) {
        unchanged = !core.wal.beginRead() && wasKnown;
      }
      if (!unchanged) {
        core.databaseSize = core.storedPageCount();
      }
      core.sizeIsKnown = true;
      done = true;
    } finally {
      if (!done) {
        core.transactionEnd.unlockAndRollBack();
      }
    }
    core.reader.forgetReadAhead();
    core.state = PagerState.READER;
    core.optimistic.readTransactionBegins();
    hasReadBefore = true;
  }

  /**
   * Takes the lock.
   *
   * @param wasKnown whether the last transaction left the database as its size in memory says
   * @return whether the database is known to be as that transaction left it: then neither its size
   *     nor whether it has a log has to be asked for
   */
  private boolean lockAndValidate(boolean wasKnown) {
    boolean unchanged = wasKnown;
    core.locking.waitFor(LockLevel.SHARED);
    if (core.locking.level() == LockLevel.SHARED && isJournalHot()) {
      if (core.readOnly) {
        throw new LibsqlException(ResultCode.READONLY_ROLLBACK);
      }
      core.playback.recoverHotJournal();
      unchanged = false;
    }
    if (hasReadBefore && !isCacheValid()) {
      core.resetCache();
      unchanged = false;
    }
    if (unchanged && isWithoutLog()) {
      return true;
    }
    core.wal.openIfPresent();
    return false;
  }

  private boolean isCacheValid() {
    return core.coding.readPage1(PagerCore.FILE_VERSION_OFFSET, version)
        && Arrays.equals(version, core.fileVersion);
  }

  /** Whether the header, which has not changed, says that there is no log. */
  private boolean isWithoutLog() {
    Page page1 = core.cache.find(1);
    return page1 != null
        && page1.data[WRITE_VERSION_OFFSET] == ROLLBACK_VERSION
        && page1.data[READ_VERSION_OFFSET] == ROLLBACK_VERSION
        && core.journalMode != JournalMode.WAL;
  }

  // ---- hot journals

  /**
   * Whether a journal was left by somebody who crashed: it exists, is not empty, its header is not
   * zero, and nobody is writing. An absent super-journal, which makes it void, is found in
   * playback.
   */
  private boolean isJournalHot() {
    boolean isOpen = core.journal.isOpen();
    if (core.temporary || (!isOpen && !core.vfs.exists(core.journal.journalName()))) {
      return false;
    }
    if (core.openFile().isReservedByAnyone()) {
      return false;
    }
    if (core.openFile().size() == 0 && !isOpen) {
      deleteOrphan();
      return false;
    }
    return isOpen ? firstByte(core.journal.openFile()) != 0 : firstByteOfFile() != 0;
  }

  /** A journal without a database is older than the database that is about to be made. */
  private void deleteOrphan() {
    if (core.readOnly || !core.locking.tryLock(LockLevel.RESERVED)) {
      return;
    }
    try {
      core.vfs.delete(core.journal.journalName(), false);
    } catch (LibsqlException e) {
      if (e.resultCode() != ResultCode.IOERR_DELETE_NOENT) {
        throw e;
      }
    } finally {
      if (!core.exclusiveMode) {
        core.locking.unlock(LockLevel.SHARED);
      }
    }
  }

  private int firstByteOfFile() {
    try (DatabaseFile journal =
        core.vfs.open(core.journal.journalName(), OpenOptions.readOnly(FileKind.MAIN_JOURNAL))) {
      return firstByte(journal);
    } catch (LibsqlException e) {
      if (e.resultCode().primary() != ResultCode.CANTOPEN) {
        throw e;
      }
      // Either it was deleted in between, or it cannot be read; recovery finds out.
      return core.vfs.exists(core.journal.journalName()) ? 1 : 0;
    }
  }

  private int firstByte(DatabaseFile journal) {
    return journal.readToEnd(0, version, 0, 1) == 1 ? version[0] : 0;
  }
}
