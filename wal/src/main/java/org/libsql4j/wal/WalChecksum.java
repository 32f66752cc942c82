package org.libsql4j.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The running checksum of a log: two sums over pairs of 32-bit words, each of which goes into the
 * other.
 */
final class WalChecksum {
  private int[] words = new int[16];
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
    int count = length >>> 2;
    if (words.length < count) {
      words = new int[count];
    }
    // All words at once: taking them one by one is slow as long as the code is not compiled.
    ByteBuffer.wrap(bytes, offset, length)
        .order(bigEndianWords ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(words, 0, count);
    int[] all = words;
    int s = first;
    int t = second;
    for (int i = 0; i < count; i += 2) {
      // In this order what the last step has just computed is needed last.
      s = s + all[i] + t;
      t = t + all[i + 1] + s;
    }
    first = s;
    second = t;
  }

  /** Goes on over two words. */
  void add(int one, int other) {
    first += one + second;
    second += other + first;
  }
}
