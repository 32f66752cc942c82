package org.libsql4j.func.json;

import java.util.EnumSet;
import org.libsql4j.connection.Limit;
import org.libsql4j.func.Accumulator;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.func.FunctionRegistry;
import org.libsql4j.func.TextBuilder;
import org.libsql4j.record.Mem;

/** json_group_array() and json_group_object(), also as window functions, and their jsonb forms. */
final class JsonAggregates implements Accumulator {
  private final boolean object;
  private final boolean binary;

  /** The members so far, separated by commas. */
  private final TextBuilder members = new TextBuilder(Integer.MAX_VALUE);

  private boolean started;

  private JsonAggregates(boolean object, boolean binary) {
    this.object = object;
    this.binary = binary;
  }

  static void register(FunctionRegistry registry) {
    add(registry, "json_group_array", 1, false, false);
    add(registry, "jsonb_group_array", 1, false, true);
    add(registry, "json_group_object", 2, true, false);
    add(registry, "jsonb_group_object", 2, true, true);
  }

  private static void add(
      FunctionRegistry registry, String name, int arguments, boolean object, boolean binary) {
    EnumSet<Flag> flags = EnumSet.copyOf(JsonFunctions.FLAGS);
    flags.add(Flag.WINDOW);
    registry.register(
        FunctionDefinition.aggregate(
            name, arguments, flags, () -> new JsonAggregates(object, binary)));
  }

  @Override
  public void step(FunctionContext context, Mem[] arguments) {
    if (!started) {
      members.clear(context.connection().limit(Limit.LENGTH));
      started = true;
    }
    if (object) {
      Mem label = context.utf8(arguments[0], 0);
      if (label.type == Mem.NULL) {
        return;
      }
      separate();
      JsonStrings.quote(members, label.bytes, label.offset, label.offset + label.length);
      members.append(':');
      JsonValues.append(context, members, arguments[1]);
    } else {
      separate();
      JsonValues.append(context, members, arguments[0]);
    }
  }

  private void separate() {
    if (members.length() > 0) {
      members.append(',');
    }
  }

  @Override
  public void inverse(FunctionContext context, Mem[] arguments) {
    if (object && arguments[0].type == Mem.NULL) {
      return;
    }
    members.dropFirst(firstMember());
  }

  /** Length of the first member with the comma after it. */
  private int firstMember() {
    byte[] b = members.bytes();
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < members.length(); i++) {
      int c = b[i];
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        return i + 1;
      }
    }
    return members.length();
  }

  @Override
  public void finish(FunctionContext context) {
    TextBuilder out = context.newText();
    out.append(object ? '{' : '[');
    out.append(members.bytes(), 0, members.length());
    out.append(object ? '}' : ']');
    JsonFunctions.finish(context, out, binary);
  }
}
