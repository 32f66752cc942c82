package org.libsql4j.codegen;

import java.util.EnumSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.ScalarFunction;
import org.libsql4j.record.Mem;
import org.libsql4j.vdbe.Opcode;

/**
 * Lets a program do what no opcode does: a Function instruction whose function belongs to this
 * program alone.
 *
 * <p>What a statement changes in its connection it changes when it runs, not when it is compiled,
 * because programs are kept and run again.
 */
public final class RuntimeAction {
  private RuntimeAction() {}

  private static final EnumSet<FunctionDefinition.Flag> FLAGS =
      EnumSet.of(FunctionDefinition.Flag.INTERNAL);

  /**
   * Generates a call.
   *
   * @param name what EXPLAIN shows
   * @param firstArgument first of the registers with the arguments
   * @param target register for the result
   */
  public static void call(
      CodeContext context,
      String name,
      int firstArgument,
      int argumentCount,
      int target,
      ScalarFunction function) {
    FunctionDefinition definition = FunctionDefinition.scalar(name, argumentCount, FLAGS, function);
    context.builder().add(Opcode.FUNCTION, 0, firstArgument, target, definition);
    context.builder().setP5(argumentCount);
  }

  /** Generates an effect on the connection. */
  public static void run(
      CodeContext context, String name, java.util.function.Consumer<ConnectionState> effect) {
    int target = context.builder().newRegister();
    call(context, name, target, 0, target, (call, arguments) -> effect.accept(call.connection()));
  }

  /**
   * Generates the computation of a value of the connection.
   *
   * @param value gives null, a Number, a String or a byte[] that nobody will change
   */
  public static void value(
      CodeContext context,
      String name,
      int target,
      Function<ConnectionState, @Nullable Object> value) {
    call(
        context,
        name,
        target,
        0,
        target,
        (call, arguments) -> set(call.result(), value.apply(call.connection())));
  }

  private static void set(Mem result, @Nullable Object value) {
    if (value == null) {
      result.setNull();
    } else if (value instanceof Double || value instanceof Float) {
      result.setReal(((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      result.setInteger(number.longValue());
    } else if (value instanceof String text) {
      result.setText(text);
    } else if (value instanceof byte[] bytes) {
      result.setBlobShared(bytes);
    } else {
      throw new LibsqlException(ResultCode.INTERNAL, "no SQL value: " + value);
    }
  }
}
