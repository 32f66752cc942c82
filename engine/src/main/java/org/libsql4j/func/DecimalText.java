package org.libsql4j.func;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rounding of floating point numbers to decimals. */
final class DecimalText {
  private DecimalText() {}

  private static final double[] POWERS = new double[16];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  /**
   * Rounds half away from zero by the number's exact value.
   *
   * @param digits decimals, 1 to 30
   */
  static double round(double value, int digits) {
    double magnitude = Math.abs(value);
    if (digits < POWERS.length) {
      double scaled = magnitude * POWERS[digits];
      if (scaled < 1e14) {
        long whole = (long) scaled;
        double fraction = scaled - whole;
        // The product is off by less than 1/64 here: only a fraction near one half is in doubt.
        if (Math.abs(fraction - 0.5) > 0.02) {
          double rounded = (fraction > 0.5 ? whole + 1 : whole) / POWERS[digits];
          return value < 0 && rounded != 0 ? -rounded : rounded;
        }
      }
    }
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
  }

  /** A number from 0 to 60 times 1000, rounded half up. */
  static long thousandths(double value) {
    return (long) (round(value, 3) * 1000 + 0.5);
  }
}
