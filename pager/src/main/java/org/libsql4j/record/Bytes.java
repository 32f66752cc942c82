package org.libsql4j.record;

/** Comparisons of byte ranges, which callers have checked to lie within their arrays. */
public final class Bytes {
  private Bytes() {}

  /** An empty array to share. */
  public static final byte[] EMPTY = new byte[0];

  /** Compares as {@code memcmp} does, then by length. */
  public static int compare(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    int n = Math.min(leftLength, rightLength);
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      long l = BigEndian.getLong(left, leftOffset + i);
      long r = BigEndian.getLong(right, rightOffset + i);
      if (l != r) {
        return Long.compareUnsigned(l, r);
      }
    }
    for (; i < n; i++) {
      int difference = (left[leftOffset + i] & 0xff) - (right[rightOffset + i] & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return leftLength - rightLength;
  }

  public static boolean equal(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    return leftLength == rightLength
        && compare(left, leftOffset, leftLength, right, rightOffset, rightLength) == 0;
  }

  /** The byte as 0..255 with the letters A-Z folded to a-z. */
  public static int toLowerAscii(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff;
  }
}
