package org.libsql4j.pager;

/** What to do with a savepoint. */
public enum SavepointOperation {
  /** Forget it and all inside it; their changes become part of what is around. */
  RELEASE,
  /** Undo all changes since it was opened; it stays open, those inside it do not. */
  ROLLBACK
}
