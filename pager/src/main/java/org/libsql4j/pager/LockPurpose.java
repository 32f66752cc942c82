package org.libsql4j.pager;

/** What a lock on a database is wanted for. */
public enum LockPurpose {
  /** To begin a transaction that reads. */
  READ,

  /** To become the writer. */
  WRITE,

  /** To commit, or to write pages before that: readers, or other writers, are in the way. */
  COMMIT,

  /** To checkpoint a log. */
  CHECKPOINT,

  /** Not known. */
  OTHER
}
