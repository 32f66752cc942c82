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
   * @throws InputCancelledException if what was typed of a statement so far is to be forgotten
   */
  @Nullable String nextLine(boolean continuation) throws IOException, InputCancelledException;

  /** Whether a person types the lines; messages then do without line numbers. */
  boolean isInteractive();
}
