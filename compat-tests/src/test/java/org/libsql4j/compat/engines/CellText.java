package org.libsql4j.compat.engines;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as text that is equal if and only if storage class and content are.
 *
 * <p>An integer is plain, a real carries its bits in hexadecimal, text is in quotes, a blob is
 * {@code x'..'}; what is long is shortened to its length and hash.
 */
public final class CellText {
  private static final int LONGEST = 200;

  private CellText() {}

  /**
   * @param value null, Integer, Long, Double, String or byte[]
   */
  public static String of(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Integer || value instanceof Long) {
      return value.toString();
    }
    if (value instanceof Double real) {
      return real + "/" + Long.toHexString(Double.doubleToRawLongBits(real));
    }
    if (value instanceof String text) {
      return text.length() <= LONGEST
          ? "'" + escaped(text) + "'"
          : "text of " + text.length() + ", hash " + hash(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = (byte[]) value;
    return bytes.length <= LONGEST
        ? "x'" + HexFormat.of().formatHex(bytes) + "'"
        : "blob of " + bytes.length + ", hash " + hash(bytes);
  }

  static String row(List<@Nullable Object> values) {
    StringBuilder text = new StringBuilder();
    for (Object value : values) {
      text.append(text.length() == 0 ? "" : "|").append(of(value));
    }
    return text.toString();
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || Character.isSurrogate(c) || c == 0xFFFD) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String hash(byte[] bytes) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return Long.toHexString(hash);
  }
}
