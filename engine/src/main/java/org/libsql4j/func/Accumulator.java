package org.libsql4j.func;

import org.libsql4j.record.Mem;

/** The running state of one aggregate over one group or one window frame. */
public interface Accumulator {
  /** Takes a row in. */
  void step(FunctionContext context, Mem[] arguments);

  /**
   * Takes the oldest row out again. Called only for functions whose definition says {@link
   * FunctionDefinition#isWindow()}.
   */
  default void inverse(FunctionContext context, Mem[] arguments) {
    throw new IllegalStateException("not a window function");
  }

  /** Puts the value so far into {@code context.result()} and goes on (window functions). */
  default void value(FunctionContext context) {
    finish(context);
  }

  /** Puts the final value into {@code context.result()}; nothing is called afterwards. */
  void finish(FunctionContext context);
}
