package org.libsql4j.pager;

/** How hard a checkpoint tries; source: PRAGMA wal_checkpoint. */
public enum CheckpointMode {
  /** Moves what can be moved without waiting. */
  PASSIVE,
  /** Waits for the writer and for readers of old content. */
  FULL,
  /** As FULL, and waits until the next writer can start the log from its beginning. */
  RESTART,
  /** As RESTART, and cuts the log to zero bytes. */
  TRUNCATE
}
