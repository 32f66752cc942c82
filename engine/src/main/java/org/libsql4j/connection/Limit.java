package org.libsql4j.connection;

/**
 * Run-time limits with their number in {@code sqlite3_limit()}, their default and their upper
 * bound, which is the same for most.
 *
 * <p>Source: <a href="https://www.sqlite.org/limits.html">Implementation Limits</a>.
 */
public enum Limit {
  LENGTH(0, 1_000_000_000),
  SQL_LENGTH(1, 1_000_000_000),
  COLUMN(2, 2_000),
  EXPR_DEPTH(3, 1_000),
  COMPOUND_SELECT(4, 500),
  VDBE_OP(5, 250_000_000),
  FUNCTION_ARG(6, 127),
  ATTACHED(7, 10),
  LIKE_PATTERN_LENGTH(8, 50_000),
  VARIABLE_NUMBER(9, 32_766),
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

  public int number() {
    return number;
  }

  public int defaultValue() {
    return defaultValue;
  }

  /** No connection can set it higher. */
  public int maximum() {
    return maximum;
  }
}
