package org.libsql4j.func.json;

import org.libsql4j.func.TextBuilder;

/** Writes JSONB as JSON text, in one line or indented. */
final class JsonWriter {
  private JsonWriter() {}

  /**
   * Writes the element at {@code at}.
   *
   * @return where the element ends
   */
  static int write(TextBuilder out, byte[] b, int at, int limit) {
    return write(out, b, at, limit, 0);
  }

  private static int write(TextBuilder out, byte[] b, int at, int limit, int depth) {
    int end = Jsonb.end(b, at, limit);
    int payload = Jsonb.payload(b, at);
    int type = Jsonb.type(b, at);
    if (type == Jsonb.ARRAY || type == Jsonb.OBJECT) {
      if (depth > Jsonb.MOST_DEPTH) {
        throw Jsonb.malformed();
      }
      container(out, b, type, payload, end, depth);
    } else {
      scalar(out, b, type, payload, end);
    }
    return end;
  }

  private static void container(TextBuilder out, byte[] b, int type, int from, int end, int depth) {
    boolean object = type == Jsonb.OBJECT;
    out.append(object ? '{' : '[');
    int i = from;
    boolean label = object;
    while (i < end) {
      i = write(out, b, i, end, depth + 1);
      if (label) {
        out.append(':');
        if (i >= end) {
          throw Jsonb.malformed();
        }
      } else if (i < end) {
        out.append(',');
      }
      label = object && !label;
    }
    out.append(object ? '}' : ']');
  }

  private static void scalar(TextBuilder out, byte[] b, int type, int from, int end) {
    switch (type) {
      case Jsonb.NULL -> out.appendAscii("null");
      case Jsonb.TRUE -> out.appendAscii("true");
      case Jsonb.FALSE -> out.appendAscii("false");
      case Jsonb.INT, Jsonb.FLOAT -> {
        requirePayload(from, end);
        out.append(b, from, end - from);
      }
      case Jsonb.INT5 -> hexadecimal(out, b, from, end);
      case Jsonb.FLOAT5 -> extendedFloat(out, b, from, end);
      case Jsonb.TEXT, Jsonb.TEXTJ -> {
        out.append('"');
        out.append(b, from, end - from);
        out.append('"');
      }
      case Jsonb.TEXT5 -> JsonStrings.quoteExtended(out, b, from, end);
      case Jsonb.TEXTRAW -> JsonStrings.quote(out, b, from, end);
      default -> throw Jsonb.malformed();
    }
  }

  private static void requirePayload(int from, int end) {
    if (from == end) {
      throw Jsonb.malformed();
    }
  }

  private static void hexadecimal(TextBuilder out, byte[] b, int from, int end) {
    requirePayload(from, end);
    int i = from;
    if (b[i] == '-') {
      out.append('-');
      i++;
    } else if (b[i] == '+') {
      i++;
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
    out.appendAscii(overflow ? "9.0e999" : Long.toUnsignedString(value));
  }

  /** Puts zeros before and after a bare point. */
  private static void extendedFloat(TextBuilder out, byte[] b, int from, int end) {
    requirePayload(from, end);
    int i = from;
    if (b[i] == '-') {
      out.append('-');
      i++;
    }
    if (i < end && b[i] == '.') {
      out.append('0');
    }
    for (; i < end; i++) {
      out.append(b[i]);
      if (b[i] == '.' && (i + 1 == end || !JsonSpace.isDigit(b[i + 1]))) {
        out.append('0');
      }
    }
  }

  // ---- pretty ----------------------------------------------------------------------------------

  /** Writes the element with a line for each member, indented by the given text per level. */
  static void writePretty(
      TextBuilder out, byte[] b, int at, int limit, byte[] indent, int from, int count) {
    new Pretty(out, b, indent, from, count).write(at, limit, 0);
  }

  private static final class Pretty {
    private final TextBuilder out;
    private final byte[] b;
    private final byte[] indent;
    private final int from;
    private final int count;

    Pretty(TextBuilder out, byte[] b, byte[] indent, int from, int count) {
      this.out = out;
      this.b = b;
      this.indent = indent;
      this.from = from;
      this.count = count;
    }

    int write(int at, int limit, int level) {
      int end = Jsonb.end(b, at, limit);
      int payload = Jsonb.payload(b, at);
      int type = Jsonb.type(b, at);
      if (type < Jsonb.ARRAY || payload == end) {
        JsonWriter.write(out, b, at, limit);
        return end;
      }
      if (level > Jsonb.MOST_DEPTH) {
        throw Jsonb.malformed();
      }
      boolean object = type == Jsonb.OBJECT;
      out.append(object ? '{' : '[');
      out.append('\n');
      int i = payload;
      while (i < end) {
        line(level + 1);
        if (object) {
          i = write(i, end, level + 1);
          out.appendAscii(": ");
          if (i >= end) {
            throw Jsonb.malformed();
          }
        }
        i = write(i, end, level + 1);
        if (i < end) {
          out.append(',');
        }
        out.append('\n');
      }
      line(level);
      out.append(object ? '}' : ']');
      return end;
    }

    private void line(int level) {
      for (int i = 0; i < level; i++) {
        out.append(indent, from, count);
      }
    }
  }
}
