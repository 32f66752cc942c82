package org.libsql4j.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.ZoneId;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;
import org.libsql4j.annotation.BeyondAndroid26;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** The setters of a prepared statement: from Java's types to the five that SQL has here. */
abstract class ParameterSetters extends LibsqlStatement implements PreparedStatement {
  private static final int CHUNK = 8192;

  final ParameterValues values;

  ParameterSetters(LibsqlConnection connection, ParameterValues values) {
    super(connection);
    this.values = values;
  }

  // ---- plain values
  // -------------------------------------------------------------------------------

  @Override
  public void setNull(int parameter, int sqlType) throws SQLException {
    checkOpen();
    values.setNull(parameter);
  }

  @Override
  public void setNull(int parameter, int sqlType, @Nullable String typeName) throws SQLException {
    setNull(parameter, sqlType);
  }

  @Override
  public void setBoolean(int parameter, boolean value) throws SQLException {
    setLong(parameter, value ? 1 : 0);
  }

  @Override
  public void setByte(int parameter, byte value) throws SQLException {
    setLong(parameter, value);
  }

  @Override
  public void setShort(int parameter, short value) throws SQLException {
    setLong(parameter, value);
  }

  @Override
  public void setInt(int parameter, int value) throws SQLException {
    setLong(parameter, value);
  }

  @Override
  public void setLong(int parameter, long value) throws SQLException {
    checkOpen();
    values.setLong(parameter, value);
  }

  @Override
  public void setFloat(int parameter, float value) throws SQLException {
    setDouble(parameter, value);
  }

  @Override
  public void setDouble(int parameter, double value) throws SQLException {
    checkOpen();
    values.setDouble(parameter, value);
  }

  @Override
  public void setBigDecimal(int parameter, @Nullable BigDecimal value) throws SQLException {
    setString(parameter, value == null ? null : value.toString());
  }

  @Override
  public void setString(int parameter, @Nullable String value) throws SQLException {
    checkOpen();
    values.setText(parameter, value);
  }

  @Override
  public void setNString(int parameter, @Nullable String value) throws SQLException {
    setString(parameter, value);
  }

  @Override
  public void setBytes(int parameter, byte @Nullable [] value) throws SQLException {
    checkOpen();
    values.setBlob(parameter, value);
  }

  /** The array is of nobody else. */
  private void setOwnBytes(int parameter, byte @Nullable [] value) throws SQLException {
    checkOpen();
    if (value == null) {
      values.setNull(parameter);
    } else {
      values.setOwnBlob(parameter, value);
    }
  }

  @Override
  public void setURL(int parameter, @Nullable URL value) throws SQLException {
    setString(parameter, value == null ? null : value.toString());
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    values.clear();
  }

  // ---- dates
  // --------------------------------------------------------------------------------------

  private void setMoment(int parameter, java.util.@Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    checkOpen();
    if (value == null) {
      values.setNull(parameter);
      return;
    }
    ZoneId zone = calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
    long millis = value.getTime();
    int nano =
        value instanceof Timestamp timestamp
            ? timestamp.getNanos()
            : (int) Math.floorMod(millis, 1000L) * 1_000_000;
    connection.dates().set(values, parameter, millis, nano, zone);
  }

  @Override
  public void setDate(int parameter, @Nullable Date value) throws SQLException {
    setMoment(parameter, value, null);
  }

  @Override
  public void setDate(int parameter, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    setMoment(parameter, value, calendar);
  }

  @Override
  public void setTime(int parameter, @Nullable Time value) throws SQLException {
    setMoment(parameter, value, null);
  }

  @Override
  public void setTime(int parameter, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    setMoment(parameter, value, calendar);
  }

  @Override
  public void setTimestamp(int parameter, @Nullable Timestamp value) throws SQLException {
    setMoment(parameter, value, null);
  }

  @Override
  public void setTimestamp(int parameter, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    setMoment(parameter, value, calendar);
  }

  // ---- objects
  // ------------------------------------------------------------------------------------

