package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/** trim(), ltrim() and rtrim(): take characters of a set off the ends of a text. */
final class TrimFunctions {
  private TrimFunctions() {}

  static void register(FunctionRegistry registry) {
    for (int arguments = 1; arguments <= 2; arguments++) {
      registry.register(scalar("trim", arguments, (c, a) -> trim(c, a, true, true)));
      registry.register(scalar("ltrim", arguments, (c, a) -> trim(c, a, true, false)));
      registry.register(scalar("rtrim", arguments, (c, a) -> trim(c, a, false, true)));
    }
  }

  private static void trim(FunctionContext context, Mem[] arguments, boolean left, boolean right) {
    if (arguments[0].type == Mem.NULL || (arguments.length == 2 && arguments[1].type == Mem.NULL)) {
      return;
    }
    Mem text = context.utf8(arguments[0], 0);
    int from = text.offset;
    int to = from + text.length;
    if (arguments.length == 1) {
      while (left && from < to && text.bytes[from] == ' ') {
        from++;
      }
      while (right && from < to && text.bytes[to - 1] == ' ') {
        to--;
      }
    } else {
      Mem set = context.utf8(arguments[1], 1);
      from = left ? afterLeading(text.bytes, from, to, set) : from;
      to = right ? beforeTrailing(text.bytes, from, to, set) : to;
    }
    context.result().setText(text.bytes, from, to - from, TextEncoding.UTF8);
  }

  private static int afterLeading(byte[] bytes, int start, int end, Mem set) {
    int from = start;
    while (from < end) {
      int matched = memberAt(bytes, from, end, set, false);
      if (matched == 0) {
        return from;
      }
      from += matched;
    }
    return from;
  }

  private static int beforeTrailing(byte[] bytes, int start, int end, Mem set) {
    int to = end;
    while (to > start) {
      int matched = memberAt(bytes, start, to, set, true);
      if (matched == 0) {
        return to;
      }
      to -= matched;
    }
    return to;
  }

  /** Bytes of the member of the set that stands at the start or the end of the range, or 0. */
  private static int memberAt(byte[] bytes, int from, int to, Mem set, boolean atEnd) {
    int end = set.offset + set.length;
    for (int i = set.offset; i < end && set.bytes[i] != 0; ) {
      int next = Characters.next(set.bytes, i, end);
      int length = next - i;
      if (length <= to - from && same(bytes, atEnd ? to - length : from, set.bytes, i, length)) {
        return length;
      }
      i = next;
    }
    return 0;
  }

  private static boolean same(byte[] left, int leftFrom, byte[] right, int rightFrom, int count) {
    for (int i = 0; i < count; i++) {
      if (left[leftFrom + i] != right[rightFrom + i]) {
        return false;
      }
    }
    return true;
  }
}
