package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.aggregate;

import java.util.EnumSet;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;

/**
 * sum(), total() and avg().
 *
 * <p>Integers are added exactly until one overflows or a value is not an integer; from then on the
 * sum is a floating point number with the compensation of Kahan and Babuska in Neumaier's form, so
 * that the order of rows matters little. Text counts as an integer if it is wholly one.
 */
final class SumFunction implements Accumulator {
  private enum Kind {
    SUM,
    TOTAL,
    AVERAGE
  }

  /** Below this magnitude an integer is a double without loss. */
  private static final long EXACT = 1L << 52;

  private static final long SPLIT = 16384;

  private final Kind kind;
  private long count;
  private long integerSum;
  private double sum;
  private double compensation;
  private boolean approximate;
  private boolean overflow;

  private SumFunction(Kind kind) {
    this.kind = kind;
  }

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> flags = EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.WINDOW);
    registry.register(aggregate("sum", 1, flags, () -> new SumFunction(Kind.SUM)));
    registry.register(aggregate("total", 1, flags, () -> new SumFunction(Kind.TOTAL)));
    registry.register(aggregate("avg", 1, flags, () -> new SumFunction(Kind.AVERAGE)));
  }

  @Override
  public void step(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    if (value.type == Mem.INTEGER) {
      count++;
      addInteger(value.integer);
    } else if (value.type != Mem.NULL) {
      count++;
      if (value.type == Mem.TEXT
          && NumericText.classify(value) == NumericText.INTEGER
          && NumericText.prefixIsInteger(value)) {
        addInteger(value.asLong());
      } else {
        toApproximate();
        overflow = false; // The sum would not have been an integer anyway.
        add(value.asDouble());
      }
    }
  }

  private void addInteger(long value) {
    if (!approximate) {
      long total = integerSum + value;
      if (((integerSum ^ total) & (value ^ total)) >= 0) {
        integerSum = total;
        return;
      }
      overflow = true;
      toApproximate();
    }
    addLong(value);
  }

  private void toApproximate() {
    if (!approximate) {
      approximate = true;
      sum = 0;
      compensation = 0;
      addLong(integerSum);
    }
  }

  /** Adds an integer without rounding it first: what does not fit a double is added apart. */
  private void addLong(long value) {
    if (value <= -EXACT || value >= EXACT) {
      long small = value % SPLIT;
      add((double) (value - small));
      add((double) small);
    } else {
      add((double) value);
    }
  }

  private void add(double value) {
    double before = sum;
    double total = before + value;
    if (Math.abs(before) > Math.abs(value)) {
      compensation += (before - total) + value;
    } else {
      compensation += (value - total) + before;
    }
    sum = total;
  }

  @Override
  public void inverse(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    if (value.type == Mem.NULL) {
      return;
    }
    count--;
    boolean integer =
        value.type == Mem.INTEGER
            || (value.type == Mem.TEXT
                && NumericText.classify(value) == NumericText.INTEGER
                && NumericText.prefixIsInteger(value));
    if (!approximate) {
      integerSum -= value.asLong();
    } else if (integer) {
      long taken = value.asLong();
      if (taken == Long.MIN_VALUE) {
        addLong(Long.MAX_VALUE);
        addLong(1);
      } else {
        addLong(-taken);
      }
    } else {
      add(-value.asDouble());
    }
  }

  private double realSum() {
    if (!approximate) {
      return (double) integerSum;
    }
    return Double.isNaN(compensation) || Double.isInfinite(compensation) ? sum : sum + compensation;
  }

  @Override
  public void finish(FunctionContext context) {
    Mem result = context.result();
    if (kind == Kind.SUM) {
      finishSum(context);
    } else if (kind == Kind.TOTAL) {
      result.setReal(realSum());
    } else if (count > 0) {
      result.setReal(realSum() / count);
    }
  }

  private void finishSum(FunctionContext context) {
    if (count <= 0) {
      return;
    }
    if (!approximate) {
      context.result().setInteger(integerSum);
    } else if (overflow) {
      throw context.error("integer overflow");
    } else {
      context.result().setReal(realSum());
    }
  }
}
