package org.libsql4j.cli.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Values as SQL literals that give the same value when they are read back. */
public final class Literal {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** Digits that are shown of a REAL: more than enough to tell any two apart. */
  private static final MathContext REAL_DIGITS = new MathContext(20, RoundingMode.HALF_EVEN);

  private Literal() {}

  public static String of(Cell cell) {
    return switch (cell.kind()) {
      case NULL -> "NULL";
      case INTEGER -> cell.text();
      case REAL -> real(cell.real());
      case TEXT -> text(cell.text());
      case BLOB -> blob(cell.blob());
    };
  }

  /** As {@link #of}, but with no more digits of a REAL than SQL shows. */
  static String brief(Cell cell) {
    return switch (cell.kind()) {
      case NULL, TEXT -> of(cell);
      case INTEGER, REAL -> cell.text();
      case BLOB -> 'x' + blob(cell.blob()).substring(1);
    };
  }

  /** A string between apostrophes. */
  public static String text(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  /**
   * A string literal or an expression for it that has no line breaks in it.
   *
   * <p>A line feed becomes a mark that {@code replace()} turns back; the mark is one that the text
   * does not hold.
   */
  static String singleLineText(String text) {
    String literal = text(text);
    if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
      return literal;
    }
    String returnMark = unusedMark(text, "\\r", "\\015");
    String feedMark = unusedMark(text, "\\n", "\\012");
    String result = literal.replace("\r", returnMark).replace("\n", feedMark);
    if (text.indexOf('\r') >= 0) {
      result = "replace(" + result + ",'" + returnMark + "',char(13))";
    }
    if (text.indexOf('\n') >= 0) {
      result = "replace(" + result + ",'" + feedMark + "',char(10))";
    }
    return result;
  }

  private static String unusedMark(String text, String first, String second) {
    if (!text.contains(first)) {
      return first;
    }
    String mark = second;
    for (int i = 0; text.contains(mark); i++) {
      mark = "(" + first + i + ")";
    }
    return mark;
  }

  private static String blob(byte[] bytes) {
    StringBuilder result = new StringBuilder("X'");
    for (byte b : bytes) {
      result.append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
    }
    return result.append('\'').toString();
  }

  /** A REAL with 20 significant digits, trailing zeros dropped. */
  static String real(double value) {
    if (Double.isNaN(value)) {
      return "NULL";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "1e999" : "-1e999";
    }
    if (value == 0) {
      return "0.0";
    }
    BigDecimal number = new BigDecimal(value).round(REAL_DIGITS).stripTrailingZeros();
    int exponent = number.precision() - number.scale() - 1;
    if (exponent >= -4 && exponent < REAL_DIGITS.getPrecision()) {
      String plain = number.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = number.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? digits.substring(1) : "0";
    return String.format(
        "%s%c.%se%c%02d",
        value < 0 ? "-" : "",
        digits.charAt(0),
        fraction,
        exponent < 0 ? '-' : '+',
        Math.abs(exponent));
  }
}
