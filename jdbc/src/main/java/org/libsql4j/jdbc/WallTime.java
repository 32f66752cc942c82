package org.libsql4j.jdbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;

/**
 * From moments to what the calendar and the clock on the wall showed, and back, for the classes of
 * {@code java.sql}.
 *
 * <p>These count days before 1582-10-15 by the Julian calendar and know less about the offsets of
 * the 19th century than {@code java.time} does. So for old dates the calendar is asked which they
 * ask themselves: otherwise '1500-01-01' would be another day in {@code Date.toString}.
 */
final class WallTime {
  /** From here on both agree. */
  private static final LocalDate MODERN = LocalDate.of(1900, 1, 2);

  private static final long MODERN_MILLIS = MODERN.toEpochDay() * 86_400_000L;
  private static final LocalDate EPOCH = LocalDate.ofEpochDay(0);

  private WallTime() {}

  /** Milliseconds since 1970 UTC when the wall showed this. */
  static long millis(LocalDateTime wall, ZoneId zone) {
    if (!wall.toLocalDate().isBefore(MODERN)) {
      return wall.atZone(zone).toInstant().toEpochMilli();
    }
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone));
    calendar.clear();
    int year = wall.getYear();
    calendar.set(Calendar.ERA, year > 0 ? GregorianCalendar.AD : GregorianCalendar.BC);
    calendar.set(
        year > 0 ? year : 1 - year,
        wall.getMonthValue() - 1,
        wall.getDayOfMonth(),
        wall.getHour(),
        wall.getMinute(),
        wall.getSecond());
    return calendar.getTimeInMillis() + wall.getNano() / 1_000_000;
  }

  /**
   * What the wall showed.
   *
   * @param nano of the second
   */
  static LocalDateTime of(long millis, int nano, ZoneId zone) {
    if (millis >= MODERN_MILLIS) {
      return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone).withNano(nano);
    }
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone));
    calendar.setTimeInMillis(millis);
    int year = calendar.get(Calendar.YEAR);
    LocalTime time =
        LocalTime.of(
            calendar.get(Calendar.HOUR_OF_DAY),
            calendar.get(Calendar.MINUTE),
            calendar.get(Calendar.SECOND),
            nano);
    int month = calendar.get(Calendar.MONTH) + 1;
    int day = calendar.get(Calendar.DAY_OF_MONTH);
    boolean common = calendar.get(Calendar.ERA) == GregorianCalendar.AD;
    int counted = common ? year : 1 - year;
    // The Julian calendar has leap days that LocalDate lacks.
    boolean missing = month == 2 && day == 29 && !LocalDate.of(counted, 1, 1).isLeapYear();
    LocalDate date = missing ? LocalDate.of(counted, 3, 1) : LocalDate.of(counted, month, day);
    return LocalDateTime.of(date, time);
  }

  /** The midnight with which the day of a moment began. */
  static long startOfDay(long millis, ZoneId zone) {
    LocalDateTime wall = of(millis, 0, zone);
    return millis(wall.toLocalDate().atStartOfDay(), zone);
  }

  /** The same time of day on 1970-01-01, in milliseconds. */
  static long timeOfDay(long millis, ZoneId zone) {
    int nano = (int) Math.floorMod(millis, 1000L) * 1_000_000;
    LocalTime time = of(millis, nano, zone).toLocalTime();
    return millis(LocalDateTime.of(EPOCH, time), zone);
  }
}
