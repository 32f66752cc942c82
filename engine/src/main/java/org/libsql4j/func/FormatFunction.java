package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/**
 * printf() and format(): text from a format with conversions.
 *
 * <p>{@code %[flags][width][.precision][l|ll]type} with the flags {@code - + space # 0 ! ,} and the
 * types {@code d i u f e E g G x X o c s z q Q w j J r p n %}. A conversion that is not known ends
 * the text. Missing arguments count as NULL.
 *
 * <p>Source: <a href="https://www.sqlite.org/printf.html">Built-in printf()</a>.
 */
final class FormatFunction {
  private FormatFunction() {}

  static void register(FunctionRegistry registry) {
    registry.register(scalar("printf", -1, FormatFunction::call));
    registry.register(scalar("format", -1, FormatFunction::call));
  }

  private static void call(FunctionContext context, Mem[] arguments) {
    if (arguments.length == 0 || arguments[0].type == Mem.NULL) {
      return;
    }
    Mem format = context.utf8(arguments[0], 0);
    TextBuilder out = context.newText();
    Formatter formatter;
    if (context.auxiliary() instanceof Formatter known) {
      formatter = known;
    } else {
      formatter = new Formatter(context);
      context.setAuxiliary(formatter);
    }
    formatter.format(format, arguments, out);
    out.intoBelowLimit(context.result());
  }

  /** Gives the arguments in order. */
  private static final class Arguments {
    private final FunctionContext context;
    private Mem[] values = new Mem[0];
    private int next;

    Arguments(FunctionContext context) {
      this.context = context;
    }

    void start(Mem[] all) {
      values = all;
      next = 1;
    }

    private @Nullable Mem take() {
      return next < values.length ? values[next++] : null;
    }

    long integer() {
      Mem value = take();
      return value == null ? 0 : value.asLong();
    }

    double real() {
      Mem value = take();
      return value == null ? 0 : value.asDouble();
    }

    @Nullable Mem text() {
      Mem value = take();
      return value == null || value.type == Mem.NULL ? null : context.utf8(value, 1);
    }
  }

  /** Reads a format and prints; one per call site. */
  private static final class Formatter {
    private final Arguments arguments;
    private final FormatDirective directive = new FormatDirective();
    private final NumberPrinter numbers = new NumberPrinter();
    private byte[] format = new byte[0];
    private int end;
    private int at;

    Formatter(FunctionContext context) {
      arguments = new Arguments(context);
    }

    void format(Mem text, Mem[] values, TextBuilder out) {
      format = text.bytes;
      at = text.offset;
      end = Characters.zeroOrEnd(format, at, at + text.length);
      arguments.start(values);
      while (at < end) {
        int from = at;
        while (at < end && format[at] != '%') {
          at++;
        }
        out.append(format, from, at - from);
        if (at >= end) {
          return;
        }
        at++;
        if (at >= end) {
          out.append('%');
          return;
        }
        readDirective();
        if (at >= end || !print(format[at++], out)) {
          return;
        }
      }
    }

    /** Reads everything between the percent sign and the type. */
    private void readDirective() {
      directive.clear();
      while (at < end && directive.setFlag(format[at])) {
        at++;
      }
      if (at < end && format[at] == '*') {
        at++;
        int width = (int) arguments.integer();
        directive.leftJustify |= width < 0;
        directive.width = width == Integer.MIN_VALUE ? 0 : Math.abs(width);
      } else {
        directive.width = Math.max(0, readNumber());
      }
      if (at < end && format[at] == '.') {
        at++;
        if (at < end && format[at] == '*') {
          at++;
          int precision = (int) arguments.integer();
          directive.precision = precision == Integer.MIN_VALUE ? -1 : Math.abs(precision);
        } else {
          directive.precision = readNumber();
        }
      }
      for (int i = 0; i < 2 && at < end && format[at] == 'l'; i++) {
        at++;
      }
    }

    /** Wraps around like 32-bit arithmetic, without the sign. */
    private int readNumber() {
      int value = 0;
      while (at < end && format[at] >= '0' && format[at] <= '9') {
        value = value * 10 + (format[at++] - '0');
      }
      return value & Integer.MAX_VALUE;
    }

    /** Returns false for a type that is not known. */
    private boolean print(int type, TextBuilder out) {
      switch (type) {
        case 'd', 'i', 'r' -> numbers.signed(out, directive, arguments.integer(), type == 'r');
        case 'u' -> numbers.unsigned(out, directive, arguments.integer(), type);
        case 'x', 'X', 'o', 'p' -> {
          directive.thousands = false;
          numbers.unsigned(out, directive, arguments.integer(), type);
        }
        case 'f', 'e', 'E', 'g', 'G' -> numbers.real(out, directive, arguments.real(), type);
        case 's', 'z' -> TextPrinter.string(out, directive, arguments.text());
        case 'c' -> TextPrinter.character(out, directive, arguments.text());
        case 'q', 'Q', 'w' -> TextPrinter.quoted(out, directive, arguments.text(), type);
        case 'j', 'J' -> TextPrinter.json(out, directive, arguments.text(), type);
        case 'n' -> {}
        case '%' -> {
          int from = out.length();
          out.append('%');
          directive.pad(out, from, directive.width);
        }
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
