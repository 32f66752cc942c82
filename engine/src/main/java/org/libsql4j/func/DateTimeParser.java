package org.libsql4j.func;

/** Reads time values: {@code YYYY-MM-DD}, {@code HH:MM:SS.SSS}, both, with a time zone. */
final class DateTimeParser {
  private byte[] text = new byte[0];
  private int at;
  private int end;
  private int number;

  void start(byte[] source, int from, int to) {
    text = source;
    at = from;
    end = to;
  }

  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private int peek() {
    return at < end ? text[at] : 0;
  }

  private void skipSpace() {
    while (isSpace(peek())) {
      at++;
    }
  }

  private boolean skip(int c) {
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Reads exactly this many digits into {@link #number}. */
  private boolean digits(int count, int least, int most) {
    if (end - at < count) {
      return false;
    }
    int value = 0;
    for (int i = 0; i < count; i++) {
      int c = text[at + i];
      if (c < '0' || c > '9') {
        return false;
      }
      value = value * 10 + c - '0';
    }
    number = value;
    at += count;
    return value >= least && value <= most;
  }

  /** A date with or without a time; false if the text is something else. */
  boolean dateAndTime(DateTime out) {
    boolean negative = skip('-');
    if (!digits(4, 0, 9999)) {
      return false;
    }
    final int year = number;
    if (!skip('-') || !digits(2, 1, 12)) {
      return false;
    }
    final int month = number;
    if (!skip('-') || !digits(2, 1, 31)) {
      return false;
    }
    final int day = number;
    while (isSpace(peek()) || peek() == 'T') {
      at++;
    }
    if (at < end && !time(out)) {
      return false;
    }
    out.hasJulian = false;
    out.hasDate = true;
    out.year = negative ? -year : year;
    out.month = month;
    out.day = day;
    out.computeFloor();
    if (out.zoneMinutes != 0) {
      out.computeJulian();
    }
    endOfDay(out);
    return true;
  }

  /** 24:00 is 00:00 of the next day. */
  private static void endOfDay(DateTime out) {
    if (out.hasTime && out.hour == 24) {
      out.computeJulian();
      out.keepJulianOnly();
    }
  }

  /** A time of day alone, which is one of 2000-01-01. */
  boolean timeAlone(DateTime out) {
    boolean read = time(out);
    if (read) {
      endOfDay(out);
    }
    return read;
  }

  /** A time of day with an optional zone, up to the end of the text. */
  boolean time(DateTime out) {
    if (!digits(2, 0, 24)) {
      return false;
    }
    final int hour = number;
    if (!skip(':') || !digits(2, 0, 59)) {
      return false;
    }
    final int minute = number;
    double second = 0;
    if (skip(':')) {
      if (!digits(2, 0, 59)) {
        return false;
      }
      second = number;
      if (peek() == '.' && at + 1 < end && isDigit(text[at + 1])) {
        at++;
        second += fraction();
      }
    }
    if (hour == 24 && (minute != 0 || second != 0)) {
      return false;
    }
    out.hasJulian = false;
    out.isRaw = false;
    out.hasTime = true;
    out.hour = hour;
    out.minute = minute;
    out.second = second;
    return zone(out);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Cut off at 0.999, so that a second never becomes the next one. */
  private double fraction() {
    double value = 0;
    double scale = 1;
    while (isDigit(peek())) {
      value = value * 10 + text[at++] - '0';
      scale *= 10;
    }
    return Math.min(value / scale, 0.999);
  }

  private boolean zone(DateTime out) {
    skipSpace();
    out.zoneMinutes = 0;
    int c = peek();
    if (c == '-' || c == '+') {
      at++;
      if (!digits(2, 0, 14)) {
        return false;
      }
      int hours = number;
      if (!skip(':') || !digits(2, 0, 59)) {
        return false;
      }
      int minutes = hours * 60 + number;
      out.zoneMinutes = c == '-' ? -minutes : minutes;
      out.isUtc |= minutes == 0;
      out.isLocal &= minutes != 0;
    } else if (c == 'Z' || c == 'z') {
      at++;
      out.isLocal = false;
      out.isUtc = true;
    } else {
      return at >= end;
    }
    skipSpace();
    return at >= end;
  }
}
