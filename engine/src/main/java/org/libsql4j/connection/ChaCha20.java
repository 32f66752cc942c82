package org.libsql4j.connection;

/**
 * The stream of RFC 8439, section 2.4: bytes that nobody can tell from random ones without the key.
 *
 * <p>Not for encryption here but as a generator of random numbers, as SQLite has it: much faster
 * than asking the platform for each.
 */
final class ChaCha20 {
  /** Bytes of a key. */
  static final int KEY_BYTES = 32;

  /** Bytes that are made at a time. */
  static final int BLOCK_BYTES = 64;

  private static final int ROUNDS = 20;
  private static final int WORDS = 16;
  private static final int COUNTER = 12;

  /** "expand 32-byte k", little-endian. */
  private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

  private final int[] state = new int[WORDS];
  private final int[] work = new int[WORDS];

  /**
   * @param key of {@link #KEY_BYTES}
   * @param counter of the first block; the nonce is zero
   */
  ChaCha20(byte[] key, int counter) {
    System.arraycopy(CONSTANTS, 0, state, 0, CONSTANTS.length);
    for (int i = 0; i < KEY_BYTES / 4; i++) {
      state[CONSTANTS.length + i] =
          (key[4 * i] & 0xff)
              | (key[4 * i + 1] & 0xff) << 8
              | (key[4 * i + 2] & 0xff) << 16
              | key[4 * i + 3] << 24;
    }
    state[COUNTER] = counter;
  }

  /** Writes the next block. */
  void next(byte[] target, int at) {
    int[] x = work;
    System.arraycopy(state, 0, x, 0, WORDS);
    for (int round = 0; round < ROUNDS; round += 2) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 1, 5, 9, 13);
      quarter(x, 2, 6, 10, 14);
      quarter(x, 3, 7, 11, 15);
      quarter(x, 0, 5, 10, 15);
      quarter(x, 1, 6, 11, 12);
      quarter(x, 2, 7, 8, 13);
      quarter(x, 3, 4, 9, 14);
    }
    for (int i = 0; i < WORDS; i++) {
      int word = x[i] + state[i];
      int place = at + 4 * i;
      target[place] = (byte) word;
      target[place + 1] = (byte) (word >> 8);
      target[place + 2] = (byte) (word >> 16);
      target[place + 3] = (byte) (word >> 24);
    }
    // The nonce's first word takes the carry: 2^64 blocks before anything repeats.
    if (++state[COUNTER] == 0) {
      state[COUNTER + 1]++;
    }
  }

  private static void quarter(int[] x, int ai, int bi, int ci, int di) {
    int a = x[ai];
    int b = x[bi];
    int c = x[ci];
    int d = x[di];
    a += b;
    d = Integer.rotateLeft(d ^ a, 16);
    c += d;
    b = Integer.rotateLeft(b ^ c, 12);
    a += b;
    d = Integer.rotateLeft(d ^ a, 8);
    c += d;
    b = Integer.rotateLeft(b ^ c, 7);
    x[ai] = a;
    x[bi] = b;
    x[ci] = c;
    x[di] = d;
  }
}
