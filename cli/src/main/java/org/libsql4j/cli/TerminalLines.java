package org.libsql4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Lines that a person types, with editing, history and completion of keywords. */
final class TerminalLines implements LineSource, AutoCloseable {
  /** The one that runs stty: the others come with native code. */
  private static final String PROVIDER = "exec";

  private static final String HISTORY = ".libsql4j_history";

  private final Terminal terminal;
  private final LineReader reader;
  private final String[] prompts;

  /**
   * @param prompts the first one and that of continuation lines; may change
   * @param interrupt what Ctrl-C does while nothing is being read
   */
  TerminalLines(String[] prompts, Runnable interrupt) throws IOException {
    this.prompts = prompts;
    System.setProperty("org.jline.terminal.provider", PROVIDER);
    this.terminal = TerminalBuilder.builder().system(true).dumb(true).build();
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .completer(new StringsCompleter(Completions.WORDS))
            .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), HISTORY))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
            .build();
    terminal.handle(Terminal.Signal.INT, signal -> interrupt.run());
  }

  @Override
  public @Nullable String nextLine(boolean continuation) throws InputCancelledException {
    try {
      return reader.readLine(prompts[continuation ? 1 : 0]);
    } catch (UserInterruptException e) {
      throw new InputCancelledException();
    } catch (EndOfFileException e) {
      return null;
    }
  }

  @Override
  public boolean isInteractive() {
    return true;
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
