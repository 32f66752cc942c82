package org.libsql4j.func.json;

import java.nio.charset.StandardCharsets;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.TextBuilder;
import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;
import org.libsql4j.record.TextEncoding;

/** SQL values as JSON and JSON as SQL values. */
public final class JsonValues {
  private JsonValues() {}

  private static final byte[] INFINITY = "9e999".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MINUS_INFINITY = "-9e999".getBytes(StandardCharsets.US_ASCII);

  // ---- SQL to JSON -----------------------------------------------------------------------------

  /** Appends an SQL value to JSON text; text of subtype JSON goes in as it is. */
  static void append(FunctionContext context, TextBuilder out, Mem value) {
    switch (value.type) {
      case Mem.NULL -> out.appendAscii("null");
      case Mem.INTEGER -> out.appendPadded(value.integer, 1);
      case Mem.REAL -> appendReal(out, value.real);
      case Mem.TEXT -> {
        Mem text = context.utf8(value, 2);
        if (value.subtype == Jsonb.SUBTYPE) {
          out.append(text);
        } else {
          JsonStrings.quote(out, text.bytes, text.offset, text.offset + text.length);
        }
      }
      default -> {
        if (!JsonInput.isBinary(value)) {
          throw context.error("JSON cannot hold BLOB values");
        }
        JsonWriter.write(out, value.bytes, value.offset, value.offset + value.length);
      }
    }
  }

  private static void appendReal(TextBuilder out, double value) {
    if (Double.isInfinite(value)) {
      out.appendAscii(value > 0 ? "9.0e+999" : "-9.0e+999");
    } else {
      byte[] text = new byte[NumericText.REAL_BYTES];
      out.append(text, 0, NumericText.writeReal(value, text, 0));
    }
  }

  /** Makes JSONB of an SQL value. */
  static void toJsonb(FunctionContext context, Mem value, JsonBuffer out, JsonInput parser) {
    out.clear();
    switch (value.type) {
      case Mem.NULL -> out.appendEmpty(Jsonb.NULL);
      case Mem.INTEGER -> {
        Mem text = context.utf8(value, 2);
        out.appendNode(Jsonb.INT, text.bytes, text.offset, text.length);
      }
      case Mem.REAL -> {
        if (Double.isInfinite(value.real)) {
          byte[] text = value.real > 0 ? INFINITY : MINUS_INFINITY;
          out.appendNode(Jsonb.FLOAT, text, 0, text.length);
        } else {
          Mem text = context.utf8(value, 2);
          out.appendNode(Jsonb.FLOAT, text.bytes, text.offset, text.length);
        }
      }
      case Mem.TEXT -> {
        if (value.subtype == Jsonb.SUBTYPE) {
          parser.load(context, value, 2);
          out.append(parser.json);
        } else {
          Mem text = context.utf8(value, 2);
          out.appendNode(Jsonb.TEXTRAW, text.bytes, text.offset, text.length);
        }
      }
      default -> {
        if (!JsonInput.isBinary(value)) {
          throw context.error("JSON cannot hold BLOB values");
        }
        out.append(value.bytes, value.offset, value.length);
      }
    }
  }

  // ---- JSON to SQL -----------------------------------------------------------------------------

  /** Puts an element into the result as JSON text with its subtype. */
  static void resultText(FunctionContext context, byte[] b, int at, int limit) {
    TextBuilder out = context.newText();
    JsonWriter.write(out, b, at, limit);
    out.into(context.result());
    context.result().subtype = Jsonb.SUBTYPE;
  }

  static void resultBinary(FunctionContext context, byte[] b, int at, int limit) {
    int end = Jsonb.end(b, at, limit);
    context.result().setBlob(b, at, end - at);
  }

  /** Puts a whole document into the result, as text or as JSONB. */
  static void result(FunctionContext context, JsonBuffer json, boolean binary) {
    if (binary) {
      resultBinary(context, json.bytes, 0, json.length);
    } else {
      resultText(context, json.bytes, 0, json.length);
    }
  }

  /**
   * Puts an element into the result as an SQL value: numbers, text, NULL, 1 and 0 for the truth
   * values, and arrays and objects as JSON.
   */
  public static void resultValue(
      FunctionContext context, byte[] b, int at, int limit, boolean binary) {
    int end = Jsonb.end(b, at, limit);
    int from = Jsonb.payload(b, at);
    int type = Jsonb.type(b, at);
    Mem result = context.result();
    switch (type) {
      case Jsonb.NULL -> result.setNull();
      case Jsonb.TRUE -> result.setInteger(1);
      case Jsonb.FALSE -> result.setInteger(0);
      case Jsonb.INT, Jsonb.FLOAT, Jsonb.FLOAT5 -> number(result, type, b, from, end);
      case Jsonb.INT5 -> hexadecimal(result, b, from, end);
      case Jsonb.TEXT, Jsonb.TEXTRAW -> result.setText(b, from, end - from, TextEncoding.UTF8);
      case Jsonb.TEXTJ, Jsonb.TEXT5 -> {
        TextBuilder out = context.newText();
        JsonStrings.decode(out, type, b, from, end);
        out.into(result);
      }
      case Jsonb.ARRAY, Jsonb.OBJECT -> {
        if (binary) {
          resultBinary(context, b, at, limit);
        } else {
          resultText(context, b, at, limit);
        }
      }
      default -> throw Jsonb.malformed();
    }
  }

  private static void number(Mem result, int type, byte[] b, int from, int end) {
    result.setText(b, from, end - from, TextEncoding.UTF8);
    int kind = NumericText.classify(result);
    if (kind == NumericText.NOT_NUMERIC) {
      throw Jsonb.malformed();
    }
    if (type == Jsonb.INT && NumericText.prefixIsInteger(result)) {
      result.setInteger(result.asLong());
    } else {
      result.setReal(result.asDouble());
    }
  }

  private static void hexadecimal(Mem result, byte[] b, int from, int end) {
    boolean negative = from < end && b[from] == '-';
    int i = from + (negative ? 1 : 0);
    if (end - i < 3 || b[i] != '0' || (b[i + 1] | 0x20) != 'x') {
      throw Jsonb.malformed();
    }
    long value = 0;
    boolean overflow = false;
    for (i += 2; i < end; i++) {
      int digit = JsonSpace.hexValue(b[i]);
      if (digit < 0) {
        throw Jsonb.malformed();
      }
      overflow |= value >>> 60 != 0;
      value = value << 4 | digit;
    }
    if (overflow) {
      throw Jsonb.malformed();
    }
    result.setInteger(negative ? -value : value);
  }

  /** Name of an element's type as json_type() gives it. */
  public static String typeName(int type) {
    return switch (type) {
      case Jsonb.NULL -> "null";
      case Jsonb.TRUE -> "true";
      case Jsonb.FALSE -> "false";
      case Jsonb.INT, Jsonb.INT5 -> "integer";
      case Jsonb.FLOAT, Jsonb.FLOAT5 -> "real";
      case Jsonb.TEXT, Jsonb.TEXTJ, Jsonb.TEXT5, Jsonb.TEXTRAW -> "text";
      case Jsonb.ARRAY -> "array";
      case Jsonb.OBJECT -> "object";
      default -> throw Jsonb.malformed();
    };
  }
}
