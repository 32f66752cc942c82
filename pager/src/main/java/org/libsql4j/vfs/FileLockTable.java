package org.libsql4j.vfs;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks that the connections of this JVM hold on one file.
 *
 * <p>The operating system knows locks per process only, so who of us holds what is decided here;
 * the {@link ProcessLocks} are taken when the first of us needs them and given back with the last.
 */
final class FileLockTable {
  /**
   * Invariants, under {@link #mutex}: {@code strongest} is the strongest level of any holder; at
   * most one holder is above SHARED; {@code sharedCount} is the number of holders above NONE.
   */
  private final ReentrantLock mutex = new ReentrantLock(true);

  /** Which of the queue's locks stands for the whole file. */
  private static final int FILE = 0;

  private final LockQueue queue = new LockQueue(mutex, 1);
  private LockLevel strongest = LockLevel.NONE;
  private int sharedCount;

  /** One connection's part in the table. */
  static final class Holder {
    LockLevel level = LockLevel.NONE;
    final LockQueue.Waiter waiter = new LockQueue.Waiter();
  }

  boolean tryLock(Holder holder, LockLevel level, ProcessLocks process) {
    if (holder.level.atLeast(level)) {
      return true;
    }
    mutex.lock();
    try {
      boolean done = raise(holder, level, process);
      if (!done) {
        queue.refused(holder.waiter, FILE);
      } else if (level != LockLevel.SHARED) {
        queue.taken(holder.waiter, FILE);
      }
      return done;
    } finally {
      mutex.unlock();
    }
  }

  private boolean raise(Holder holder, LockLevel level, ProcessLocks process) {
    boolean strongIsOther = holder.level != strongest;
    boolean toWrite = level.ordinal() > LockLevel.SHARED.ordinal();
    if (strongIsOther && (strongest.atLeast(LockLevel.PENDING) || toWrite)) {
      return false;
    }
    if (level.atLeast(LockLevel.PENDING)) {
      return lockExclusive(holder, process);
    }
    if (level == LockLevel.RESERVED) {
      return lockReserved(holder, process);
    }
    return level == LockLevel.NONE || lockShared(holder, process);
  }

  private boolean lockShared(Holder holder, ProcessLocks process) {
    if (sharedCount == 0) {
      if (!process.lockShared()) {
        return false;
      }
      strongest = LockLevel.SHARED;
    }
    sharedCount++;
    holder.level = LockLevel.SHARED;
    return true;
  }

  private boolean lockReserved(Holder holder, ProcessLocks process) {
    if (queue.isKeptFor(holder.waiter, FILE) || !process.lockReserved()) {
      return false;
    }
    raise(holder, LockLevel.RESERVED);
    return true;
  }

  private boolean lockExclusive(Holder holder, ProcessLocks process) {
    if (holder.level == LockLevel.SHARED && sharedCount > 1) {
      return false; // Would only keep readers out in vain.
    }
    if (holder.level != LockLevel.PENDING) {
      if (!process.lockPending()) {
        return false;
      }
      raise(holder, LockLevel.PENDING);
    }
    if (sharedCount > 1 || !process.lockExclusive()) {
      return false;
    }
    raise(holder, LockLevel.EXCLUSIVE);
    return true;
  }

  private void raise(Holder holder, LockLevel level) {
    holder.level = level;
    strongest = level;
  }

  void unlock(Holder holder, LockLevel level, ProcessLocks process) {
    if (level.atLeast(holder.level)) {
      return;
    }
    mutex.lock();
    try {
      boolean wasStrong = holder.level.ordinal() > LockLevel.SHARED.ordinal();
      boolean last = level == LockLevel.NONE && sharedCount == 1;
      LockLevel before = holder.level;
      holder.level = level;
      if (wasStrong) {
        strongest = LockLevel.SHARED;
      }
      if (level == LockLevel.NONE) {
        sharedCount--;
      }
      if (last) {
        strongest = LockLevel.NONE;
        process.unlockAll();
      } else if (wasStrong) {
        process.downgradeToShared(before == LockLevel.EXCLUSIVE);
      }
      if (wasStrong) {
        queue.freedForOne(holder.waiter, FILE);
      } else {
        queue.freedForAll(holder.waiter, FILE);
      }
    } finally {
      mutex.unlock();
    }
  }

  boolean isReserved(ProcessLocks process) {
    mutex.lock();
    try {
      return strongest.ordinal() > LockLevel.SHARED.ordinal() || process.isReservedElsewhere();
    } finally {
      mutex.unlock();
    }
  }

  /** Whether anybody in this JVM holds anything. */
  boolean isHeld() {
    mutex.lock();
    try {
      return sharedCount > 0;
    } finally {
      mutex.unlock();
    }
  }

  void awaitLowered(Holder holder, long timeoutMillis) {
    queue.await(holder.waiter, timeoutMillis);
  }
}
