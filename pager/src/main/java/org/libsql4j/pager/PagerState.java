package org.libsql4j.pager;

/**
 * Where a pager is in the life of a transaction; see the package documentation for what holds in
 * each state.
 */
public enum PagerState {
  /** No lock is known to be held; nothing in the cache may be trusted. */
  OPEN,
  /** SHARED or more is held and the cache is valid. */
  READER,
  /** RESERVED or more is held; nothing is changed yet. */
  WRITER_LOCKED,
  /** Pages in the cache are changed, the file is not. */
  WRITER_CACHEMOD,
  /** The file may be changed; EXCLUSIVE is held and the journal is synced. */
  WRITER_DBMOD,
  /** The file is written and synced; all that is missing is the end of the journal. */
  WRITER_FINISHED,
  /** A write failed half way. Nothing can be read until all pages are released. */
  ERROR;

  boolean isWriter() {
    return ordinal() >= WRITER_LOCKED.ordinal() && this != ERROR;
  }

  boolean atLeast(PagerState other) {
    return ordinal() >= other.ordinal();
  }
}
