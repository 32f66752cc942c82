package org.libsql4j.sql.ast;

/** What happens when a constraint fails; in the order of SQLite's numbers for them. */
public enum ConflictResolution {
  /** Nothing was written: what the constraint says, otherwise {@link #ABORT}. */
  DEFAULT,
  ROLLBACK,
  ABORT,
  FAIL,
  IGNORE,
  REPLACE
}
