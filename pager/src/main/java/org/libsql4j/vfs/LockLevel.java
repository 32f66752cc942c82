package org.libsql4j.vfs;

/**
 * How strongly a connection holds a database file, weakest first.
 *
 * <p>Source: <a href="https://www.sqlite.org/lockingv3.html">File Locking And Concurrency</a>.
 */
public enum LockLevel {
  /** Nothing may be read or written. */
  NONE,
  /** May read; any number of connections at a time. */
  SHARED,
  /** May read and means to write; one connection, beside readers. */
  RESERVED,
  /** Waits for the readers to leave; no new ones come in. Never asked for, only passed through. */
  PENDING,
  /** May write; nobody else holds any lock. */
  EXCLUSIVE;

  /** Whether it includes another level. */
  public boolean atLeast(LockLevel other) {
    return ordinal() >= other.ordinal();
  }
}
