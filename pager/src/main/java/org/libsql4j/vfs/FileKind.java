package org.libsql4j.vfs;

/** What a file is for; decides about permissions, directory syncs and deletion on close. */
public enum FileKind {
  /** A database. */
  MAIN_DB,
  /** The rollback journal of a database. */
  MAIN_JOURNAL,
  /** A temporary database. */
  TEMP_DB,
  /** The journal of a temporary database. */
  TEMP_JOURNAL,
  /** Holds what is needed to undo statements and savepoints. */
  SUBJOURNAL,
  /** The journal of a commit over several files. */
  SUPER_JOURNAL,
  /** A write-ahead log. */
  WAL,
  /** Sorter runs and the like. */
  TRANSIENT;

  /** Whether the directory entry has to reach the disk with the first sync of a new file. */
  public boolean needsDirectorySync() {
    return this == MAIN_JOURNAL || this == SUPER_JOURNAL || this == WAL;
  }

  /** Whether connections lock this file. */
  public boolean isLocked() {
    return this == MAIN_DB;
  }
}
