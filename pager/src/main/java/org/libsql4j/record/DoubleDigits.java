package org.libsql4j.record;

/**
 * Decimal digits of floating point numbers.
 *
 * <p>A number v is scaled by a power of ten to an integer of 18 or 19 digits, {@code d = v * 10^p}
 * rounded half up, with p chosen from v's binary exponent alone. All texts of numbers are made from
 * these digits, and rounding to fewer digits looks at the first digit left out only. That is not
 * always the nearest decimal, but it is what the file format's other implementations print.
 */
public final class DoubleDigits {
  private DoubleDigits() {}

  /** Powers of ten that fit a long. */
  private static final long[] POWERS = new long[19];

  static {
    long power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT_BIAS = 1075;

  /** The mantissa of a positive number, shifted so that its top bit is set. */
  private static long mantissa(long bits) {
    long fraction = bits & FRACTION_MASK;
    long full = (bits >>> FRACTION_BITS & 0x7ff) == 0 ? fraction : fraction | 1L << FRACTION_BITS;
    return full << Long.numberOfLeadingZeros(full);
  }

  /** The exponent e in {@code v = mantissa * 2^e}. */
  private static int exponent(long bits) {
    int biased = (int) (bits >>> FRACTION_BITS & 0x7ff);
    if (biased != 0) {
      return biased - EXPONENT_BIAS - 11;
    }
    return 1 - EXPONENT_BIAS - Long.numberOfLeadingZeros(bits & FRACTION_MASK);
  }

  /**
   * The power p by which {@link #scaled} multiplies.
   *
   * @param value positive and finite
   * @param digits least number of digits wanted, 1 to 18
   */
  public static int scale(double value, int digits) {
    int e = exponent(Double.doubleToRawLongBits(value));
    return digits - 1 - PowersOfTen.decimalExponent(e + 63);
  }

  /**
   * {@code value * 10^p} rounded half up, an integer of 18 or 19 digits for the p of 18 digits. The
   * power of ten has 64 bits here, which may change the last digit.
   */
  public static long scaled(double value, int p) {
    long bits = Double.doubleToRawLongBits(value);
    long product = PowersOfTen.multiplyHigh(mantissa(bits), PowersOfTen.high(p));
    int shift = -(exponent(bits) + PowersOfTen.binaryExponent(p) + 1);
    return (product >>> shift) + (product >>> (shift - 1) & 1);
  }

  /** {@code value * 10^p} cut off. */
  public static long scaledDown(double value, int p) {
    long bits = Double.doubleToRawLongBits(value);
    long product = PowersOfTen.multiplyHigh(mantissa(bits), PowersOfTen.high(p));
    return product >>> -(exponent(bits) + PowersOfTen.binaryExponent(p) + 1);
  }

  /** Number of decimal digits of a positive number. */
  public static int count(long value) {
    int n = 1;
    while (n < POWERS.length && value >= POWERS[n]) {
      n++;
    }
    return n;
  }

  /** Most bytes that {@link #write} writes. */
  static final int MOST_BYTES = 26;

  /** From this decimal exponent on numbers are written with an exponent. */
  private static final int LARGE_EXPONENT = 17;

  private static final int SMALL_EXPONENT = -5;

  /**
   * Writes a finite number: 17 significant digits, or fewer if a run of nines or zeros shows that a
   * shorter decimal of up to 15 digits reads back as the same number; always with a point.
   *
   * @return the number of bytes written
   */
  static int write(double value, byte[] target, int at) {
    int i = at;
    double magnitude = value;
    if (value < 0) {
      target[i++] = '-';
      magnitude = -value;
    }
    if (magnitude == 0) {
      return writeAscii("0.0", target, i) - at;
    }
    int p = scale(magnitude, 18);
    long d = scaled(magnitude, p);
    int digitCount = d >= POWERS[18] ? 19 : 18;
    int exponent = digitCount - 1 - p;
    long shorter = shorter(d, digitCount, p, magnitude);
    long digits;
    if (shorter != 0) {
      digits = shorter;
      if (digits == 1 && d / POWERS[digitCount - 1] == 9) {
        exponent++;
      }
    } else {
      long unit = POWERS[digitCount - 17];
      digits = d / unit;
      if (d / (unit / 10) % 10 >= 5) {
        digits++;
      }
      if (digits == POWERS[17]) {
        exponent++;
      }
    }
    while (digits % 10 == 0) {
      digits /= 10;
    }
    return writeDigits(digits, exponent, target, i) - at;
  }

  /** A decimal of at most 14 digits that reads back as the value, if the digits suggest one. */
  private static long shorter(long d, int digitCount, int p, double value) {
    long first16 = d / POWERS[digitCount - 16];
    int next = (int) (first16 % 100);
    long first14 = first16 / 100;
    int removed = digitCount - 14;
    if (next == 99) {
      while (first14 % 10 == 9) {
        first14 /= 10;
        removed++;
      }
      first14++;
    } else if (first14 % 10 == 0 && (next == 0 || (next < 10 && p <= 0))) {
      while (first14 % 10 == 0) {
        first14 /= 10;
        removed++;
      }
    } else {
      return 0;
    }
    return NumericText.nearest(first14, removed - p) == value ? first14 : 0;
  }

  private static int writeDigits(long digits, int exponent, byte[] target, int at) {
    int n = count(digits);
    int i = at;
    if (exponent >= LARGE_EXPONENT || exponent <= SMALL_EXPONENT) {
      long lead = digits / POWERS[n - 1];
      target[i++] = (byte) ('0' + lead);
      target[i++] = '.';
      i = writeFixed(digits - lead * POWERS[n - 1], Math.max(n - 1, 1), target, i);
      target[i++] = 'e';
      target[i++] = (byte) (exponent < 0 ? '-' : '+');
      int e = Math.abs(exponent);
      return writeFixed(e, e >= 100 ? 3 : 2, target, i);
    }
    if (exponent < 0) {
      i = writeAscii("0.", target, i);
      i = writeFixed(0, -exponent - 1, target, i);
      return writeFixed(digits, n, target, i);
    }
    if (n <= exponent + 1) {
      i = writeFixed(digits, n, target, i);
      i = writeFixed(0, exponent + 1 - n, target, i);
      return writeAscii(".0", target, i);
    }
    long unit = POWERS[n - exponent - 1];
    i = writeFixed(digits / unit, exponent + 1, target, i);
    target[i++] = '.';
    return writeFixed(digits % unit, n - exponent - 1, target, i);
  }

  private static int writeFixed(long value, int width, byte[] target, int at) {
    long rest = value;
    for (int i = at + width - 1; i >= at; i--) {
      long quotient = rest / 10;
      target[i] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
    return at + width;
  }

  private static int writeAscii(String text, byte[] target, int at) {
    for (int i = 0; i < text.length(); i++) {
      target[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }
}
