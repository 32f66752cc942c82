package org.libsql4j.func;

import java.util.TimeZone;

/**
 * A moment under calculation by the date and time functions; reused from call to call.
 *
 * <p>It is held as a Julian day number in milliseconds, as year, month and day, as time of day, or
 * as several of them; the {@code has...} fields tell which are up to date. A number given as time
 * value is kept raw until a modifier tells what it means. The calendar is Gregorian throughout,
 * with a year 0.
 */
final class DateTime {
  static final long MILLIS_PER_DAY = 86_400_000L;
  static final long HALF_DAY = 43_200_000L;

  /** Julian day of 1970-01-01 00:00 in milliseconds. */
  static final long UNIX_EPOCH = 210_866_760_000_000L;

  /** Julian day of 9999-12-31 23:59:59.999 in milliseconds. */
  static final long LAST_MOMENT = 464_269_060_799_999L;

  /** Days from the start of the Julian day count's day 0 at midnight to 1970-01-01. */
  private static final long EPOCH_DAY = 2_440_588;

  /** Milliseconds since noon of November 24, 4714 BC. */
  long julianMillis;

  int year;
  int month;
  int day;
  int hour;
  int minute;
  double second;

  /** Minutes east of UTC that the time of day is still to be corrected by. */
  int zoneMinutes;

  boolean hasJulian;
  boolean hasDate;
  boolean hasTime;
  boolean isRaw;
  boolean isUtc;
  boolean isLocal;
  boolean subsecond;
  boolean failed;

  /** Days to go back for 'floor' after months or years were added. */
  int floorDays;

  void clear() {
    julianMillis = 0;
    hour = 0;
    minute = 0;
    second = 0;
    zoneMinutes = 0;
    hasJulian = false;
    hasDate = false;
    hasTime = false;
    isRaw = false;
    isUtc = false;
    isLocal = false;
    subsecond = false;
    failed = false;
    floorDays = 0;
  }

  void setJulian(long millis) {
    julianMillis = millis;
    hasJulian = true;
    keepJulianOnly();
  }

  /** Takes a number: a Julian day if it can be one, or something that a modifier explains. */
  void setRaw(double value) {
    second = value;
    isRaw = true;
    if (value >= 0 && value < 5373484.5) {
      julianMillis = (long) (value * MILLIS_PER_DAY + 0.5);
      hasJulian = true;
    }
  }

  void keepJulianOnly() {
    hasDate = false;
    hasTime = false;
    zoneMinutes = 0;
  }

  static boolean inRange(long julianMillis) {
    return julianMillis >= 0 && julianMillis <= LAST_MOMENT;
  }

  /** Makes {@link #julianMillis} valid. */
  void computeJulian() {
    if (hasJulian) {
      return;
    }
    int y = hasDate ? year : 2000;
    if (y < -4713 || y > 9999 || isRaw) {
      fail();
      return;
    }
    long days = hasDate ? epochDay(y, month, day) : epochDay(2000, 1, 1);
    julianMillis = UNIX_EPOCH + days * MILLIS_PER_DAY;
    hasJulian = true;
    if (hasTime) {
      julianMillis += hour * 3_600_000L + minute * 60_000L + (long) (second * 1000 + 0.5);
      if (zoneMinutes != 0) {
        julianMillis -= zoneMinutes * 60_000L;
        keepJulianOnly();
        isUtc = true;
        isLocal = false;
      }
    }
  }

  private void fail() {
    clear();
    failed = true;
  }

  /** Days since 1970-01-01; the day may be beyond the month's end. */
  static long epochDay(int year, int month, int day) {
    // Years that start in March put the leap day last.
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  void computeDate() {
    if (hasDate) {
      return;
    }
    if (!hasJulian) {
      year = 2000;
      month = 1;
      day = 1;
    } else if (!inRange(julianMillis)) {
      fail();
      return;
    } else {
      setDate((julianMillis + HALF_DAY) / MILLIS_PER_DAY - EPOCH_DAY);
    }
    hasDate = true;
  }

  private void setDate(long epochDay) {
    long shifted = epochDay + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    long dayOfEra = shifted - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long monthFromMarch = (5 * dayOfYear + 2) / 153;
    day = (int) (dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    month = (int) (monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
    year = (int) (yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
  }

  void computeTime() {
    if (hasTime) {
      return;
    }
    computeJulian();
    int millis = (int) ((julianMillis + HALF_DAY) % MILLIS_PER_DAY);
    second = millis % 60_000 / 1000.0;
    int minutes = millis / 60_000;
    minute = minutes % 60;
    hour = minutes / 60;
    isRaw = false;
    hasTime = true;
  }

  void computeAll() {
    computeDate();
    computeTime();
  }

  /** Recalculates the Julian day after a change of the date or time. */
  void recompute() {
    hasJulian = false;
    computeJulian();
  }

  /** Brings a month out of 1..12 back into it, changing the year. */
  void normalizeMonth() {
    int years = month > 0 ? (month - 1) / 12 : (month - 12) / 12;
    year += years;
    month -= years * 12;
  }

  /** Notes by how many days the day is beyond the end of its month. */
  void computeFloor() {
    int length =
        switch (month) {
          case 4, 6, 9, 11 -> 30;
          case 2 -> year % 4 != 0 || (year % 100 == 0 && year % 400 != 0) ? 28 : 29;
          default -> 31;
        };
    floorDays = day <= 28 ? 0 : Math.max(0, day - length);
  }

  /** 0 for Sunday. */
  int dayOfWeek() {
    return (int) ((julianMillis + HALF_DAY + MILLIS_PER_DAY) / MILLIS_PER_DAY % 7);
  }

  /** 0 for Monday. */
  int daysAfterMonday() {
    return (int) ((julianMillis + HALF_DAY) / MILLIS_PER_DAY % 7);
  }

  /** 0 for the first of January. */
  int daysAfterJanuary1() {
    long days = (julianMillis + HALF_DAY) / MILLIS_PER_DAY - EPOCH_DAY;
    return (int) (days - epochDay(year, 1, 1));
  }

  // ---- local time ------------------------------------------------------------------------------

  /** Moments before 1970 and after 2037 are treated like those of a year from 2000 to 2003. */
  private static final long LAST_LOCAL = 213_014_145_600_000L;

  static long localOffset(long julianMillis) {
    long moment = julianMillis;
    if (moment < UNIX_EPOCH || moment > LAST_LOCAL) {
      DateTime other = new DateTime();
      other.clear();
      other.setJulian(julianMillis);
      other.computeAll();
      other.year = 2000 + other.year % 4;
      other.recompute();
      moment = other.julianMillis;
    }
    // The rules of the zone know whole seconds only.
    long seconds = moment / 1000 - UNIX_EPOCH / 1000;
    return TimeZone.getDefault().getOffset(seconds * 1000);
  }

  void toLocal() {
    computeJulian();
    if (!isLocal && !failed) {
      setJulian(julianMillis + localOffset(julianMillis));
      computeAll();
    }
    isRaw = false;
    isUtc = false;
    isLocal = true;
  }

  void toUtc() {
    if (!isUtc) {
      computeJulian();
      long wanted = julianMillis;
      long guess = wanted;
      for (int i = 0; i < 5; i++) {
        long error = guess + localOffset(guess) - wanted;
        if (error == 0) {
          break;
        }
        guess -= error;
      }
      setJulian(guess);
      // The real engine starts afresh here, too.
      subsecond = false;
      floorDays = 0;
      isRaw = false;
    }
    isUtc = true;
    isLocal = false;
  }
}
