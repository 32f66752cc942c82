package org.libsql4j.pager;

/**
 * What becomes of the rollback journal, or that there is a write-ahead log instead.
 *
 * <p>Source: <a href="https://www.sqlite.org/pragma.html#pragma_journal_mode">PRAGMA
 * journal_mode</a>.
 */
public enum JournalMode {
  /** The journal is deleted at the end of a transaction. */
  DELETE,
  /** Its header is overwritten with zeros. */
  PERSIST,
  /** There is no journal: no rollback, and a crash may corrupt the file. */
  OFF,
  /** It is cut to zero bytes. */
  TRUNCATE,
  /** It is kept in memory: rollback works, a crash may corrupt the file. */
  MEMORY,
  /** Changes go to a write-ahead log. */
  WAL;

  /** Whether a journal file stays in the directory between transactions. */
  boolean keepsFile() {
    return this == PERSIST || this == TRUNCATE;
  }
}
