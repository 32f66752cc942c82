package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/** Functions that measure, cut and put together text. */
final class TextFunctions {
  private TextFunctions() {}

  static void register(FunctionRegistry registry) {
    registry.register(
        scalar(
            "length",
            1,
            EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.LENGTH),
            TextFunctions::length));
    registry.register(
        scalar(
            "octet_length",
            1,
            EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.BYTE_LENGTH),
            TextFunctions::octetLength));
    registry.register(scalar("lower", 1, TextFunctions::lower));
    registry.register(scalar("upper", 1, TextFunctions::upper));
    for (String name : new String[] {"substr", "substring"}) {
      registry.register(scalar(name, 2, TextFunctions::substr));
      registry.register(scalar(name, 3, TextFunctions::substr));
    }
    registry.register(scalar("instr", 2, TextFunctions::instr));
    registry.register(scalar("replace", 3, TextFunctions::replace));
    registry.register(scalar("char", -1, TextFunctions::character));
    registry.register(scalar("unicode", 1, TextFunctions::unicode));
    registry.register(
        scalar("concat", FunctionDefinition.atLeast(1), (c, a) -> concat(c, a, 0, null)));
    registry.register(scalar("concat_ws", FunctionDefinition.atLeast(2), TextFunctions::concatWs));
    registry.register(scalar("soundex", 1, TextFunctions::soundex));
  }

  /** Characters of text up to a zero character, bytes of a blob, characters of a number's text. */
  private static void length(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    if (value.type == Mem.BLOB) {
      context.result().setInteger(value.length);
    } else if (value.type != Mem.NULL) {
      Mem text = context.utf8(value, 0);
      int end = text.offset + text.length;
      context.result().setInteger(Characters.count(text.bytes, text.offset, end));
    }
  }

  /** Bytes of a blob, or of a text or a number's text in the encoding of the database. */
  private static void octetLength(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    if (value.isTextOrBlob()) {
      context.result().setInteger(value.length);
    } else if (value.type != Mem.NULL) {
      int unit = context.connection().encoding == TextEncoding.UTF8 ? 1 : 2;
      context.result().setInteger((long) context.utf8(value, 0).length * unit);
    }
  }

  private static void lower(FunctionContext context, Mem[] arguments) {
    foldCase(context, arguments[0], 'A', 'Z');
  }

  private static void upper(FunctionContext context, Mem[] arguments) {
    foldCase(context, arguments[0], 'a', 'z');
  }

  /** In what upper and lower case of ASCII differ. */
  private static final int CASE_BIT = 0x20;

  /** Changes the case of letters of ASCII; others are left to extensions such as ICU. */
  private static void foldCase(FunctionContext context, Mem argument, int first, int last) {
    if (argument.type == Mem.NULL) {
      return;
    }
    Mem text = context.utf8(argument, 0);
    Mem result = context.result();
    byte[] from = text.bytes;
    int offset = text.offset;
    byte[] to = result.allocate(text.length);
    int length = text.length;
    int i = 0;
    for (; i <= length - 8; i += 8) {
      BigEndian.putLong(to, i, foldCase(BigEndian.getLong(from, offset + i), first, last));
    }
    for (; i < length; i++) {
      byte b = from[offset + i];
      to[i] = b >= first && b <= last ? (byte) (b ^ CASE_BIT) : b;
    }
    becomeText(result);
  }

  /** Changes the case of those of eight bytes that are letters from first to last. */
  private static long foldCase(long bytes, int first, int last) {
    long ones = 0x0101010101010101L;
    long low = bytes & 0x7f * ones;
    // The high bits tell which bytes, without their own, are at least the first, and beyond the
    // last letter.
    long letters = low + (0x80 - first) * ones & ~(low + (0x7f - last) * ones) & ~bytes;
    return bytes ^ (letters & 0x80 * ones) >>> 2;
  }

  /** The bytes that {@link Mem#allocate} gave are UTF-8 text now. */
  static void becomeText(Mem result) {
    result.type = Mem.TEXT;
    result.encoding = TextEncoding.UTF8;
    result.subtype = 0;
  }

  /**
   * Characters of a text, or bytes of a blob, from a 1-based position; a negative position counts
   * from the end, a negative count takes what is before the position. NULL for an empty blob.
   */
  private static void substr(FunctionContext context, Mem[] arguments) {
    Mem value = arguments[0];
    if (value.type == Mem.NULL
        || arguments[1].type == Mem.NULL
        || (arguments.length == 3 && arguments[2].type == Mem.NULL)) {
      return;
    }
    boolean blob = value.type == Mem.BLOB;
    if (blob && value.length == 0) {
      return;
    }
    Mem text = blob ? value : context.utf8(value, 0);
    long position = arguments[1].asLong();
    long count = arguments.length == 3 ? arguments[2].asLong() : Long.MAX_VALUE;
    long start = position;
    if (position < 0) {
      int end = text.offset + text.length;
      start += blob ? text.length : Characters.count(text.bytes, text.offset, end);
      if (start < 0) {
        count = count < 0 ? 0 : Math.max(count + start, Long.MIN_VALUE + 1);
        start = 0;
      }
    } else if (position > 0) {
      start--;
    } else if (count > 0) {
      count--;
    }
    if (count < 0) {
      count = count < -start ? start : -count;
      start -= count;
    }
    if (blob) {
      long from = Math.min(start, text.length);
      long taken = Math.min(count, text.length - from);
      context.result().setBlob(text.bytes, text.offset + (int) from, (int) taken);
    } else {
      characters(context.result(), text, start, count);
    }
  }

  private static void characters(Mem result, Mem text, long start, long count) {
    byte[] bytes = text.bytes;
    int end = text.offset + text.length;
    int from = skip(bytes, text.offset, end, start);
    int to = skip(bytes, from, end, count);
    result.setText(bytes, from, to - from, TextEncoding.UTF8);
  }

  /** Advances over a number of characters, but not over a zero byte. */
  private static int skip(byte[] bytes, int from, int end, long count) {
    int ascii = count < end - from ? from + (int) Math.max(count, 0) : end;
    int i = Characters.endOfAscii(bytes, from, ascii);
    long rest = count - (i - from);
    while (rest > 0 && i < end && bytes[i] != 0) {
      i = Characters.next(bytes, i, end);
      rest--;
    }
    return i;
  }

  /** 1-based position of the first occurrence, in bytes if both are blobs; 0 if there is none. */
  private static void instr(FunctionContext context, Mem[] arguments) {
    Mem haystack = arguments[0];
    Mem needle = arguments[1];
    if (haystack.type == Mem.NULL || needle.type == Mem.NULL) {
      return;
    }
    boolean blobs = haystack.type == Mem.BLOB && needle.type == Mem.BLOB;
    if (!blobs) {
      haystack = context.utf8(haystack, 0);
      needle = context.utf8(needle, 1);
    }
    int start = haystack.offset;
    int end = start + haystack.length;
    int at =
        needle.length == 0
            ? start
            : ByteSearch.find(
                haystack.bytes, start, end, needle.bytes, needle.offset, needle.length);
    while (!blobs && at > start && (haystack.bytes[at] & 0xc0) == 0x80) {
      at = ByteSearch.find(haystack.bytes, at + 1, end, needle.bytes, needle.offset, needle.length);
    }
    if (at < 0) {
      context.result().setInteger(0);
      return;
    }
    int position = at - start;
    if (!blobs) {
      for (int i = start + 1; i <= at && i < end; i++) {
        if ((haystack.bytes[i] & 0xc0) == 0x80) {
          position--;
        }
      }
    }
    context.result().setInteger(position + 1L);
  }

  /** The first argument with each occurrence of the second one replaced by the third. */
  private static void replace(FunctionContext context, Mem[] arguments) {
    if (arguments[0].type == Mem.NULL || arguments[1].type == Mem.NULL) {
      return;
    }
    Mem text = context.utf8(arguments[0], 0);
    Mem pattern = context.utf8(arguments[1], 1);
    if (pattern.length == 0 || pattern.bytes[pattern.offset] == 0) {
      context.result().setText(text.bytes, text.offset, text.length, TextEncoding.UTF8);
      return;
    }
    if (arguments[2].type == Mem.NULL) {
      return;
    }
    Mem replacement = context.utf8(arguments[2], 2);
    int end = text.offset + text.length;
    int from = text.offset;
    int at = ByteSearch.find(text.bytes, from, end, pattern.bytes, pattern.offset, pattern.length);
    if (at < 0) {
      context.result().setText(text.bytes, text.offset, text.length, TextEncoding.UTF8);
      return;
    }
    TextBuilder out = context.newText();
    while (at >= 0) {
      out.append(text.bytes, from, at - from);
      out.append(replacement);
      from = at + pattern.length;
      at = ByteSearch.find(text.bytes, from, end, pattern.bytes, pattern.offset, pattern.length);
    }
    out.append(text.bytes, from, end - from);
    out.into(context.result());
  }

  /** Text of the characters with the given code points. */
  private static void character(FunctionContext context, Mem[] arguments) {
    TextBuilder out = context.newText();
    for (Mem argument : arguments) {
      long c = argument.asLong();
      out.appendCodePoint(c < 0 || c > 0x10ffff ? 0xfffd : (int) c);
    }
    out.into(context.result());
  }

  /** Code point of the first character; NULL for empty text. */
  private static void unicode(FunctionContext context, Mem[] arguments) {
    Mem text = context.utf8(arguments[0], 0);
    if (text.type != Mem.NULL && text.length > 0 && text.bytes[text.offset] != 0) {
      context
          .result()
          .setInteger(Characters.codePoint(text.bytes, text.offset, text.offset + text.length));
    }
  }

  private static void concatWs(FunctionContext context, Mem[] arguments) {
    if (arguments[0].type != Mem.NULL) {
      concat(context, arguments, 1, context.utf8(arguments[0], 1));
    }
  }

  /** The arguments that are not NULL, one after the other. */
  private static void concat(
      FunctionContext context, Mem[] arguments, int first, @Nullable Mem separator) {
    TextBuilder out = context.newText();
    boolean any = false;
    for (int i = first; i < arguments.length; i++) {
      if (arguments[i].type == Mem.NULL) {
        continue;
      }
      if (any && separator != null) {
        out.append(separator);
      }
      out.append(context.utf8(arguments[i], 0));
      any = true;
    }
    out.into(context.result());
  }

  private static final String SOUNDEX_CODES = "01230120022455012623010202";

  /** Soundex code of a word; "?000" where there is no letter. */
  private static void soundex(FunctionContext context, Mem[] arguments) {
    Mem text = context.utf8(arguments[0], 0);
    int end = text.type == Mem.NULL ? 0 : text.offset + text.length;
    int i = text.type == Mem.NULL ? 0 : text.offset;
    while (i < end && text.bytes[i] != 0 && !isLetter(text.bytes[i])) {
      i++;
    }
    if (i >= end || text.bytes[i] == 0) {
      context.result().setText("?000");
      return;
    }
    TextBuilder out = context.newText();
    out.append(text.bytes[i] & 0xdf);
    char previous = soundexCode(text.bytes[i]);
    for (; out.length() < 4 && i < end && text.bytes[i] != 0; i++) {
      char code = soundexCode(text.bytes[i]);
      if (code == '0') {
        previous = '0';
      } else if (code != previous) {
        previous = code;
        out.append(code);
      }
    }
    out.repeat('0', 4L - out.length());
    out.into(context.result());
  }

  private static boolean isLetter(byte b) {
    int upper = b & 0xdf;
    return b > 0 && upper >= 'A' && upper <= 'Z';
  }

  private static char soundexCode(byte b) {
    return isLetter(b) ? SOUNDEX_CODES.charAt((b & 0xdf) - 'A') : '0';
  }
}
