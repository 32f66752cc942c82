package org.libsql4j.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/** The characters of a reader as bytes of ASCII, with a question mark for all others. */
final class AsciiStream extends InputStream {
  private static final int MAX_ASCII = 0x7f;

  private final Reader reader;

  AsciiStream(Reader reader) {
    this.reader = reader;
  }

  @Override
  public int read() throws IOException {
    int unit = reader.read();
    while (unit >= 0 && Character.isLowSurrogate((char) unit)) {
      unit = reader.read(); // The other half was answered for both.
    }
    return unit > MAX_ASCII ? '?' : unit;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
