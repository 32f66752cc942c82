package org.libsql4j.func;

/** Writes moments as text. */
final class DateFormat {
  private DateFormat() {}

  /** {@code YYYY-MM-DD}, with a sign before years before 0. */
  static void date(TextBuilder out, DateTime time) {
    if (time.year < 0) {
      out.append('-');
    }
    out.appendPadded(Math.abs(time.year), 4);
    out.append('-');
    out.appendPadded(time.month, 2);
    out.append('-');
    out.appendPadded(time.day, 2);
  }

  /** {@code HH:MM:SS}, with milliseconds if the moment asks for them. */
  static void time(TextBuilder out, DateTime time) {
    hourMinute(out, time);
    out.append(':');
    if (time.subsecond) {
      int millis = (int) (1000 * time.second + 0.5);
      out.appendPadded(millis / 1000, 2);
      out.append('.');
      out.appendPadded(millis % 1000, 3);
    } else {
      out.appendPadded((int) time.second, 2);
    }
  }

  private static void hourMinute(TextBuilder out, DateTime time) {
    out.appendPadded(time.hour, 2);
    out.append(':');
    out.appendPadded(time.minute, 2);
  }

  /** Writes the format with its conversions replaced; false if one is not known. */
  static boolean format(TextBuilder out, DateTime time, byte[] format, int from, int end) {
    for (int i = from; i < end; i++) {
      if (format[i] != '%') {
        out.append(format[i]);
        continue;
      }
      i++;
      if (i >= end || !(clock(out, time, format[i]) || calendar(out, time, format[i]))) {
        return false;
      }
    }
    return true;
  }

  private static boolean clock(TextBuilder out, DateTime time, int conversion) {
    switch (conversion) {
      case 'f' -> {
        long millis = DecimalText.thousandths(Math.min(time.second, 59.999));
        out.appendPadded(millis / 1000, 2);
        out.append('.');
        out.appendPadded(millis % 1000, 3);
      }
      case 'H' -> out.appendPadded(time.hour, 2);
      case 'k' -> spaced(out, time.hour);
      case 'I' -> out.appendPadded((time.hour + 11) % 12 + 1, 2);
      case 'l' -> spaced(out, (time.hour + 11) % 12 + 1);
      case 'M' -> out.appendPadded(time.minute, 2);
      case 'p' -> out.appendAscii(time.hour >= 12 ? "PM" : "AM");
      case 'P' -> out.appendAscii(time.hour >= 12 ? "pm" : "am");
      case 'R' -> hourMinute(out, time);
      case 's' -> unixTime(out, time);
      case 'S' -> out.appendPadded((int) time.second, 2);
      case 'T' -> {
        hourMinute(out, time);
        out.append(':');
        out.appendPadded((int) time.second, 2);
      }
      case '%' -> out.append('%');
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void spaced(TextBuilder out, int value) {
    if (value < 10) {
      out.append(' ');
    }
    out.appendPadded(value, 1);
  }

  private static void unixTime(TextBuilder out, DateTime time) {
    long millis = time.julianMillis - DateTime.UNIX_EPOCH;
    if (!time.subsecond) {
      out.appendPadded(time.julianMillis / 1000 - DateTime.UNIX_EPOCH / 1000, 1);
      return;
    }
    if (millis < 0) {
      out.append('-');
      millis = -millis;
    }
    out.appendPadded(millis / 1000, 1);
    out.append('.');
    out.appendPadded(millis % 1000, 3);
  }

  private static boolean calendar(TextBuilder out, DateTime time, int conversion) {
    switch (conversion) {
      case 'd' -> out.appendPadded(time.day, 2);
      case 'e' -> spaced(out, time.day);
      case 'F' -> {
        year(out, time.year);
        out.append('-');
        out.appendPadded(time.month, 2);
        out.append('-');
        out.appendPadded(time.day, 2);
      }
      case 'g' -> {
        int year = thursday(time).year % 100;
        out.appendPadded(year, year < 0 ? 1 : 2);
      }
      case 'G' -> year(out, thursday(time).year);
      case 'j' -> out.appendPadded(time.daysAfterJanuary1() + 1L, 3);
      case 'J' -> julianDay(out, time);
      case 'm' -> out.appendPadded(time.month, 2);
      case 'u' -> out.append('1' + time.daysAfterMonday());
      case 'w' -> out.append('0' + time.dayOfWeek());
      case 'U' -> out.appendPadded((time.daysAfterJanuary1() - time.dayOfWeek() + 7) / 7, 2);
      case 'W' -> out.appendPadded((time.daysAfterJanuary1() - time.daysAfterMonday() + 7) / 7, 2);
      case 'V' -> out.appendPadded(thursday(time).daysAfterJanuary1() / 7 + 1, 2);
      case 'Y' -> year(out, time.year);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Four places, of which a sign takes one. */
  private static void year(TextBuilder out, int year) {
    out.appendPadded(year, year < 0 ? 3 : 4);
  }

  private static void julianDay(TextBuilder out, DateTime time) {
    FormatDirective directive = new FormatDirective();
    directive.clear();
    directive.precision = 16;
    double days = time.julianMillis / (double) DateTime.MILLIS_PER_DAY;
    new NumberPrinter().real(out, directive, days, 'g');
  }

  /** The Thursday of the same ISO week, whose year is the week's. */
  private static DateTime thursday(DateTime time) {
    DateTime thursday = new DateTime();
    thursday.clear();
    thursday.setJulian(time.julianMillis + (3 - time.daysAfterMonday()) * DateTime.MILLIS_PER_DAY);
    thursday.computeDate();
    return thursday;
  }
}
