package org.libsql4j.func;

/** The conversions of numbers: {@code %d %i %u %r %x %X %o %p %f %e %E %g %G}. */
final class NumberPrinter {
  private static final int DEFAULT_PRECISION = 6;
  private static final int MOST_PRECISION = 100_000_000;
  private static final int DIGITS_PLAIN = 16;
  private static final int DIGITS_EXTENDED = 20;
  private static final String[] ORDINALS = {"th", "st", "nd", "rd"};

  private final byte[] reversed = new byte[72];
  private final RoundedDigits digits = new RoundedDigits();

  // ---- integers --------------------------------------------------------------------------------

  void signed(TextBuilder out, FormatDirective directive, long value, boolean ordinal) {
    int prefix = value < 0 ? '-' : directive.positivePrefix;
    int count = decimal(value < 0 ? -value : value);
    String suffix = "";
    if (ordinal) {
      long magnitude = value < 0 ? -value : value;
      int last = (int) Long.remainderUnsigned(magnitude, 10);
      boolean teen = Long.remainderUnsigned(Long.divideUnsigned(magnitude, 10), 10) == 1;
      suffix = ORDINALS[last >= 4 || teen ? 0 : last];
      directive.thousands = false;
    }
    integer(out, directive, count, prefix, suffix, "");
  }

  void unsigned(TextBuilder out, FormatDirective directive, long value, int type) {
    int count;
    String radixPrefix = "";
    switch (type) {
      case 'o' -> {
        count = binary(value, 3, 'a');
        radixPrefix = "0";
      }
      case 'x', 'p' -> {
        count = binary(value, 4, type == 'p' ? 'A' : 'a');
        radixPrefix = "0x";
      }
      case 'X' -> {
        count = binary(value, 4, 'A');
        radixPrefix = "0X";
      }
      default -> count = decimal(value);
    }
    integer(out, directive, count, 0, "", directive.alternate && value != 0 ? radixPrefix : "");
  }

  /** Fills {@link #reversed} with the digits of an unsigned number, the last one first. */
  private int decimal(long value) {
    long rest = value;
    int count = 0;
    if (rest < 0) {
      long quotient = Long.divideUnsigned(rest, 10);
      reversed[count++] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
    do {
      reversed[count++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    return count;
  }

  private int binary(long value, int bits, int letter) {
    long rest = value;
    int count = 0;
    do {
      int digit = (int) rest & ((1 << bits) - 1);
      reversed[count++] = (byte) (digit < 10 ? '0' + digit : letter + digit - 10);
      rest >>>= bits;
    } while (rest != 0);
    return count;
  }

  private void integer(
      TextBuilder out,
      FormatDirective directive,
      int count,
      int prefix,
      String suffix,
      String radixPrefix) {
    int start = out.length();
    int least = directive.precision;
    if (directive.zeroPad) {
      least = Math.max(least, directive.width - (prefix != 0 ? 1 : 0));
    }
    out.appendAscii(radixPrefix);
    if (prefix != 0) {
      out.append(prefix);
    }
    int zeros = Math.max(0, least - count - suffix.length());
    int total = zeros + count;
    if (!directive.thousands) {
      out.repeat('0', zeros);
      for (int i = count - 1; i >= 0; i--) {
        out.append(reversed[i]);
      }
    } else {
      for (int i = total - 1; i >= 0; i--) {
        out.append(i < count ? reversed[i] : '0');
        if (i > 0 && i % 3 == 0) {
          out.append(',');
        }
      }
    }
    out.appendAscii(suffix);
    directive.pad(out, start, directive.width);
  }

  // ---- reals -----------------------------------------------------------------------------------

  void real(TextBuilder out, FormatDirective directive, double value, int type) {
    int start = out.length();
    int precision = directive.precision < 0 ? DEFAULT_PRECISION : directive.precision;
    precision = Math.min(precision, MOST_PRECISION);
    boolean general = type == 'g' || type == 'G';
    boolean fixed = type == 'f';
    if (general && precision == 0) {
      precision = 1;
    }
    int round = fixed ? -precision : general ? precision : precision + 1;
    digits.set(value, round, directive.alternate2 ? DIGITS_EXTENDED : DIGITS_PLAIN);
    if (digits.infinite) {
      if (!directive.zeroPad) {
        infinity(out, directive);
        return;
      }
      digits.makeHuge();
    }
    boolean exponential = !fixed;
    boolean trim = directive.alternate2;
    if (general) {
      int exponent = digits.point - 1;
      trim = !directive.alternate;
      precision--;
      exponential = exponent < -4 || exponent > precision;
      if (!exponential) {
        precision -= exponent;
      }
    }
    int prefix = digits.negative ? '-' : directive.positivePrefix;
    if (digits.negative
        && directive.alternate
        && directive.positivePrefix == 0
        && fixed
        && digits.point <= round) {
      prefix = 0;
    }
    if (prefix != 0) {
      out.append(prefix);
    }
    mantissa(out, directive, precision, exponential, trim);
    if (exponential) {
      out.append(type == 'E' || type == 'G' ? 'E' : 'e');
      int exponent = digits.point - 1;
      out.append(exponent < 0 ? '-' : '+');
      out.appendPadded(Math.abs(exponent), 2);
    }
    if (directive.zeroPad && !directive.leftJustify) {
      int missing = directive.width - (out.length() - start);
      out.insert(start + (prefix != 0 ? 1 : 0), '0', missing);
    }
    directive.pad(out, start, directive.width);
  }

  private void infinity(TextBuilder out, FormatDirective directive) {
    int start = out.length();
    int prefix = digits.negative ? '-' : directive.positivePrefix;
    if (prefix != 0) {
      out.append(prefix);
    }
    out.appendAscii("Inf");
    directive.pad(out, start, directive.width);
  }

  private void mantissa(
      TextBuilder out,
      FormatDirective directive,
      int precision,
      boolean exponential,
      boolean trim) {
    int next = 0;
    int whole = exponential ? 1 : digits.point;
    if (whole <= 0) {
      out.append('0');
    }
    for (int place = whole - 1; place >= 0; place--) {
      out.append(digits.digit(next++));
      if (directive.thousands && place > 1 && place % 3 == 0) {
        out.append(',');
      }
    }
    boolean dot = precision > 0 || directive.alternate || directive.alternate2;
    if (dot) {
      out.append('.');
    }
    int decimals = precision;
    if (whole < 0) {
      int zeros = Math.min(-whole, decimals);
      out.repeat('0', zeros);
      decimals -= zeros;
    }
    int given = Math.max(0, Math.min(decimals, digits.count() - next));
    for (int i = 0; i < given; i++) {
      out.append(digits.digit(next++));
    }
    out.repeat('0', decimals - given);
    if (trim && dot) {
      trimZeros(out, directive.alternate2);
    }
  }

  private static void trimZeros(TextBuilder out, boolean keepOne) {
    int length = out.length();
    while (out.bytes()[length - 1] == '0') {
      length--;
    }
    boolean bare = out.bytes()[length - 1] == '.';
    if (bare && !keepOne) {
      length--;
    }
    out.truncate(length);
    if (bare && keepOne) {
      out.append('0');
    }
  }
}
