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
  private static final int WAL_VERSION = 2;
  private static final int HEADER_BYTES =
      PagerCore.FILE_VERSION_OFFSET + PagerCore.FILE_VERSION_BYTES;

  private final PagerCore core;
  private final byte[] header = new byte[HEADER_BYTES];

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
    hasReadBefore = true;
  }

  private void lockAndValidate() {
    int attempt = 0;
    do {
      core.locking.waitFor(LockLevel.SHARED);
      if (core.locking.level() == LockLevel.SHARED && isJournalHot()) {
        if (core.readOnly) {
          throw new LibsqlException(ResultCode.READONLY_ROLLBACK);
        }
        core.playback.recoverHotJournal();
      }
      readHeader();
      validateCache();
    } while (!prepareForWal(attempt++));
  }

  private void readHeader() {
    int count = core.openFile().read(0, header, 0, HEADER_BYTES);
    Arrays.fill(header, count, HEADER_BYTES, (byte) 0);
  }

  private void validateCache() {
    if (hasReadBefore && !isFileUnchanged()) {
      core.resetCache();
    }
  }

  private boolean isFileUnchanged() {
    for (int i = 0; i < PagerCore.FILE_VERSION_BYTES; i++) {
      if (header[PagerCore.FILE_VERSION_OFFSET + i] != core.fileVersion[i]) {
        return false;
      }
    }
    return true;
  }

  // ---- write-ahead log

  /**
   * Opens the write-ahead log if there is one. Without support for logs, keeps everybody else out
   * of a database that is in WAL mode, because others would not see our lock of the rollback
   * journal's protocol as a reason not to write.
   *
   * @return false if the lock was lost and everything has to begin again
   */
  private boolean prepareForWal(int attempt) {
    if (core.path.isEmpty() || core.wal.isInUse()) {
      return true;
    }
    if (core.wal.isSupported()) {
      core.wal.openIfPresent();
      return true;
    }
    boolean inWalMode =
        header[WRITE_VERSION_OFFSET] == WAL_VERSION || header[READ_VERSION_OFFSET] == WAL_VERSION;
    if (inWalMode) {
      if (!lockOthersOut(attempt)) {
        return false;
      }
      if (hasReadBefore) {
        core.resetCache(); // Commits to a log need not change what a cache is validated by.
      }
    }
    if (core.vfs.exists(core.wal.logName())) {
      refuseLog();
    }
    return true;
  }

  private void refuseLog() {
    if (core.openFile().size() == 0 && !core.readOnly) {
      core.vfs.delete(core.wal.logName(), false); // Of a database that is not there any more.
      return;
    }
    throw new LibsqlException(
        ResultCode.CANTOPEN,
        "unable to open database file: write-ahead-log recovery is not supported yet");
  }

  private boolean lockOthersOut(int attempt) {
    if (core.readOnly) {
      throw new LibsqlException(
          ResultCode.CANTOPEN,
          "unable to open database file: a read-only database in WAL mode is not supported yet");
    }
    if (core.locking.tryLock(LockLevel.EXCLUSIVE)) {
      core.locking.keepExclusive();
      return true;
    }
    core.locking.unlock(LockLevel.NONE); // Two readers that wait for each other would never end.
    if (!core.locking.askBusyHandler(attempt)) {
      throw new LibsqlException(ResultCode.BUSY);
    }
    return false;
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
    return journal.read(0, header, 0, 1) == 1 ? header[0] : 0;
  }
}
