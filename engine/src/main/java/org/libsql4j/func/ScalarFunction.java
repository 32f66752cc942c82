package org.libsql4j.func;

import org.libsql4j.record.Mem;

/** A function of its arguments, called once per row. */
@FunctionalInterface
public interface ScalarFunction {
  /**
   * Computes the result into {@code context.result()}, which is NULL on entry.
   *
   * <p>Arguments must not be changed, except by conversions that keep their SQL value. They may be
   * registers, which change after the call: what is kept must be copied.
   *
   * @throws org.libsql4j.error.LibsqlException ends the statement with this error
   */
  void call(FunctionContext context, Mem[] arguments);
}
