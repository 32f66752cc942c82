package org.libsql4j.func.json;

import java.nio.charset.StandardCharsets;
import org.libsql4j.record.Bytes;

/**
 * Turns the text of JSON or JSON5 into JSONB in one pass.
 *
 * <p>Not a validator of a grammar alone: where text is wrong, {@link #errorAt} tells the byte, and
 * {@link #isStandard} whether the text was plain JSON (RFC 8259).
 */
final class JsonParser {
  /** Results of {@link #value} besides the index after the value. */
  private static final int FAILED = -1;

  private static final int AT_BRACE = -2;
  private static final int AT_BRACKET = -3;
  private static final int AT_OTHER = -4;
  private static final int AT_END = -5;

  private final JsonBuffer out;
  private byte[] z = new byte[0];
  private int start;
  private int end;
  private int depth;
  private boolean standard;
  private int error;

  JsonParser(JsonBuffer out) {
    this.out = out;
  }

  /** Whether the text parsed last was JSON without extensions. */
  boolean isStandard() {
    return standard;
  }

  /** Offset in bytes of the error found last, from the start of the text. */
  int errorAt() {
    return error - start;
  }

  /**
   * Parses text up to a zero byte.
   *
   * @return false if it is malformed
   */
  boolean parse(byte[] text, int from, int to) {
    z = text;
    start = from;
    end = Bytes.indexOf(text, from, to, (byte) 0);
    depth = 0;
    standard = true;
    error = from;
    out.clear();
    int i = value(from);
    // Nothing at all, or something surplus, has no place of its own: the last one noted stays.
    return i >= 0 && skipSpace(i) >= end;
  }

  private int at(int i) {
    return i < end ? z[i] & 0xff : 0;
  }

  private int fail(int i) {
    error = i;
    return FAILED;
  }

  private int skipSpace(int from) {
    if (from < end && z[from] > ' ' && z[from] != '/') {
      return from;
    }
    int i = from;
    while (i < end && JsonSpace.isSpace(z[i])) {
      i++;
    }
    if (i < end && (z[i] < 0 || z[i] == '/' || z[i] == 0x0b || z[i] == 0x0c)) {
      int j = JsonSpace.skip(z, i, end);
      if (j > i) {
        standard = false;
      }
      return j;
    }
    return i;
  }

