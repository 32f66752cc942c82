package org.libsql4j.func;

import org.jspecify.annotations.Nullable;
import org.libsql4j.func.json.JsonStrings;
import org.libsql4j.record.Mem;

/** The conversions of text: {@code %s %z %c %q %Q %w %j %J}. */
final class TextPrinter {
  private TextPrinter() {}

  /** End of the first {@code limit} bytes or characters, all of them if negative. */
  private static int endOf(byte[] bytes, int from, int to, int limit, boolean characters) {
    int end = Characters.zeroOrEnd(bytes, from, to);
    if (limit < 0) {
      return end;
    }
    if (!characters) {
      return Math.min(end, (int) Math.min((long) from + limit, Integer.MAX_VALUE));
    }
    int i = from;
    for (int n = limit; n > 0 && i < end; n--) {
      i = Characters.next(bytes, i, end);
    }
    return i;
  }

  static void string(TextBuilder out, FormatDirective directive, @Nullable Mem text) {
    int start = out.length();
    if (text != null) {
      int from = text.offset;
      int end =
          endOf(text.bytes, from, from + text.length, directive.precision, directive.alternate2);
      out.append(text.bytes, from, end - from);
    }
    directive.padText(out, start);
  }

  /** The first character of the text, as many times as the precision says. */
  static void character(TextBuilder out, FormatDirective directive, @Nullable Mem text) {
    byte[] bytes = {0};
    int from = 0;
    int length = 1;
    if (text != null && text.length > 0) {
      bytes = text.bytes;
      from = text.offset;
      int end = from + text.length;
      length =
          Math.min(
              4,
              bytes[from] >= -64 && bytes[from] < 0 ? Characters.next(bytes, from, end) - from : 1);
    }
    int times = Math.max(1, directive.precision);
    int missing = directive.width - times;
    if (missing > 0 && !directive.leftJustify) {
      out.repeat(' ', missing);
    }
    for (int i = 0; i < times; i++) {
      out.append(bytes, from, length);
    }
    if (missing > 0 && directive.leftJustify) {
      out.repeat(' ', missing);
    }
  }

  /** Text with its quotes doubled; {@code %Q} puts quotes around it or writes NULL. */
  static void quoted(TextBuilder out, FormatDirective directive, @Nullable Mem text, int type) {
    int start = out.length();
    if (text == null) {
      byte[] name = {'(', 'N', 'U', 'L', 'L', ')'};
      int from = type == 'Q' ? 1 : 0;
      int to = type == 'Q' ? 5 : 6;
      int end = endOf(name, from, to, directive.precision, false);
      out.append(name, from, end - from);
      directive.padText(out, start);
      return;
    }
    int from = text.offset;
    int end =
        endOf(text.bytes, from, from + text.length, directive.precision, directive.alternate2);
    boolean controls = directive.alternate && QuoteFunctions.hasControl(text.bytes, from, end);
    boolean escape = directive.alternate && type != 'w' && (controls || type == 'q');
    if (type == 'Q') {
      out.appendAscii(escape ? "unistr('" : "'");
    }
    int quote = type == 'w' ? '"' : '\'';
    if (escape) {
      QuoteFunctions.appendEscaped(out, text.bytes, from, end, quote);
    } else {
      for (int i = from; i < end; i++) {
        out.append(text.bytes[i]);
        if (text.bytes[i] == quote) {
          out.append(quote);
        }
      }
    }
    if (type == 'Q') {
      out.appendAscii(escape ? "')" : "'");
    }
    directive.padText(out, start);
  }

  /** Text escaped for a JSON string; {@code %J} puts quotes around it or writes null. */
  static void json(TextBuilder out, FormatDirective directive, @Nullable Mem text, int type) {
    int start = out.length();
    if (text == null) {
      out.appendAscii(type == 'J' ? "null" : "");
    } else {
      int from = text.offset;
      int end =
          endOf(text.bytes, from, from + text.length, directive.precision, directive.alternate2);
      String quote = type == 'J' ? "\"" : "";
      out.appendAscii(quote);
      JsonStrings.escape(out, text.bytes, from, end);
      out.appendAscii(quote);
    }
    directive.padText(out, start);
  }
}
