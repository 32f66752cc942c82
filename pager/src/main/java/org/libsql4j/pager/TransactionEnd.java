package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.LockLevel;

/** Commit, rollback, and giving locks back. */
final class TransactionEnd {
  /** Part of a temporary database's cache that must be dirty for a commit to write it, percent. */
  private static final int TEMPORARY_FLUSH_PERCENT = 25;

  private final PagerCore core;

  TransactionEnd(PagerCore core) {
    this.core = core;
  }

  // ---- commit

  void commitPhaseOne(@Nullable String superJournal, boolean noSync) {
    core.checkUsable();
    if (!core.state.atLeast(PagerState.WRITER_CACHEMOD)) {
      return;
    }
    if (!isFlushedByCommit(true)) {
      core.listeners.restart();
    } else if (core.wal.isInUse()) {
      core.wal.commit();
      return;
    } else {
      writeToFile(superJournal, noSync);
    }
    core.state = PagerState.WRITER_FINISHED;
  }

  private void writeToFile(@Nullable String superJournal, boolean noSync) {
    PageCache cache = core.cache;
    core.writer.advanceChangeCounter();
    core.journal.writeSuperJournalName(superJournal);
    core.journal.sync(false);
    core.fileWriter.write(cache.sortedDirty(), cache.dirtyCount());
    cache.cleanAll();
    if (core.databaseSize > core.fileSize) {
      // The last page was not written because nobody cares for its content.
      boolean endsWithLockByte = core.databaseSize == core.lockBytePage();
      core.fileWriter.truncate(core.databaseSize - (endsWithLockByte ? 1 : 0));
    }
    if (!noSync) {
      core.fileWriter.sync();
    }
  }

  /** Whether the end of a transaction writes dirty pages; a private database may keep them. */
  private boolean isFlushedByCommit(boolean isCommit) {
    if (!core.temporary) {
      return true;
    }
    if (!isCommit || core.file == null) {
      return false;
    }
    long limit = Math.max(1, core.cache.limit());
    return core.cache.dirtyCount() * 100L / limit >= TEMPORARY_FLUSH_PERCENT;
  }

  void commitPhaseTwo(boolean keepsReading) {
    core.checkUsable();
    core.dataVersion++;
    boolean unchanged = core.state == PagerState.WRITER_LOCKED;
    boolean keepsJournal = core.exclusiveMode && core.journalMode == JournalMode.PERSIST;
    if (unchanged && keepsJournal) {
      core.state = PagerState.READER;
      return;
    }
    try {
      end(core.journal.hasSuperJournal(), true, keepsReading || core.cache.pins() > 1);
    } catch (LibsqlException e) {
      throw core.failed(e);
    }
  }

  /**
   * Ends a transaction: voids the journal, cleans the cache, lowers the lock.
   *
   * @param hadSuperJournal the journal ends with the name of a super-journal
   * @param isCommit not a rollback
   */
  void end(boolean hadSuperJournal, boolean isCommit) {
    end(hadSuperJournal, isCommit, true);
  }

  private void end(boolean hadSuperJournal, boolean isCommit, boolean keepsReading) {
    boolean nothingToEnd =
        !core.state.atLeast(PagerState.WRITER_LOCKED)
            && !core.locking.level().atLeast(LockLevel.RESERVED);
    if (nothingToEnd) {
      return;
    }
    core.savepoints.releaseAll();
    boolean cutsFile = isCommit && !core.wal.isInUse() && core.fileSize > core.databaseSize;
    core.journal.end(hadSuperJournal, cutsFile);
    if (core.memory || isFlushedByCommit(isCommit)) {
      core.cache.cleanAll();
    } else {
      core.cache.clearWritable();
    }
    core.cache.truncate(core.databaseSize);
    if (core.wal.isInUse()) {
      core.wal.endWrite();
      core.optimistic.stop();
    } else if (cutsFile) {
      // Only now: with the journal gone nobody needs the pages that are cut off.
      core.fileWriter.truncate(core.databaseSize);
    }
    core.sizeIsKnown = isCommit && !core.wal.isInUse();
    core.cache.shrinkToLimit();
    if (!core.exclusiveMode && !core.wal.isInUse()) {
      core.locking.unlock(keepsReading ? LockLevel.SHARED : LockLevel.NONE);
    }
    core.state = PagerState.READER;
  }

  // ---- rollback

  void rollBack() {
    if (core.state == PagerState.ERROR) {
      core.checkUsable();
    }
    if (!core.state.atLeast(PagerState.WRITER_LOCKED)) {
      return;
    }
    try {
      if (core.wal.isInUse()) {
        core.wal.rollBackAll();
        end(core.journal.hasSuperJournal(), false);
      } else if (!core.journal.isOpen() || core.state == PagerState.WRITER_LOCKED) {
        rollBackWithoutJournal();
      } else {
        core.playback.rollBack(false);
      }
    } catch (LibsqlException e) {
      throw core.failed(e);
    }
  }

  private void rollBackWithoutJournal() {
    boolean changed = core.state != PagerState.WRITER_LOCKED;
    core.databaseSize = core.originalSize;
    end(false, false);
    if (changed && !core.memory) {
      // journal_mode=OFF: the cache has changes that cannot be undone. It is given up.
      core.enterError(new LibsqlException(ResultCode.ABORT));
    }
  }

  // ---- unlock

  /** Ends whatever is open and gives the lock back; never throws. */
  void unlockAndRollBack() {
    if (core.state == PagerState.ERROR) {
      boolean journalIsPrivate = core.temporary || core.journalMode == JournalMode.MEMORY;
      if (journalIsPrivate && core.journal.isOpen()) {
        restoreFromPrivateJournal();
      }
    } else if (core.state != PagerState.OPEN) {
      try {
        if (core.state.atLeast(PagerState.WRITER_LOCKED)) {
          rollBack();
        } else if (!core.exclusiveMode) {
          end(false, false);
        }
      } catch (LibsqlException e) {
        core.failed(e); // The next reader finds a hot journal.
      }
    }
    try {
      unlock();
    } catch (LibsqlException e) {
      core.state = PagerState.OPEN;
    }
  }

  /**
   * Nobody will find this journal hot: last chance to mend the file, and for a private database the
   * cache, with it.
   */
  private void restoreFromPrivateJournal() {
    LibsqlException cause = core.failure;
    core.failure = null;
    core.state = core.temporary ? PagerState.WRITER_DBMOD : PagerState.OPEN;
    try {
      core.journal.treatAsSynced();
      core.playback.rollBack(!core.temporary);
    } catch (LibsqlException e) {
      core.failed(e);
    }
    if (cause != null) {
      core.enterError(cause);
    }
  }

  private void unlock() {
    core.journal.stopRecording();
    core.savepoints.releaseAll();
    if (core.wal.isInUse()) {
      core.wal.endRead();
      core.state = PagerState.OPEN;
    } else if (!core.exclusiveMode || (core.failure != null && !core.temporary)) {
      // After a failure also in exclusive mode: the journal must be found hot.
      core.journal.close();
      core.locking.unlock(LockLevel.NONE);
      core.state = PagerState.OPEN;
    }
    if (core.failure != null) {
      leaveErrorState();
    }
    core.journal.forget();
  }

  private void leaveErrorState() {
    core.failure = null;
    if (core.temporary) {
      core.state = PagerState.READER;
      return;
    }
    core.resetCache();
    core.writer.changeCounterReset();
    core.state = PagerState.OPEN;
  }
}
