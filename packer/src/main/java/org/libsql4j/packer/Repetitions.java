package org.libsql4j.packer;

import java.util.Arrays;

/** Where each part of some bytes occurred before: for each length, the least distance. */
final class Repetitions {
  /** Enough for class files; longer chains come of bytes that repeat anyway. */
  private static final int LONGEST_CHAIN = 4096;

  /** For each position, where in the lists below its repetitions begin, by rising length. */
  private final int[] starts;

  private int[] lengths = new int[1024];
  private int[] distances = new int[1024];
  private int count;

  Repetitions(byte[] bytes) {
    starts = new int[bytes.length + 1];
    int[] heads = new int[1 << 16];
    Arrays.fill(heads, -1);
    int[] previous = new int[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      starts[at] = count;
      if (at + Deflate.SHORTEST <= bytes.length) {
        int hash = hash(bytes, at);
        find(bytes, at, heads[hash], previous);
        previous[at] = heads[hash];
        heads[hash] = at;
      }
    }
    starts[bytes.length] = count;
  }

  private static int hash(byte[] bytes, int at) {
    int three = (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF;
    return three * 0x9E3779B1 >>> 16;
  }

  private void find(byte[] bytes, int at, int nearest, int[] previous) {
    int longest = Deflate.SHORTEST - 1;
    int most = Math.min(Deflate.LONGEST, bytes.length - at);
    int tries = LONGEST_CHAIN;
    for (int from = nearest;
        from >= 0 && at - from <= Deflate.WINDOW && longest < most && tries-- > 0;
        from = previous[from]) {
      if (bytes[from + longest] == bytes[at + longest]) {
        int length = Arrays.mismatch(bytes, from, from + most, bytes, at, at + most);
        length = length < 0 ? most : length;
        if (length > longest) {
          longest = length;
          add(length, at - from);
        }
      }
    }
  }

  private void add(int length, int distance) {
    if (count == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * count);
      distances = Arrays.copyOf(distances, 2 * count);
    }
    lengths[count] = length;
    distances[count++] = distance;
  }

  int first(int at) {
    return starts[at];
  }

  /** Behind the last of a position. */
  int end(int at) {
    return starts[at + 1];
  }

  int length(int index) {
    return lengths[index];
  }

  int distance(int index) {
    return distances[index];
  }
}
