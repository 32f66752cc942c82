package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.aggregate;

import java.util.EnumSet;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;

/**
 * min(X) and max(X) as aggregates; NULLs do not count. As window functions they are only stepped
 * forward: a moving frame is answered by the window's own index of its rows.
 */
final class ExtremeFunction implements Accumulator {
  private final int sign;
  private final Mem best = new Mem();
  private boolean found;

  private ExtremeFunction(int sign) {
    this.sign = sign;
  }

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> flags =
        EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.WINDOW, Flag.NEEDS_COLLATION, Flag.MIN);
    registry.register(aggregate("min", 1, flags, () -> new ExtremeFunction(-1)));
    flags = EnumSet.copyOf(flags);
    flags.remove(Flag.MIN);
    flags.add(Flag.MAX);
    registry.register(aggregate("max", 1, flags, () -> new ExtremeFunction(1)));
  }

  @Override
  public void step(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    if (value.type == Mem.NULL) {
      if (found) {
        context.skipAccumulatorLoad();
      }
      return;
    }
    if (found) {
      int order = MemComparator.compare(value, best, context.collation());
      if (sign < 0 ? order >= 0 : order <= 0) {
        context.skipAccumulatorLoad();
        return;
      }
    }
    found = true;
    best.copyFrom(value);
  }

  @Override
  public void inverse(FunctionContext context, Mem[] arguments) {
    // A frame whose start moves is answered without the accumulator.
  }

  @Override
  public void finish(FunctionContext context) {
    if (found) {
      context.result().copyFrom(best);
    }
  }
}
