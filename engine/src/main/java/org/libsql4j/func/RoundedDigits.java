package org.libsql4j.func;

import org.libsql4j.record.DoubleDigits;
import org.libsql4j.record.NumericText;

/**
 * The decimal digits of a floating point number, rounded for printing: {@code 0.d1d2d3... *
 * 10^point}. Reused from call to call.
 */
final class RoundedDigits {
  private static final int SIGNIFICANT = 18;

  /** The precision at which shorter decimals are tried, as for the text of a REAL value. */
  private static final int FULL_PRECISION = 17;

  private final byte[] digits = new byte[24];
  private int count;

  /** Decimal exponent of the number if its first digit stood after the point. */
  int point;

  boolean negative;
  boolean infinite;

  int count() {
    return count;
  }

  /** The i-th digit as a character; '0' after the last one. */
  int digit(int i) {
    return i < count ? digits[i] : '0';
  }

  /** Makes this the number 9 followed by 999 zeros, which stands for infinity. */
  void makeHuge() {
    digits[0] = '9';
    count = 1;
    point = 1000;
  }

  /**
   * Takes a number that is not NaN.
   *
   * @param round number of digits, or if not positive, minus the number of decimals
   * @param mostDigits most digits that are given in any case
   */
  void set(double value, int round, int mostDigits) {
    negative = value < 0;
    infinite = Double.isInfinite(value);
    if (value == 0 || infinite) {
      digits[0] = '0';
      count = 1;
      point = 1;
      return;
    }
    double magnitude = Math.abs(value);
    int wanted = round <= 0 || round >= SIGNIFICANT ? SIGNIFICANT : round + 1;
    int p = DoubleDigits.scale(magnitude, wanted);
    long d =
        wanted == SIGNIFICANT
            ? DoubleDigits.scaled(magnitude, p)
            : DoubleDigits.scaledDown(magnitude, p);
    count = DoubleDigits.count(d);
    for (int i = count - 1; i >= 0; i--) {
      digits[i] = (byte) ('0' + d % 10);
      d /= 10;
    }
    point = count - p;
    long keep = round > 0 ? round : (long) point - round;
    if (round <= 0 && keep == 0 && digits[0] >= '5') {
      System.arraycopy(digits, 0, digits, 1, count);
      digits[0] = '0';
      count++;
      point++;
      keep = 1;
    }
    if (keep > 0 && (keep < count || count > mostDigits)) {
      roundTo(Math.min((int) Math.min(keep, 100), mostDigits), magnitude);
    }
    while (count > 0 && digits[count - 1] == '0') {
      count--;
    }
  }

  private void roundTo(int keep, double value) {
    int kept = keep == FULL_PRECISION ? shorterOr(keep, value) : keep;
    boolean up = kept < count && digits[kept] >= '5';
    count = Math.min(count, kept);
    if (!up) {
      return;
    }
    int i = count - 1;
    while (i >= 0 && digits[i] == '9') {
      digits[i--] = '0';
    }
    if (i >= 0) {
      digits[i]++;
    } else {
      System.arraycopy(digits, 0, digits, 1, count);
      digits[0] = '1';
      count++;
      point++;
    }
  }

  /** Number of digits of a shorter decimal that reads back as the value; else the given one. */
  private int shorterOr(int keep, double value) {
    boolean nines = digits[14] == '9' && digits[15] == '9';
    boolean zeros = digits[13] == '0' && digits[14] == '0' && (digits[15] == '0' || point >= count);
    if (!nines && !zeros) {
      return keep;
    }
    int n = 14;
    while (n > 0 && digits[n - 1] == (nines ? '9' : '0')) {
      n--;
    }
    long shorter = 0;
    for (int i = 0; i < n; i++) {
      shorter = shorter * 10 + digits[i] - '0';
    }
    if (nines) {
      shorter++;
    }
    return NumericText.nearest(shorter, point - n) == value ? n + 1 : keep;
  }
}
