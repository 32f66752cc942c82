package org.libsql4j.record;

import java.math.BigInteger;

/**
 * 10^p for p in [{@link #FIRST}, {@link #LAST}] as 128-bit binary fractions.
 *
 * <p>{@code 10^p = (high(p) * 2^64 + low(p)) * 2^(binaryExponent(p) - 127)}, the top bit of {@code
 * high} set. Exact for 0 &lt;= p &lt;= 55, otherwise cut off below.
 */
final class PowersOfTen {
  private PowersOfTen() {}

  static final int FIRST = -350;
  static final int LAST = 350;

  private static final long[] HIGH = new long[LAST - FIRST + 1];
  private static final long[] LOW = new long[LAST - FIRST + 1];

  static {
    BigInteger power = BigInteger.ONE;
    for (int p = 0; p <= LAST; p++) {
      int surplus = power.bitLength() - 128;
      put(p, surplus > 0 ? power.shiftRight(surplus) : power.shiftLeft(-surplus));
      if (p > 0 && -p >= FIRST) {
        BigInteger inverse = BigInteger.ONE.shiftLeft(power.bitLength() + 128).divide(power);
        put(-p, inverse.shiftRight(inverse.bitLength() - 128));
      }
      power = power.multiply(BigInteger.TEN);
    }
  }

  private static void put(int p, BigInteger bits) {
    HIGH[p - FIRST] = bits.shiftRight(64).longValue();
    LOW[p - FIRST] = bits.longValue();
  }

  static long high(int p) {
    return HIGH[p - FIRST];
  }

  /** floor(p * log2(10)) for |p| up to 5,000. */
  static int binaryExponent(int p) {
    return (int) (p * 217706L >> 16);
  }

  /** floor(e * log10(2)) for |e| up to 5,000. */
  static int decimalExponent(int e) {
    return (int) (e * 315653L >> 20);
  }

  /** The upper 64 bits of the product of two unsigned numbers. */
  static long multiplyHigh(long x, long y) {
    long x0 = x & 0xffffffffL;
    long x1 = x >>> 32;
    long y0 = y & 0xffffffffL;
    long y1 = y >>> 32;
    long low = x0 * y0;
    long middle = x1 * y0 + (low >>> 32);
    long other = x0 * y1 + (middle & 0xffffffffL);
    return x1 * y1 + (middle >>> 32) + (other >>> 32);
  }

  /**
   * The upper 64 bits of the 192-bit product of a 64-bit number and the mantissa of 10^p, at most 2
   * units too small.
   */
  static long multiply(long m, int p) {
    long high = HIGH[p - FIRST];
    long top = multiplyHigh(m, high);
    long middle = m * high;
    long carry = middle + multiplyHigh(m, LOW[p - FIRST]);
    return Long.compareUnsigned(carry, middle) < 0 ? top + 1 : top;
  }
}
