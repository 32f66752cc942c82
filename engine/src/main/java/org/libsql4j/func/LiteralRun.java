package org.libsql4j.func;

import java.util.Arrays;

/**
 * A piece of literal text within a pattern, searched for with Horspool's algorithm.
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

  private final byte[] literal;
  private final boolean fold;
  private final int[] shift = new int[256];

  /**
   * @param literal in lower case if case is folded
   */
  LiteralRun(byte[] literal, boolean fold) {
    this.literal = literal;
    this.fold = fold;
    Arrays.fill(shift, literal.length);
    for (int i = 0; i + 1 < literal.length; i++) {
      int distance = literal.length - 1 - i;
      int b = literal[i] & 0xff;
      shift[b] = distance;
      if (fold && b >= 'a' && b <= 'z') {
        shift[b - 32] = distance;
      }
    }
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
    byte[] fold = FOLD;
    byte last = literal[length - 1];
    int at = from + length - 1;
    while (at < end) {
      int b = text[at] & 0xff;
      if ((this.fold ? fold[b] : (byte) b) == last && isAt(text, at - length + 1)) {
        return at - length + 1;
      }
      at += shift[b];
    }
    return -1;
  }
}
