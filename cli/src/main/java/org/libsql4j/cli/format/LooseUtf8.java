package org.libsql4j.cli.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 that lets bytes through which are none.
 *
 * <p>A blob is printed as it is. To pass through strings on its way, a byte that is no part of a
 * character becomes a low surrogate without a high one, {@code U+DC00} plus the byte, and back.
 */
public final class LooseUtf8 {
  private static final char ESCAPE = '\udc00';

  private LooseUtf8() {}

  /** The text of some bytes, which {@link #encode} gives back whatever they are. */
  public static String decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = result.length(); i > 0; i--) {
        out.put((char) (ESCAPE + (in.get() & 0xff)));
      }
      decoder.reset();
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  /** The bytes of a text. */
  public static byte[] encode(String text) {
    int escaped = nextEscaped(text, 0);
    if (escaped < 0) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * 2);
    int from = 0;
    while (escaped >= 0) {
      bytes.writeBytes(text.substring(from, escaped).getBytes(StandardCharsets.UTF_8));
      bytes.write(text.charAt(escaped) - ESCAPE);
      from = escaped + 1;
      escaped = nextEscaped(text, from);
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static int nextEscaped(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ESCAPE + 0x80
          && c <= ESCAPE + 0xff
          && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
        return i;
      }
    }
    return -1;
  }
}
