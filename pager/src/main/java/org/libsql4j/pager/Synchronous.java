package org.libsql4j.pager;

/**
 * How much is synced before a commit is reported.
 *
 * <p>Source: <a href="https://www.sqlite.org/pragma.html#pragma_synchronous">PRAGMA
 * synchronous</a>. The order is that of the pragma's numbers.
 */
public enum Synchronous {
  /** Nothing is synced. */
  OFF,
  /** The journal is synced once before the database file is written, and the file at the end. */
  NORMAL,
  /** As NORMAL, with a sync between the journal's records and the header that counts them. */
  FULL,
  /** As FULL, and the directory is synced after the journal is deleted. */
  EXTRA
}
