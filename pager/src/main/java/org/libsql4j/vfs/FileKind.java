package org.libsql4j.vfs;

/** What a file is for; decides about permissions, directory syncs and deletion on close. */
public enum FileKind {
  MAIN_DB,
  MAIN_JOURNAL,
  TEMP_DB,
  TEMP_JOURNAL,
  /** Holds what is needed to undo statements and savepoints. */
  SUBJOURNAL,
  SUPER_JOURNAL,
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
