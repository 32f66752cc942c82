package org.libsql4j.wal;

import java.nio.ByteBuffer;
import org.libsql4j.record.BigEndian;

/**
 * The running checksum of a log: two sums over pairs of 32-bit words, each of which goes into the
 * other.
 */
final class WalChecksum {
  int first;
  int second;

  void set(int newFirst, int newSecond) {
    first = newFirst;
    second = newSecond;
  }

  boolean is(int otherFirst, int otherSecond) {
    return first == otherFirst && second == otherSecond;
  }

  /**
   * Goes on over bytes.
   *
   * @param length a multiple of 8
   */
  void add(byte[] bytes, int offset, int length, boolean bigEndianWords) {
    if (bigEndianWords) {
      addBigEndian(bytes, offset, length);
    } else {
      addLittleEndian(bytes, offset, length);
    }
  }

  private void addBigEndian(byte[] bytes, int offset, int length) {
    int s = first;
    int t = second;
    for (int i = offset; i < offset + length; i += 8) {
      s += BigEndian.getInt(bytes, i) + t;
      t += BigEndian.getInt(bytes, i + 4) + s;
    }
    first = s;
    second = t;
  }

  private void addLittleEndian(byte[] bytes, int offset, int length) {
    int s = first;
    int t = second;
    for (int i = offset; i < offset + length; i += 8) {
      s += Integer.reverseBytes(BigEndian.getInt(bytes, i)) + t;
      t += Integer.reverseBytes(BigEndian.getInt(bytes, i + 4)) + s;
    }
    first = s;
    second = t;
  }

  /** Starts anew over the first bytes of a buffer, in the buffer's byte order. */
  void ofWords(ByteBuffer bytes, int length) {
    int s = 0;
    int t = 0;
    for (int i = 0; i < length; i += 8) {
      s += bytes.getInt(i) + t;
      t += bytes.getInt(i + 4) + s;
    }
    first = s;
    second = t;
  }
}
