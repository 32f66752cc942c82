package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A date, a time or both as texts in databases spell them: {@code YYYY-MM-DD} (years beyond four
 * digits and before our era with a sign), {@code HH:MM[:SS[.f]]} with one to nine digits of a
 * fraction, or both with a {@code T} or a space between, and behind a time {@code Z} or an offset
 * ({@code +HH}, {@code +HHMM}, {@code +HH:MM}). Nothing else is taken for a date: there is no month
 * 13 and no second 61.
 */
final class DateText {
  /** Null if there is only a time. */
  final @Nullable LocalDate date;

  /** Null if there is only a date. */
  final @Nullable LocalTime time;

  /** Null if none is given. */
  final @Nullable ZoneOffset offset;

  DateText(@Nullable LocalDate date, @Nullable LocalTime time, @Nullable ZoneOffset offset) {
    this.date = date;
    this.time = time;
    this.offset = offset;
  }

  private static final int MAX_YEAR_DIGITS = 9;
  private static final LocalDate EPOCH = LocalDate.ofEpochDay(0);

  static DateText parse(String text) throws SQLException {
    try {
      return new Reader(trim(text)).read();
    } catch (DateTimeException e) {
      throw new java.sql.SQLDataException(
          "not a date or time: '" + text + "'", SqlErrors.BAD_DATE, e);
    }
  }

  private static String trim(String text) {
    return text.trim();
  }

  /** The date, or 1970-01-01 if there is only a time. */
  LocalDate dateOrEpoch() {
    return date == null ? EPOCH : date;
  }

  /** The time, or midnight. */
  LocalTime timeOrMidnight() {
    return time == null ? LocalTime.MIDNIGHT : time;
  }

  LocalDateTime dateTime() {
    return LocalDateTime.of(dateOrEpoch(), timeOrMidnight());
  }

  /** The offset given, or that of a zone. */
  ZoneOffset offsetOr(ZoneId zone) {
    return offset != null ? offset : zone.getRules().getOffset(dateTime());
  }

  /** Goes through the text from left to right. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    DateText read() {
      LocalDate date = null;
      LocalTime time = null;
      ZoneOffset offset = null;
      if (text.indexOf('-', 1) >= 4 && text.charAt(2) != ':') {
        date = readDate();
      }
      if (date != null && at < text.length()) {
        char separator = text.charAt(at++);
        if (separator != 'T' && separator != ' ' && separator != 't') {
          throw new DateTimeException("no time after the date");
        }
      }
      if (date == null || at < text.length()) {
        time = readTime();
        offset = readOffset();
      }
      if (at != text.length()) {
        throw new DateTimeException("more than a date");
      }
      return new DateText(date, time, offset);
    }

    private LocalDate readDate() {
      int year = readYear();
      expect('-');
      int month = digits(2);
      expect('-');
      return LocalDate.of(year, month, digits(2));
    }

    /** Four digits, or a sign and at least four as ISO 8601 has them for years beyond those. */
    private int readYear() {
      char sign = text.charAt(0);
      if (sign != '-' && sign != '+') {
        return digits(4);
      }
      at++;
      int end = text.indexOf('-', at);
      int count = end - at;
      if (count < 4 || count > MAX_YEAR_DIGITS) {
        throw new DateTimeException("not a year");
      }
      int year = digits(count);
      return sign == '-' ? -year : year;
    }

    private LocalTime readTime() {
      int hour = digits(2);
      expect(':');
      int minute = digits(2);
      int second = 0;
      int nano = 0;
      if (at < text.length() && text.charAt(at) == ':') {
        at++;
        second = digits(2);
        if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
          at++;
          nano = readFraction();
        }
      }
      return LocalTime.of(hour, minute, second, nano);
    }

    private int readFraction() {
      int value = 0;
      int count = 0;
      while (at < text.length() && isDigit(text.charAt(at)) && count < 9) {
        value = value * 10 + (text.charAt(at++) - '0');
        count++;
      }
      if (count == 0) {
        throw new DateTimeException("no digits of a fraction");
      }
      for (; count < 9; count++) {
        value *= 10;
      }
      return value;
    }

    private @Nullable ZoneOffset readOffset() {
      if (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      if (at >= text.length()) {
        return null;
      }
      char sign = text.charAt(at++);
      if (sign == 'Z' || sign == 'z') {
        return ZoneOffset.UTC;
      }
      if (sign != '+' && sign != '-') {
        throw new DateTimeException("not an offset");
      }
      int hours = digits(2);
      int minutes = 0;
      if (at < text.length()) {
        if (text.charAt(at) == ':') {
          at++;
        }
        minutes = digits(2);
      }
      int direction = sign == '-' ? -1 : 1;
      return ZoneOffset.ofHoursMinutes(direction * hours, direction * minutes);
    }

    private int digits(int count) {
      int value = 0;
      for (int i = 0; i < count; i++) {
        if (at >= text.length() || !isDigit(text.charAt(at))) {
          throw new DateTimeException("a digit is missing");
        }
        value = value * 10 + (text.charAt(at++) - '0');
      }
      return value;
    }

    private void expect(char c) {
      if (at >= text.length() || text.charAt(at) != c) {
        throw new DateTimeException("'" + c + "' is missing");
      }
      at++;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
