package org.libsql4j.record;

/**
 * Numbers as SQL text: how text becomes a number and a number text.
 *
 * <p>Reading accepts optional spaces, a sign, digits, a fraction, an exponent; hexadecimal is not a
 * number here. Writing gives up to 17 significant digits (see {@link DoubleDigits}).
 *
 * <p>Nothing is allocated for text in UTF-8. A cell of type TEXT or BLOB does not use its number
 * fields, so the scanner leaves what it read in {@link Mem#integer} and {@link Mem#real} of the
 * text's own cell.
 */
public final class NumericText {
  private NumericText() {}

  /** The text has no number at its start, or something other than space follows it. */
  public static final int NOT_NUMERIC = 0;

  /** The whole text is an integer (perhaps too large for 64 bits). */
  public static final int INTEGER = 1;

  /** The whole text is a number with a fraction or an exponent. */
  public static final int REAL = 2;

  /** What {@link #scan} found: at least one digit. */
  private static final int HAS_DIGITS = 1;

  /** The number has no point and no exponent. */
  private static final int IS_INTEGER = 2;

  /** It is an integer of 64 bits, or there is no number at all. */
  private static final int FITS = 4;

  /** Nothing but space follows the number. */
  private static final int WHOLE = 8;

  /** Below this another decimal digit fits into 64 unsigned bits; later digits are dropped. */
  private static final long ROOM_FOR_DIGIT = 1844674407370955160L;

  /** Exponents of more than this overflow or underflow whatever the digits are. */
  private static final int EXPONENT_LIMIT = 20_000;

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The text's bytes in UTF-8: its own array, or a fresh one for UTF-16. */
  private static byte[] utf8(Mem text) {
    if (text.isTextOrBlob() && text.encoding != TextEncoding.UTF8) {
      return new String(text.bytes, text.offset, text.length, text.encoding.charset())
          .getBytes(TextEncoding.UTF8.charset());
    }
    return text.bytes;
  }

  /**
   * Reads the longest number at the start of the text or blob into the cell's number fields: {@code
   * real} always, {@code integer} saturated.
   *
   * @return flags from {@link #HAS_DIGITS} to {@link #WHOLE}
   */
  private static int scan(Mem text) {
    byte[] z = utf8(text);
    return z == text.bytes
        ? scan(z, text.offset, text.offset + text.length, text)
        : scan(z, 0, z.length, text);
  }

  private static int scan(byte[] z, int from, int end, Mem out) {
    int i = from;
    while (i < end && isSpace(z[i])) {
      i++;
    }
    boolean negative = false;
    if (i < end && (z[i] == '-' || z[i] == '+')) {
      negative = z[i] == '-';
      i++;
    }
    int start = i;
    long digits = 0;
    int dropped = 0;
    for (; i < end && isDigit(z[i]); i++) {
      if (digits >= 0 && digits < ROOM_FOR_DIGIT) {
        digits = digits * 10 + (z[i] - '0');
      } else {
        dropped++;
      }
    }
    if (i < end && (z[i] == '.' || (z[i] | 0x20) == 'e')) {
      return scanReal(z, start, i, end, negative, digits, dropped, out);
    }
    if (i == start) {
      out.integer = 0;
      out.real = 0;
      return FITS;
    }
    return integer(negative, digits, dropped, out) | trailer(z, i, end);
  }

  private static int trailer(byte[] z, int from, int end) {
    int i = from;
    while (i < end && isSpace(z[i])) {
      i++;
    }
    // Text ends at a zero byte for the conversion to a number, as it does in C.
    return i == end || z[i] == 0 ? WHOLE : 0;
  }

  private static int integer(boolean negative, long digits, int dropped, Mem out) {
    if (dropped == 0 && digits >= 0) {
      out.integer = negative ? -digits : digits;
      out.real = (double) out.integer;
      return HAS_DIGITS | IS_INTEGER | FITS;
    }
    if (dropped == 0 && negative && digits == Long.MIN_VALUE) {
      out.integer = Long.MIN_VALUE;
      out.real = (double) Long.MIN_VALUE;
      return HAS_DIGITS | IS_INTEGER | FITS;
    }
    double real = nearest(digits, dropped);
    out.integer = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
    out.real = negative ? -real : real;
    return HAS_DIGITS | IS_INTEGER;
  }

