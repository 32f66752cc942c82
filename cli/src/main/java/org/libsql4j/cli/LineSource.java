package org.libsql4j.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the shell reads its input, line by line. */
public interface LineSource {
  /**
   * The next line without its end.
   *
   * @param continuation whether the line continues a statement
   * @return null at the end of the input
   */
  @Nullable String nextLine(boolean continuation) throws IOException;

  /** Whether a person types the lines; messages then do without line numbers. */
  boolean isInteractive();
}
