package org.libsql4j.connection;

/**
 * Run-time limits with their number in {@code sqlite3_limit()}, their default and their upper
 * bound, which is the same for most.
 *
 * <p>Source: <a href="https://www.sqlite.org/limits.html">Implementation Limits</a>.
 */
public enum Limit {
  /** Bytes of a text, blob or row. */
  LENGTH(0, 1_000_000_000),
  /** Bytes of a statement. */
  SQL_LENGTH(1, 1_000_000_000),
  /** Columns of a table, index, result or clause. */
  COLUMN(2, 2_000),
  /** Depth of an expression. */
  EXPR_DEPTH(3, 1_000),
  /** Queries of a compound. */
  COMPOUND_SELECT(4, 500),
  /** Instructions of a program. */
  VDBE_OP(5, 250_000_000),
  /** Arguments of a function. */
  FUNCTION_ARG(6, 127),
  /** Attached databases. */
  ATTACHED(7, 10),
  /** Bytes of a pattern of LIKE or GLOB. */
  LIKE_PATTERN_LENGTH(8, 50_000),
  /** The greatest number of a parameter. */
  VARIABLE_NUMBER(9, 32_766),
  /** Depth of triggers in triggers. */
  TRIGGER_DEPTH(10, 1_000),
  /** Kept for those who ask; sorting uses no threads. */
  WORKER_THREADS(11, 0, 8);

  private final int number;
  private final int defaultValue;
  private final int maximum;

  Limit(int number, int defaultValue) {
    this(number, defaultValue, defaultValue);
  }

  Limit(int number, int defaultValue, int maximum) {
    this.number = number;
    this.defaultValue = defaultValue;
    this.maximum = maximum;
  }

  /** SQLite's number of it. */
  public int number() {
    return number;
  }

  /** What it is unless it is set. */
  public int defaultValue() {
    return defaultValue;
  }

  /** No connection can set it higher. */
  public int maximum() {
    return maximum;
  }
}
