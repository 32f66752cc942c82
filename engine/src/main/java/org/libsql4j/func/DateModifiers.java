package org.libsql4j.func;

import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;
import org.libsql4j.record.TextEncoding;

/** Applies the modifiers of the date and time functions to a moment. */
final class DateModifiers {
  private final DateTime time;
  private final DateTime amount = new DateTime();
  private final DateTimeParser parser = new DateTimeParser();
  private final Mem number = new Mem();
  private byte[] text = new byte[0];
  private int from;
  private int end;

  DateModifiers(DateTime time) {
    this.time = time;
  }

  private int at(int i) {
    return from + i < end ? text[from + i] : 0;
  }

  private boolean is(String word) {
    return end - from == word.length() && startsWith(word);
  }

  private boolean startsWith(String word) {
    return end - from >= word.length() && matches(from, word);
  }

  private boolean matches(int start, String word) {
    for (int i = 0; i < word.length(); i++) {
      int c = text[start + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Applies one modifier.
   *
   * @param first whether it is the first one after the time value
   * @return false if it is no modifier, or not one for this moment
   */
  boolean apply(byte[] source, int start, int to, boolean first) {
    text = source;
    from = start;
    end = to;
    int c = at(0) | 0x20;
    return switch (c) {
      case 'a' -> is("auto") && first && auto();
      case 'c' -> is("ceiling") && floor(0);
      case 'f' -> is("floor") && floor(time.floorDays);
      case 'j' -> is("julianday") && first && julianDay();
      case 'l' -> is("localtime") && local();
      case 'u' -> is("unixepoch") ? first && unixEpoch() : is("utc") && utc();
      case 'w' -> weekday();
      case 's' -> is("subsec") || is("subsecond") ? subsecond() : startOf();
      default -> isAmountStart(at(0)) && amount();
    };
  }

  private static boolean isAmountStart(int c) {
    return c == '+' || c == '-' || (c >= '0' && c <= '9');
  }

  private boolean subsecond() {
    time.subsecond = true;
    return true;
  }

  private boolean local() {
    time.toLocal();
    return true;
  }

  private boolean utc() {
    time.toUtc();
    return true;
  }

  private boolean auto() {
    if (!time.isRaw || time.hasJulian) {
      time.isRaw = false;
      return true;
    }
    double seconds = time.second;
    if (seconds >= -210_866_760_000.0 && seconds <= 253_402_300_799.0) {
      setUnixSeconds(seconds);
      return true;
    }
    return false;
  }

  private void setUnixSeconds(double seconds) {
    double millis = seconds * 1000 + DateTime.UNIX_EPOCH;
    time.setJulian((long) (millis + 0.5));
    time.isRaw = false;
  }

  private boolean unixEpoch() {
    double millis = time.second * 1000 + DateTime.UNIX_EPOCH;
    if (!time.isRaw || millis < 0 || millis >= 464_269_060_800_000.0) {
      return false;
    }
    setUnixSeconds(time.second);
    return true;
  }

  private boolean julianDay() {
    if (!time.isRaw || !time.hasJulian) {
      return false;
    }
    time.isRaw = false;
    return true;
  }

  private boolean floor(int days) {
    time.computeJulian();
    time.julianMillis -= days * DateTime.MILLIS_PER_DAY;
    time.floorDays = 0;
    time.keepJulianOnly();
    return true;
  }

  private boolean weekday() {
    if (!startsWith("weekday ") || !readNumber(from + 8, end)) {
      return false;
    }
    double wanted = number.real;
    if (!(wanted >= 0 && wanted < 7) || wanted != (int) wanted) {
      return false;
    }
    time.computeAll();
    time.zoneMinutes = 0;
    time.recompute();
    int current = time.dayOfWeek();
    int days = (int) wanted - current;
    time.julianMillis += (days < 0 ? days + 7 : days) * DateTime.MILLIS_PER_DAY;
    time.keepJulianOnly();
    return true;
  }

  private boolean startOf() {
    if (!startsWith("start of ") || !(time.hasJulian || time.hasDate || time.hasTime)) {
      return false;
    }
    time.computeDate();
    time.hasTime = true;
    time.hour = 0;
    time.minute = 0;
    time.second = 0;
    time.isRaw = false;
    time.zoneMinutes = 0;
    time.hasJulian = false;
    if (is("start of month")) {
      time.day = 1;
    } else if (is("start of year")) {
      time.month = 1;
      time.day = 1;
    } else {
      return is("start of day");
    }
    return true;
  }

  /** Reads a text that is wholly a number into {@link #number}'s real field. */
  private boolean readNumber(int start, int to) {
    number.setTextShared(text, start, to - start, TextEncoding.UTF8);
    return NumericText.classify(number) != NumericText.NOT_NUMERIC;
  }

  // ---- amounts ---------------------------------------------------------------------------------

  private boolean amount() {
    int n = numberLength();
    if (!readNumber(from, from + n)) {
      return false;
    }
    final double value = number.real;
    if (at(n) == '-') {
      return yearsMonthsDays(n);
    }
    if (at(n) == ':') {
      return clockTime(isDigit(at(0)) ? 0 : 1);
    }
    while (DateTimeParser.isSpace(at(n))) {
      n++;
    }
    return units(value, from + n);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private int numberLength() {
    int n = 1;
    while (from + n < end) {
      int c = at(n);
      if (c == ':' || DateTimeParser.isSpace(c)) {
        break;
      }
      if (c == '-' && (n == 5 || n == 6) && areDigits(1, n)) {
        break;
      }
      n++;
    }
    return n;
  }

  private boolean areDigits(int first, int to) {
    for (int i = first; i < to; i++) {
      if (!isDigit(at(i))) {
        return false;
      }
    }
    return true;
  }

  private int digits(int first, int count) {
    int value = 0;
    for (int i = first; i < first + count; i++) {
      value = value * 10 + at(i) - '0';
    }
    return value;
  }

  /** Signed years, months and days, perhaps with a time: years take 4 or 5 digits. */
  private boolean yearsMonthsDays(int n) {
    int sign = at(0);
    if (sign != '+' && sign != '-') {
      return false;
    }
    boolean shape = areDigits(n + 1, n + 3) && at(n + 3) == '-' && areDigits(n + 4, n + 6);
    if (!shape) {
      return false;
    }
    int years = digits(1, n - 1);
    int months = digits(n + 1, 2);
    int days = digits(n + 4, 2);
    if (years > 14_712 || months >= 12 || days >= 31) {
      return false;
    }
    int direction = sign == '-' ? -1 : 1;
    time.computeAll();
    time.year += direction * years;
    time.month += direction * months;
    time.normalizeMonth();
    time.computeFloor();
    time.recompute();
    time.hasTime = false;
    time.hasDate = false;
    time.julianMillis += direction * days * DateTime.MILLIS_PER_DAY;
    int rest = n + 6;
    if (from + rest >= end) {
      return true;
    }
    boolean clock =
        DateTimeParser.isSpace(at(rest))
            && areDigits(rest + 1, rest + 3)
            && at(rest + 3) == ':'
            && areDigits(rest + 4, rest + 6);
    return clock && clockTime(rest + 1);
  }

  /** Adds or subtracts a time of day. */
  private boolean clockTime(int start) {
    amount.clear();
    parser.start(text, from + start, end);
    if (!parser.time(amount)) {
      return false;
    }
    amount.computeJulian();
    long millis = (amount.julianMillis - DateTime.HALF_DAY) % DateTime.MILLIS_PER_DAY;
    time.computeJulian();
    time.keepJulianOnly();
    time.julianMillis += at(0) == '-' ? -millis : millis;
    return true;
  }

  private static final String[] UNITS = {"second", "minute", "hour", "day", "month", "year"};
  private static final double[] LIMITS = {
    4.6427e+14, 7.7379e+12, 1.2897e+11, 5373485.0, 176546.0, 14713.0
  };
  private static final double[] SECONDS = {1, 60, 3600, 86_400, 2_592_000, 31_536_000};
  private static final int MONTH = 4;
  private static final int YEAR = 5;

  private boolean units(double value, int start) {
    int length = end - start;
    if (length < 3 || length > 10) {
      return false;
    }
    if ((text[end - 1] | 0x20) == 's') {
      length--;
    }
    time.computeJulian();
    time.floorDays = 0;
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].length() == length && matches(start, UNITS[i])) {
        if (!(value > -LIMITS[i] && value < LIMITS[i])) {
          return false;
        }
        add(value, i);
        return true;
      }
    }
    return false;
  }

  /** Adds whole months or years on the calendar and what is left as time. */
  private void add(double value, int unit) {
    double rest = value;
    if (unit >= MONTH) {
      int whole = (int) value;
      time.computeAll();
      if (unit == YEAR) {
        time.year += whole;
      } else {
        time.month += whole;
        time.normalizeMonth();
      }
      time.computeFloor();
      time.hasJulian = false;
      rest -= whole;
    }
    time.computeJulian();
    time.julianMillis += (long) (rest * 1000.0 * SECONDS[unit] + (value < 0 ? -0.5 : 0.5));
    time.keepJulianOnly();
  }
}
