package org.libsql4j.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast form of the checksum agrees with its definition, bit by bit. */
class FrameChecksumTest {
  private static long byDefinition(long previous, byte[] bytes) {
    long crc = Long.reverse(previous);
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xD800000000000000L : crc >>> 1;
      }
    }
    return ~crc;
  }

  @Test
  void agreesWithTheDefinition() {
    Random random = new Random(42);
    byte[] page = new byte[LogFrame.PAGE_BYTES];
    long previous = 0;
    for (int i = 0; i < 20; i++) {
      random.nextBytes(page);
      long expected = byDefinition(previous, page);
      assertThat(FrameChecksum.of(previous, page, 0, page.length)).isEqualTo(expected);
      previous = expected;
    }
  }
}
