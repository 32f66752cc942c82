package org.libsql4j.func.json;

import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionRegistry;
import org.libsql4j.func.TextBuilder;
import org.libsql4j.record.Mem;

/** json_extract(), jsonb_extract() and the operators {@code ->} and {@code ->>}. */
final class JsonExtraction {
  private JsonExtraction() {}

  static void register(FunctionRegistry registry) {
    JsonFunctions.add(registry, "json_extract", -1, (c, a) -> extract(c, a, false));
    JsonFunctions.add(registry, "jsonb_extract", -1, (c, a) -> extract(c, a, true));
    JsonFunctions.add(registry, "->", 2, (c, a) -> arrow(c, a, true));
    JsonFunctions.add(registry, "->>", 2, (c, a) -> arrow(c, a, false));
  }

  /** The value of one path, or an array of the values of several. */
  private static void extract(FunctionContext context, Mem[] arguments, boolean binary) {
    if (arguments.length < 2) {
      return;
    }
    JsonFunctions.Site site = JsonFunctions.Site.of(context);
    if (!site.input.load(context, arguments[0], 0)) {
      return;
    }
    JsonBuffer json = site.input.json;
    if (arguments.length == 2) {
      if (arguments[1].type != Mem.NULL) {
        int at = site.find(context, arguments[1]);
        if (at >= 0) {
          JsonValues.resultValue(context, json.bytes, at, json.length, binary);
        }
      }
      return;
    }
    TextBuilder out = context.newText();
    out.append('[');
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].type == Mem.NULL) {
        return;
      }
      if (i > 1) {
        out.append(',');
      }
      int at = site.find(context, arguments[i]);
      if (at >= 0) {
        JsonWriter.write(out, json.bytes, at, json.length);
      } else {
        out.appendAscii("null");
      }
    }
    out.append(']');
    JsonFunctions.finish(context, out, binary);
  }

  /**
   * {@code ->} gives JSON, {@code ->>} an SQL value. The right side may be a path, the label of a
   * member, or the index of an element.
   */
  private static void arrow(FunctionContext context, Mem[] arguments, boolean asJson) {
    JsonFunctions.Site site = JsonFunctions.Site.of(context);
    Mem key = arguments[1];
    if (!site.input.load(context, arguments[0], 0) || key.type == Mem.NULL) {
      return;
    }
    JsonBuffer json = site.input.json;
    Mem text = context.utf8(key, 1);
    int end = JsonFunctions.endOfPath(text);
    int at;
    if (JsonFunctions.isPath(text, end)) {
      at = site.find(context, key);
    } else {
      TextBuilder path = abbreviated(site.pathText, text, end, key.type == Mem.INTEGER);
      at = site.path.find(path.bytes(), 0, path.length());
      if (at == JsonPath.BAD_PATH) {
        throw JsonFunctions.badPath(context, text, end);
      }
    }
    if (at < 0) {
      return;
    }
    if (asJson) {
      JsonValues.resultText(context, json.bytes, at, json.length);
    } else {
      JsonValues.resultValue(context, json.bytes, at, json.length, false);
      context.result().subtype = 0;
    }
  }

  private static TextBuilder abbreviated(TextBuilder path, Mem text, int end, boolean index) {
    path.clear(Integer.MAX_VALUE);
    int from = text.offset;
    if (index) {
      path.append('[');
      if (text.bytes[from] == '-') {
        path.append('#');
      }
      path.append(text.bytes, from, end - from);
      path.append(']');
    } else if (isAlphanumeric(text.bytes, from, end)) {
      path.append('.');
      path.append(text.bytes, from, end - from);
    } else if (end - from >= 3 && text.bytes[from] == '[' && text.bytes[end - 1] == ']') {
      path.append(text.bytes, from, end - from);
    } else {
      path.append('.');
      path.append('"');
      path.append(text.bytes, from, end - from);
      path.append('"');
    }
    return path;
  }

  private static boolean isAlphanumeric(byte[] text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (!JsonSpace.isLetter(text[i]) && !JsonSpace.isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }
}