  /** Goes on at the point or the exponent's letter. */
  private static int scanReal(
      byte[] z, int start, int at, int end, boolean negative, long digits, int dropped, Mem out) {
    int i = at;
    long value = digits;
    int exponent = dropped;
    boolean integer = true;
    boolean any = i > start;
    if (z[i] == '.') {
      i++;
      int fraction = i;
      for (; i < end && isDigit(z[i]); i++) {
        if (value >= 0 && value < ROOM_FOR_DIGIT) {
          value = value * 10 + (z[i] - '0');
          exponent--;
        }
      }
      any |= i > fraction;
      if (!any) {
        out.integer = 0;
        out.real = 0;
        return FITS;
      }
      integer = false;
    } else if (!any) {
      out.integer = 0;
      out.real = 0;
      return FITS;
    }
    if (i < end && (z[i] | 0x20) == 'e') {
      int afterSign = i + 1;
      boolean minus = false;
      if (afterSign < end && (z[afterSign] == '-' || z[afterSign] == '+')) {
        minus = z[afterSign] == '-';
        afterSign++;
      }
      int j = afterSign;
      int e = 0;
      for (; j < end && isDigit(z[j]); j++) {
        e = Math.min(e * 10 + (z[j] - '0'), EXPONENT_LIMIT);
      }
      if (j > afterSign) {
        integer = false;
        i = j;
        exponent = saturatedSum(exponent, minus ? -e : e);
      }
    }
    if (integer) {
      return integer(negative, digits, dropped, out) | trailer(z, i, end);
    }
    double real = nearest(value, exponent);
    out.real = negative ? -real : real;
    out.integer = realToLong(out.real);
    return HAS_DIGITS | trailer(z, i, end);
  }

