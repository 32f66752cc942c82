package org.libsql4j.func;

import org.libsql4j.record.Bytes;

/**
 * A piece of literal text within a pattern, searched for by its first byte, eight at a time.
 *
 * <p>Where case is folded, only the letters of ASCII are; bytes of other characters equal
 * themselves, so that UTF-8 needs no decoding.
 */
final class LiteralRun {
  private static final byte[] FOLD = new byte[256];

  static {
    for (int i = 0; i < 256; i++) {
      FOLD[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
    }
  }

  /** In what upper and lower case of ASCII differ. */
  private static final byte CASE_BIT = 0x20;

  private final byte[] literal;
  private final boolean fold;

  /**
   * @param literal in lower case if case is folded
   */
  LiteralRun(byte[] literal, boolean fold) {
    this.literal = literal;
    this.fold = fold;
  }

  /** In bytes. */
  int length() {
    return literal.length;
  }

  /** Whether the text has the literal at {@code at}; the caller knows that it is long enough. */
  boolean isAt(byte[] text, int at) {
    byte[] wanted = literal;
    if (!fold) {
      for (int i = 0; i < wanted.length; i++) {
        if (text[at + i] != wanted[i]) {
          return false;
        }
      }
      return true;
    }
    for (int i = wanted.length - 1; i >= 0; i--) {
      if (FOLD[text[at + i] & 0xff] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Index of the first occurrence in {@code [from, end)}, or -1. */
  int find(byte[] text, int from, int end) {
    int length = literal.length;
    if (length == 0) {
      return from;
    }
    int lastStart = end - length;
    byte first = literal[0];
    byte mask = fold && first >= 'a' && first <= 'z' ? CASE_BIT : 0;
    int at = from;
    while (at <= lastStart) {
      at = Bytes.indexOfMasked(text, at, lastStart + 1, first, mask);
      if (at <= lastStart && isAt(text, at)) {
        return at;
      }
      at++;
    }
    return -1;
  }
}
