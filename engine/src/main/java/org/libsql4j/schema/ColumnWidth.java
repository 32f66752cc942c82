package org.libsql4j.schema;

import org.libsql4j.record.Affinity;

/** Guesses how much room the values of a column take, in units of four bytes. */
final class ColumnWidth {
  private static final int MAX_UNITS = 255;
  private static final int UNBOUNDED_BYTES = 16;

  private ColumnWidth() {}

  /** A number in the type, as in VARCHAR(40), is a length in bytes. */
  static int ofDeclaredType(String declaredType) {
    Affinity affinity = Affinity.ofDeclaredType(declaredType);
    if (declaredType.isEmpty() || affinity.compareTo(Affinity.NUMERIC) >= 0) {
      return 1;
    }
    int bytes = declaredLength(declaredType);
    if (bytes < 0) {
      bytes = isUnbounded(declaredType) ? UNBOUNDED_BYTES : 0;
    }
    return Math.min(bytes / 4 + 1, MAX_UNITS);
  }

  private static boolean isUnbounded(String declaredType) {
    String type = declaredType.toUpperCase(java.util.Locale.ROOT);
    return !type.contains("CHAR") && !type.contains("BLOB(");
  }

  private static int declaredLength(String declaredType) {
    if (isUnbounded(declaredType)) {
      return -1;
    }
    long length = -1;
    for (int i = 0; i < declaredType.length(); i++) {
      char c = declaredType.charAt(i);
      if (c >= '0' && c <= '9') {
        length = Math.min(Math.max(length, 0) * 10 + (c - '0'), Integer.MAX_VALUE);
      } else if (length >= 0) {
        break;
      }
    }
    return (int) length;
  }
}
