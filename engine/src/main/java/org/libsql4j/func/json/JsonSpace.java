package org.libsql4j.func.json;

/** White space and comments of JSON5, and the classes of characters that JSON needs. */
final class JsonSpace {
  private JsonSpace() {}

  static boolean isSpace(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  static boolean isHex(int c) {
    return hexValue(c) >= 0;
  }

  /** Value of a hexadecimal digit, or -1. */
  static int hexValue(int c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private static int at(byte[] z, int i, int end) {
    return i < end ? z[i] & 0xff : 0;
  }

  /** Where the white space and comments from {@code from} on end. */
  static int skip(byte[] z, int from, int end) {
    int i = from;
    while (i < end) {
      int next = next(z, i, end);
      if (next == i) {
        return i;
      }
      i = next;
    }
    return i;
  }

  private static int next(byte[] z, int i, int end) {
    int c = z[i] & 0xff;
    switch (c) {
      case ' ', '\n', '\r', '\t', 0x0b, 0x0c -> {
        return i + 1;
      }
      case '/' -> {
        return comment(z, i, end);
      }
      case 0xc2 -> {
        return at(z, i + 1, end) == 0xa0 ? i + 2 : i;
      }
      case 0xe1 -> {
        return at(z, i + 1, end) == 0x9a && at(z, i + 2, end) == 0x80 ? i + 3 : i;
      }
      case 0xe2 -> {
        return generalPunctuation(at(z, i + 1, end), at(z, i + 2, end)) ? i + 3 : i;
      }
      case 0xe3 -> {
        return at(z, i + 1, end) == 0x80 && at(z, i + 2, end) == 0x80 ? i + 3 : i;
      }
      case 0xef -> {
        return at(z, i + 1, end) == 0xbb && at(z, i + 2, end) == 0xbf ? i + 3 : i;
      }
      default -> {
        return i;
      }
    }
  }

  private static boolean generalPunctuation(int second, int third) {
    if (second == 0x80) {
      return (third >= 0x80 && third <= 0x8a) || third == 0xa8 || third == 0xa9 || third == 0xaf;
    }
    return second == 0x81 && third == 0x9f;
  }

  /** The separators U+2028 and U+2029 end lines, as \n and \r do. */
  static boolean isLineSeparator(byte[] z, int i, int end) {
    int third = at(z, i + 2, end);
    return at(z, i, end) == 0xe2 && at(z, i + 1, end) == 0x80 && (third == 0xa8 || third == 0xa9);
  }

  private static int comment(byte[] z, int i, int end) {
    if (at(z, i + 1, end) == '*') {
      for (int j = i + 3; j < end; j++) {
        if (z[j] == '/' && z[j - 1] == '*' && j > i + 2 && j - 1 > i + 1) {
          return j + 1;
        }
      }
      return i;
    }
    if (at(z, i + 1, end) != '/') {
      return i;
    }
    int j = i + 2;
    while (j < end && z[j] != '\n' && z[j] != '\r') {
      if (isLineSeparator(z, j, end)) {
        return j + 3;
      }
      j++;
    }
    return j < end ? j + 1 : j;
  }
}
