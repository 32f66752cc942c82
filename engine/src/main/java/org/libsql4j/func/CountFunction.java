package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.aggregate;

import java.util.EnumSet;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;

/** count(*) and count(X). */
final class CountFunction implements Accumulator {
  private long count;

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> flags = EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.WINDOW);
    registry.register(aggregate("count", 1, flags, CountFunction::new));
    EnumSet<Flag> star = EnumSet.copyOf(flags);
    star.add(Flag.COUNT);
    registry.register(aggregate("count", 0, star, CountFunction::new));
  }

  @Override
  public void step(FunctionContext context, Mem[] arguments) {
    if (arguments.length == 0 || arguments[0].type != Mem.NULL) {
      count++;
    }
  }

  @Override
  public void inverse(FunctionContext context, Mem[] arguments) {
    if (arguments.length == 0 || arguments[0].type != Mem.NULL) {
      count--;
    }
  }

  @Override
  public void finish(FunctionContext context) {
    context.result().setInteger(count);
  }
}
