package org.libsql4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a file or of standard input. */
public final class StreamLines implements LineSource {
  private final BufferedReader reader;

  public StreamLines(Reader reader) {
    this.reader = new BufferedReader(reader);
  }

  @Override
  public @Nullable String nextLine(boolean continuation) throws IOException {
    return reader.readLine();
  }

  @Override
  public boolean isInteractive() {
    return false;
  }
}
