package org.libsql4j.replication;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The next so many bytes of a stream; that they do not come is an error. */
final class BoundedInputStream extends InputStream {
  private final InputStream in;
  private int left;

  BoundedInputStream(InputStream in, int length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    int next = in.read();
    if (next < 0) {
      throw cut();
    }
    left--;
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int count = in.read(target, offset, Math.min(length, left));
    if (count < 0) {
      throw cut();
    }
    left -= count;
    return count;
  }

  /** Goes to the end. */
  void skipRest() throws IOException {
    byte[] nowhere = new byte[Math.min(left, 8192)];
    while (left > 0) {
      if (read(nowhere, 0, nowhere.length) < 0) {
        throw cut();
      }
    }
  }

  private static EOFException cut() {
    return new EOFException("the answer ends within a message");
  }
}
