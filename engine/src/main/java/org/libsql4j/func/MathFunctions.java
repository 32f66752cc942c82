package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;

/**
 * The functions of mathematics. Arguments that are neither numbers nor texts that are wholly
 * numbers give NULL, and so do results that are not numbers.
 *
 * <p>Source: <a href="https://www.sqlite.org/lang_mathfunc.html">Built-in Mathematical SQL
 * Functions</a>.
 */
final class MathFunctions {
  private MathFunctions() {}

  private static final double LN2 = 0.6931471805599453;

  static void register(FunctionRegistry registry) {
    unary(registry, "acos", Math::acos);
    unary(registry, "asin", Math::asin);
    unary(registry, "atan", Math::atan);
    unary(registry, "cos", Math::cos);
    unary(registry, "sin", Math::sin);
    unary(registry, "tan", Math::tan);
    unary(registry, "cosh", Math::cosh);
    unary(registry, "sinh", Math::sinh);
    unary(registry, "tanh", Math::tanh);
    unary(registry, "acosh", MathFunctions::acosh);
    unary(registry, "asinh", MathFunctions::asinh);
    unary(registry, "atanh", MathFunctions::atanh);
    unary(registry, "exp", Math::exp);
    unary(registry, "sqrt", Math::sqrt);
    unary(registry, "degrees", x -> x * (180.0 / Math.PI));
    unary(registry, "radians", x -> x * (Math.PI / 180.0));
    logarithm(registry, "ln", Math::log);
    logarithm(registry, "log", Math::log10);
    logarithm(registry, "log10", Math::log10);
    logarithm(registry, "log2", MathFunctions::log2);
    rounding(registry, "ceil", Math::ceil);
    rounding(registry, "ceiling", Math::ceil);
    rounding(registry, "floor", Math::floor);
    rounding(registry, "trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x));
    registry.register(scalar("log", 2, MathFunctions::logOfBase));
    registry.register(scalar("pi", 0, (context, a) -> context.result().setReal(Math.PI)));
    binary(registry, "pow", MathFunctions::power);
    binary(registry, "power", MathFunctions::power);
    binary(registry, "mod", (x, y) -> x % y);
    binary(registry, "atan2", Math::atan2);
  }

  private static boolean isNumeric(Mem value) {
    return value.isNumber()
        || (value.type == Mem.TEXT && NumericText.classify(value) != NumericText.NOT_NUMERIC);
  }

  private static void unary(FunctionRegistry registry, String name, DoubleUnaryOperator operator) {
    registry.register(
        scalar(
            name,
            1,
            (context, arguments) -> {
              if (isNumeric(arguments[0])) {
                context.result().setReal(operator.applyAsDouble(arguments[0].asDouble()));
              }
            }));
  }

  /** NULL for arguments that are not positive, instead of an infinity. */
  private static void logarithm(
      FunctionRegistry registry, String name, DoubleUnaryOperator operator) {
    registry.register(
        scalar(
            name,
            1,
            (context, arguments) -> {
              if (isNumeric(arguments[0])) {
                double x = arguments[0].asDouble();
                if (x > 0) {
                  context.result().setReal(operator.applyAsDouble(x));
                }
              }
            }));
  }

  /** Integers, and texts of integers, stay as they are. */
  private static void rounding(
      FunctionRegistry registry, String name, DoubleUnaryOperator operator) {
    registry.register(
        scalar(
            name,
            1,
            (context, arguments) -> {
              Mem value = arguments[0];
              if (!isNumeric(value)) {
                return;
              }
              boolean integer =
                  value.type == Mem.INTEGER
                      || (value.type == Mem.TEXT && NumericText.prefixIsInteger(value));
              if (integer) {
                context.result().setInteger(value.asLong());
              } else {
                context.result().setReal(operator.applyAsDouble(value.asDouble()));
              }
            }));
  }

  private static void binary(
      FunctionRegistry registry, String name, DoubleBinaryOperator operator) {
    registry.register(
        scalar(
            name,
            2,
            (context, arguments) -> {
              if (isNumeric(arguments[0]) && isNumeric(arguments[1])) {
                context
                    .result()
                    .setReal(
                        operator.applyAsDouble(arguments[0].asDouble(), arguments[1].asDouble()));
              }
            }));
  }

  /** log(B, X): the second argument needs no more than a number at its start. */
  private static void logOfBase(FunctionContext context, Mem[] arguments) {
    if (!isNumeric(arguments[0])) {
      return;
    }
    double base = arguments[0].asDouble();
    double divisor = base > 0 ? Math.log(base) : 0;
    double x = arguments[1].asDouble();
    if (divisor > 0 && x > 0) {
      context.result().setReal(Math.log(x) / divisor);
    }
  }

  /** As in C, where 1 to any power and -1 to an infinite one are 1. */
  private static double power(double x, double y) {
    return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
  }

  private static double log2(double x) {
    if (Double.isInfinite(x)) {
      return x;
    }
    int exponent = Math.getExponent(x);
    if (exponent < Double.MIN_EXPONENT) {
      return log2(x * 0x1p60) - 60;
    }
    double mantissa = x / Math.scalb(1.0, exponent);
    if (mantissa > 1.4142135623730951) {
      mantissa /= 2;
      exponent++;
    }
    return exponent + Math.log(mantissa) / LN2;
  }

  private static double acosh(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    if (x > 0x1p28) {
      return Math.log(x) + LN2;
    }
    double t = x - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  private static double asinh(double x) {
    double magnitude = Math.abs(x);
    double result;
    if (magnitude > 0x1p28) {
      result = Math.log(magnitude) + LN2;
    } else {
      double square = magnitude * magnitude;
      result = Math.log1p(magnitude + square / (1 + Math.sqrt(1 + square)));
    }
    return Math.copySign(result, x);
  }

  private static double atanh(double x) {
    double magnitude = Math.abs(x);
    return Math.copySign(0.5 * Math.log1p(2 * magnitude / (1 - magnitude)), x);
  }
}
