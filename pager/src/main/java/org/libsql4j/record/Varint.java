package org.libsql4j.record;

/**
 * Variable-length integers: 7 bits a byte, high bits first, the top bit set on all bytes but the
 * last; a ninth byte has 8 bits. Small non-negative numbers are short, negative ones take 9 bytes.
 *
 * <p>Nothing here checks ranges: a read over the end of the array throws {@link
 * IndexOutOfBoundsException}, which those who read pages turn into {@code SQLITE_CORRUPT}.
 *
 * <p>The usual way to read one and step over it, without a second call for the small numbers:
 *
 * <pre>{@code
 * long value = b[i];
 * if (value >= 0) {
 *   i++;
 * } else {
 *   value = Varint.get(b, i);
 *   i += Varint.length(b, i);
 * }
 * }</pre>
 */
public final class Varint {
  private Varint() {}

  /** The longest encoding in bytes. */
  public static final int MAX_LENGTH = 9;

  /** The number that starts at {@code i}. */
  public static long get(byte[] b, int i) {
    int first = b[i];
    if (first >= 0) {
      return first;
    }
    int second = b[i + 1];
    if (second >= 0) {
      return (first & 0x7f) << 7 | second;
    }
    return getLong(b, i);
  }

  private static long getLong(byte[] b, int i) {
    long value = (b[i] & 0x7f) << 7 | (b[i + 1] & 0x7f);
    for (int k = 2; k < 8; k++) {
      int next = b[i + k];
      value = value << 7 | (next & 0x7f);
      if (next >= 0) {
        return value;
      }
    }
    return value << 8 | (b[i + 8] & 0xff);
  }

  /** The number that starts at {@code i}; numbers that do not fit become the greatest int. */
  public static int getInt(byte[] b, int i) {
    int first = b[i];
    if (first >= 0) {
      return first;
    }
    int second = b[i + 1];
    if (second >= 0) {
      return (first & 0x7f) << 7 | second;
    }
    long value = getLong(b, i);
    return value < 0 || value > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) value;
  }

  /** How many bytes the number that starts at {@code i} takes: 1..9. */
  public static int length(byte[] b, int i) {
    if (b[i] >= 0) {
      return 1;
    }
    if (b[i + 1] >= 0) {
      return 2;
    }
    int n = 2;
    while (n < 8 && b[i + n] < 0) {
      n++;
    }
    return n + 1;
  }

  /** How many bytes the encoding of a number takes: 1..9. */
  public static int sizeOf(long value) {
    if ((value & ~0x7fL) == 0) {
      return 1;
    }
    if ((value & ~0x3fffL) == 0) {
      return 2;
    }
    int bits = 64 - Long.numberOfLeadingZeros(value);
    return bits > 56 ? 9 : (bits + 6) / 7;
  }

  /** Writes a number; returns how many bytes it took. */
  public static int put(byte[] b, int i, long value) {
    if ((value & ~0x7fL) == 0) {
      b[i] = (byte) value;
      return 1;
    }
    if ((value & ~0x3fffL) == 0) {
      b[i] = (byte) (value >> 7 | 0x80);
      b[i + 1] = (byte) (value & 0x7f);
      return 2;
    }
    return putLong(b, i, value);
  }

  private static int putLong(byte[] b, int i, long value) {
    int n = sizeOf(value);
    long rest = value;
    int k = n - 1;
    if (n == 9) {
      b[i + 8] = (byte) rest;
      rest >>>= 8;
      k = 7;
    } else {
      b[i + k] = (byte) (rest & 0x7f);
      rest >>>= 7;
      k--;
    }
    for (; k >= 0; k--) {
      b[i + k] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    return n;
  }
}
