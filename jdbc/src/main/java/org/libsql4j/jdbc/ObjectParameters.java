package org.libsql4j.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.RowId;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Calendar;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How objects are stored that are handed over without saying what they are. */
final class ObjectParameters {
  private static final int MAX_LONG_BITS = 63;
  private static final int MAX_LONG_DIGITS = 19;

  private ObjectParameters() {}

  /** Sets a parameter by the class of the value. */
  static void set(ParameterSetters target, int parameter, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      target.setNull(parameter, Types.NULL);
    } else if (value instanceof String text) {
      target.setString(parameter, text);
    } else if (value instanceof Number number) {
      setNumber(target, parameter, number);
    } else if (value instanceof Boolean truth) {
      target.setBoolean(parameter, truth);
    } else if (value instanceof byte[] bytes) {
      target.setBytes(parameter, bytes);
    } else if (value instanceof java.sql.Timestamp timestamp) {
      target.setTimestamp(parameter, timestamp);
    } else if (value instanceof java.util.Date date) {
      target.setTimestamp(parameter, new java.sql.Timestamp(date.getTime()));
    } else if (value instanceof Calendar calendar) {
      target.setTimestamp(parameter, new java.sql.Timestamp(calendar.getTimeInMillis()));
    } else if (value instanceof ZonedDateTime moment) {
      target.setString(parameter, moment.toOffsetDateTime().toString());
    } else if (value instanceof Temporal
        || value instanceof UUID
        || value instanceof CharSequence
        || value instanceof Character
        || value instanceof URL) {
      target.setString(parameter, value.toString());
    } else {
      setLarge(target, parameter, value);
    }
  }

  private static void setNumber(ParameterSetters target, int parameter, Number number)
      throws SQLException {
    if (number instanceof Double || number instanceof Float) {
      target.setDouble(parameter, number.doubleValue());
    } else if (number instanceof BigDecimal decimal) {
      target.setBigDecimal(parameter, decimal);
    } else if (number instanceof BigInteger integer && integer.bitLength() > MAX_LONG_BITS) {
      target.setString(parameter, integer.toString());
    } else {
      target.setLong(parameter, number.longValue());
    }
  }

  private static void setLarge(ParameterSetters target, int parameter, Object value)
      throws SQLException {
    if (value instanceof Blob blob) {
      target.setBlob(parameter, blob);
    } else if (value instanceof Clob clob) {
      target.setClob(parameter, clob);
    } else if (value instanceof InputStream stream) {
      target.setBinaryStream(parameter, stream);
    } else if (value instanceof RowId id) {
      target.setRowId(parameter, id);
    } else if (value instanceof Reader reader) {
      target.setCharacterStream(parameter, reader);
    } else if (target.connection.options().profile().isLenient()) {
      target.setString(parameter, value.toString());
    } else {
      throw SqlErrors.unsupported("a parameter of type " + value.getClass().getName());
    }
  }

  /**
   * As {@link #set(ParameterSetters, int, Object, int)}.
   *
   * @param scaleOrLength of DECIMAL and NUMERIC, how many digits after the point to round to; of
   *     streams and readers, how much to read
   */
  static void set(
      ParameterSetters target, int parameter, @Nullable Object value, int type, int scaleOrLength)
      throws SQLException {
    if (value instanceof InputStream stream) {
      target.setBinaryStream(parameter, stream, scaleOrLength);
    } else if (value instanceof Reader reader) {
      target.setCharacterStream(parameter, reader, scaleOrLength);
    } else if (value != null && (type == Types.DECIMAL || type == Types.NUMERIC)) {
      BigDecimal decimal = toDecimal(value);
      if (decimal == null) {
        set(target, parameter, value, type);
      } else {
        target.setBigDecimal(parameter, Values.rounded(decimal, scaleOrLength));
      }
    } else {
      set(target, parameter, value, type);
    }
  }

  /**
   * Sets a parameter as a type of java.sql.Types, converting the value if it is of another kind.
   * For types that say nothing about how values are stored here, the class of the value decides.
   */
  static void set(ParameterSetters target, int parameter, @Nullable Object value, int type)
      throws SQLException {
    if (value == null) {
      target.setNull(parameter, type);
      return;
    }
    switch (type) {
      case Types.BIT, Types.BOOLEAN -> target.setBoolean(parameter, toBoolean(value));
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          setInteger(target, parameter, value);
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> setReal(target, parameter, value);
      case Types.DECIMAL, Types.NUMERIC -> setDecimal(target, parameter, value);
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR ->
          setText(target, parameter, value);
      default -> set(target, parameter, value);
    }
  }

  private static boolean toBoolean(Object value) throws SQLException {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    String text = value.toString().trim();
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on" -> true;
      case "false", "f", "no", "n", "off" -> false;
      default -> parse(text).signum() != 0;
    };
  }

  private static BigDecimal parse(String text) throws SQLException {
    try {
      return new BigDecimal(text.trim());
    } catch (NumberFormatException e) {
      throw new SQLDataException("not a number: '" + text + "'", SqlErrors.BAD_VALUE, e);
    }
  }

  /** What a value is as a number, or null if it is of a class that has none. */
  private static @Nullable BigDecimal toDecimal(Object value) throws SQLException {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Number || value instanceof CharSequence) {
      return parse(value.toString());
    }
    if (value instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return null;
  }

  private static void setInteger(ParameterSetters target, int parameter, Object value)
      throws SQLException {
    if (value instanceof Long || value instanceof Integer) {
      target.setLong(parameter, ((Number) value).longValue());
      return;
    }
    BigDecimal decimal = toDecimal(value);
    if (decimal == null) {
      set(target, parameter, value);
      return;
    }
    BigInteger integer = Values.integerPart(decimal, MAX_LONG_DIGITS);
    if (integer.bitLength() > MAX_LONG_BITS) {
      throw SqlErrors.badValue("number out of range: " + value, SqlErrors.OUT_OF_RANGE);
    }
    target.setLong(parameter, integer.longValue());
  }

  private static void setReal(ParameterSetters target, int parameter, Object value)
      throws SQLException {
    if (value instanceof Number number) {
      target.setDouble(parameter, number.doubleValue());
      return;
    }
    BigDecimal decimal = toDecimal(value);
    if (decimal == null) {
      set(target, parameter, value);
    } else {
      target.setDouble(parameter, decimal.doubleValue());
    }
  }

  private static void setDecimal(ParameterSetters target, int parameter, Object value)
      throws SQLException {
    if (value instanceof CharSequence text) {
      target.setBigDecimal(parameter, parse(text.toString()));
    } else {
      set(target, parameter, value);
    }
  }

  private static void setText(ParameterSetters target, int parameter, Object value)
      throws SQLException {
    if (value instanceof Number || value instanceof Boolean) {
      target.setString(parameter, value.toString());
    } else {
      set(target, parameter, value);
    }
  }
}
