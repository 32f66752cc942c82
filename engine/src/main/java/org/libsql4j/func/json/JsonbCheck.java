package org.libsql4j.func.json;

/** Checks every byte of JSONB that came from outside. */
final class JsonbCheck {
  private final byte[] b;
  private final int origin;

  private JsonbCheck(byte[] b, int origin) {
    this.b = b;
    this.origin = origin;
  }

  /** 0 if the bytes are one well-formed element, otherwise the 1-based position of the flaw. */
  static int flaw(byte[] b, int from, int end) {
    return new JsonbCheck(b, from).element(from, end, 1);
  }

  private int flawAt(int i) {
    return i - origin + 1;
  }

  private int element(int at, int end, int depth) {
    if (depth > Jsonb.MOST_DEPTH || Jsonb.endOrMinus(b, at, end) != end) {
      return flawAt(at);
    }
    int from = Jsonb.payload(b, at);
    return switch (Jsonb.type(b, at)) {
      case Jsonb.NULL, Jsonb.TRUE, Jsonb.FALSE -> end == at + 1 ? 0 : flawAt(at);
      case Jsonb.INT -> integer(at, from, end);
      case Jsonb.INT5 -> hexadecimal(at, from, end);
      case Jsonb.FLOAT, Jsonb.FLOAT5 -> real(at, from, end);
      case Jsonb.TEXT -> plainText(from, end);
      case Jsonb.TEXTJ, Jsonb.TEXT5 -> escapedText(at, from, end);
      case Jsonb.TEXTRAW -> 0;
      case Jsonb.ARRAY -> members(from, end, depth, false);
      case Jsonb.OBJECT -> members(from, end, depth, true);
      default -> flawAt(at);
    };
  }

  private int members(int from, int end, int depth, boolean object) {
    int count = 0;
    int i = from;
    while (i < end) {
      int next = Jsonb.endOrMinus(b, i, end);
      if (next < 0 || (object && count % 2 == 0 && !Jsonb.isText(Jsonb.type(b, i)))) {
        return flawAt(i);
      }
      int flaw = element(i, next, depth + 1);
      if (flaw != 0) {
        return flaw;
      }
      i = next;
      count++;
    }
    return object && count % 2 != 0 ? flawAt(end) : 0;
  }

  private int integer(int at, int from, int end) {
    int i = from < end && b[from] == '-' ? from + 1 : from;
    if (i >= end) {
      return flawAt(at);
    }
    for (; i < end; i++) {
      if (!JsonSpace.isDigit(b[i])) {
        return flawAt(i);
      }
    }
    return 0;
  }

  private int hexadecimal(int at, int from, int end) {
    int i = from < end && b[from] == '-' ? from + 1 : from;
    if (end - i < 3) {
      return flawAt(at);
    }
    if (b[i] != '0' || (b[i + 1] | 0x20) != 'x') {
      return flawAt(i);
    }
    for (i += 2; i < end; i++) {
      if (!JsonSpace.isHex(b[i])) {
        return flawAt(i);
      }
    }
    return 0;
  }

  /** JSON's form; JSON5 may leave out the digits on one side of the point. */
  private int real(int at, int from, int end) {
    boolean extended = Jsonb.type(b, at) == Jsonb.FLOAT5;
    int i = from < end && b[from] == '-' ? from + 1 : from;
    int digits = i;
    while (i < end && JsonSpace.isDigit(b[i])) {
      i++;
    }
    boolean whole = i > digits;
    boolean point = i < end && b[i] == '.';
    boolean fraction = false;
    if (point) {
      int start = ++i;
      while (i < end && JsonSpace.isDigit(b[i])) {
        i++;
      }
      fraction = i > start;
    }
    if (!(whole || (extended && fraction)) || (point && !fraction && !extended)) {
      return flawAt(Math.min(i, Math.max(at, end - 1)));
    }
    boolean exponent = i < end && (b[i] | 0x20) == 'e';
    if (exponent) {
      i++;
      if (i < end && (b[i] == '+' || b[i] == '-')) {
        i++;
      }
      int start = i;
      while (i < end && JsonSpace.isDigit(b[i])) {
        i++;
      }
      if (i == start) {
        return flawAt(i);
      }
    }
    return i == end && (point || exponent) ? 0 : flawAt(i < end ? i : at);
  }

  private int plainText(int from, int end) {
    for (int i = from; i < end; i++) {
      if (b[i] == '"' || b[i] == '\\' || (b[i] >= 0 && b[i] < ' ')) {
        return flawAt(i);
      }
    }
    return 0;
  }

  private int escapedText(int at, int from, int end) {
    boolean extended = Jsonb.type(b, at) == Jsonb.TEXT5;
    for (int i = from; i < end; i++) {
      int c = b[i];
      if (c == '\\') {
        int length = escape(i + 1, end, extended);
        if (length == 0) {
          return flawAt(i);
        }
        i += length;
      } else if ((c == '"' || (c >= 0 && c < ' ')) && !extended) {
        return flawAt(i);
      }
    }
    return 0;
  }

  private int escape(int i, int end, boolean extended) {
    int c = i < end ? b[i] & 0xff : 0;
    switch (c) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return 1;
      }
      case 'u' -> {
        return isHex(i + 1, 4, end) ? 5 : 0;
      }
      default -> {
        if (!extended) {
          return 0;
        }
      }
    }
    return switch (c) {
      case '\'', 'v', '\n', '0' -> 1;
      case '\r' -> i + 1 < end && b[i + 1] == '\n' ? 2 : 1;
      case 'x' -> isHex(i + 1, 2, end) ? 3 : 0;
      case 0xe2 -> JsonSpace.isLineSeparator(b, i, end) ? 3 : 0;
      default -> 0;
    };
  }

  private boolean isHex(int from, int count, int end) {
    if (end - from < count) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if (!JsonSpace.isHex(b[i])) {
        return false;
      }
    }
    return true;
  }
}
