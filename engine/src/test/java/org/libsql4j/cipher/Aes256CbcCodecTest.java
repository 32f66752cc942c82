package org.libsql4j.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PageCodec;

/** Pages as libSQL's own engine stores them, and back. */
class Aes256CbcCodecTest {
  private static final int PAGE = 512;

  /** Both pages of a file that libSQL 0.5.29 for Node.js has made. */
  private static final byte[] FILE =
      Base64.getMimeDecoder()
          .decode(
              """
              1dxaLLjq3dymdqTz1aHEjAIAAQEAQCAglSPqIRd3ZQyjsdC1YW3IvM4cMtAJ8xBXE/SHaBui2bfc
              3y0WIYd1Opanufn3fCLHOtYY5pd644LjoZt3OYNgx2qdcLjHh4DneaCc7I3ZMB6T72fdTDj6Qv7/
              ASKX3WON0vIdg0cBNzgj5/0T1A7CAdeEwPNckQYOQA31oIQ30/iGGXICcRHu+5tAhStlYD4RfMv9
              /Tr8BnqnIxjdTRRVUJ/YF65e6uL0DW9YTl9Q7/E5V0gje+bjB2E0lhaYoeinDtBO0AX14b+GExQw
              PLd85aKNVEhRzRqOPjyS3dR7Cb1+xyiJFuE38WBxEe5/i3y6vx0WaKoQlPpjTH/ljrK+rteJzaAs
              28W8WWR92kXOznJImmZjkth0SKOwahoNUmGsjQ+8Q34qRitftsmCO8AKY8g+lX3ubefHr3/bYrTd
              qBiQneQ+ac+sGKdcL/A88qgiqvoc7RaA2snFPineNAwQUto2W8/QbahAdfDGxtT70MpBvlmr6n5d
              /1n3LKn/zGVPwMp/igbqRodmBD733mJj1I6n7rFIMydu8bQWvPqbcIWqZMonreKD96Rfi4hHsiiC
              zQ73qLWxt40MYP5/wYKvuYXX5I3Av+TFomxeoyE6gGqk4aBFXD3d21Xm3jFj+7eEHp1bBRw31Zyk
              zMpxpNjMutdURPnkO4vKg/LvgiBN2pgb9XIzgfC5w6J9a8jT29t1+Gi3AjOBnYe5yRcE3P5MCISH
              ZEt8YGINXmAO/mhrBgr59D/WFCHllslWXgzeZdsLcdkvJWpJ5PAVrwZD+BmS7fhWs7/Uf/eWzzLb
              azE2YYD4ZsT/OdzdB/eCCe03F6OBsriThfkJxzUCtygjvwKBRypj19wlbqMVVVGvPoM9o1jEpL9G
              NngBHpvbIwx5w759c5T86xvrEqfL+94GKDmBTjXYlJEjvRm5/rE5Luc18jAssHUlb56E+mGfHyY+
              va5Ux2kfKC1lgE9GwrQflzdAVGQIDLegEipwQgz40YPM92RIRE7P3gFCHlquh3B0DCcVSR49apeA
              pPh139wqDbYcav/ktEunWy5AplfkstAWhRgmurv/iVQ1gV+rsBFcRsy9166bUxJVdkHtAWX9Nn8a
              KaUJoNxN2em0Enuii5NMcnHXU2PsGpq163tjjyQ8vtgBx+9McZnmjul1wwQNaTyH7dq8Purtw1Fu
              tPcsNFIMYXjgS0VzxcW/nNUYDQYH9Yy/z+8hOylK1FC6hdJJgmKW+KXY7d94xq1U6d2gjTWm4IWq
              eN/wonh185JmXBe7AoEZ6lj3KjUD6RFAI8+tYIPN1NrPR8d9hiJBcVk2BupNQ7ViAgLeq/RPcA==
              """);

  private static PageCodec codec(String key) {
    return CipherKey.of(key.getBytes(StandardCharsets.UTF_8)).get();
  }

  @Test
  void readsAndWritesWhatLibsqlDoes() {
    PageCodec codec = codec("a key");
    byte[] first = new byte[PAGE];
    byte[] second = new byte[PAGE + 7];
    codec.decode(1, FILE, 0, first, 0, PAGE);
    codec.decode(2, FILE, PAGE, second, 7, PAGE);
    String header = new String(first, StandardCharsets.ISO_8859_1);
    assertThat(header).startsWith("SQLite format 3\0").contains("CREATE TABLE t(a)");
    assertThat(second[7]).isEqualTo((byte) 13); // A leaf of a table, whose row is 42.
    assertThat(second[7 + PAGE - 1]).isEqualTo((byte) 42);
    byte[] stored = new byte[2 * PAGE];
    codec.encode(2, second, 7, stored, PAGE, PAGE);
    codec.encode(1, first, 0, stored, 0, PAGE);
    assertThat(stored).isEqualTo(FILE);
  }

  @Test
  void anotherKeyIsFoundOutByPageOne() {
    for (String wrong : new String[] {"a Key", "a key ", "a"}) {
      assertThatThrownBy(() -> codec(wrong).decode(1, FILE, 0, new byte[PAGE], 0, PAGE))
          .isInstanceOfSatisfying(
              LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.NOTADB));
    }
  }

  @Test
  void whatIsCodedIsDecoded() {
    Random random = new Random(1);
    PageCodec codec = codec("k");
    for (int size = 512; size <= 65536; size *= 2) {
      for (int number : new int[] {1, 2, 52773, 52774, 1 << 30, Integer.MAX_VALUE - 1}) {
        byte[] page = new byte[size];
        random.nextBytes(page);
        System.arraycopy("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), 0, page, 0, 16);
        byte[] stored = new byte[size];
        byte[] back = new byte[size];
        codec.encode(number, page, 0, stored, 0, size);
        codec.decode(number, stored, 0, back, 0, size);
        assertThat(back).isEqualTo(page);
        assertThat(Arrays.equals(stored, page)).isFalse();
        assertThat(Arrays.equals(stored, 16, 24, page, 16, 24)).isEqualTo(number == 1);
      }
    }
  }

  @Test
  void thirtyTwoBytesOfAKeyCount() {
    CipherKey key = CipherKey.of(new byte[33]);
    byte[] other = new byte[40];
    other[32] = 1;
    assertThat(CipherKey.of(other)).isEqualTo(key).hasSameHashCodeAs(key);
    other[31] = 1;
    assertThat(CipherKey.of(other)).isNotEqualTo(key);
    assertThat(CipherKey.of(new byte[0])).isNull();
    assertThat(key).hasToString("aes256cbc");
  }
}
