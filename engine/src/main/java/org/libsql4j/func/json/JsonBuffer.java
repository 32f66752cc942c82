package org.libsql4j.func.json;

import java.util.Arrays;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** JSONB under construction or being edited: one element, of which the callers know the parts. */
public final class JsonBuffer {
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  byte[] bytes = new byte[128];
  int length;

  void clear() {
    length = 0;
  }

  void reserve(int more) {
    long needed = (long) length + more;
    if (needed > LARGEST) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bytes.length * 2L, LARGEST)));
    }
  }

  void set(byte[] source, int from, int count) {
    length = 0;
    append(source, from, count);
  }

  void append(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  void append(JsonBuffer other) {
    append(other.bytes, 0, other.length);
  }

  /** Appends an element without payload. */
  void appendEmpty(int type) {
    reserve(1);
    bytes[length++] = (byte) type;
  }

  void appendNode(int type, byte[] payload, int from, int count) {
    reserve(count + 9);
    length += Jsonb.writeHeader(bytes, length, type, count);
    System.arraycopy(payload, from, bytes, length, count);
    length += count;
  }

  /** Begins an array or object whose payload's length is not known yet. */
  int open(int type) {
    appendEmpty(type);
    return length - 1;
  }

  /** Ends what {@link #open} began at {@code start}. */
  void close(int start) {
    int size = length - start - 1;
    int extra = Jsonb.headerBytesFor(size) - 1;
    if (extra > 0) {
      reserve(extra);
      System.arraycopy(bytes, start + 1, bytes, start + 1 + extra, size);
      length += extra;
    }
    Jsonb.writeHeader(bytes, start, bytes[start] & 0x0f, size);
  }

  /** Replaces the bytes {@code [from, to)}. */
  void splice(int from, int to, byte[] source, int sourceFrom, int count) {
    int delta = count - (to - from);
    reserve(Math.max(delta, 0));
    System.arraycopy(bytes, to, bytes, to + delta, length - to);
    System.arraycopy(source, sourceFrom, bytes, from, count);
    length += delta;
  }

  /**
   * Replaces the element {@code [from, to)} by another. If that is a little shorter, its header is
   * made longer where that saves moving what follows.
   *
   * @return by how many bytes the buffer grew
   */
  int replace(int from, int to, byte[] source, int sourceFrom, int count) {
    int saved = to - from - count;
    if (saved > 0 && saved <= 8) {
      int header = Jsonb.payload(source, sourceFrom) - sourceFrom;
      int longer = header + saved;
      boolean exists = longer == 2 || longer == 3 || longer == 5 || longer == 9;
      if (exists && (source[sourceFrom] & 0x0f) > Jsonb.FALSE) {
        int size = count - header;
        int code = longer == 2 ? 0xc0 : longer == 3 ? 0xd0 : longer == 5 ? 0xe0 : 0xf0;
        bytes[from] = (byte) (code | (source[sourceFrom] & 0x0f));
        for (int i = 1; i < longer; i++) {
          int shift = 8 * (longer - 1 - i);
          bytes[from + i] = (byte) (shift < 32 ? size >>> shift : 0);
        }
        System.arraycopy(source, sourceFrom + header, bytes, from + longer, size);
        return 0;
      }
    }
    splice(from, to, source, sourceFrom, count);
    return -saved;
  }

  /**
   * Gives the element at {@code at} a payload longer by {@code delta} than its header says.
   *
   * @return by how much the header grew
   */
  int adjustSize(int at, int oldPayloadBytes, int delta) {
    int oldHeader = Jsonb.payload(bytes, at) - at;
    int size = oldPayloadBytes + delta;
    int newHeader = Jsonb.headerBytesFor(size);
    int growth = newHeader - oldHeader;
    if (growth != 0) {
      reserve(Math.max(growth, 0));
      int from = at + oldHeader;
      System.arraycopy(bytes, from, bytes, from + growth, length - from);
      length += growth;
    }
    Jsonb.writeHeader(bytes, at, bytes[at] & 0x0f, size);
    return growth;
  }
}
