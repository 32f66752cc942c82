package org.libsql4j.record;

import java.nio.charset.StandardCharsets;

/** UTF-8 as SQLite reads and writes it. */
public final class Utf8 {
  private Utf8() {}

  /** The UTF-8 bytes of a string; a fresh array. An unpaired surrogate becomes a question mark. */
  public static byte[] encode(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Decodes; bytes that are not valid UTF-8 become U+FFFD. */
  public static String decode(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
