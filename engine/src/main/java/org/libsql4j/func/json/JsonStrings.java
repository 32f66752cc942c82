package org.libsql4j.func.json;

import org.libsql4j.func.TextBuilder;

/** Strings in JSON text and in JSONB: escaping, unescaping, comparing. */
public final class JsonStrings {
  private JsonStrings() {}

  private static final String HEX = "0123456789abcdef";

  /** Writes text as a JSON string with its quotes. */
  static void quote(TextBuilder out, byte[] text, int from, int end) {
    out.append('"');
    escape(out, text, from, end);
    out.append('"');
  }

  /** Writes text with the escapes that it needs within a JSON string. */
  public static void escape(TextBuilder out, byte[] text, int from, int end) {
    int i = from;
    while (i < end) {
      int plain = i;
      while (i < end && text[i] != '"' && text[i] != '\\' && (text[i] >= ' ' || text[i] < 0)) {
        i++;
      }
      out.append(text, plain, i - plain);
      if (i < end) {
        int c = text[i++];
        if (c == '"' || c == '\\') {
          out.append('\\');
          out.append(c);
        } else {
          control(out, c);
        }
      }
    }
  }

  private static void control(TextBuilder out, int c) {
    out.append('\\');
    switch (c) {
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      default -> {
        out.appendAscii("u00");
        out.append(HEX.charAt(c >> 4));
        out.append(HEX.charAt(c & 0x0f));
      }
    }
  }

  /** Writes the payload of a TEXT5 element as a JSON string: its escapes become JSON's. */
  static void quoteExtended(TextBuilder out, byte[] b, int from, int end) {
    out.append('"');
    int i = from;
    while (i < end) {
      int c = b[i];
      if (c == '"') {
        out.append('\\');
        out.append(c);
        i++;
      } else if (c >= 0 && c < ' ') {
        control(out, c);
        i++;
      } else if (c != '\\') {
        out.append(c);
        i++;
      } else {
        i = convertEscape(out, b, i, end);
      }
    }
    out.append('"');
  }

  private static int convertEscape(TextBuilder out, byte[] b, int i, int end) {
    if (i + 1 >= end) {
      throw Jsonb.malformed();
    }
    switch (b[i + 1] & 0xff) {
      case '\'' -> out.append('\'');
      case 'v' -> out.appendAscii("\\u000b");
      case 'x' -> {
        if (end - i < 4) {
          throw Jsonb.malformed();
        }
        out.appendAscii("\\u00");
        out.append(b, i + 2, 2);
        return i + 4;
      }
      case '0' -> out.appendAscii("\\u0000");
      case '\r' -> {
        return i + 2 < end && b[i + 2] == '\n' ? i + 3 : i + 2;
      }
      case '\n' -> {}
      case 0xe2 -> {
        if (!JsonSpace.isLineSeparator(b, i + 1, end)) {
          throw Jsonb.malformed();
        }
        return i + 4;
      }
      default -> out.append(b, i, 2);
    }
    return i + 2;
  }

  /** Writes a string element's text without escapes. */
  static void decode(TextBuilder out, int type, byte[] b, int from, int end) {
    if (type == Jsonb.TEXT || type == Jsonb.TEXTRAW) {
      out.append(b, from, end - from);
      return;
    }
    Unescaper unescaper = new Unescaper(b, from, end);
    while (unescaper.at < end) {
      int c = b[unescaper.at];
      if (c != '\\') {
        out.append(c);
        unescaper.at++;
      } else {
        int decoded = unescaper.next();
        if (decoded >= 0) {
          out.appendCodePoint(decoded);
        }
      }
    }
  }

  /** Reads escapes one by one. */
  private static final class Unescaper {
    private final byte[] b;
    private final int end;
    private int at;

    Unescaper(byte[] b, int at, int end) {
      this.b = b;
      this.at = at;
      this.end = end;
    }

    private int hex(int from, int count) {
      int value = 0;
      for (int i = from; i < from + count; i++) {
        int digit = i < end ? JsonSpace.hexValue(b[i]) : -1;
        if (digit < 0) {
          return -1;
        }
        value = value << 4 | digit;
      }
      return value;
    }

    /** The character of the escape at {@link #at}, -1 for none (a continued line). */
    int next() {
      if (at + 1 >= end) {
        at = end;
        return 0xfffd;
      }
      int c = b[at + 1] & 0xff;
      at += 2;
      switch (c) {
        case 'u' -> {
          return unicode();
        }
        case 'b' -> {
          return '\b';
        }
        case 'f' -> {
          return '\f';
        }
        case 'n' -> {
          return '\n';
        }
        case 'r' -> {
          return '\r';
        }
        case 't' -> {
          return '\t';
        }
        case 'v' -> {
          return 0x0b;
        }
        case '0' -> {
          return 0;
        }
        case '\'', '"', '/', '\\' -> {
          return c;
        }
        case 'x' -> {
          int value = hex(at, 2);
          at = Math.min(end, at + 2);
          return value < 0 ? 0xfffd : value;
        }
        case 0xe2 -> {
          at = Math.min(end, at + 2);
          return -1;
        }
        case '\n' -> {
          return -1;
        }
        case '\r' -> {
          if (at < end && b[at] == '\n') {
            at++;
          }
          return -1;
        }
        default -> {
          return 0xfffd;
        }
      }
    }

    /** Two escapes that are a pair of surrogates are one character. */
    private int unicode() {
      int value = hex(at, 4);
      at = Math.min(end, at + 4);
      if (value < 0) {
        return 0xfffd;
      }
      if ((value & 0xfc00) == 0xd800 && at + 5 < end && b[at] == '\\' && b[at + 1] == 'u') {
        int low = hex(at + 2, 4);
        if (low >= 0 && (low & 0xfc00) == 0xdc00) {
          at += 6;
          return ((value & 0x3ff) << 10) + (low & 0x3ff) + 0x10000;
        }
      }
      return value;
    }
  }

  /** Whether two strings, each perhaps with escapes, are the same text. */
  static boolean equal(
      byte[] left,
      int leftFrom,
      int leftEnd,
      boolean leftRaw,
      byte[] right,
      int rightFrom,
      int rightEnd,
      boolean rightRaw) {
    if (leftRaw && rightRaw) {
      int n = leftEnd - leftFrom;
      if (n != rightEnd - rightFrom) {
        return false;
      }
      for (int i = 0; i < n; i++) {
        if (left[leftFrom + i] != right[rightFrom + i]) {
          return false;
        }
      }
      return true;
    }
    TextBuilder l = new TextBuilder(Integer.MAX_VALUE);
    TextBuilder r = new TextBuilder(Integer.MAX_VALUE);
    decode(l, leftRaw ? Jsonb.TEXT : Jsonb.TEXT5, left, leftFrom, leftEnd);
    decode(r, rightRaw ? Jsonb.TEXT : Jsonb.TEXT5, right, rightFrom, rightEnd);
    return equal(l.bytes(), 0, l.length(), true, r.bytes(), 0, r.length(), true);
  }
}
