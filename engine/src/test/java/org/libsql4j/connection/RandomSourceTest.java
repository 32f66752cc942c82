package org.libsql4j.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The generator behind random() and randomblob(). */
class RandomSourceTest {
  /** RFC 8439, appendix A.1, test vectors 1 and 2: key and nonce zero. */
  @Test
  void theStreamIsThatOfTheRfc() {
    ChaCha20 stream = new ChaCha20(new byte[ChaCha20.KEY_BYTES], 0);
    byte[] blocks = new byte[2 * ChaCha20.BLOCK_BYTES];
    stream.next(blocks, 0);
    stream.next(blocks, ChaCha20.BLOCK_BYTES);
    assertThat(HexFormat.of().formatHex(blocks))
        .isEqualTo(
            "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
                + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
                + "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
                + "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f");
  }

  @Test
  void allBytesAreFilledAndNothingComesTwice() {
    Random seed = new Random(7);
    RandomSource source = new RandomSource(seed::nextBytes);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(source.nextLong())).isTrue();
    }
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length];
      byte[] sum = new byte[length];
      for (int i = 0; i < 8; i++) {
        source.nextBytes(bytes);
        for (int k = 0; k < length; k++) {
          sum[k] |= bytes[k];
        }
      }
      byte[] none = new byte[length];
      assertThat(length < 8 || !Arrays.equals(sum, none)).isTrue();
      for (byte b : sum) {
        assertThat(b).isNotZero();
      }
    }
  }
}
