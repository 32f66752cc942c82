package org.libsql4j.jdbc;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/**
 * How a connection stores moments and reads them back.
 *
 * <p>A number stored as INTEGER counts milliseconds or seconds since 1970 UTC, one stored as REAL
 * is a Julian day (UTC), a text is a {@link DateText} or in the pattern that the connection was
 * given. Texts without an offset are in the zone of the caller's calendar, or the system's.
 */
final class DateFormat {
  private static final double JULIAN_EPOCH = 2440587.5;
  private static final double MILLIS_PER_DAY = 86_400_000.0;

  /** What dates look like as texts unless told otherwise. */
  static final String DEFAULT_PATTERN = "yyyy-MM-dd HH:mm:ss.SSS";

  /** Made when the first date is written as a text: the JVM looks up locales for it. */
  private static final class DefaultFormatter {
    /** With the year that 'u' stands for, which has a sign before our era. */
    static final DateTimeFormatter INSTANCE = ofPattern(DEFAULT_PATTERN.replace('y', 'u'));

    private DefaultFormatter() {}
  }

  static final DateFormat DEFAULT =
      new DateFormat(DateClass.INTEGER, false, DEFAULT_PATTERN, false);

  private final DateClass dateClass;
  private final boolean inSeconds;
  private final boolean wholeMoments;

  /** For the pattern that the connection was given; null for the default one. */
  private final @Nullable DateTimeFormatter ownFormatter;

  /**
   * @param inSeconds whether INTEGERs count seconds instead of milliseconds
   * @param pattern of texts, as {@link DateTimeFormatter} has it
   * @param wholeMoments whether a {@code Date} that is read keeps the time of day, and a {@code
   *     Time} the day
   */
  DateFormat(DateClass dateClass, boolean inSeconds, String pattern, boolean wholeMoments) {
    this.wholeMoments = wholeMoments;
    this.dateClass = dateClass;
    this.inSeconds = inSeconds;
    this.ownFormatter = pattern.equals(DEFAULT_PATTERN) ? null : ofPattern(pattern);
  }

  private DateTimeFormatter formatter() {
    return ownFormatter != null ? ownFormatter : DefaultFormatter.INSTANCE;
  }

  private static DateTimeFormatter ofPattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  // ---- storing
  // ------------------------------------------------------------------------------------

  /**
   * Sets a parameter to a moment given in milliseconds since 1970 UTC.
   *
   * @param nano of the second
   */
  void set(ParameterValues values, int parameter, long millis, int nano, ZoneId zone)
      throws SQLException {
    if (dateClass == DateClass.INTEGER) {
      values.setLong(parameter, inSeconds ? Math.floorDiv(millis, 1000L) : millis);
    } else if (dateClass == DateClass.REAL) {
      values.setDouble(parameter, millis / MILLIS_PER_DAY + JULIAN_EPOCH);
    } else {
      values.setText(parameter, text(millis, nano, zone));
    }
  }

  /** A moment given in milliseconds since 1970 UTC as a literal of SQL. */
  String literal(long millis, ZoneId zone) {
    if (dateClass == DateClass.INTEGER) {
      return String.valueOf(inSeconds ? Math.floorDiv(millis, 1000L) : millis);
    }
    if (dateClass == DateClass.REAL) {
      return String.valueOf(millis / MILLIS_PER_DAY + JULIAN_EPOCH);
    }
    int nano = (int) Math.floorMod(millis, 1000L) * 1_000_000;
    return Identifiers.literal(text(millis, nano, zone));
  }

  private String text(long millis, int nano, ZoneId zone) {
    return formatter().format(WallTime.of(millis, nano, zone).atZone(zone));
  }

  // ---- reading
  // ------------------------------------------------------------------------------------

  /** The moment in a cell that is not NULL, with up to nanoseconds. */
  Instant instant(Mem cell, ZoneId zone) throws SQLException {
    return switch (cell.type) {
      case Mem.INTEGER -> inSeconds ? ofSeconds(cell.integer) : Instant.ofEpochMilli(cell.integer);
      case Mem.REAL -> Instant.ofEpochMilli(julianToMillis(cell.real));
      case Mem.TEXT -> {
        DateText text = parse(cell);
        yield text.offset != null
            ? text.dateTime().toInstant(text.offset)
            : text.dateTime().atZone(zone).toInstant();
      }
      default -> throw notADate("a blob");
    };
  }

