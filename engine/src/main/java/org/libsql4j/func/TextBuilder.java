package org.libsql4j.func;

import java.util.Arrays;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/** UTF-8 text under construction, bounded by the connection's length limit. */
public final class TextBuilder {
  private byte[] bytes = new byte[64];
  private int length;
  private int limit;

  /**
   * @param limit most bytes the text may have
   */
  public TextBuilder(int limit) {
    this.limit = limit;
  }

  /** Forgets the text and keeps the room. */
  public void clear(int newLimit) {
    length = 0;
    limit = newLimit;
    if (bytes.length > 1 << 20) {
      bytes = new byte[64];
    }
  }

  /** In bytes. */
  public int length() {
    return length;
  }

  /** The bytes so far: valid up to {@link #length()} and until the next append. */
  public byte[] bytes() {
    return bytes;
  }

  /** Cuts the text back. */
  public void truncate(int newLength) {
    length = Math.min(length, newLength);
  }

  /** Drops bytes from the front. */
  public void dropFirst(int count) {
    System.arraycopy(bytes, count, bytes, 0, length - count);
    length -= count;
  }

  /** Moves the bytes {@code [from, to)} to the end; what stood between is filled with spaces. */
  void moveToEnd(int from, int to) {
    int distance = length - to;
    System.arraycopy(bytes, from, bytes, from + distance, to - from);
    Arrays.fill(bytes, from, from + distance, (byte) ' ');
  }

  /** Inserts the same byte a number of times. */
  void insert(int at, int b, int count) {
    if (count > 0) {
      reserve(count);
      System.arraycopy(bytes, at, bytes, at + count, length - at);
      Arrays.fill(bytes, at, at + count, (byte) b);
      length += count;
    }
  }

  private void reserve(long more) {
    long needed = length + more;
    if (needed > limit) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
    if (needed > bytes.length) {
      long bigger = Math.max(needed, Math.min(bytes.length * 2L, Integer.MAX_VALUE - 16));
      bytes = Arrays.copyOf(bytes, (int) bigger);
    }
  }

  /** Appends one byte, usually an ASCII character. */
  public void append(int b) {
    if (length >= bytes.length || length >= limit) {
      reserve(1);
    }
    bytes[length++] = (byte) b;
  }

  /** Appends bytes of UTF-8. */
  public void append(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /** Appends the bytes of a text or blob. */
  public void append(Mem text) {
    append(text.bytes, text.offset, text.length);
  }

  /** Appends a string of ASCII characters. */
  public void appendAscii(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  /** Appends the same byte a number of times. */
  public void repeat(int b, long count) {
    if (count > 0) {
      reserve(count);
      Arrays.fill(bytes, length, length + (int) count, (byte) b);
      length += (int) count;
    }
  }

  /** Appends a character; code points out of range are cut to 21 bits. */
  public void appendCodePoint(int c) {
    reserve(4);
    length += Characters.write(c, bytes, length);
  }

  /** Appends a decimal number, with zeros in front up to the given number of digits. */
  public void appendPadded(long value, int digits) {
    if (value < 0) {
      append('-');
    }
    // Negative numbers reach one further than positive ones.
    long rest = value < 0 ? value : -value;
    int count = 1;
    for (long r = rest; r <= -10; r /= 10) {
      count++;
    }
    int width = Math.max(count, digits);
    reserve(width);
    for (int i = length + width - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    length += width;
  }

  /** Copies the text into a cell. */
  public void into(Mem target) {
    into(target, length);
  }

  /** Like {@link #into(Mem)} for functions whose results must stay shorter than the limit. */
  void intoBelowLimit(Mem target) {
    into(target, length + 1L);
  }

  private void into(Mem target, long needed) {
    if (needed > limit) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
    target.setText(bytes, 0, length, TextEncoding.UTF8);
  }
}
