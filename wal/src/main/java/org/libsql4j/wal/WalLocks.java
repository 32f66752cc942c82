package org.libsql4j.wal;

import org.libsql4j.vfs.SharedMemory;

/**
 * The locks of the index. In exclusive mode there is nobody to lock out, and all of them are had at
 * once.
 */
final class WalLocks {
  static final int WRITE = 0;
  static final int CHECKPOINT = 1;
  static final int RECOVER = 2;

  /** READ(0); the others follow. */
  static final int READ = 3;

  private static final int ALL = SharedMemory.LOCK_COUNT;

  private final WalIndex index;
  private boolean exclusiveMode;

  WalLocks(WalIndex index) {
    this.index = index;
    this.exclusiveMode = index.isOnHeap();
  }

  boolean isExclusiveMode() {
    return exclusiveMode;
  }

  void setExclusiveMode(boolean value) {
    exclusiveMode = value;
  }

  /** Takes a lock shared with others; false if somebody has it exclusively. */
  boolean tryShared(int lock) {
    return exclusiveMode || index.memory().tryLock(lock, 1, false);
  }

  /** Takes neighbouring locks exclusively, or none. */
  boolean tryExclusive(int first, int count) {
    return exclusiveMode || index.memory().tryLock(first, count, true);
  }

  /** Takes all locks exclusively, or none: nobody else uses the index. */
  boolean tryAll() {
    return tryExclusive(WRITE, ALL);
  }

  void unlockAll() {
    unlockExclusive(WRITE, ALL);
  }

  void unlockShared(int lock) {
    if (!exclusiveMode) {
      index.memory().unlock(lock, 1, false);
    }
  }

  void unlockExclusive(int first, int count) {
    if (!exclusiveMode) {
      index.memory().unlock(first, count, true);
    }
  }
}
