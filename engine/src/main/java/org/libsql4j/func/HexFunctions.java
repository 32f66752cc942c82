package org.libsql4j.func;

import static org.libsql4j.func.FunctionDefinition.scalar;

import org.libsql4j.connection.Limit;
import org.libsql4j.record.Mem;

/** hex() and unhex(). */
final class HexFunctions {
  private HexFunctions() {}

  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  static void register(FunctionRegistry registry) {
    registry.register(scalar("hex", 1, HexFunctions::hex));
    registry.register(scalar("unhex", 1, HexFunctions::unhex));
    registry.register(scalar("unhex", 2, HexFunctions::unhex));
  }

  /** Two digits for each byte of a blob or of a text; empty text for NULL. */
  private static void hex(FunctionContext context, Mem[] arguments) {
    Mem bytes = arguments[0].isTextOrBlob() ? arguments[0] : context.utf8(arguments[0], 0);
    int length = bytes.type == Mem.NULL ? 0 : bytes.length;
    if (length * 2L > context.connection().limit(Limit.LENGTH)) {
      throw context.tooBig();
    }
    byte[] out = context.result().allocate(length * 2);
    write(bytes.bytes, bytes.offset, length, out, 0);
    TextFunctions.becomeText(context.result());
  }

  /** Writes two upper case digits for each byte. */
  static void write(byte[] from, int offset, int count, byte[] to, int at) {
    int o = at;
    for (int i = offset; i < offset + count; i++) {
      to[o++] = DIGITS[from[i] >> 4 & 0xf];
      to[o++] = DIGITS[from[i] & 0xf];
    }
  }

  /** Value of a digit, or -1. */
  static int digit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /**
   * The blob that pairs of digits spell. Between pairs there may be characters of the second
   * argument. NULL for anything else.
   */
  private static void unhex(FunctionContext context, Mem[] arguments) {
    if (arguments[0].type == Mem.NULL || (arguments.length == 2 && arguments[1].type == Mem.NULL)) {
      return;
    }
    Mem text = context.utf8(arguments[0], 0);
    Mem ignored = arguments.length == 2 ? context.utf8(arguments[1], 1) : null;
    byte[] out = context.result().allocate(text.length / 2);
    int count = 0;
    int end = Characters.zeroOrEnd(text.bytes, text.offset, text.offset + text.length);
    int i = text.offset;
    while (i < end) {
      int high = digit(text.bytes[i]);
      if (high >= 0) {
        int low = i + 1 < end ? digit(text.bytes[i + 1]) : -1;
        if (low < 0) {
          return;
        }
        out[count++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        int next = Characters.next(text.bytes, i, end);
        if (ignored == null || !isMember(ignored, text.bytes, i, next - i)) {
          return;
        }
        i = next;
      }
    }
    context.result().length = count;
    context.result().type = Mem.BLOB;
  }

  private static boolean isMember(Mem set, byte[] text, int at, int length) {
    int end = set.offset + set.length;
    for (int i = set.offset; i < end; ) {
      int next = Characters.next(set.bytes, i, end);
      if (next - i == length
          && ByteSearch.find(text, at, at + length, set.bytes, i, length) == at) {
        return true;
      }
      i = next;
    }
    return false;
  }
}
