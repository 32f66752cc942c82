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
    try {
      if (!core.wal.isInUse()) {
        lockAndValidate();
      }
      if (core.wal.isInUse()) {
        core.wal.beginRead();
      }
      core.databaseSize = core.storedPageCount();
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

  private void lockAndValidate() {
    core.locking.waitFor(LockLevel.SHARED);
    if (core.locking.level() == LockLevel.SHARED && isJournalHot()) {
      if (core.readOnly) {
        throw new LibsqlException(ResultCode.READONLY_ROLLBACK);
      }
      core.playback.recoverHotJournal();
    }
    if (hasReadBefore) {
      validateCache();
    }
    core.wal.openIfPresent();
  }

  private void validateCache() {
    if (!core.coding.readPage1(PagerCore.FILE_VERSION_OFFSET, version)
        || !Arrays.equals(version, core.fileVersion)) {
      core.resetCache();
    }
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
