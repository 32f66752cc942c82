package org.libsql4j.func;

import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Bytes;

/**
 * Characters of UTF-8 text that may be malformed, counted as the engine's SQL functions count: a
 * lead byte (0xC0 and up) takes all continuation bytes after it, any other byte is a character.
 */
final class Characters {
  private Characters() {}

  /** Where the character after the one at {@code i} starts; {@code end} at most. */
  static int next(byte[] text, int i, int end) {
    int n = i + 1;
    if ((text[i] & 0xff) >= 0xc0) {
      while (n < end && (text[n] & 0xc0) == 0x80) {
        n++;
      }
    }
    return n;
  }

  /** Index of the first zero byte, or {@code end}: text for C stops there. */
  static int zeroOrEnd(byte[] text, int from, int end) {
    return Bytes.indexOf(text, from, end, (byte) 0);
  }

  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;

  /** Index of the first byte in {@code [from, end)} that is zero or not ASCII, or {@code end}. */
  static int endOfAscii(byte[] text, int from, int end) {
    int i = from;
    for (; i <= end - 8; i += 8) {
      long bytes = BigEndian.getLong(text, i);
      // A high bit is set, or one comes from a zero byte.
      if (((bytes - ONES | bytes) & HIGH_BITS) != 0) {
        break;
      }
    }
    while (i < end && text[i] > 0) {
      i++;
    }
    return i;
  }

  /** Number of characters before the first zero byte. */
  static int count(byte[] text, int from, int end) {
    int i = endOfAscii(text, from, end);
    int count = i - from;
    while (i < end && text[i] != 0) {
      i = next(text, i, end);
      count++;
    }
    return count;
  }

  /** Code point of the character at {@code i}; U+FFFD for overlong forms and surrogates. */
  static int codePoint(byte[] text, int i, int end) {
    int c = text[i] & 0xff;
    if (c < 0xc0) {
      return c;
    }
    int value = c < 0xe0 ? c & 0x1f : c < 0xf0 ? c & 0x0f : c < 0xf8 ? c & 0x07 : leadRest(c);
    for (int n = i + 1; n < end && (text[n] & 0xc0) == 0x80; n++) {
      value = (value << 6) + (text[n] & 0x3f);
    }
    if (value >= 0 && value < 0x80
        || (value & 0xfffff800) == 0xd800
        || (value & 0xfffffffe) == 0xfffe) {
      return 0xfffd;
    }
    return value;
  }

  /** Payload of lead bytes that UTF-8 no longer has. */
  private static int leadRest(int lead) {
    return lead < 0xfc ? lead & 0x03 : lead < 0xfe ? lead & 0x01 : 0;
  }

  /** Writes a code point (21 bits of it) in UTF-8 and returns the number of bytes. */
  static int write(int c, byte[] target, int at) {
    if (c >= 0 && c < 0x80) {
      target[at] = (byte) c;
      return 1;
    }
    if (c >= 0 && c < 0x800) {
      target[at] = (byte) (0xc0 | c >> 6);
      target[at + 1] = (byte) (0x80 | c & 0x3f);
      return 2;
    }
    if (c >= 0 && c < 0x10000) {
      target[at] = (byte) (0xe0 | c >> 12);
      target[at + 1] = (byte) (0x80 | c >> 6 & 0x3f);
      target[at + 2] = (byte) (0x80 | c & 0x3f);
      return 3;
    }
    target[at] = (byte) (0xf0 | c >> 18 & 0x07);
    target[at + 1] = (byte) (0x80 | c >> 12 & 0x3f);
    target[at + 2] = (byte) (0x80 | c >> 6 & 0x3f);
    target[at + 3] = (byte) (0x80 | c & 0x3f);
    return 4;
  }
}
