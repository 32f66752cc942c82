package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import java.util.EnumSet;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;

/** abs(), sign(), round() and the random ones. */
final class NumberFunctions {
  private NumberFunctions() {}

  private static final byte[] NO_BYTES = new byte[0];

  static void register(FunctionRegistry registry) {
    registry.register(scalar("abs", 1, NumberFunctions::abs));
    registry.register(scalar("sign", 1, NumberFunctions::sign));
    registry.register(scalar("round", 1, NumberFunctions::round));
    registry.register(scalar("round", 2, NumberFunctions::round));
    registry.register(scalar("zeroblob", 1, NumberFunctions::zeroBlob));
    registry.register(scalar("random", 0, EnumSet.of(Flag.INNOCUOUS), NumberFunctions::random));
    registry.register(
        scalar("randomblob", 1, EnumSet.of(Flag.INNOCUOUS), NumberFunctions::randomBlob));
  }

  /** Absolute value; text and blobs count as the real number at their start. */
  private static void abs(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    switch (value.type) {
      case Mem.NULL -> {}
      case Mem.INTEGER -> {
        if (value.integer == Long.MIN_VALUE) {
          throw context.error("integer overflow");
        }
        context.result().setInteger(Math.abs(value.integer));
      }
      default -> {
        double real = value.asDouble();
        context.result().setReal(Math.abs(real));
      }
    }
  }

  /** -1, 0 or 1; NULL for what is neither a number nor a text that is wholly a number. */
  private static void sign(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    if (value.isNumber()
        || (value.type == Mem.TEXT && NumericText.classify(value) != NumericText.NOT_NUMERIC)) {
      double real = value.asDouble();
      context.result().setInteger(real < 0 ? -1 : real > 0 ? 1 : 0);
    }
  }

  /** From this magnitude on a double has no fraction. */
  private static final double NO_FRACTION = 4503599627370496.0;

  private static final int MOST_DIGITS = 30;

  /** Rounds half away from zero to a number of decimals, 0 to 30; always a real number. */
  private static void round(FunctionContext context, Mem[] arguments) {
    int digits = 0;
    if (arguments.length == 2) {
      if (arguments[1].type == Mem.NULL) {
        return;
      }
      digits = (int) Math.max(0, Math.min(MOST_DIGITS, arguments[1].asLong()));
    }
    if (arguments[0].type == Mem.NULL) {
      return;
    }
    double value = arguments[0].asDouble();
    if (value > -NO_FRACTION && value < NO_FRACTION) {
      value =
          digits == 0
              ? (double) (long) (value + (value < 0 ? -0.5 : 0.5))
              : DecimalText.round(value, digits);
    }
    context.result().setReal(value);
  }

  private static void random(FunctionContext context, Mem[] arguments) {
    long value = context.connection().random().nextLong();
    // The most negative number is left out, so that abs(random()) never overflows.
    context.result().setInteger(value < 0 ? -(value & Long.MAX_VALUE) : value);
  }

  private static void randomBlob(FunctionContext context, Mem[] arguments) {
    long length = Math.max(1, arguments[0].asLong());
    checkLength(context, length);
    byte[] bytes = new byte[(int) length];
    context.connection().random().nextBytes(bytes);
    context.result().setBlobShared(bytes);
  }

  private static void zeroBlob(FunctionContext context, Mem[] arguments) {
    long length = Math.max(0, arguments[0].asLong());
    checkLength(context, length);
    context.result().setBlobShared(length == 0 ? NO_BYTES : new byte[(int) length]);
  }

  private static void checkLength(FunctionContext context, long length) {
    if (length > context.connection().limit(Limit.LENGTH)) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
  }
}
