package org.libsql4j.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/**
 * From SQL values to Java's types, where that is more than looking at the cell. NULL is null or 0.
 */
final class Values {
  private static final int UUID_BYTES = 16;

  /** More than any real of SQL has, and than anybody writes down. */
  private static final int MAX_DIGITS = 100_000;

  private Values() {}

  /** A text or blob cut to a number of bytes, a text between two characters; others as they are. */
  static Mem cut(Mem cell, int maxBytes) {
    if (!cell.isTextOrBlob() || cell.length <= maxBytes) {
      return cell;
    }
    int end = cell.offset + maxBytes;
    Mem shorter = new Mem();
    if (cell.type == Mem.BLOB) {
      shorter.setBlob(cell.bytes, cell.offset, maxBytes);
      return shorter;
    }
    if (cell.encoding == TextEncoding.UTF8) {
      while (end > cell.offset && (cell.bytes[end] & 0xc0) == 0x80) {
        end--;
      }
    } else {
      end -= maxBytes % 2;
    }
    shorter.setText(cell.bytes, cell.offset, end - cell.offset, cell.encoding);
    return shorter;
  }

  /** Integers by size as Integer or Long, and Double, String or byte[]. */
  static @Nullable Object object(Mem cell) {
    return switch (cell.type) {
      case Mem.INTEGER -> {
        long value = cell.integer;
        if (value == (int) value) {
          yield (int) value;
        }
        yield value;
      }
      case Mem.REAL -> cell.real;
      case Mem.TEXT -> cell.text();
      case Mem.BLOB -> cell.toByteArray();
      default -> null;
    };
  }

  /** A number in a range of integers; texts count as the number that they begin with. */
  static long ranged(Mem cell, long least, long greatest) throws SQLException {
    if (cell.type == Mem.REAL && !(cell.real >= -0x1p63 && cell.real < 0x1p63)) {
      throw outOfRange(cell);
    }
    long value = cell.asLong();
    if (value < least || value > greatest) {
      throw outOfRange(cell);
    }
    return value;
  }

  private static SQLException outOfRange(Mem cell) {
    return SqlErrors.badValue("number out of range: " + cell.text(), SqlErrors.OUT_OF_RANGE);
  }

  static boolean truth(Mem cell) {
    if (cell.type == Mem.TEXT) {
      String text = String.valueOf(cell.text()).trim();
      if (text.equalsIgnoreCase("true")
          || text.equalsIgnoreCase("t")
          || text.equalsIgnoreCase("yes")
          || text.equalsIgnoreCase("y")
          || text.equalsIgnoreCase("on")) {
        return true;
      }
    }
    return cell.isTrue(false);
  }

  static @Nullable BigDecimal decimal(Mem cell) throws SQLException {
    switch (cell.type) {
      case Mem.NULL:
        return null;
      case Mem.INTEGER:
        return BigDecimal.valueOf(cell.integer);
      default:
        return parse(cell, BigDecimal.class);
    }
  }

  /**
   * The number that the text of a cell is.
   *
   * @param type asked for
   * @throws SQLException if it is none
   */
  static BigDecimal parse(Mem cell, Class<?> type) throws SQLException {
    String text = String.valueOf(cell.text()).trim();
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new java.sql.SQLDataException(
          "Bad value for type " + type.getSimpleName() + " : " + text, SqlErrors.BAD_VALUE, e);
    }
  }

  static @Nullable BigInteger bigInteger(Mem cell) throws SQLException {
    BigDecimal decimal = decimal(cell);
    return decimal == null ? null : integerPart(decimal, MAX_DIGITS);
  }

  /**
   * What stands before the point of a number.
   *
   * @throws SQLException if that has more digits than there may be: few characters with an exponent
   *     can stand for more than memory holds
   */
  static BigInteger integerPart(BigDecimal number, int maxDigits) throws SQLException {
    long digits = (long) number.precision() - number.scale();
    if (digits > maxDigits) {
      throw SqlErrors.badValue("number out of range: " + number, SqlErrors.OUT_OF_RANGE);
    }
    return digits <= 0 ? BigInteger.ZERO : number.toBigInteger();
  }

  /** A number with so many digits after its point. */
  static BigDecimal rounded(BigDecimal number, int scale) throws SQLException {
    if (scale < 0 || scale > MAX_DIGITS) {
      throw SqlErrors.badArgument("a scale of " + scale);
    }
    long digits = (long) number.precision() - number.scale();
    if (digits > MAX_DIGITS) {
      throw SqlErrors.badValue("number out of range: " + number, SqlErrors.OUT_OF_RANGE);
    }
    return digits < -scale
        ? BigDecimal.ZERO.setScale(scale)
        : number.setScale(scale, RoundingMode.HALF_UP);
  }

  /** A blob as it is, anything else as UTF-8 text. */
  static byte @Nullable [] bytes(Mem cell) {
    if (cell.type == Mem.TEXT && cell.encoding != TextEncoding.UTF8) {
      return String.valueOf(cell.text()).getBytes(StandardCharsets.UTF_8);
    }
    return cell.toByteArray();
  }

  static URL url(Mem cell) throws SQLException {
    String text = String.valueOf(cell.text());
    try {
      return new URL(text);
    } catch (MalformedURLException e) {
      throw new java.sql.SQLDataException("not a URL: '" + text + "'", SqlErrors.BAD_VALUE, e);
    }
  }

  /** From its text, or from the 16 bytes of a blob. */
  static UUID uuid(Mem cell) throws SQLException {
    if (cell.type == Mem.BLOB && cell.length == UUID_BYTES) {
      ByteBuffer bytes = ByteBuffer.wrap(cell.bytes, cell.offset, UUID_BYTES);
      return new UUID(bytes.getLong(), bytes.getLong());
    }
    String text = String.valueOf(cell.text());
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new java.sql.SQLDataException("not a UUID: '" + text + "'", SqlErrors.BAD_VALUE, e);
    }
  }
}
