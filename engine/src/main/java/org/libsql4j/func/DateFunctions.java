package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import java.util.EnumSet;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;
import org.libsql4j.record.TextEncoding;

/**
 * date(), time(), datetime(), julianday(), unixepoch(), strftime(), timediff() and the current_...
 * keywords.
 *
 * <p>A time value that cannot be read, or a moment outside of the years -4713 to 9999, gives NULL.
 * All functions of one statement see the same current time.
 *
 * <p>Source: <a href="https://www.sqlite.org/lang_datefunc.html">Date And Time Functions</a>.
 */
final class DateFunctions {
  private DateFunctions() {}

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> flags = EnumSet.of(Flag.DETERMINISTIC, Flag.SLOW_CHANGE, Flag.INNOCUOUS);
    registry.register(scalar("date", -1, flags, DateFunctions::date));
    registry.register(scalar("time", -1, flags, DateFunctions::time));
    registry.register(scalar("datetime", -1, flags, DateFunctions::dateTime));
    registry.register(scalar("julianday", -1, flags, DateFunctions::julianDay));
    registry.register(scalar("unixepoch", -1, flags, DateFunctions::unixEpoch));
    registry.register(scalar("strftime", -1, flags, DateFunctions::strftime));
    registry.register(scalar("timediff", 2, flags, DateFunctions::timeDifference));
    EnumSet<Flag> current = EnumSet.of(Flag.SLOW_CHANGE, Flag.INNOCUOUS);
    registry.register(scalar("current_date", 0, current, DateFunctions::date));
    registry.register(scalar("current_time", 0, current, DateFunctions::time));
    registry.register(scalar("current_timestamp", 0, current, DateFunctions::dateTime));
  }

  /** What a call site keeps: the moment and what works on it. */
  private static final class Calculation {
    final DateTime time = new DateTime();
    final DateTimeParser parser = new DateTimeParser();
    final DateModifiers modifiers = new DateModifiers(time);
    final DateTime other = new DateTime();
    final Mem number = new Mem();

    /** Reads arguments from the given one on; false if the result is NULL. */
    boolean read(FunctionContext context, Mem[] arguments, int first) {
      time.clear();
      if (first >= arguments.length) {
        setNow(context);
      } else if (!readValue(context, arguments[first])) {
        return false;
      }
      for (int i = first + 1; i < arguments.length; i++) {
        Mem text = context.utf8(arguments[i], 0);
        if (text.type == Mem.NULL) {
          return false;
        }
        int end = Characters.zeroOrEnd(text.bytes, text.offset, text.offset + text.length);
        if (isZone(text.bytes, text.offset, end)) {
          context.checkMayVary();
        }
        if (!modifiers.apply(text.bytes, text.offset, end, i == first + 1)) {
          return false;
        }
      }
      time.computeJulian();
      if (time.failed || !DateTime.inRange(time.julianMillis)) {
        return false;
      }
      if (first + 1 >= arguments.length && time.hasDate && time.day > 28) {
        time.hasDate = false;
      }
      return true;
    }

    /** Whether a modifier depends on where the machine is. */
    private static boolean isZone(byte[] bytes, int from, int end) {
      return isWord(bytes, from, end, "localtime") || isWord(bytes, from, end, "utc");
    }

    private void setNow(FunctionContext context) {
      context.checkMayVary();
      time.setJulian(context.statementTimeMillis() + DateTime.UNIX_EPOCH);
      time.isUtc = true;
    }

    private boolean readValue(FunctionContext context, Mem value) {
      if (value.type == Mem.NULL) {
        return false;
      }
      if (value.isNumber()) {
        time.setRaw(value.asDouble());
        return true;
      }
      Mem text = context.utf8(value, 0);
      int from = text.offset;
      int end = Characters.zeroOrEnd(text.bytes, from, from + text.length);
      parser.start(text.bytes, from, end);
      if (parser.dateAndTime(time)) {
        return true;
      }
      time.clear();
      parser.start(text.bytes, from, end);
      if (parser.timeAlone(time)) {
        return true;
      }
      time.clear();
      if (isWord(text.bytes, from, end, "now")) {
        setNow(context);
        return true;
      }
      number.setTextShared(text.bytes, from, end - from, TextEncoding.UTF8);
      if (NumericText.classify(number) != NumericText.NOT_NUMERIC) {
        time.setRaw(number.real);
        return true;
      }
      if (isWord(text.bytes, from, end, "subsec") || isWord(text.bytes, from, end, "subsecond")) {
        time.subsecond = true;
        setNow(context);
        return true;
      }
      return false;
    }

    private static boolean isWord(byte[] text, int from, int end, String word) {
      if (end - from != word.length()) {
        return false;
      }
      for (int i = 0; i < word.length(); i++) {
        if ((text[from + i] | 0x20) != word.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private static Calculation calculation(FunctionContext context) {
    if (context.auxiliary() instanceof Calculation known) {
      return known;
    }
    Calculation fresh = new Calculation();
    context.setAuxiliary(fresh);
    return fresh;
  }

  private static void date(FunctionContext context, Mem[] arguments) {
    Calculation calculation = calculation(context);
    if (calculation.read(context, arguments, 0)) {
      calculation.time.computeDate();
      TextBuilder out = context.newText();
      DateFormat.date(out, calculation.time);
      out.into(context.result());
    }
  }

  private static void time(FunctionContext context, Mem[] arguments) {
    Calculation calculation = calculation(context);
    if (calculation.read(context, arguments, 0)) {
      calculation.time.computeTime();
      TextBuilder out = context.newText();
      DateFormat.time(out, calculation.time);
      out.into(context.result());
    }
  }

  private static void dateTime(FunctionContext context, Mem[] arguments) {
    Calculation calculation = calculation(context);
    if (calculation.read(context, arguments, 0)) {
      calculation.time.computeAll();
      TextBuilder out = context.newText();
      DateFormat.date(out, calculation.time);
      out.append(' ');
      DateFormat.time(out, calculation.time);
      out.into(context.result());
    }
  }

  private static void julianDay(FunctionContext context, Mem[] arguments) {
    Calculation calculation = calculation(context);
    if (calculation.read(context, arguments, 0)) {
      context.result().setReal(calculation.time.julianMillis / (double) DateTime.MILLIS_PER_DAY);
    }
  }

  private static void unixEpoch(FunctionContext context, Mem[] arguments) {
    Calculation calculation = calculation(context);
    if (calculation.read(context, arguments, 0)) {
      DateTime time = calculation.time;
      if (time.subsecond) {
        context.result().setReal((time.julianMillis - DateTime.UNIX_EPOCH) / 1000.0);
      } else {
        context.result().setInteger(time.julianMillis / 1000 - DateTime.UNIX_EPOCH / 1000);
      }
    }
  }

  private static void strftime(FunctionContext context, Mem[] arguments) {
    if (arguments.length == 0 || arguments[0].type == Mem.NULL) {
      return;
    }
    Calculation calculation = calculation(context);
    if (!calculation.read(context, arguments, 1)) {
      return;
    }
    calculation.time.computeJulian();
    calculation.time.computeAll();
    Mem format = context.utf8(arguments[0], 1);
    TextBuilder out = context.newText();
    int end = Characters.zeroOrEnd(format.bytes, format.offset, format.offset + format.length);
    if (DateFormat.format(out, calculation.time, format.bytes, format.offset, end)) {
      out.intoBelowLimit(context.result());
    }
  }

  /** What to add to the second moment, as a modifier, to get the first. */
  private static void timeDifference(FunctionContext context, Mem[] arguments) {
    Calculation calculation = calculation(context);
    Mem[] one = {arguments[0]};
    if (!calculation.read(context, one, 0)) {
      return;
    }
    final long goal = calculation.time.julianMillis;
    one[0] = arguments[1];
    calculation.time.computeAll();
    final int year = calculation.time.year;
    final int month = calculation.time.month;
    if (!calculation.read(context, one, 0)) {
      return;
    }
    DateTime start = calculation.time;
    start.computeAll();
    final int direction = goal >= start.julianMillis ? 1 : -1;
    int months = direction * ((year - start.year) * 12 + month - start.month);
    start.year = year;
    start.month = month;
    start.recompute();
    while (direction * (goal - start.julianMillis) < 0) {
      months--;
      start.month -= direction;
      start.normalizeMonth();
      start.recompute();
    }
    DateTime rest = calculation.other;
    rest.clear();
    // Counted from the first of a January, of year 0.
    rest.setJulian(direction * (goal - start.julianMillis) + 148_699_540_800_000L);
    rest.computeAll();
    TextBuilder out = context.newText();
    out.append(direction > 0 ? '+' : '-');
    out.appendPadded(months / 12, 4);
    out.append('-');
    out.appendPadded(months % 12, 2);
    out.append('-');
    out.appendPadded(rest.day - 1, 2);
    out.append(' ');
    rest.subsecond = true;
    DateFormat.time(out, rest);
    out.into(context.result());
  }
}
