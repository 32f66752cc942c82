package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.LockLevel;

/** The lock on the database file, and what to do when somebody else has it. */
final class PagerLocking {
  private final PagerCore core;

  /** Locks are only pretended: private database, or the caller asked for it. */
  private final boolean pretend;

  private LockLevel level = LockLevel.NONE;
  private LockPurpose wantedFor = LockPurpose.OTHER;
  private final LockWaiter waiter = new Waiter();
  private @Nullable BusyHandler busyHandler;

  PagerLocking(PagerCore core, PagerOptions options) {
    this.core = core;
    this.pretend = core.temporary || options.noLock;
    this.busyHandler = options.busyHandler;
    if (core.temporary) {
      level = LockLevel.EXCLUSIVE;
    }
  }

  /** Whether locks are not really taken, so that nothing can be shared. */
  boolean isPretended() {
    return pretend;
  }

  LockLevel level() {
    return level;
  }

  void setBusyHandler(@Nullable BusyHandler handler) {
    busyHandler = handler;
  }

  boolean hasBusyHandler() {
    return busyHandler != null;
  }

  boolean tryLock(LockLevel wanted) {
    if (level.atLeast(wanted)) {
      return true;
    }
    if (!pretend && !core.openFile().tryLock(wanted)) {
      return false;
    }
    level = wanted;
    return true;
  }

  /** Takes a lock without asking the busy handler. */
  void lock(LockLevel wanted) {
    if (!tryLock(wanted)) {
      throw new LibsqlException(ResultCode.BUSY);
    }
  }

  /** Takes a lock, as patiently as the busy handler. */
  void waitFor(LockLevel wanted) {
    int count = 0;
    while (!tryLock(wanted)) {
      LockPurpose purpose = wanted == LockLevel.SHARED ? LockPurpose.READ : LockPurpose.COMMIT;
      if (!askBusyHandler(count++, purpose)) {
        throw new LibsqlException(ResultCode.BUSY);
      }
    }
  }

  boolean askBusyHandler(int count, LockPurpose purpose) {
    BusyHandler handler = busyHandler;
    wantedFor = purpose;
    return handler != null && handler.busy(count, waiter);
  }

  private final class Waiter implements LockWaiter {
    @Override
    public void await(long timeoutMillis) {
      WriteAheadLog log = core.wal.logOrNull();
      if (log != null) {
        log.awaitUnlock(timeoutMillis);
      } else if (core.file != null) {
        core.openFile().awaitUnlock(timeoutMillis);
      }
    }

    @Override
    public String file() {
      return core.path;
    }

    @Override
    public LockPurpose purpose() {
      return wantedFor;
    }
  }

  void unlock(LockLevel wanted) {
    if (core.temporary) {
      return;
    }
    // Also called when the level is low already: a vain EXCLUSIVE leaves PENDING in the file.
    if (!pretend && core.file != null) {
      core.openFile().unlock(wanted);
    }
    if (!wanted.atLeast(level)) {
      level = wanted;
    }
  }
}
