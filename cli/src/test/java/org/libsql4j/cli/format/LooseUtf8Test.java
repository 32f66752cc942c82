package org.libsql4j.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;

/** Any bytes come back as they were. */
class LooseUtf8Test {
  @Property
  void bytesSurvive(@ForAll @Size(max = 12) byte[] bytes) {
    assertThat(LooseUtf8.encode(LooseUtf8.decode(bytes))).isEqualTo(bytes);
  }

  @Property
  void brokenSequencesSurvive(
      @ForAll @Size(max = 12) @ByteRange(min = -64, max = -1) byte[] bytes) {
    assertThat(LooseUtf8.encode(LooseUtf8.decode(bytes))).isEqualTo(bytes);
  }

  @Property
  void textIsPlainUtf8(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(LooseUtf8.decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }
}