  /** Parses a value and returns the index after it, or a negative code. */
  private int value(int from) {
    int i = skipSpace(from);
    if (i >= end) {
      return AT_END;
    }
    int c = z[i];
    switch (c) {
      case '{' -> {
        return object(i);
      }
      case '[' -> {
        return array(i);
      }
      case '"', '\'' -> {
        return string(i, c);
      }
      case '}' -> {
        error = i;
        return AT_BRACE;
      }
      case ']' -> {
        error = i;
        return AT_BRACKET;
      }
      case ',', ':' -> {
        error = i;
        return AT_OTHER;
      }
      case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        return number(i, c);
      }
      default -> {
        return word(i, c);
      }
    }
  }

  // ---- containers ------------------------------------------------------------------------------

  private int object(int from) {
    if (++depth > Jsonb.MOST_DEPTH) {
      return fail(from);
    }
    int node = out.open(Jsonb.OBJECT);
    int i = from + 1;
    while (true) {
      int labelNode = out.length;
      int next = value(i);
      if (next < 0) {
        if (next == AT_BRACE) {
          if (out.length > node + 1) {
            standard = false;
          }
          i = error;
          break;
        }
        int j = skipSpace(i);
        if (isIdentifierStart(j)) {
          next = bareLabel(j);
        } else {
          return next == FAILED ? FAILED : fail(j);
        }
      } else if (!Jsonb.isText(Jsonb.type(out.bytes, labelNode))) {
        return fail(i);
      }
      i = skipSpace(next);
      if (at(i) != ':') {
        return value(i) == FAILED ? FAILED : fail(i);
      }
      i = member(i + 1);
      if (i < 0) {
        return FAILED;
      }
      if (at(i) == '}') {
        break;
      }
      if (at(i) != ',') {
        return fail(i);
      }
      i++;
    }
    out.close(node);
    depth--;
    return i + 1;
  }

  /** Parses a value that has to be there and the white space after it. */
  private int member(int from) {
    int next = value(from);
    if (next < 0) {
      return next == FAILED ? FAILED : fail(from);
    }
    return skipSpace(next);
  }

  private int array(int from) {
    if (++depth > Jsonb.MOST_DEPTH) {
      return fail(from);
    }
    int node = out.open(Jsonb.ARRAY);
    int i = from + 1;
    while (true) {
      int next = value(i);
      if (next < 0) {
        if (next != AT_BRACKET) {
          return next == FAILED ? FAILED : fail(i);
        }
        if (out.length > node + 1) {
          standard = false;
        }
        i = error;
        break;
      }
      i = skipSpace(next);
      if (at(i) == ']') {
        break;
      }
      if (at(i) != ',') {
        return fail(i);
      }
      i++;
    }
    out.close(node);
    depth--;
    return i + 1;
  }

  private boolean isIdentifierStart(int i) {
    int c = at(i);
    return JsonSpace.isLetter(c) || c == '_' || c == '$' || c >= 0x80 || isUnicodeEscape(i);
  }

  private boolean isUnicodeEscape(int i) {
    return at(i) == '\\' && at(i + 1) == 'u' && isHex(i + 2, 4);
  }

  /** A label of JSON5: an identifier without quotes. */
  private int bareLabel(int from) {
    int type = Jsonb.TEXT;
    int i = from;
    while (i < end) {
      int c = at(i);
      if (isUnicodeEscape(i)) {
        type = Jsonb.TEXTJ;
        i += 6;
      } else if (isIdentifierStart(i) || JsonSpace.isDigit(c)) {
        if (c >= 0x80 && JsonSpace.skip(z, i, end) != i) {
          break;
        }
        i++;
      } else {
        break;
      }
    }
    out.appendNode(type, z, from, i - from);
    standard = false;
    return i;
  }

  // ---- strings ---------------------------------------------------------------------------------

  /** Which bytes mean themselves in strings of either kind of quotes. */
  private static final boolean[] IS_PLAIN = new boolean[256];

  static {
    for (int c = ' '; c < IS_PLAIN.length; c++) {
      IS_PLAIN[c] = c != '"' && c != '\'' && c != '\\';
    }
  }

  private int string(int from, int quote) {
    int type = Jsonb.TEXT;
    if (quote == '\'') {
      standard = false;
    }
    int i = from + 1;
    while (true) {
      while (i < end && (IS_PLAIN[z[i] & 0xff] || (z[i] == '\'' && quote == '"'))) {
        i++;
      }
      if (i >= end) {
        return fail(i);
      }
      int c = z[i];
      if (c == quote) {
        out.appendNode(type, z, from + 1, i - from - 1);
        return i + 1;
      }
      if (c == '\\') {
        int length = plainEscape(i + 1);
        if (length > 0) {
          type = type == Jsonb.TEXT ? Jsonb.TEXTJ : type;
        } else {
          length = extendedEscape(i + 1);
          if (length == 0) {
            return fail(i + 1);
          }
          type = Jsonb.TEXT5;
          standard = false;
        }
        i += 1 + length;
      } else {
        type = Jsonb.TEXT5;
        standard &= c == '"';
        i++;
      }
    }
  }

  private boolean isHex(int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!JsonSpace.isHex(at(i))) {
        return false;
      }
    }
    return true;
  }

  /** Length of a JSON escape after its backslash; 0 if it is none. */
  private int plainEscape(int i) {
    return switch (at(i)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 1;
      case 'u' -> isHex(i + 1, 4) ? 5 : 0;
      default -> 0;
    };
  }

  /** Length of an escape that only JSON5 has; 0 if it is none. */
  private int extendedEscape(int i) {
    return switch (at(i)) {
      case '\'', 'v', '\n' -> 1;
      case '0' -> JsonSpace.isDigit(at(i + 1)) ? 0 : 1;
      case '\r' -> at(i + 1) == '\n' ? 2 : 1;
      case 'x' -> isHex(i + 1, 2) ? 3 : 0;
      case 0xe2 -> JsonSpace.isLineSeparator(z, i, end) ? 3 : 0;
      default -> 0;
    };
  }

  // ---- numbers and words -----------------------------------------------------------------------

  private static final byte[] INFINITY = "9e999".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MINUS_INFINITY = "-9e999".getBytes(StandardCharsets.US_ASCII);

  private int number(int from, int first) {
    if (first >= '1') {
      int after = skipDigits(from);
      if (after < end && (z[after] == ',' || z[after] == '}' || z[after] == ']')) {
        out.appendNode(Jsonb.INT, z, from, after - from);
        return after;
      }
    }
    int i = from;
    boolean extended = false;
    if (first == '-' || first == '+') {
      i++;
      if (first == '+') {
        extended = true;
      }
      if ((at(i) | 0x20) == 'i' && isWord(i, "inf")) {
        standard = false;
        byte[] text = first == '-' ? MINUS_INFINITY : INFINITY;
        out.appendNode(Jsonb.FLOAT, text, 0, text.length);
        return i + (isWord(i + 3, "inity") ? 8 : 3);
      }
    }
    int textStart = first == '+' ? i : from;
    if (at(i) == '0') {
      if ((at(i + 1) | 0x20) == 'x' && JsonSpace.isHex(at(i + 2))) {
        return hexadecimal(textStart, i + 2);
      }
      if (JsonSpace.isDigit(at(i + 1))) {
        return fail(from + 1);
      }
    }
    int digits = i;
    i = skipDigits(i);
    boolean anyDigit = i > digits;
    boolean real = false;
    boolean barePoint = false;
    if (at(i) == '.') {
      real = true;
      int fraction = i + 1;
      i = skipDigits(fraction);
      if (!anyDigit && i == fraction) {
        return fail(first == '.' ? from : i == fraction && digits == from ? from : fraction);
      }
      barePoint = !anyDigit || i == fraction;
    } else if (!anyDigit) {
      return fail(from);
    }
    if ((at(i) | 0x20) == 'e') {
      int j = i + 1;
      if (at(j) == '+' || at(j) == '-') {
        j++;
      }
      if (!JsonSpace.isDigit(at(j))) {
        return fail(j - 1);
      }
      real = true;
      i = skipDigits(j);
      if ((at(i) | 0x20) == 'e' || at(i) == '.') {
        return fail(i);
      }
    } else if (at(i) == '.') {
      return fail(i);
    }
    standard &= !extended && !barePoint;
    int type = real ? barePoint ? Jsonb.FLOAT5 : Jsonb.FLOAT : Jsonb.INT;
    out.appendNode(type, z, textStart, i - textStart);
    return i;
  }

  private int skipDigits(int from) {
    int i = from;
    while (i < end && z[i] >= '0' && z[i] <= '9') {
      i++;
    }
    return i;
  }

  private int hexadecimal(int textStart, int digits) {
    int i = digits;
    while (JsonSpace.isHex(at(i))) {
      i++;
    }
    standard = false;
    out.appendNode(Jsonb.INT5, z, textStart, i - textStart);
    return i;
  }

  private boolean isWord(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if ((at(from + i) | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isExactly(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at(from + i) != word.charAt(i)) {
        return false;
      }
    }
    return !isAlphanumeric(from + word.length());
  }

  private boolean isAlphanumeric(int i) {
    return JsonSpace.isLetter(at(i)) || JsonSpace.isDigit(at(i));
  }

  private static final String[] NAMES = {"infinity", "inf", "nan", "qnan", "snan"};

  private int word(int i, int c) {
    if (c == 't' && isExactly(i, "true")) {
      out.appendEmpty(Jsonb.TRUE);
      return i + 4;
    }
    if (c == 'f' && isExactly(i, "false")) {
      out.appendEmpty(Jsonb.FALSE);
      return i + 5;
    }
    if (c == 'n' && isExactly(i, "null")) {
      out.appendEmpty(Jsonb.NULL);
      return i + 4;
    }
    for (String name : NAMES) {
      if (isWord(i, name) && !isAlphanumeric(i + name.length())) {
        standard = false;
        if (name.startsWith("inf")) {
          out.appendNode(Jsonb.FLOAT, INFINITY, 0, INFINITY.length);
        } else {
          out.appendEmpty(Jsonb.NULL);
        }
        return i + name.length();
      }
    }
    return fail(i);
  }
}
