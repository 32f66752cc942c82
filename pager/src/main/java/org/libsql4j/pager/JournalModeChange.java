package org.libsql4j.pager;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.LockLevel;

/** Changes from one rollback journal mode to another. */
final class JournalModeChange {
  private JournalModeChange() {}

  static boolean isPermitted(PagerCore core) {
    return !core.state.atLeast(PagerState.WRITER_CACHEMOD)
        && !(core.journal.isOpen() && core.journal.offset() > 0);
  }

  static void apply(PagerCore core, JournalMode wanted) {
    JournalMode old = core.journalMode;
    if (wanted == JournalMode.WAL) {
      core.journalMode = wanted; // The log is opened when the file is read next.
      return;
    }
    boolean impossible = core.memory && wanted != JournalMode.MEMORY && wanted != JournalMode.OFF;
    if (wanted == old || impossible || !isPermitted(core)) {
      return;
    }
    core.journalMode = wanted;
    boolean keepsNothing =
        wanted == JournalMode.DELETE || wanted == JournalMode.OFF || wanted == JournalMode.MEMORY;
    if (!core.exclusiveMode && old.keepsFile() && keepsNothing) {
      deleteKeptFile(core);
    } else if (wanted == JournalMode.OFF || wanted == JournalMode.MEMORY) {
      core.journal.close();
    }
  }

  /** The file may be another connection's hot journal: nobody deletes it without RESERVED. */
  private static void deleteKeptFile(PagerCore core) {
    core.journal.close();
    if (core.locking.level().atLeast(LockLevel.RESERVED)) {
      delete(core);
      return;
    }
    PagerState before = core.state;
    try {
      if (before == PagerState.OPEN) {
        core.readTransaction.begin();
      }
      if (core.state == PagerState.READER && core.locking.tryLock(LockLevel.RESERVED)) {
        delete(core);
      }
    } catch (LibsqlException e) {
      // The mode has changed all the same; the empty file stays until somebody deletes it.
      if (e.resultCode().primary() != ResultCode.BUSY) {
        throw e;
      }
    } finally {
      if (before == PagerState.OPEN) {
        core.transactionEnd.unlockAndRollBack();
      } else if (!core.exclusiveMode) {
        core.locking.unlock(LockLevel.SHARED);
      }
    }
  }

  private static void delete(PagerCore core) {
    try {
      core.vfs.delete(core.journal.journalName(), false);
    } catch (LibsqlException e) {
      if (e.resultCode() != ResultCode.IOERR_DELETE_NOENT) {
        throw e;
      }
    }
  }
}