  @Override
  public void setObject(int parameter, @Nullable Object value) throws SQLException {
    ObjectParameters.set(this, parameter, value);
  }

  @Override
  public void setObject(int parameter, @Nullable Object value, int targetSqlType)
      throws SQLException {
    ObjectParameters.set(this, parameter, value, targetSqlType);
  }

  @Override
  public void setObject(int parameter, @Nullable Object value, int targetSqlType, int scaleOrLength)
      throws SQLException {
    ObjectParameters.set(this, parameter, value, targetSqlType, scaleOrLength);
  }

  @Override
  @BeyondAndroid26
  public void setObject(int parameter, @Nullable Object value, SQLType targetSqlType)
      throws SQLException {
    checkOpen();
    Integer number = SqlErrors.required(targetSqlType, "targetSqlType").getVendorTypeNumber();
    setObject(parameter, value, number == null ? Types.OTHER : number);
  }

  @Override
  @BeyondAndroid26
  public void setObject(
      int parameter, @Nullable Object value, SQLType targetSqlType, int scaleOrLength)
      throws SQLException {
    checkOpen();
    Integer number = SqlErrors.required(targetSqlType, "targetSqlType").getVendorTypeNumber();
    setObject(parameter, value, number == null ? Types.OTHER : number, scaleOrLength);
  }

  // ---- streams
  // ------------------------------------------------------------------------------------

  /** The length was not given: read to the end. */
  private static final long TO_THE_END = Long.MAX_VALUE;

  /** A value that is shorter than its setter was told must not be stored by mistake. */
  private static void checkLength(long wanted, long left) throws SQLException {
    if (wanted != TO_THE_END && left > 0) {
      throw SqlErrors.badArgument(
          "the stream ended after " + (wanted - left) + " of " + wanted + " bytes or characters");
    }
  }

