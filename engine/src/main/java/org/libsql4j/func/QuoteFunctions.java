package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import org.libsql4j.record.Mem;
import org.libsql4j.record.NumericText;

/** quote(), unistr() and unistr_quote(). */
final class QuoteFunctions {
  private QuoteFunctions() {}

  static void register(FunctionRegistry registry) {
    registry.register(scalar("quote", 1, (context, a) -> quote(context, a[0], false)));
    registry.register(scalar("unistr_quote", 1, (context, a) -> quote(context, a[0], true)));
    registry.register(scalar("unistr", 1, QuoteFunctions::unistr));
  }

  /** The SQL literal of the value; control characters escaped by unistr() if asked for. */
  private static void quote(FunctionContext context, Mem value, boolean escapeControls) {
    TextBuilder out = context.newText();
    appendLiteral(context, out, value, escapeControls);
    out.into(context.result());
  }

  static void appendLiteral(
      FunctionContext context, TextBuilder out, Mem value, boolean escapeControls) {
    switch (value.type) {
      case Mem.INTEGER -> out.appendPadded(value.integer, 1);
      case Mem.REAL -> appendReal(out, value.real);
      case Mem.BLOB -> {
        out.append('X');
        out.append('\'');
        for (int i = 0; i < value.length; i++) {
          int b = value.bytes[value.offset + i];
          out.append("0123456789ABCDEF".charAt(b >> 4 & 0xf));
          out.append("0123456789ABCDEF".charAt(b & 0xf));
        }
        out.append('\'');
      }
      case Mem.TEXT -> appendText(out, context.utf8(value, 0), escapeControls);
      default -> out.appendAscii("NULL");
    }
  }

  /** Infinities become literals that are out of range, so that they read back as infinities. */
  static void appendReal(TextBuilder out, double value) {
    if (Double.isInfinite(value)) {
      out.appendAscii(value > 0 ? "9.0e+999" : "-9.0e+999");
    } else {
      out.appendAscii(NumericText.format(value));
    }
  }

  private static void appendText(TextBuilder out, Mem text, boolean escapeControls) {
    int end = Characters.zeroOrEnd(text.bytes, text.offset, text.offset + text.length);
    if (escapeControls && hasControl(text.bytes, text.offset, end)) {
      out.appendAscii("unistr('");
      appendEscaped(out, text.bytes, text.offset, end, '\'');
      out.appendAscii("')");
      return;
    }
    out.append('\'');
    for (int i = text.offset; i < end; i++) {
      out.append(text.bytes[i]);
      if (text.bytes[i] == '\'') {
        out.append('\'');
      }
    }
    out.append('\'');
  }

  static boolean hasControl(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] >= 0 && bytes[i] < 0x20) {
        return true;
      }
    }
    return false;
  }

  /**
   * Doubles quotes and backslashes and writes control characters as a backslash, u and 4 digits.
   */
  static void appendEscaped(TextBuilder out, byte[] bytes, int from, int end, int quote) {
    for (int i = from; i < end; i++) {
      int b = bytes[i];
      if (b >= 0 && b < 0x20) {
        out.appendAscii("\\u00");
        out.append(b >= 0x10 ? '1' : '0');
        out.append("0123456789abcdef".charAt(b & 0xf));
      } else {
        out.append(b);
        if (b == quote || b == '\\') {
          out.append(b);
        }
      }
    }
  }

  /** Replaces escapes of Unicode characters: 4, +6, u4 or U8 digits after a backslash. */
  private static void unistr(FunctionContext context, Mem[] arguments) {
    if (arguments[0].type == Mem.NULL) {
      return;
    }
    Mem text = context.utf8(arguments[0], 0);
    TextBuilder out = context.newText();
    byte[] bytes = text.bytes;
    int end = text.offset + text.length;
    int i = text.offset;
    while (i < end) {
      if (bytes[i] != '\\') {
        out.append(bytes[i++]);
        continue;
      }
      int kind = i + 1 < end ? bytes[i + 1] : 0;
      if (kind == '\\') {
        out.append('\\');
        i += 2;
        continue;
      }
      int skip = kind == '+' || kind == 'u' || kind == 'U' ? 2 : 1;
      int digits = kind == '+' ? 6 : kind == 'U' ? 8 : 4;
      out.appendCodePoint(codePoint(context, bytes, i + skip, digits, end));
      i += skip + digits;
    }
    out.into(context.result());
  }

  private static int codePoint(
      FunctionContext context, byte[] bytes, int from, int digits, int end) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < end ? HexFunctions.digit(bytes[i]) : -1;
      if (digit < 0) {
        throw context.error("invalid Unicode escape");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
