package org.libsql4j.pager;

/** Decides whether to try again for a lock that somebody else holds; does the waiting itself. */
@FunctionalInterface
public interface BusyHandler {

  /**
   * Called when a lock was not to be had.
   *
   * @param count how often this was called before for the same lock, from 0
   * @return true to try again, false to give up with {@code SQLITE_BUSY}
   */
  boolean busy(int count);

  /**
   * As {@link #busy(int)}.
   *
   * @param waiter wakes up when the lock is given back, which is better than to sleep
   */
  default boolean busy(int count, LockWaiter waiter) {
    return busy(count);
  }
}
