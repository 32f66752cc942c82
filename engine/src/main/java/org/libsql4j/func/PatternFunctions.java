package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.Limit;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;

/**
 * like() and glob(), which the operators of the same names call: the pattern is the first argument.
 *
 * <p>The compiled pattern stays with the call site and is used again while the pattern's bytes stay
 * the same.
 */
public final class PatternFunctions {
  private PatternFunctions() {}

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> like = EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.LIKE);
    registry.register(scalar("like", 2, like, PatternFunctions::like));
    registry.register(scalar("like", 3, like, PatternFunctions::like));
    EnumSet<Flag> glob = EnumSet.copyOf(like);
    glob.add(Flag.CASE_SENSITIVE);
    registry.register(scalar("glob", 2, glob, PatternFunctions::glob));
  }

  private static void like(FunctionContext context, Mem[] arguments) {
    Mem pattern = checkedPattern(context, arguments[0]);
    int escape = 0;
    if (arguments.length == 3) {
      if (arguments[2].type == Mem.NULL) {
        return;
      }
      escape = escapeCharacter(context, context.utf8(arguments[2], 2));
    }
    if (pattern.type == Mem.NULL || arguments[1].type == Mem.NULL) {
      return;
    }
    boolean caseSensitive = context.connection().isSet(ConnectionFlag.CASE_SENSITIVE_LIKE);
    TextPattern compiled = lastOf(context, pattern);
    if (compiled == null || !compiled.isLike(escape, caseSensitive)) {
      compiled = TextPattern.like(copy(pattern), escape, caseSensitive);
      context.setAuxiliary(compiled);
    }
    match(context, compiled, arguments[1]);
  }

  private static void glob(FunctionContext context, Mem[] arguments) {
    Mem pattern = checkedPattern(context, arguments[0]);
    if (pattern.type == Mem.NULL || arguments[1].type == Mem.NULL) {
      return;
    }
    TextPattern compiled = lastOf(context, pattern);
    if (compiled == null) {
      compiled = TextPattern.glob(copy(pattern));
      context.setAuxiliary(compiled);
    }
    match(context, compiled, arguments[1]);
  }

  /** Whether a function is like() or glob() with a pattern and a text and nothing else. */
  public static boolean isPatternCall(FunctionDefinition function) {
    return function.has(Flag.LIKE) && function.argumentCount() == 2;
  }

  /** The pattern that a call has been made with before, compiled; null if it is another one now. */
  public static @Nullable TextPattern known(FunctionContext context, Mem pattern) {
    boolean caseSensitive = context.connection().isSet(ConnectionFlag.CASE_SENSITIVE_LIKE);
    return context.auxiliary() instanceof TextPattern compiled
            && compiled.isOf(pattern)
            && compiled.isUsual(caseSensitive)
        ? compiled
        : null;
  }

  private static void match(FunctionContext context, TextPattern pattern, Mem value) {
    Mem text = context.utf8(value, 1);
    int end = text.offset + text.length;
    context.result().setBoolean(pattern.matches(text.bytes, text.offset, end));
  }

  private static Mem checkedPattern(FunctionContext context, Mem argument) {
    Mem pattern = context.utf8(argument, 0);
    if (pattern.type != Mem.NULL
        && pattern.length > context.connection().limit(Limit.LIKE_PATTERN_LENGTH)) {
      throw context.error("LIKE or GLOB pattern too complex");
    }
    return pattern;
  }

  private static @Nullable TextPattern lastOf(FunctionContext context, Mem pattern) {
    return context.auxiliary() instanceof TextPattern compiled && compiled.isOf(pattern)
        ? compiled
        : null;
  }

  private static byte[] copy(Mem text) {
    byte[] bytes = new byte[text.length];
    System.arraycopy(text.bytes, text.offset, bytes, 0, text.length);
    return bytes;
  }

  private static int escapeCharacter(FunctionContext context, Mem escape) {
    int end = Characters.zeroOrEnd(escape.bytes, escape.offset, escape.offset + escape.length);
    if (end == escape.offset || Characters.next(escape.bytes, escape.offset, end) != end) {
      throw context.error("ESCAPE expression must be a single character");
    }
    return Characters.codePoint(escape.bytes, escape.offset, end);
  }
}
