package org.libsql4j.record;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The text encoding of a database, with its number in the file header (offset 56). */
public enum TextEncoding {
  /** UTF-8. */
  UTF8(1, "UTF-8", StandardCharsets.UTF_8),
  /** UTF-16, little end first. */
  UTF16LE(2, "UTF-16le", StandardCharsets.UTF_16LE),
  /** UTF-16, big end first. */
  UTF16BE(3, "UTF-16be", StandardCharsets.UTF_16BE);

  private final int headerValue;
  private final String pragmaName;
  private final Charset charset;

  TextEncoding(int headerValue, String pragmaName, Charset charset) {
    this.headerValue = headerValue;
    this.pragmaName = pragmaName;
    this.charset = charset;
  }

  /** 1, 2 or 3. */
  public int headerValue() {
    return headerValue;
  }

  /** What {@code PRAGMA encoding} answers. */
  public String pragmaName() {
    return pragmaName;
  }

  /** Java's name of it. */
  public Charset charset() {
    return charset;
  }

  /** The encoding of a header value; UTF-8 for 0 (an empty file) and for values out of range. */
  public static TextEncoding ofHeaderValue(int value) {
    return switch (value) {
      case 2 -> UTF16LE;
      case 3 -> UTF16BE;
      default -> UTF8;
    };
  }
}
