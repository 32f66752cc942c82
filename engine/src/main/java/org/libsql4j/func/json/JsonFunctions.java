package org.libsql4j.func.json;

import java.util.EnumSet;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.func.FunctionRegistry;
import org.libsql4j.func.ScalarFunction;
import org.libsql4j.func.TextBuilder;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Utf8;

/** The scalar functions that make, check and describe JSON. */
public final class JsonFunctions {
  private JsonFunctions() {}

  static final EnumSet<Flag> FLAGS =
      EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.SUBTYPE, Flag.RESULT_SUBTYPE);

  /** Adds all JSON functions, the aggregates among them. */
  public static void register(FunctionRegistry registry) {
    add(registry, "json", 1, (context, a) -> document(context, a, false));
    add(registry, "jsonb", 1, (context, a) -> document(context, a, true));
    add(registry, "json_array", -1, (context, a) -> array(context, a, false));
    add(registry, "jsonb_array", -1, (context, a) -> array(context, a, true));
    add(registry, "json_object", -1, (context, a) -> object(context, a, false));
    add(registry, "jsonb_object", -1, (context, a) -> object(context, a, true));
    add(registry, "json_array_length", 1, JsonFunctions::arrayLength);
    add(registry, "json_array_length", 2, JsonFunctions::arrayLength);
    add(registry, "json_type", 1, JsonFunctions::type);
    add(registry, "json_type", 2, JsonFunctions::type);
    add(registry, "json_valid", 1, JsonFunctions::valid);
    add(registry, "json_valid", 2, JsonFunctions::valid);
    add(registry, "json_error_position", 1, JsonFunctions::errorPosition);
    add(registry, "json_quote", 1, JsonFunctions::quote);
    add(registry, "json_pretty", 1, JsonFunctions::pretty);
    add(registry, "json_pretty", 2, JsonFunctions::pretty);
    JsonExtraction.register(registry);
    JsonEditing.register(registry);
    JsonAggregates.register(registry);
  }

  static void add(
      FunctionRegistry registry, String name, int argumentCount, ScalarFunction function) {
    registry.register(FunctionDefinition.scalar(name, argumentCount, FLAGS, function));
  }

  /** What a call site keeps. */
  static final class Site {
    final JsonInput input = new JsonInput();
    final JsonInput second = new JsonInput();
    final JsonPath path = new JsonPath(input.json);
    final JsonBuffer value = new JsonBuffer();
    final TextBuilder pathText = new TextBuilder(Integer.MAX_VALUE);

    static Site of(FunctionContext context) {
      if (context.auxiliary() instanceof Site known) {
        return known;
      }
      Site fresh = new Site();
      context.setAuxiliary(fresh);
      return fresh;
    }

    /**
     * Finds the element that a path argument means.
     *
     * @return as of {@link JsonPath#find}, but never {@link JsonPath#BAD_PATH}
     */
    int find(FunctionContext context, Mem argument) {
      Mem text = context.utf8(argument, 1);
      int end = endOfPath(text);
      int found =
          isPath(text, end) ? path.find(text.bytes, text.offset + 1, end) : JsonPath.BAD_PATH;
      if (found == JsonPath.BAD_PATH) {
        throw badPath(context, text, end);
      }
      return found;
    }
  }

  static boolean isPath(Mem text, int end) {
    return text.offset < end && text.bytes[text.offset] == '$';
  }

  /** Text for C ends at a zero byte. */
  static int endOfPath(Mem text) {
    int end = text.offset;
    while (end < text.offset + text.length && text.bytes[end] != 0) {
      end++;
    }
    return end;
  }

  static LibsqlException badPath(FunctionContext context, Mem path, int end) {
    return context.error("bad JSON path: '" + shown(path, end) + "'");
  }

  /** The path with its quotes doubled, for a message. */
  static String shown(Mem path, int end) {
    return Utf8.decode(path.bytes, path.offset, end - path.offset).replace("'", "''");
  }

  /** The argument without white space, in JSON's own syntax. */
  private static void document(FunctionContext context, Mem[] arguments, boolean binary) {
    Site site = Site.of(context);
    if (site.input.load(context, arguments[0], 0)) {
      JsonValues.result(context, site.input.json, binary);
    }
  }

  private static void array(FunctionContext context, Mem[] arguments, boolean binary) {
    TextBuilder out = context.newText();
    out.append('[');
    for (int i = 0; i < arguments.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      JsonValues.append(context, out, arguments[i]);
    }
    out.append(']');
    finish(context, out, binary);
  }

  /** Labels and values in turn. */
  private static void object(FunctionContext context, Mem[] arguments, boolean binary) {
    if (arguments.length % 2 != 0) {
      throw context.error("json_object() requires an even number of arguments");
    }
    TextBuilder out = context.newText();
    out.append('{');
    for (int i = 0; i < arguments.length; i += 2) {
      if (arguments[i].type != Mem.TEXT) {
        throw context.error("json_object() labels must be TEXT");
      }
      if (i > 0) {
        out.append(',');
      }
      Mem label = context.utf8(arguments[i], 0);
      JsonStrings.quote(out, label.bytes, label.offset, label.offset + label.length);
      out.append(':');
      JsonValues.append(context, out, arguments[i + 1]);
    }
    out.append('}');
    finish(context, out, binary);
  }

  /** Puts JSON text into the result, as it is or as JSONB. */
  static void finish(FunctionContext context, TextBuilder text, boolean binary) {
    Mem result = context.result();
    text.into(result);
    if (!binary) {
      result.subtype = Jsonb.SUBTYPE;
      return;
    }
    JsonInput input = Site.of(context).second;
    input.forget();
    if (!input.tryLoad(context, result, 0)) {
      throw Jsonb.malformed();
    }
    JsonValues.resultBinary(context, input.json.bytes, 0, input.json.length);
  }

  /** Number of elements; 0 for what is no array, NULL where the path leads nowhere. */
  private static void arrayLength(FunctionContext context, Mem[] arguments) {
    Site site = Site.of(context);
    int at = locate(context, site, arguments);
    if (at < 0) {
      return;
    }
    byte[] b = site.input.json.bytes;
    int end = Jsonb.end(b, at, site.input.json.length);
    int count = 0;
    if (Jsonb.type(b, at) == Jsonb.ARRAY) {
      for (int i = Jsonb.payload(b, at); i < end; i = Jsonb.end(b, i, end)) {
        count++;
      }
    }
    context.result().setInteger(count);
  }

  /** The element of a document and an optional path; negative if there is none. */
  private static int locate(FunctionContext context, Site site, Mem[] arguments) {
    if (!site.input.load(context, arguments[0], 0)) {
      return JsonPath.NOT_FOUND;
    }
    if (arguments.length == 1) {
      return 0;
    }
    return arguments[1].type == Mem.NULL ? JsonPath.NOT_FOUND : site.find(context, arguments[1]);
  }

  private static void type(FunctionContext context, Mem[] arguments) {
    Site site = Site.of(context);
    int at = locate(context, site, arguments);
    if (at >= 0) {
      context.result().setText(JsonValues.typeName(Jsonb.type(site.input.json.bytes, at)));
    }
  }

  private static final int VALID_JSON = 1;
  private static final int VALID_JSON5 = 2;
  private static final int LOOKS_BINARY = 4;
  private static final int VALID_BINARY = 8;

  /** Whether the argument is well-formed in one of the ways that the flags name. */
  private static void valid(FunctionContext context, Mem[] arguments) {
    long flags = VALID_JSON;
    if (arguments.length == 2) {
      if (arguments[1].type == Mem.NULL) {
        return;
      }
      flags = arguments[1].asLong();
      if (flags < 1 || flags > 15) {
        throw context.error("FLAGS parameter to json_valid() must be between 1 and 15");
      }
    }
    Mem value = arguments[0];
    if (value.type == Mem.NULL) {
      return;
    }
    boolean valid = false;
    if (JsonInput.isBinary(value)) {
      valid =
          (flags & LOOKS_BINARY) != 0
              || ((flags & VALID_BINARY) != 0
                  && JsonbCheck.flaw(value.bytes, value.offset, value.offset + value.length) == 0);
    } else if ((flags & (VALID_JSON | VALID_JSON5)) != 0) {
      JsonInput input = Site.of(context).input;
      valid =
          input.tryLoad(context, value, 0) && ((flags & VALID_JSON5) != 0 || input.isStandard());
    }
    context.result().setBoolean(valid);
  }

  /** 0 if the argument is JSON5 or JSONB, otherwise the 1-based position of the first error. */
  private static void errorPosition(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    if (value.type == Mem.NULL) {
      return;
    }
    if (JsonInput.isBinary(value)) {
      context
          .result()
          .setInteger(JsonbCheck.flaw(value.bytes, value.offset, value.offset + value.length));
      return;
    }
    JsonInput input = Site.of(context).input;
    if (input.tryLoad(context, value, 0)) {
      context.result().setInteger(0);
      return;
    }
    Mem text = context.utf8(value, 0);
    long position = 1;
    for (int i = 0; i < input.errorAt(); i++) {
      if ((text.bytes[text.offset + i] & 0xc0) != 0x80) {
        position++;
      }
    }
    context.result().setInteger(position);
  }

  /** The SQL value as JSON; what is JSON already stays as it is. */
  private static void quote(FunctionContext context, Mem[] arguments) {
    TextBuilder out = context.newText();
    JsonValues.append(context, out, arguments[0]);
    finish(context, out, false);
  }

  private static final byte[] FOUR_SPACES = {' ', ' ', ' ', ' '};

  private static void pretty(FunctionContext context, Mem[] arguments) {
    Site site = Site.of(context);
    if (!site.input.load(context, arguments[0], 0)) {
      return;
    }
    byte[] indent = FOUR_SPACES;
    int from = 0;
    int count = FOUR_SPACES.length;
    if (arguments.length == 2 && arguments[1].type != Mem.NULL) {
      Mem given = context.utf8(arguments[1], 1);
      indent = given.bytes;
      from = given.offset;
      count = endOfPath(given) - from;
    }
    TextBuilder out = context.newText();
    JsonBuffer json = site.input.json;
    JsonWriter.writePretty(out, json.bytes, 0, json.length, indent, from, count);
    out.into(context.result());
  }
}