  private static void checkNotNegative(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.badArgument("negative length");
    }
  }

  private byte[] read(InputStream stream, long limit) throws SQLException {
    checkNotNegative(limit);
    if (limit != TO_THE_END) {
      return readExactly(stream, limit);
    }
    try {
      return StreamBytes.read(stream, connection.engine().limit(Limit.LENGTH));
    } catch (LibsqlException e) {
      throw connection.failure(SqlErrors.of(e));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Into an array of just that size, as the value may be large. */
  private byte[] readExactly(InputStream stream, long length) throws SQLException {
    if (length > connection.engine().limit(Limit.LENGTH)) {
      throw connection.failure(SqlErrors.of(new LibsqlException(ResultCode.TOOBIG)));
    }
    byte[] bytes = new byte[(int) length];
    int size = 0;
    try {
      int count = 0;
      while (size < bytes.length && count >= 0) {
        count = stream.read(bytes, size, bytes.length - size);
        size += Math.max(count, 0);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    checkLength(length, length - size);
    return bytes;
  }

  private static SQLException unreadable(IOException e) {
    return new SQLException("cannot read the stream: " + e.getMessage(), SqlErrors.GENERAL, e);
  }

  private static String read(Reader reader, long limit) throws SQLException {
    checkNotNegative(limit);
    StringBuilder text = new StringBuilder();
    char[] chunk = new char[CHUNK];
    long left = limit;
    try {
      while (left > 0) {
        int count = reader.read(chunk, 0, (int) Math.min(left, CHUNK));
        if (count < 0) {
          break;
        }
        text.append(chunk, 0, count);
        left -= count;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    checkLength(limit, left);
    return text.toString();
  }

  @Override
  public void setBinaryStream(int parameter, @Nullable InputStream stream) throws SQLException {
    setBinaryStream(parameter, stream, TO_THE_END);
  }

  @Override
  public void setBinaryStream(int parameter, @Nullable InputStream stream, int length)
      throws SQLException {
    setBinaryStream(parameter, stream, (long) length);
  }

  @Override
  public void setBinaryStream(int parameter, @Nullable InputStream stream, long length)
      throws SQLException {
    setOwnBytes(parameter, stream == null ? null : read(stream, length));
  }

  @Override
  public void setAsciiStream(int parameter, @Nullable InputStream stream) throws SQLException {
    setAsciiStream(parameter, stream, TO_THE_END);
  }

  @Override
  public void setAsciiStream(int parameter, @Nullable InputStream stream, int length)
      throws SQLException {
    setAsciiStream(parameter, stream, (long) length);
  }

  @Override
  public void setAsciiStream(int parameter, @Nullable InputStream stream, long length)
      throws SQLException {
    setString(
        parameter,
        stream == null ? null : new String(read(stream, length), StandardCharsets.US_ASCII));
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int parameter, @Nullable InputStream stream, int length)
      throws SQLException {
    setString(
        parameter,
        stream == null ? null : new String(read(stream, length), StandardCharsets.UTF_8));
  }

  @Override
  public void setCharacterStream(int parameter, @Nullable Reader reader) throws SQLException {
    setCharacterStream(parameter, reader, TO_THE_END);
  }

  @Override
  public void setCharacterStream(int parameter, @Nullable Reader reader, int length)
      throws SQLException {
    setCharacterStream(parameter, reader, (long) length);
  }

  @Override
  public void setCharacterStream(int parameter, @Nullable Reader reader, long length)
      throws SQLException {
    setString(parameter, reader == null ? null : read(reader, length));
  }

  @Override
  public void setNCharacterStream(int parameter, @Nullable Reader reader) throws SQLException {
    setCharacterStream(parameter, reader);
  }

  @Override
  public void setNCharacterStream(int parameter, @Nullable Reader reader, long length)
      throws SQLException {
    setCharacterStream(parameter, reader, length);
  }

  @Override
  public void setBlob(int parameter, @Nullable Blob value) throws SQLException {
    byte[] bytes = value == null ? null : value.getBytes(1, (int) value.length());
    if (value instanceof LibsqlBlob) {
      setOwnBytes(parameter, bytes);
    } else {
      setBytes(parameter, bytes);
    }
  }

  @Override
  public void setBlob(int parameter, @Nullable InputStream stream) throws SQLException {
    setBinaryStream(parameter, stream);
  }

  @Override
  public void setBlob(int parameter, @Nullable InputStream stream, long length)
      throws SQLException {
    setBinaryStream(parameter, stream, length);
  }

  @Override
  public void setClob(int parameter, @Nullable Clob value) throws SQLException {
    setString(parameter, value == null ? null : value.getSubString(1, (int) value.length()));
  }

  @Override
  public void setClob(int parameter, @Nullable Reader reader) throws SQLException {
    setCharacterStream(parameter, reader);
  }

  @Override
  public void setClob(int parameter, @Nullable Reader reader, long length) throws SQLException {
    setCharacterStream(parameter, reader, length);
  }

  @Override
  public void setNClob(int parameter, @Nullable NClob value) throws SQLException {
    setClob(parameter, value);
  }

  @Override
  public void setNClob(int parameter, @Nullable Reader reader) throws SQLException {
    setCharacterStream(parameter, reader);
  }

  @Override
  public void setNClob(int parameter, @Nullable Reader reader, long length) throws SQLException {
    setCharacterStream(parameter, reader, length);
  }

  // ---- types that SQLite does not have
  // --------------------------------------------------------------

  @Override
  public void setRef(int parameter, @Nullable Ref value) throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("Ref");
  }

  @Override
  public void setArray(int parameter, @Nullable Array value) throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("Array");
  }

  @Override
  public void setRowId(int parameter, @Nullable RowId value) throws SQLException {
    if (value == null) {
      setNull(parameter, Types.ROWID);
    } else if (value instanceof LibsqlRowId id) {
      setLong(parameter, id.rowid());
    } else {
      throw SqlErrors.badArgument("not a RowId of this driver");
    }
  }

  @Override
  public void setSQLXML(int parameter, @Nullable SQLXML value) throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("SQLXML");
  }
}
