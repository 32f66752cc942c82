package org.libsql4j.record;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VarintTest {
  @Property
  void readsWhatItWrites(@ForAll long value) {
    roundTrip(value);
  }

  @Test
  void readsWhatItWritesAtTheEdges() {
    for (int shift = 0; shift < 64; shift++) {
      long edge = 1L << shift;
      roundTrip(edge - 1);
      roundTrip(edge);
      roundTrip(edge + 1);
      roundTrip(-edge);
    }
  }

  private static void roundTrip(long value) {
    byte[] bytes = new byte[12];
    int length = Varint.put(bytes, 1, value);
    assertThat(length).isEqualTo(Varint.sizeOf(value)).isBetween(1, Varint.MAX_LENGTH);
    assertThat(Varint.length(bytes, 1)).isEqualTo(length);
    assertThat(Varint.get(bytes, 1)).isEqualTo(value);
    int clipped = value < 0 || value > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) value;
    assertThat(Varint.getInt(bytes, 1)).isEqualTo(clipped);
  }

  @Test
  void hasTheFormatOfTheFile() {
    byte[] bytes = new byte[9];
    assertThat(Varint.put(bytes, 0, 200)).isEqualTo(2);
    assertThat(bytes).startsWith(0x81, 0x48);
    assertThat(Varint.put(bytes, 0, -1)).isEqualTo(9);
    assertThat(bytes).containsOnly(0xff);
  }
}
