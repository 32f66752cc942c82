package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.atLeast;
import static org.libsql4j.func.FunctionDefinition.scalar;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.record.TextEncoding;

/** Functions that choose among their arguments, and typeof(). */
final class ConditionalFunctions {
  private ConditionalFunctions() {}

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> inline = EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.INLINE);
    ScalarFunction coalesce = ConditionalFunctions::coalesce;
    registry.register(scalar("coalesce", atLeast(2), inline, coalesce));
    registry.register(scalar("ifnull", 2, inline, coalesce));
    ScalarFunction iif = ConditionalFunctions::iif;
    registry.register(scalar("iif", atLeast(2), inline, iif));
    registry.register(scalar("if", atLeast(2), inline, iif));
    // Only the code generator knows where a value comes from.
    registry.register(scalar("sqlite_offset", 1, inline, (context, a) -> {}));
    EnumSet<Flag> hint = EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.UNLIKELY);
    ScalarFunction first = ConditionalFunctions::first;
    registry.register(scalar("unlikely", 1, hint, first));
    registry.register(scalar("likely", 1, hint, first));
    registry.register(scalar("likelihood", 2, hint, first));
    EnumSet<Flag> collating = EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.NEEDS_COLLATION);
    registry.register(scalar("nullif", 2, collating, ConditionalFunctions::nullIf));
    registry.register(
        scalar("min", atLeast(1), collating, (context, a) -> extreme(context, a, -1)));
    registry.register(scalar("max", atLeast(1), collating, (context, a) -> extreme(context, a, 1)));
    registry.register(
        scalar(
            "typeof",
            1,
            EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.TYPEOF),
            ConditionalFunctions::typeOf));
  }

  /** The first argument that is not NULL. */
  private static void coalesce(FunctionContext context, Mem[] arguments) {
    for (Mem argument : arguments) {
      if (argument.type != Mem.NULL) {
        context.result().copyFrom(argument);
        return;
      }
    }
  }

  /** The value after the first condition that is true; a last argument alone is the "else". */
  private static void iif(FunctionContext context, Mem[] arguments) {
    int i = 0;
    for (; i + 1 < arguments.length; i += 2) {
      if (arguments[i].isTrue(false)) {
        context.result().copyFrom(arguments[i + 1]);
        return;
      }
    }
    if (i < arguments.length) {
      context.result().copyFrom(arguments[i]);
    }
  }

  private static void first(FunctionContext context, Mem[] arguments) {
    context.result().copyFrom(arguments[0]);
  }

  /** NULL if the arguments are equal, otherwise the first one. */
  private static void nullIf(FunctionContext context, Mem[] arguments) {
    if (MemComparator.compare(arguments[0], arguments[1], context.collation()) != 0) {
      context.result().copyFrom(arguments[0]);
    }
  }

  /**
   * The least (sign -1) or greatest (sign 1) argument; NULL if any is NULL. Of equal ones min()
   * takes the last and max() the first.
   */
  private static void extreme(FunctionContext context, Mem[] arguments, int sign) {
    Collation collation = context.collation();
    Mem best = arguments[0];
    if (best.type == Mem.NULL) {
      return;
    }
    for (int i = 1; i < arguments.length; i++) {
      Mem candidate = arguments[i];
      if (candidate.type == Mem.NULL) {
        return;
      }
      int order = MemComparator.compare(candidate, best, collation);
      if (sign < 0 ? order <= 0 : order > 0) {
        best = candidate;
      }
    }
    context.result().copyFrom(best);
  }

  private static final byte[][] TYPE_NAMES = {
    ascii("null"), ascii("integer"), ascii("real"), ascii("text"), ascii("blob"), ascii("null")
  };

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  private static void typeOf(FunctionContext context, Mem[] arguments) {
    context.result().setTextShared(TYPE_NAMES[arguments[0].type], TextEncoding.UTF8);
  }
}
