package org.libsql4j.vfs;

/** How thoroughly a sync is to reach the medium. */
public enum SyncMode {
  /** {@code fsync}. */
  NORMAL,
  /** {@code F_FULLFSYNC} where the system has it, otherwise the same as {@link #NORMAL}. */
  FULL
}
