package org.libsql4j;

/** Storage classes of SQL values, with the numbers that {@code sqlite3_column_type()} gives. */
public enum ValueType {
  /** A 64-bit integer. */
  INTEGER(1),
  /** A 64-bit floating point number. */
  REAL(2),
  /** A text. */
  TEXT(3),
  /** Bytes. */
  BLOB(4),
  /** Nothing. */
  NULL(5);

  private final int code;

  ValueType(int code) {
    this.code = code;
  }

  /** SQLITE_INTEGER and so on. */
  public int code() {
    return code;
  }
}
