package org.libsql4j.record;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as SQL text: how text becomes a number and a number text.
 *
 * <p>Reading accepts what SQLite accepts: optional spaces, a sign, digits, a fraction, an exponent.
 * Hexadecimal is not a number here. Writing gives 15 significant digits.
 */
public final class NumericText {
  private NumericText() {}

  /** The text has no number at its start, or something other than space follows it. */
  public static final int NOT_NUMERIC = 0;

  /** The whole text is an integer (perhaps too large for 64 bits). */
  public static final int INTEGER = 1;

  /** The whole text is a number with a fraction or an exponent. */
  public static final int REAL = 2;

  /** A number's text: what {@link #scan} found. */
  private static final class Scan {
    int kind;
    boolean integerFits;
    long integer;
    double real;
  }

  private static byte[] ascii(Mem text, int[] range) {
    if (text.type == Mem.TEXT && text.encoding != TextEncoding.UTF8) {
      byte[] converted =
          new String(text.bytes, text.offset, text.length, text.encoding.charset())
              .getBytes(TextEncoding.UTF8.charset());
      range[0] = 0;
      range[1] = converted.length;
      return converted;
    }
    range[0] = text.offset;
    range[1] = text.offset + text.length;
    return text.bytes;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Reads the longest number at the start of the range; {@code kind} tells whether it is all. */
  private static void scan(byte[] z, int from, int end, Scan out) {
    int i = from;
    while (i < end && isSpace(z[i])) {
      i++;
    }
    int start = i;
    boolean negative = false;
    if (i < end && (z[i] == '-' || z[i] == '+')) {
      negative = z[i] == '-';
      i++;
    }
    int digitsStart = i;
    long value = 0;
    boolean fits = true;
    while (i < end && isDigit(z[i])) {
      int digit = z[i] - '0';
      if (fits) {
        if (value < (Long.MIN_VALUE + digit) / 10 || (value * 10 < Long.MIN_VALUE + digit)) {
          fits = false;
        } else {
          value = value * 10 - digit;
        }
      }
      i++;
    }
    int digits = i - digitsStart;
    boolean integer = true;
    int numberEnd = i;
    if (i < end && z[i] == '.') {
      int fraction = i + 1;
      int j = fraction;
      while (j < end && isDigit(z[j])) {
        j++;
      }
      digits += j - fraction;
      if (digits > 0) {
        integer = false;
        numberEnd = j;
      }
      i = j;
    }
    if (digits > 0 && i < end && (z[i] == 'e' || z[i] == 'E')) {
      int j = i + 1;
      if (j < end && (z[j] == '-' || z[j] == '+')) {
        j++;
      }
      int exponentStart = j;
      while (j < end && isDigit(z[j])) {
        j++;
      }
      if (j > exponentStart) {
        integer = false;
        numberEnd = j;
      }
    }
    if (digits == 0) {
      out.kind = NOT_NUMERIC;
      out.integerFits = true;
      out.integer = 0;
      out.real = 0;
      return;
    }
    if (!negative && value == Long.MIN_VALUE) {
      fits = false;
    }
    out.integerFits = integer && fits;
    out.integer = negative ? value : -value;
    if (out.integerFits) {
      out.real = negative && value == 0 ? 0.0 : (double) out.integer;
    } else {
      out.real = parseDouble(z, start, numberEnd);
      if (!fits) {
        out.integer = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
    }
    int rest = numberEnd;
    while (rest < end && isSpace(z[rest])) {
      rest++;
    }
    out.kind = rest < end ? NOT_NUMERIC : integer ? INTEGER : REAL;
  }

  @SuppressWarnings("deprecation") // the range is ASCII
  private static double parseDouble(byte[] z, int from, int end) {
    return Double.parseDouble(new String(z, 0, from, end - from));
  }

  private static Scan scan(Mem text) {
    int[] range = new int[2];
    byte[] z = ascii(text, range);
    Scan scan = new Scan();
    scan(z, range[0], range[1], scan);
    return scan;
  }

  /** The integer at the start of a text or blob, saturated; 0 if there is none. */
  public static long prefixToLong(Mem text) {
    int[] range = new int[2];
    byte[] z = ascii(text, range);
    int i = range[0];
    int end = range[1];
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
    return scan(text).real;
  }

  /**
   * Whether arithmetic takes the number at the start of a text or blob for an integer: it has no
   * fraction or exponent and fits 64 bits; no number at all counts as the integer 0.
   */
  public static boolean prefixIsInteger(Mem text) {
    return scan(text).integerFits;
  }

  /** Sets the target to the number at the start of a text or blob, an integer where exact. */
  public static void prefixToNumber(Mem text, Mem target) {
    Scan scan = scan(text);
    if (scan.integerFits) {
      target.setInteger(scan.integer);
    } else {
      target.setReal(scan.real);
      if (target.type == Mem.REAL && scan.kind == REAL) {
        target.realToIntegerIfExact();
      }
    }
  }

  /**
   * Turns a text that is wholly a number into that number; other text stays.
   *
   * @param preferInteger whether 3.0e2 becomes an integer
   */
  static void applyNumericAffinity(Mem text, boolean preferInteger) {
    Scan scan = scan(text);
    if (scan.kind == NOT_NUMERIC) {
      return;
    }
    if (scan.integerFits) {
      text.setInteger(scan.integer);
    } else {
      text.setReal(scan.real);
      if (preferInteger && text.type == Mem.REAL) {
        text.realToIntegerIfExact();
      }
    }
  }

  /** Whether a text is wholly a number: {@link #NOT_NUMERIC}, {@link #INTEGER} or {@link #REAL}. */
  public static int classify(Mem text) {
    return scan(text).kind;
  }

  /** Truncates towards zero; values out of range saturate. */
  public static long realToLong(double value) {
    return (long) value;
  }

  /** Writes decimal digits to the start of an array of at least 20 bytes; returns their count. */
  static int writeLong(long value, byte[] target) {
    if (value == Long.MIN_VALUE) {
      byte[] text = Utf8.encode("-9223372036854775808");
      System.arraycopy(text, 0, target, 0, text.length);
      return text.length;
    }
    long rest = Math.abs(value);
    int count = value < 0 ? 2 : 1;
    for (long r = rest; r >= 10; r /= 10) {
      count++;
    }
    int i = count;
    do {
      target[--i] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    if (value < 0) {
      target[0] = '-';
    }
    return count;
  }

  /**
   * The text of a floating point number: 15 significant digits, always with a point or exponent.
   */
  public static String format(double value) {
    if (value == 0) {
      return "0.0";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Inf" : "-Inf";
    }
    BigDecimal decimal =
        new BigDecimal(Math.abs(value))
            .round(new MathContext(15, RoundingMode.HALF_UP))
            .stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - decimal.scale() - 1;
    StringBuilder out = new StringBuilder(24);
    if (value < 0) {
      out.append('-');
    }
    if (exponent < -4 || exponent >= 15) {
      out.append(digits.charAt(0)).append('.');
      out.append(digits.length() > 1 ? digits.substring(1) : "0");
      out.append('e').append(exponent < 0 ? '-' : '+');
      if (Math.abs(exponent) < 10) {
        out.append('0');
      }
      return out.append(Math.abs(exponent)).toString();
    }
    if (exponent < 0) {
      out.append("0.");
      for (int i = -1; i > exponent; i--) {
        out.append('0');
      }
      return out.append(digits).toString();
    }
    for (int i = 0; i <= exponent; i++) {
      out.append(i < digits.length() ? digits.charAt(i) : '0');
    }
    out.append('.');
    return out.append(digits.length() > exponent + 1 ? digits.substring(exponent + 1) : "0")
        .toString();
  }
}
