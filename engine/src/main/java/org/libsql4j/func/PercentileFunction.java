package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.aggregate;

import java.util.Arrays;
import java.util.EnumSet;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;

/**
 * median(), percentile(), percentile_cont() and percentile_disc(): the value below which a fraction
 * of all values lies. NULLs do not count.
 *
 * <p>Source: <a href="https://www.sqlite.org/percentile.html">The Percentile Extension</a>.
 */
final class PercentileFunction implements Accumulator {
  /** Fractions of different rows may differ by this much. */
  private static final double SAME = 0.001;

  private final double largestFraction;
  private final boolean discrete;
  private double[] values = new double[16];
  private int count;
  private boolean sorted = true;
  private double fraction = -1;

  /**
   * @param largestFraction what stands for all values, 0 if there is no such argument
   */
  private PercentileFunction(double largestFraction, boolean discrete) {
    this.largestFraction = largestFraction;
    this.discrete = discrete;
  }

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> flags = EnumSet.of(Flag.DETERMINISTIC, Flag.WINDOW);
    registry.register(aggregate("median", 1, flags, () -> new PercentileFunction(0, false)));
    registry.register(aggregate("percentile", 2, flags, () -> new PercentileFunction(100, false)));
    registry.register(
        aggregate("percentile_cont", 2, flags, () -> new PercentileFunction(1, false)));
    registry.register(
        aggregate("percentile_disc", 2, flags, () -> new PercentileFunction(1, true)));
  }

  @Override
  public void step(FunctionContext context, Mem[] arguments) {
    readFraction(context, arguments);
    Mem value = arguments[0];
    if (value.type == Mem.NULL) {
      return;
    }
    String name = context.definition().name();
    if (!value.isNumber()) {
      throw context.error("input to " + name + "() is not numeric");
    }
    double real = value.asDouble();
    if (Double.isInfinite(real)) {
      throw context.error("Inf input to " + name + "()");
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    sorted &= count == 0 || values[count - 1] <= real;
    values[count++] = real;
  }

  private void readFraction(FunctionContext context, Mem[] arguments) {
    double given = 0.5;
    if (largestFraction > 0) {
      Mem argument = arguments[1];
      given = argument.asDouble();
      boolean numeric =
          argument.isNumber()
              || (argument.type == Mem.TEXT
                  && NumericText.classify(argument) != NumericText.NOT_NUMERIC);
      if (!numeric || given < 0 || given > largestFraction) {
        throw context.error(
            "the fraction argument to "
                + context.definition().name()
                + "() is not between 0.0 and "
                + largestFraction);
      }
      given /= largestFraction;
    }
    if (fraction < 0) {
      fraction = given;
    } else if (Math.abs(fraction - given) > SAME) {
      throw context.error(
          "the fraction argument to "
              + context.definition().name()
              + "() is not the same for all input rows");
    }
  }

  @Override
  public void inverse(FunctionContext context, Mem[] arguments) {
    if (!arguments[0].isNumber() || count == 0) {
      return;
    }
    sort();
    int index = Arrays.binarySearch(values, 0, count, arguments[0].asDouble());
    if (index >= 0) {
      System.arraycopy(values, index + 1, values, index, count - index - 1);
      count--;
    }
  }

  private void sort() {
    if (!sorted) {
      Arrays.sort(values, 0, count);
      sorted = true;
    }
  }

  @Override
  public void finish(FunctionContext context) {
    if (count == 0) {
      return;
    }
    sort();
    double position = fraction * (count - 1);
    int below = (int) position;
    double value = values[below];
    if (!discrete && below < count - 1) {
      value += (values[below + 1] - value) * (position - below);
    }
    context.result().setReal(value);
  }
}
