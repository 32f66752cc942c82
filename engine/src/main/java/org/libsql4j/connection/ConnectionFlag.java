package org.libsql4j.connection;

/** Switches of a connection that pragmas or options set. Names follow the pragmas. */
public enum ConnectionFlag {
  FOREIGN_KEYS,
  DEFER_FOREIGN_KEYS,
  RECURSIVE_TRIGGERS,
  ENABLE_TRIGGERS,
  ENABLE_VIEWS,
  CHECKPOINT_FULLFSYNC,
  FULLFSYNC,
  CELL_SIZE_CHECK,
  AUTOMATIC_INDEX,
  CACHE_SPILL,
  COUNT_CHANGES,
  EMPTY_RESULT_CALLBACKS,
  FULL_COLUMN_NAMES,
  SHORT_COLUMN_NAMES,
  IGNORE_CHECK_CONSTRAINTS,
  LEGACY_ALTER_TABLE,
  LEGACY_FILE_FORMAT,
  QUERY_ONLY,
  READ_UNCOMMITTED,
  REVERSE_UNORDERED_SELECTS,
  TRUSTED_SCHEMA,
  WRITABLE_SCHEMA,
  NO_SCHEMA_ERROR,
  RESET_DATABASE,
  DEFENSIVE,
  /** Double-quoted names that are no columns are strings, in DDL. */
  DQS_DDL,
  /** Double-quoted names that are no columns are strings, in other statements. */
  DQS_DML,
  LOAD_EXTENSION,
  /** ANALYZE samples indexes into sqlite_stat4, and the planner uses the samples. */
  STAT4,
  /**
   * Plans do not depend on the values of parameters: SQLite's query planner stability guarantee.
   */
  ENABLE_QPSG,
  CASE_SENSITIVE_LIKE
}