  private static Instant ofSeconds(long seconds) throws SQLException {
    if (Math.abs(seconds / 1000) > Long.MAX_VALUE / 1_000_000) {
      throw notADate("the number " + seconds);
    }
    return Instant.ofEpochSecond(seconds);
  }

  // ---- for the classes of java.sql
  // ------------------------------------------------------------------

  Timestamp timestamp(Mem cell, ZoneId zone) throws SQLException {
    Timestamp timestamp = new Timestamp(millis(cell, zone));
    timestamp.setNanos(
        cell.type == Mem.TEXT ? parse(cell).dateTime().getNano() : instant(cell, zone).getNano());
    return timestamp;
  }

  /** The day in a zone, at its midnight. */
  Date date(Mem cell, ZoneId zone) throws SQLException {
    long millis = millis(cell, zone);
    return new Date(wholeMoments ? millis : WallTime.startOfDay(millis, zone));
  }

  /** The time of day in a zone, on 1970-01-01. */
  Time time(Mem cell, ZoneId zone) throws SQLException {
    long millis = millis(cell, zone);
    return new Time(wholeMoments ? millis : WallTime.timeOfDay(millis, zone));
  }

  /** The moment in a cell that is not NULL, in milliseconds since 1970 UTC. */
  long millis(Mem cell, ZoneId zone) throws SQLException {
    if (cell.type == Mem.TEXT) {
      DateText text = parse(cell);
      if (text.offset == null) {
        return WallTime.millis(text.dateTime(), zone);
      }
    }
    return instant(cell, zone).toEpochMilli();
  }

  // ---- for the classes of java.time
  // -----------------------------------------------------------------

  /** Date and time on the wall in a zone; a text's own as it stands. */
  LocalDateTime localDateTime(Mem cell, ZoneId zone) throws SQLException {
    return cell.type == Mem.TEXT
        ? parse(cell).dateTime()
        : LocalDateTime.ofInstant(instant(cell, zone), zone);
  }

  LocalDate localDate(Mem cell, ZoneId zone) throws SQLException {
    if (cell.type == Mem.TEXT) {
      LocalDate date = parse(cell).date;
      if (date == null) {
        throw notADate("'" + cell.text() + "'");
      }
      return date;
    }
    return localDateTime(cell, zone).toLocalDate();
  }

  LocalTime localTime(Mem cell, ZoneId zone) throws SQLException {
    return cell.type == Mem.TEXT
        ? parse(cell).timeOrMidnight()
        : localDateTime(cell, zone).toLocalTime();
  }

  /** Offset that belongs to a cell's date: the text's own, or that of the zone. */
  ZoneOffset offset(Mem cell, ZoneId zone) throws SQLException {
    return cell.type == Mem.TEXT
        ? parse(cell).offsetOr(zone)
        : zone.getRules().getOffset(instant(cell, zone));
  }

  private DateText parse(Mem cell) throws SQLException {
    String text = String.valueOf(cell.text());
    DateText own = ownFormatter == null ? null : parse(ownFormatter, text);
    return own != null ? own : DateText.parse(text);
  }

  private static @Nullable DateText parse(DateTimeFormatter pattern, String text) {
    try {
      TemporalAccessor parsed = pattern.parse(text);
      return new DateText(
          parsed.query(TemporalQueries.localDate()),
          parsed.query(TemporalQueries.localTime()),
          null);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static long julianToMillis(double day) throws SQLException {
    double millis = Math.rint((day - JULIAN_EPOCH) * MILLIS_PER_DAY);
    if (!(Math.abs(millis) < 1e18)) {
      throw notADate("the number " + day);
    }
    return (long) millis;
  }

  private static SQLException notADate(String what) {
    return SqlErrors.badValue("not a date: " + what, SqlErrors.BAD_DATE);
  }
}
