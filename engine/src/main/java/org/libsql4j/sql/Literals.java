package org.libsql4j.sql;

import org.libsql4j.sql.ast.Expr;

/** Values of number and blob tokens. */
final class Literals {
  private static final String MIN_MAGNITUDE = "9223372036854775808";
  private static final int MAX_HEX_DIGITS = 16;

  private Literals() {}

  static boolean isHex(String text) {
    return text.length() > 2 && text.charAt(0) == '0' && (text.charAt(1) | 0x20) == 'x';
  }

  /** Whether hexadecimal digits, leading zeros aside, do not fit into 64 bits. */
  static boolean hexTooBig(String text) {
    return text.length() - skipZeros(text, 2) > MAX_HEX_DIGITS;
  }

  /** The value of hexadecimal digits that fit. */
  static long hexValue(String text) {
    int from = skipZeros(text, 2);
    return from == text.length() ? 0 : Long.parseUnsignedLong(text.substring(from), 16);
  }

  /** A decimal integer, or a real if it does not fit. */
  static Expr decimal(String text, int offset) {
    int digits = text.length() - skipZeros(text, 0);
    if (digits <= MIN_MAGNITUDE.length()) {
      try {
        return new Expr.IntegerLiteral(Long.parseLong(text), offset);
      } catch (NumberFormatException tooBig) {
        return real(text, offset);
      }
    }
    return real(text, offset);
  }

  static Expr.RealLiteral real(String text, int offset) {
    return new Expr.RealLiteral(Double.parseDouble(text), text, offset);
  }

  /** Whether the literal is the one integer that fits only with a minus sign. */
  static boolean isMinMagnitude(Expr expr) {
    return expr instanceof Expr.RealLiteral real
        && real.text().substring(skipZeros(real.text(), 0)).equals(MIN_MAGNITUDE);
  }

  /** Whether each separator stands between two digits. */
  static boolean separatorsInPlace(String text) {
    boolean hex = isHex(text);
    for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
      if (i == 0
          || i + 1 == text.length()
          || !isDigit(text.charAt(i - 1), hex)
          || !isDigit(text.charAt(i + 1), hex)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of {@code x'0aff'}. */
  static byte[] blob(String text) {
    byte[] bytes = new byte[(text.length() - 3) / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(text.charAt(2 + 2 * i), 16);
      bytes[i] = (byte) (high << 4 | Character.digit(text.charAt(3 + 2 * i), 16));
    }
    return bytes;
  }

  private static boolean isDigit(char c, boolean hex) {
    return hex ? Lexer.isHexDigit(c) : Lexer.isDigit(c);
  }

  private static int skipZeros(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == '0') {
      i++;
    }
    return i;
  }
}
