package org.libsql4j.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Reads a stream of unknown length into one array.
 *
 * <p>Most streams tell how much is left: then the array has that size from the start, and nothing
 * is held twice. Otherwise the parts are put together at the end.
 */
final class StreamBytes {
  private static final int SMALLEST_PART = 8192;
  private static final int LARGEST_PART = 1 << 20;

  /** Some streams say that nearly anything is available. */
  private static final int MOST_BELIEVED = 1 << 26;

  private StreamBytes() {}

  /**
   * All that is left of a stream.
   *
   * @param limit how many bytes there may be
   * @throws LibsqlException TOOBIG if there are more
   */
  static byte[] read(InputStream stream, int limit) throws IOException {
    Queue<byte[]> parts = new ArrayDeque<>();
    int size = 0;
    int said = Math.max(stream.available(), 0);
    int wanted = Math.min(Math.min(said, MOST_BELIEVED), limit);
    while (true) {
      byte[] part = new byte[wanted];
      int filled = fill(stream, part);
      if (filled < part.length) {
        parts.add(part);
        return join(parts, size + filled);
      }
      size += filled;
      int next = stream.read();
      if (size > limit || (size == limit && next >= 0)) {
        throw new LibsqlException(ResultCode.TOOBIG);
      }
      parts.add(part);
      if (next < 0) {
        return join(parts, size);
      }
      parts.add(new byte[] {(byte) next});
      size++;
      wanted = Math.min(Math.max(size, SMALLEST_PART), LARGEST_PART);
      wanted = Math.max(Math.min(wanted, limit - size), 1);
    }
  }

  /** Reads until the array is full or the stream ends; how much that was. */
  private static int fill(InputStream stream, byte[] target) throws IOException {
    int filled = 0;
    while (filled < target.length) {
      int count = stream.read(target, filled, target.length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
    }
    return filled;
  }

  private static byte[] join(Queue<byte[]> parts, int size) {
    byte[] first = parts.element();
    if (parts.size() == 1) {
      return first.length == size ? first : Arrays.copyOf(first, size);
    }
    byte[] all = new byte[size];
    int at = 0;
    while (at < size) {
      byte[] part = parts.remove();
      int count = Math.min(part.length, size - at);
      System.arraycopy(part, 0, all, at, count);
      at += count;
    }
    return all;
  }
}
