package org.libsql4j.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TightDeflaterTest {
  @Test
  void theJdkReadsWhatIsWritten() throws DataFormatException {
    assertReadBack(new byte[0]);
    assertReadBack(new byte[] {42});
    assertReadBack(new byte[100_000]);
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertReadBack(all);
  }

  /** From noise to long repetitions, near and beyond the window. */
  @Property(tries = 100)
  void theJdkReadsWhatIsWrittenOfAnyBytes(
      @ForAll long seed,
      @ForAll @IntRange(max = 3000) int size,
      @ForAll @IntRange(min = 1) int kinds)
      throws DataFormatException {
    Random random = new Random(seed);
    byte[] bytes = new byte[size * (random.nextInt(20) == 0 ? 30 : 1)];
    for (int i = 0; i < bytes.length; ) {
      if (i > 0 && random.nextInt(4) == 0) {
        int back = 1 + random.nextInt(i);
        for (int left = random.nextInt(600); left > 0 && i < bytes.length; left--, i++) {
          bytes[i] = bytes[i - back];
        }
      } else {
        bytes[i++] = (byte) random.nextInt(1 + (kinds & 0xFF));
      }
    }
    assertReadBack(bytes);
  }

  /** Fibonacci numbers make the deepest trees: codes must keep within fifteen bits. */
  @Test
  void codesKeepWithinTheFormat() throws DataFormatException {
    byte[] bytes = new byte[50_000];
    Random random = new Random(1);
    for (int i = 0; i < bytes.length; i++) {
      int value = 0;
      while (random.nextInt(100) < 62 && value < 200) {
        value++;
      }
      bytes[i] = (byte) (value * 37);
    }
    assertReadBack(bytes);
    int[] frequencies = new int[30];
    for (int i = 0, a = 1, b = 1; i < frequencies.length; i++, b += a, a = b - a) {
      frequencies[i] = a;
    }
    int[] lengths = Huffman.lengths(frequencies, 15);
    assertThat(Arrays.stream(lengths).max().orElseThrow()).isLessThanOrEqualTo(15);
    double sum = Arrays.stream(lengths).mapToDouble(length -> Math.pow(2, -length)).sum();
    assertThat(sum).as("every sequence of bits means something").isEqualTo(1);
  }

  @Test
  void classesTakeLessThanTheJdkMakesOfThem() throws IOException, DataFormatException {
    int ours = 0;
    int theirs = 0;
    for (Class<?> each : new Class<?>[] {BlockCode.class, Unseen.class, TightDeflater.class}) {
      byte[] bytes = classFile(each);
      ours += assertReadBack(bytes);
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
      deflater.setInput(bytes);
      deflater.finish();
      theirs += deflater.deflate(new byte[bytes.length + 100]);
      deflater.end();
    }
    assertThat(ours).isLessThan(theirs * 98 / 100);
  }

  private static byte[] classFile(Class<?> of) throws IOException {
    try (InputStream in = of.getResourceAsStream(of.getSimpleName() + ".class")) {
      return in.readAllBytes();
    }
  }

  private static int assertReadBack(byte[] bytes) throws DataFormatException {
    byte[] compressed = TightDeflater.compress(bytes);
    Inflater inflater = new Inflater(true);
    inflater.setInput(compressed);
    byte[] back = new byte[bytes.length + 1];
    int size = inflater.inflate(back);
    assertThat(inflater.finished()).isTrue();
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    assertThat(Arrays.copyOf(back, size)).isEqualTo(bytes);
    return compressed.length;
  }
}
