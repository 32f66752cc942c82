package org.libsql4j.vfs;

/**
 * The locks of the whole process on one file, against other processes.
 *
 * <p>Called only by {@link FileLockTable}, under its mutex and in an order that makes sense.
 * Nothing waits; false means that another process is in the way.
 */
interface ProcessLocks {

  /** From nothing: a reader's lock. */
  boolean lockShared();

  /** Beside the shared lock. */
  boolean lockReserved();

  /** Beside the shared lock: keeps new readers out. */
  boolean lockPending();

  /** With PENDING: turns the shared lock into an exclusive one. */
  boolean lockExclusive();

  /**
   * Gives up all but the shared lock.
   *
   * @param wasExclusive whether the shared lock has to be taken in place of the exclusive one
   */
  void downgradeToShared(boolean wasExclusive);

  /** Gives up everything. */
  void unlockAll();

  /** Whether another process holds RESERVED. */
  boolean isReservedElsewhere();

  /** For files that only this JVM can reach. */
  ProcessLocks NONE =
      new ProcessLocks() {
        @Override
        public boolean lockShared() {
          return true;
        }

        @Override
        public boolean lockReserved() {
          return true;
        }

        @Override
        public boolean lockPending() {
          return true;
        }

        @Override
        public boolean lockExclusive() {
          return true;
        }

        @Override
        public void downgradeToShared(boolean wasExclusive) {}

        @Override
        public void unlockAll() {}

        @Override
        public boolean isReservedElsewhere() {
          return false;
        }
      };
}
