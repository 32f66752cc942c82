package org.libsql4j.pager;

/** A way to wait for the lock that was not to be had. */
@FunctionalInterface
public interface LockWaiter {

  /**
   * Returns when the lock was given back by a connection of this JVM, at the latest after {@code
   * timeoutMillis}; possibly earlier, and at once if it was given back in the meantime. Locks of
   * other processes give no sign: keep the timeout short.
   */
  void await(long timeoutMillis);

  /** The database file that is locked; empty if it is not known. */
  default String file() {
    return "";
  }

  /** What the lock is wanted for. */
  default LockPurpose purpose() {
    return LockPurpose.OTHER;
  }
}
