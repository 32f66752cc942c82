package org.libsql4j.record;

import org.jspecify.annotations.Nullable;

/** The total order of values: NULL, numbers, text by collation, blobs. */
public final class MemComparator {
  private MemComparator() {}

  /**
   * Compares two values; NULLs are equal.
   *
   * @param collation null means BINARY
   */
  public static int compare(Mem left, Mem right, @Nullable Collation collation) {
    int leftType = left.type;
    int rightType = right.type;
    if (leftType == Mem.INTEGER && rightType == Mem.INTEGER) {
      return Long.compare(left.integer, right.integer);
    }
    if (leftType == Mem.TEXT && rightType == Mem.TEXT) {
      return compareText(left, right, collation);
    }
    if (leftType == Mem.NULL || rightType == Mem.NULL) {
      return Integer.compare(leftType, rightType);
    }
    if (leftType <= Mem.REAL && rightType <= Mem.REAL) {
      return compareNumbers(left, right);
    }
    if (leftType == Mem.BLOB && rightType == Mem.BLOB) {
      return Bytes.compare(
          left.bytes, left.offset, left.length, right.bytes, right.offset, right.length);
    }
    boolean leftNumber = leftType <= Mem.REAL;
    boolean rightNumber = rightType <= Mem.REAL;
    if (leftNumber || rightNumber) {
      return leftNumber ? -1 : 1;
    }
    return leftType - rightType;
  }

  private static int compareNumbers(Mem left, Mem right) {
    if (left.type == Mem.REAL) {
      return right.type == Mem.REAL
          ? compareReals(left.real, right.real)
          : -compare(right.integer, left.real);
    }
    return compare(left.integer, right.real);
  }

  /** Compares without the detour that {@link Double#compare} makes for -0.0 and NaN. */
  public static int compareReals(double left, double right) {
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** Compares an integer with a floating point number exactly, without rounding the integer. */
  public static int compare(long left, double right) {
    if (right < -9223372036854775808.0) {
      return 1;
    }
    if (right >= 9223372036854775808.0) {
      return -1;
    }
    long truncated = (long) right;
    if (left != truncated) {
      return left < truncated ? -1 : 1;
    }
    return compareReals((double) left, right);
  }

  private static int compareText(Mem left, Mem right, @Nullable Collation collation) {
    if (collation == null || collation.isBinary()) {
      if (left.encoding == right.encoding) {
        return Bytes.compare(
            left.bytes, left.offset, left.length, right.bytes, right.offset, right.length);
      }
      byte[] converted = reencode(right, left.encoding);
      return Bytes.compare(left.bytes, left.offset, left.length, converted, 0, converted.length);
    }
    if (left.encoding == TextEncoding.UTF8 && right.encoding == TextEncoding.UTF8) {
      return collation.compare(
          left.bytes, left.offset, left.length, right.bytes, right.offset, right.length);
    }
    byte[] l = utf8(left);
    byte[] r = utf8(right);
    return collation.compare(l, 0, l.length, r, 0, r.length);
  }

  private static byte[] utf8(Mem value) {
    return reencode(value, TextEncoding.UTF8);
  }

  private static byte[] reencode(Mem value, TextEncoding target) {
    return new String(value.bytes, value.offset, value.length, value.encoding.charset())
        .getBytes(target.charset());
  }
}
