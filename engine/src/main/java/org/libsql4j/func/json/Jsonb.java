package org.libsql4j.func.json;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Types and headers of JSONB elements. */
public final class Jsonb {
  private Jsonb() {}

  public static final int NULL = 0;
  public static final int TRUE = 1;
  public static final int FALSE = 2;
  public static final int INT = 3;
  public static final int INT5 = 4;
  public static final int FLOAT = 5;
  public static final int FLOAT5 = 6;
  public static final int TEXT = 7;
  public static final int TEXTJ = 8;
  public static final int TEXT5 = 9;
  public static final int TEXTRAW = 10;
  public static final int ARRAY = 11;
  public static final int OBJECT = 12;

  /** The subtype of SQL text that is JSON: the letter J. */
  public static final int SUBTYPE = 74;

  /** Arrays and objects may not be nested deeper. */
  static final int MOST_DEPTH = 1000;

  static LibsqlException malformed() {
    return new LibsqlException(ResultCode.ERROR, "malformed JSON");
  }

  public static int type(byte[] b, int at) {
    return b[at] & 0x0f;
  }

  static boolean isText(int type) {
    return type >= TEXT && type <= TEXTRAW;
  }

  /** Bytes of the header at {@code at}; 0 if it is cut off by {@code end}. */
  static int headerBytes(byte[] b, int at, int end) {
    if (at >= end) {
      return 0;
    }
    int code = b[at] >> 4 & 0x0f;
    int n = code < 12 ? 1 : 1 + (1 << (code - 12));
    return n <= end - at ? n : 0;
  }

  /** Where the payload of the element at {@code at} starts. */
  public static int payload(byte[] b, int at) {
    int code = b[at] >> 4 & 0x0f;
    return at + (code < 12 ? 1 : 1 + (1 << (code - 12)));
  }

  /**
   * Where the element at {@code at} ends.
   *
   * @throws LibsqlException if that is beyond {@code end}
   */
  public static int end(byte[] b, int at, int end) {
    int result = endOrMinus(b, at, end);
    if (result < 0) {
      throw malformed();
    }
    return result;
  }

  /** Where the element at {@code at} ends; -1 if that is beyond {@code end}. */
  static int endOrMinus(byte[] b, int at, int end) {
    if (at < end) {
      int code = b[at] >> 4 & 0x0f;
      if (code < 12) {
        int result = at + 1 + code;
        return result <= end ? result : -1;
      }
    }
    int n = headerBytes(b, at, end);
    if (n == 0) {
      return -1;
    }
    long size = 0;
    for (int i = at + 1; i < at + n; i++) {
      if (size >> 32 != 0) {
        return -1;
      }
      size = size << 8 | (b[i] & 0xff);
    }
    long result = at + n + size;
    return result <= end ? (int) result : -1;
  }

  /** Bytes that the shortest header for a payload of this length takes. */
  static int headerBytesFor(int size) {
    return size < 12 ? 1 : size < 0x100 ? 2 : size < 0x10000 ? 3 : 5;
  }

  /** Writes the shortest header and returns its length. */
  static int writeHeader(byte[] b, int at, int type, int size) {
    if (size < 12) {
      b[at] = (byte) (size << 4 | type);
      return 1;
    }
    int n = headerBytesFor(size);
    b[at] = (byte) ((n == 2 ? 0xc0 : n == 3 ? 0xd0 : 0xe0) | type);
    for (int i = 1; i < n; i++) {
      b[at + i] = (byte) (size >>> 8 * (n - 1 - i));
    }
    return n;
  }

  private static final int SURELY_BINARY = 7;

  /**
   * Whether the bytes look like one JSONB element, judged by the outermost header; short ones that
   * could as well be the text of JSON are checked wholly.
   */
  static boolean looksValid(byte[] b, int from, int end) {
    if (from >= end || type(b, from) > OBJECT || endOrMinus(b, from, end) != end) {
      return false;
    }
    if (type(b, from) <= FALSE && payload(b, from) != end) {
      return false;
    }
    int c = b[from];
    return end - payload(b, from) > SURELY_BINARY
        || !(c == '{' || c == '[' || JsonSpace.isDigit(c))
        || JsonbCheck.flaw(b, from, end) == 0;
  }
}
