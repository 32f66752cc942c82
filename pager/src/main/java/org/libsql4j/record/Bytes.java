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

  /** Whether two ranges hold the same bytes. */
  public static boolean equal(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    return leftLength == rightLength
        && compare(left, leftOffset, leftLength, right, rightOffset, rightLength) == 0;
  }

  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

  /** Index of the first byte in {@code [from, end)} that equals {@code wanted}, or {@code end}. */
  public static int indexOf(byte[] b, int from, int end, byte wanted) {
    return indexOfMasked(b, from, end, wanted, (byte) 0);
  }

  /**
   * Index of the first byte in {@code [from, end)} that equals {@code wanted} once the bits of
   * {@code mask} are set in it, or {@code end}; the mask 0x20 makes letters of ASCII lower case.
   */
  public static int indexOfMasked(byte[] b, int from, int end, byte wanted, byte mask) {
    long pattern = (wanted & 0xff) * 0x0101010101010101L;
    long masks = (mask & 0xff) * 0x0101010101010101L;
    int i = from;
    for (; i <= end - 8; i += 8) {
      long difference = (BigEndian.getLong(b, i) | masks) ^ pattern;
      // The high bit of exactly those bytes that are zero, which are the ones wanted.
      long found = ~((difference & LOW_BITS) + LOW_BITS | difference | LOW_BITS);
      if (found != 0) {
        return i + (Long.numberOfLeadingZeros(found) >>> 3);
      }
    }
    if (i >= end) {
      return end;
    }
    if (i <= b.length - 8) {
      // Bytes behind the end are looked at, too, and what is found there does not count.
      long difference = (BigEndian.getLong(b, i) | masks) ^ pattern;
      long found = ~((difference & LOW_BITS) + LOW_BITS | difference | LOW_BITS);
      return Math.min(end, i + (Long.numberOfLeadingZeros(found) >>> 3));
    }
    for (; i < end; i++) {
      if ((byte) (b[i] | mask) == wanted) {
        return i;
      }
    }
    return end;
  }

  /** The byte as 0..255 with the letters A-Z folded to a-z. */
  public static int toLowerAscii(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff;
  }
}