  private static int saturatedSum(int digits, int exponent) {
    long sum = (long) digits + exponent;
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, sum));
  }

  // ---- decimal to binary -----------------------------------------------------------------------

  /** Powers of ten that are doubles without loss. */
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT_INTEGER = 1L << 53;

  /**
   * {@code digits * 10^exponent} as the nearest double, infinity if it is too large.
   *
   * <p>Small numbers take one exact operation (W. Clinger, How to Read Floating Point Numbers
   * Accurately, 1990). Otherwise the product with a 128-bit power of ten is rounded unless its
   * error could change the result; then exact arithmetic decides.
   *
   * @param digits unsigned
   */
  public static double nearest(long digits, int exponent) {
    if (digits == 0) {
      return 0;
    }
    if (digits > 0 && digits <= EXACT_INTEGER) {
      if (exponent >= 0 && exponent <= 22) {
        return (double) digits * EXACT_POWERS[exponent];
      }
      if (exponent < 0 && exponent >= -22) {
        return (double) digits / EXACT_POWERS[-exponent];
      }
    }
    if (exponent > 310) {
      return Double.POSITIVE_INFINITY;
    }
    if (exponent < PowersOfTen.FIRST) {
      return 0;
    }
    int zeros = Long.numberOfLeadingZeros(digits);
    long top = PowersOfTen.multiply(digits << zeros, exponent);
    int binary = PowersOfTen.binaryExponent(exponent) + 64 - zeros;
    if (top > 0) {
      top <<= 1;
      binary--;
    }
    return assemble(digits, exponent, top, binary);
  }

  /** The product is off by less than this many units of its last place, always downwards. */
  private static final long ERROR = 4;

  /** Rounds {@code top * 2^(binary - 63)}, where top's highest bit is set. */
  private static double assemble(long digits, int exponent, long top, int binary) {
    if (binary > 1023) {
      return Double.POSITIVE_INFINITY;
    }
    int dropped = binary >= -1022 ? 11 : 11 - 1022 - binary;
    if (dropped >= 64) {
      return slow(digits, exponent);
    }
    long half = 1L << (dropped - 1);
    long rest = top & ((half << 1) - 1);
    if (rest <= half && rest >= half - ERROR) {
      return slow(digits, exponent);
    }
    long mantissa = (top >>> dropped) + (rest > half ? 1 : 0);
    long biased = dropped > 11 ? 0 : binary + 1022L;
    // The mantissa's own highest bit, or a carry out of it, adds one to the exponent.
    return Double.longBitsToDouble((biased << 52) + mantissa);
  }

  private static double slow(long digits, int exponent) {
    return Double.parseDouble(Long.toUnsignedString(digits) + 'E' + exponent);
  }

  // ---- text to number --------------------------------------------------------------------------

  /** The integer at the start of a text or blob, saturated; 0 if there is none. */
  public static long prefixToLong(Mem text) {
    byte[] z = utf8(text);
    int i = z == text.bytes ? text.offset : 0;
    int end = z == text.bytes ? i + text.length : z.length;
    while (i < end && isSpace(z[i])) {
      i++;
    }
    boolean negative = false;
    if (i < end && (z[i] == '-' || z[i] == '+')) {
      negative = z[i] == '-';
      i++;
    }
    long value = 0;
    for (; i < end && isDigit(z[i]); i++) {
      int digit = z[i] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      value = value * 10 - digit;
    }
    return negative ? value : value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
  }

  /** The number at the start of a text or blob; 0 if there is none. */
  public static double prefixToDouble(Mem text) {
    scan(text);
    return text.real;
  }

  /**
   * Whether arithmetic takes the number at the start of a text or blob for an integer: it has no
   * fraction or exponent and fits 64 bits; no number at all counts as the integer 0.
   */
  public static boolean prefixIsInteger(Mem text) {
    return (scan(text) & FITS) != 0;
  }

  /** Doubles of at least this magnitude stay floating point numbers when CAST to NUMERIC. */
  private static final long EXACT_CAST = 1L << 51;

  /** Sets the target to the number at the start of a text or blob, an integer where exact. */
  public static void prefixToNumber(Mem text, Mem target) {
    int found = scan(text);
    if ((found & FITS) != 0) {
      target.setInteger(text.integer);
      return;
    }
    double real = text.real;
    long integer = realToLong(real);
    if (real == (double) integer && integer >= -EXACT_CAST && integer < EXACT_CAST) {
      target.setInteger(integer);
    } else {
      target.setReal(real);
    }
  }

  /**
   * Turns a text that is wholly a number into that number; other text stays.
   *
   * @param preferInteger whether 3.0e2 becomes an integer
   */
  static void applyNumericAffinity(Mem text, boolean preferInteger) {
    int found = scan(text);
    if ((found & (WHOLE | HAS_DIGITS)) != (WHOLE | HAS_DIGITS)) {
      return;
    }
    if ((found & FITS) != 0) {
      text.setInteger(text.integer);
    } else {
      text.setReal(text.real);
      if (preferInteger) {
        text.realToIntegerIfExact();
      }
    }
  }

  /** Whether a text is wholly a number: {@link #NOT_NUMERIC}, {@link #INTEGER} or {@link #REAL}. */
  public static int classify(Mem text) {
    int found = scan(text);
    if ((found & (WHOLE | HAS_DIGITS)) != (WHOLE | HAS_DIGITS)) {
      return NOT_NUMERIC;
    }
    return (found & IS_INTEGER) != 0 ? INTEGER : REAL;
  }

  /** Truncates towards zero; values out of range saturate. */
  public static long realToLong(double value) {
    return (long) value;
  }

  // ---- number to text --------------------------------------------------------------------------

  /** Writes decimal digits to the start of an array of at least 20 bytes; returns their count. */
  static int writeLong(long value, byte[] target) {
    long rest = value < 0 ? value : -value;
    int count = value < 0 ? 2 : 1;
    for (long r = rest; r <= -10; r /= 10) {
      count++;
    }
    int i = count;
    do {
      long quotient = rest / 10;
      target[--i] = (byte) ('0' + (quotient * 10 - rest));
      rest = quotient;
    } while (rest != 0);
    if (value < 0) {
      target[0] = '-';
    }
    return count;
  }

  /** Most bytes that {@link #writeReal} writes. */
  public static final int REAL_BYTES = DoubleDigits.MOST_BYTES;

  /**
   * Writes the text of a floating point number, always with a point; {@code Inf} and {@code -Inf}
   * for the infinities.
   *
   * @return the number of bytes written, at most {@link #REAL_BYTES}
   */
  public static int writeReal(double value, byte[] target, int at) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      String name = value > 0 ? "Inf" : value < 0 ? "-Inf" : "NaN";
      for (int i = 0; i < name.length(); i++) {
        target[at + i] = (byte) name.charAt(i);
      }
      return name.length();
    }
    return DoubleDigits.write(value, target, at);
  }

  /** The text of a floating point number as a string, see {@link #writeReal}. */
  public static String format(double value) {
    byte[] text = new byte[REAL_BYTES];
    return Utf8.decode(text, 0, writeReal(value, text, 0));
  }
}
