package org.libsql4j.connection;

/** Switches of a connection that pragmas or options set. Names follow the pragmas. */
public enum ConnectionFlag {
  /** Foreign keys are enforced. */
  FOREIGN_KEYS,
  /** All foreign keys are checked at the next commit only. */
  DEFER_FOREIGN_KEYS,
  /** Triggers may fire themselves. */
  RECURSIVE_TRIGGERS,
  /** Triggers fire. */
  ENABLE_TRIGGERS,
  /** Views may be used. */
  ENABLE_VIEWS,
  /** As FULLFSYNC, for checkpoints. */
  CHECKPOINT_FULLFSYNC,
  /** Syncs reach the medium itself where the platform makes a difference. */
  FULLFSYNC,
  /** Pages are looked through for damage when they are read. */
  CELL_SIZE_CHECK,
  /** The planner may have indexes made for one statement. */
  AUTOMATIC_INDEX,
  /** Changed pages may be written before the commit, if the cache is full. */
  CACHE_SPILL,
  /** Changes give a row with their count; outdated. */
  COUNT_CHANGES,
  /** Outdated, without effect. */
  EMPTY_RESULT_CALLBACKS,
  /** Result columns are named table.column; outdated. */
  FULL_COLUMN_NAMES,
  /** Result columns are named after the column alone. */
  SHORT_COLUMN_NAMES,
  /** CHECK constraints are not checked. */
  IGNORE_CHECK_CONSTRAINTS,
  /** RENAME leaves triggers and views as they are. */
  LEGACY_ALTER_TABLE,
  /** New files have schema format 1. */
  LEGACY_FILE_FORMAT,
  /** Changes are refused. */
  QUERY_ONLY,
  /** Kept, without effect. */
  READ_UNCOMMITTED,
  /** Scans without ORDER BY run backwards, to find who relies on their order. */
  REVERSE_UNORDERED_SELECTS,
  /** Schemas may use functions that are not known to be harmless. */
  TRUSTED_SCHEMA,
  /** sqlite_schema may be changed like a table. */
  WRITABLE_SCHEMA,
  /** Errors in a stored schema are passed over while it is read. */
  NO_SCHEMA_ERROR,
  /** The next VACUUM empties the database. */
  RESET_DATABASE,
  /** SQL that can damage the file is refused. */
  DEFENSIVE,
  /** Double-quoted names that are no columns are strings, in DDL. */
  DQS_DDL,
  /** Double-quoted names that are no columns are strings, in other statements. */
  DQS_DML,
  /** SQL may load extensions. */
  LOAD_EXTENSION,
  /** ANALYZE samples indexes into sqlite_stat4, and the planner uses the samples. */
  STAT4,
  /**
   * Plans do not depend on the values of parameters: SQLite's query planner stability guarantee.
   */
  ENABLE_QPSG,
  /** LIKE heeds case. */
  CASE_SENSITIVE_LIKE
}
