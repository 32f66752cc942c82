package org.libsql4j.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/** What {@code ResultSet.getObject(column, type)} can give: a reader for each Java type. */
final class TypedValues {
  /** Reads a cell that is not NULL. */
  @FunctionalInterface
  private interface Reader<T> {
    @Nullable T read(Mem cell, DateFormat dates) throws SQLException;
  }

  private static final Map<Class<?>, Reader<?>> READERS = new HashMap<>();

  private TypedValues() {}

  private static <T> void add(Class<T> type, Reader<T> reader) {
    READERS.put(type, reader);
  }

  /** Reads a number. */
  @FunctionalInterface
  private interface NumberReader<T> {
    T read(Mem cell) throws SQLException;
  }

  /**
   * A text that is no number is an error, as with BigDecimal, not the number that it begins with.
   */
  private static <T> void addNumber(Class<T> type, NumberReader<T> reader) {
    add(
        type,
        (cell, dates) -> {
          if (cell.isTextOrBlob()) {
            Values.parse(cell, type);
          }
          return reader.read(cell);
        });
  }

  static {
    addBasicTypes();
    addOldDates();
    addDates();
  }

  private static void addBasicTypes() {
    add(Object.class, (cell, dates) -> Values.object(cell));
    add(String.class, (cell, dates) -> cell.text());
    add(Boolean.class, (cell, dates) -> Values.truth(cell));
    addNumber(Byte.class, cell -> (byte) Values.ranged(cell, Byte.MIN_VALUE, Byte.MAX_VALUE));
    addNumber(Short.class, cell -> (short) Values.ranged(cell, Short.MIN_VALUE, Short.MAX_VALUE));
    addNumber(
        Integer.class, cell -> (int) Values.ranged(cell, Integer.MIN_VALUE, Integer.MAX_VALUE));
    addNumber(Long.class, cell -> Values.ranged(cell, Long.MIN_VALUE, Long.MAX_VALUE));
    addNumber(Float.class, cell -> (float) cell.asDouble());
    addNumber(Double.class, Mem::asDouble);
    add(BigDecimal.class, (cell, dates) -> Values.decimal(cell));
    add(BigInteger.class, (cell, dates) -> Values.bigInteger(cell));
    add(byte[].class, (cell, dates) -> Values.bytes(cell));
    add(
        RowId.class,
        (cell, dates) -> new LibsqlRowId(Values.ranged(cell, Long.MIN_VALUE, Long.MAX_VALUE)));
    add(URL.class, (cell, dates) -> Values.url(cell));
    add(UUID.class, (cell, dates) -> Values.uuid(cell));
    add(Blob.class, (cell, dates) -> new LibsqlBlob(bytesOf(cell)));
    add(Clob.class, (cell, dates) -> new LibsqlClob(String.valueOf(cell.text())));
    add(NClob.class, (cell, dates) -> new LibsqlClob(String.valueOf(cell.text())));
  }

  private static byte[] bytesOf(Mem cell) {
    byte[] bytes = Values.bytes(cell);
    return bytes == null ? new byte[0] : bytes;
  }

  private static void addOldDates() {
    add(Date.class, (cell, dates) -> dates.date(cell, ZoneId.systemDefault()));
    add(Time.class, (cell, dates) -> dates.time(cell, ZoneId.systemDefault()));
    add(Timestamp.class, (cell, dates) -> dates.timestamp(cell, ZoneId.systemDefault()));
    add(
        java.util.Date.class,
        (cell, dates) -> new java.util.Date(dates.millis(cell, ZoneId.systemDefault())));
    add(
        Calendar.class,
        (cell, dates) -> {
          Calendar calendar = new GregorianCalendar();
          calendar.setTimeInMillis(dates.millis(cell, ZoneId.systemDefault()));
          return calendar;
        });
  }

  private static void addDates() {
    add(LocalDate.class, (cell, dates) -> dates.localDate(cell, ZoneId.systemDefault()));
    add(LocalTime.class, (cell, dates) -> dates.localTime(cell, ZoneId.systemDefault()));
    add(LocalDateTime.class, (cell, dates) -> dates.localDateTime(cell, ZoneId.systemDefault()));
    add(Instant.class, (cell, dates) -> dates.instant(cell, ZoneId.systemDefault()));
    add(OffsetDateTime.class, (cell, dates) -> offsetDateTime(cell, dates));
    add(ZonedDateTime.class, (cell, dates) -> offsetDateTime(cell, dates).toZonedDateTime());
    add(
        OffsetTime.class,
        (cell, dates) ->
            OffsetTime.of(
                dates.localTime(cell, ZoneId.systemDefault()),
                dates.offset(cell, ZoneId.systemDefault())));
  }

  private static OffsetDateTime offsetDateTime(Mem cell, DateFormat dates) throws SQLException {
    ZoneId zone = ZoneId.systemDefault();
    return OffsetDateTime.of(dates.localDateTime(cell, zone), dates.offset(cell, zone));
  }

  /**
   * A cell as a type.
   *
   * @throws SQLException if the type is none of those known, or the value cannot be one
   */
  static <T> @Nullable T read(Mem cell, Class<T> type, DateFormat dates) throws SQLException {
    Reader<?> reader = READERS.get(SqlErrors.required(type, "type"));
    if (reader == null) {
      throw SqlErrors.unsupported("getObject with " + type.getName());
    }
    return cell.type == Mem.NULL ? null : type.cast(reader.read(cell, dates));
  }
}
