package org.libsql4j;

/** Storage classes of SQL values, with the numbers that {@code sqlite3_column_type()} gives. */
public enum ValueType {
  INTEGER(1),
  REAL(2),
  TEXT(3),
  BLOB(4),
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
