package org.libsql4j.func;

/** Flags, width and precision of one conversion in a format. */
final class FormatDirective {
  boolean leftJustify;
  boolean alternate;
  boolean alternate2;
  boolean zeroPad;
  boolean thousands;

  /** '+' or ' ' to stand before numbers that are not negative, else 0. */
  int positivePrefix;

  int width;

  /** -1 if there is none. */
  int precision;

  void clear() {
    leftJustify = false;
    alternate = false;
    alternate2 = false;
    zeroPad = false;
    thousands = false;
    positivePrefix = 0;
    width = 0;
    precision = -1;
  }

  /** Returns false if the character is no flag. */
  boolean setFlag(int c) {
    switch (c) {
      case '-' -> leftJustify = true;
      case '+', ' ' -> positivePrefix = c;
      case '#' -> alternate = true;
      case '!' -> alternate2 = true;
      case '0' -> zeroPad = true;
      case ',' -> thousands = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Pads what was written since {@code from} with spaces to a number of bytes. */
  void pad(TextBuilder out, int from, int bytes) {
    int missing = bytes - (out.length() - from);
    if (missing > 0) {
      out.repeat(' ', missing);
      if (!leftJustify) {
        out.moveToEnd(from, out.length() - missing);
      }
    }
  }

  /** Pads to {@link #width} characters if the flag '!' asks for them, else to as many bytes. */
  void padText(TextBuilder out, int from) {
    int bytes = width;
    if (alternate2 && width > 0) {
      for (int i = from; i < out.length(); i++) {
        if ((out.bytes()[i] & 0xc0) == 0x80) {
          bytes++;
        }
      }
    }
    pad(out, from, bytes);
  }
}
