package org.libsql4j.schema;

/** Numbers as 10 times their binary logarithm, in which the planner reckons. */
public final class LogEstimate {
  private LogEstimate() {}

  private static final int[] FRACTIONS = {0, 2, 3, 5, 6, 7, 8, 9};

  /** The estimate of a number; 0 for everything below 2. */
  public static int of(long number) {
    if (number < 2) {
      return 0;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(number);
    long mantissa = exponent >= 3 ? number >>> (exponent - 3) : number << (3 - exponent);
    return FRACTIONS[(int) (mantissa & 7)] + 10 * exponent;
  }
}
