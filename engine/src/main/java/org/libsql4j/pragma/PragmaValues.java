package org.libsql4j.pragma;

import java.util.Locale;

/** Reads the values of pragmas as leniently as SQLite does. */
final class PragmaValues {
  private PragmaValues() {}

  /** The number at the start of a text; 0 if there is none or it does not fit into 32 bits. */
  static int toInt(String text) {
    long value = toLong(text);
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    if (hex && value >= 0 && value <= 0xffffffffL) {
      return (int) value;
    }
    return value == (int) value ? (int) value : 0;
  }

  /** The number at the start of a text, decimal or hexadecimal; saturates. */
  static long toLong(String text) {
    int at = 0;
    boolean negative = false;
    if (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      negative = text.charAt(0) == '-';
      at = 1;
    }
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      return hex(text, at + 2);
    }
    long value = 0;
    for (; at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  private static long hex(String text, int from) {
    int end = from;
    while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
      end++;
    }
    int digits = end - from;
    if (digits == 0 || digits > 16) {
      return 0;
    }
    return Long.parseUnsignedLong(text.substring(from, end), 16);
  }

  /** on, yes, true and numbers other than 0. */
  static boolean toBoolean(String text, boolean otherwise) {
    return level(text, true, otherwise ? 1 : 0) != 0;
  }

  /** As {@link #toBoolean}, and full is 2, extra is 3, unless {@code booleanOnly}. */
  static int level(String text, boolean booleanOnly, int otherwise) {
    if (!text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9') {
      return toInt(text) & 0xff;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on", "yes", "true" -> 1;
      case "no", "off", "false" -> 0;
      case "extra" -> booleanOnly ? otherwise : 3;
      case "full" -> booleanOnly ? otherwise : 2;
      default -> otherwise;
    };
  }
}
