package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;

/** Streams whose length nobody gave are read whole, whatever they say is available. */
class StreamBytesTest {
  private static final int LIMIT = 5_000_000;

  private static InputStream stream(byte[] bytes, int said, int atOnce) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int available() {
        return said;
      }

      @Override
      public synchronized int read(byte[] target, int offset, int count) {
        return super.read(target, offset, Math.min(count, atOnce));
      }
    };
  }

  @Test
  void allSizes() throws IOException {
    Random random = new Random(7);
    for (int size : new int[] {0, 1, 2, 8191, 8192, 8193, 16_385, 1_100_000, 4_000_001, LIMIT}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      for (int said : new int[] {0, 1, size - 1, size, size + 1, Integer.MAX_VALUE, -1}) {
        assertThat(StreamBytes.read(stream(bytes, said, 70_000), LIMIT)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void littleIsReservedForWhatIsOnlySaid() throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    byte[] read = StreamBytes.read(stream(new byte[10], Integer.MAX_VALUE, 10), 1_000_000_000);
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThat(read).hasSize(10);
    assertThat(after - before).isLessThan(100_000_000);
  }

  @Test
  void tooMany() {
    byte[] bytes = new byte[LIMIT + 1];
    for (int said : new int[] {0, LIMIT - 1, LIMIT, LIMIT + 1}) {
      assertThatThrownBy(() -> StreamBytes.read(stream(bytes, said, 1 << 20), LIMIT))
          .isInstanceOf(LibsqlException.class)
          .hasMessage("string or blob too big");
    }
  }
}
