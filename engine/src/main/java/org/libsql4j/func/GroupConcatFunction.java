package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.aggregate;

import java.util.ArrayDeque;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Limit;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Mem;

/**
 * group_concat() and string_agg(): values that are not NULL with a separator before each but the
 * first.
 *
 * <p>A window that drops its first value has to drop the separator that came after it. Separators
 * may differ from row to row, so their lengths are remembered once one is of another length.
 */
final class GroupConcatFunction implements Accumulator {
  private static final byte[] COMMA = {','};

  private @Nullable TextBuilder text;
  private int values;

  /** Length of the separators while all are alike; -1 once they differ. */
  private int commonLength;

  private @Nullable ArrayDeque<Integer> lengths;

  static void register(FunctionRegistry registry) {
    EnumSet<Flag> flags = EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.WINDOW);
    registry.register(aggregate("group_concat", 1, flags, GroupConcatFunction::new));
    registry.register(aggregate("group_concat", 2, flags, GroupConcatFunction::new));
    registry.register(aggregate("string_agg", 2, flags, GroupConcatFunction::new));
  }

  @Override
  public void step(FunctionContext context, Mem[] arguments) {
    if (arguments[0].type == Mem.NULL) {
      return;
    }
    TextBuilder out = text;
    if (out == null) {
      out = new TextBuilder(context.connection().limit(Limit.LENGTH));
      text = out;
    }
    if (values > 0) {
      int before = out.length();
      if (arguments.length == 1) {
        out.append(COMMA, 0, 1);
      } else if (arguments[1].type != Mem.NULL) {
        out.append(context.utf8(arguments[1], 1));
      }
      rememberSeparator(out.length() - before);
    }
    values++;
    out.append(context.utf8(arguments[0], 0));
  }

  private void rememberSeparator(int length) {
    ArrayDeque<Integer> each = lengths;
    if (each == null) {
      if (values == 1 || length == commonLength) {
        commonLength = length;
        return;
      }
      each = new ArrayDeque<>();
      for (int i = 1; i < values; i++) {
        each.addLast(commonLength);
      }
      lengths = each;
    }
    each.addLast(length);
  }

  private int firstSeparator() {
    ArrayDeque<Integer> each = lengths;
    if (each == null) {
      return commonLength;
    }
    Integer first = each.pollFirst();
    return first == null ? 0 : first;
  }

  @Override
  public void inverse(FunctionContext context, Mem[] arguments) {
    TextBuilder out = text;
    if (arguments[0].type == Mem.NULL || out == null) {
      return;
    }
    values--;
    int gone = context.utf8(arguments[0], 0).length + firstSeparator();
    out.dropFirst(Math.min(gone, out.length()));
  }

  @Override
  public void finish(FunctionContext context) {
    TextBuilder out = text;
    if (out != null && values > 0) {
      out.intoBelowLimit(context.result());
    }
  }
}
