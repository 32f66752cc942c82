package org.libsql4j.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Searches in byte ranges find what a loop over the bytes finds, and nothing beyond the range. */
class BytesTest {
  private static final long SEED = 7;

  @Test
  void findsTheFirstByteWithinTheRange() {
    Random random = new Random(SEED);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) "aAbB\u0000\u0080\u00ff".charAt(random.nextInt(7));
      }
      int from = random.nextInt(bytes.length + 1);
      int end = from + random.nextInt(bytes.length - from + 1);
      byte wanted = (byte) "ab\u0000\u00ff".charAt(random.nextInt(4));
      byte mask = (byte) (random.nextBoolean() ? 0x20 : 0);
      int expected = from;
      while (expected < end && (byte) (bytes[expected] | mask) != wanted) {
        expected++;
      }
      assertThat(Bytes.indexOfMasked(bytes, from, end, wanted, mask))
          .as("seed %s, round %s", SEED, round)
          .isEqualTo(expected);
    }
  }
}
