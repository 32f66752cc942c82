package org.libsql4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.command.Commands;
import org.libsql4j.cli.format.DisplaySettings;
import org.libsql4j.cli.format.OutputMode;
import picocli.CommandLine.ParameterException;

/** Starts the shell. */
public final class Main {
  private static final String INIT_FILE = ".libsql4jrc";

  private final Options options;
  private final Shell shell;
  private final InputStream in;

  private Main(Options options, Shell shell, InputStream in) {
    this.options = options;
    this.shell = shell;
    this.in = in;
  }

  /** Runs the shell on the standard streams and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.in, System.out, System.err, stdinIsTerminal()));
  }

  /** The launcher knows; without it a console says that both ends are a terminal. */
  private static boolean stdinIsTerminal() {
    String told = System.getProperty("libsql4j.terminal");
    return told == null ? System.console() != null : Boolean.parseBoolean(told);
  }

  /**
   * Runs the shell.
   *
   * @param terminal whether the input is a terminal
   * @return the exit status
   */
  static int run(
      String[] arguments, InputStream in, OutputStream out, OutputStream errors, boolean terminal) {
    PrintStream messages = new PrintStream(errors, true, StandardCharsets.UTF_8);
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (ParameterException e) {
      messages.print("libsql4j: Error: " + e.getMessage() + "\nUse -help for a list of options.\n");
      return 1;
    }
    if (options.has("help")) {
      messages.print(Options.usage());
      return 0;
    }
    List<String> positionals = options.positionals();
    String url = options.value("url");
    Database database =
        new Database(
            url == null ? Options.DEFAULT_URL : url,
            positionals.isEmpty() ? "" : positionals.get(0),
            options.has("readonly"));
    try (Shell shell = new Shell(database, new Commands(), out, errors)) {
      shell.setInteractive(terminal && !options.has("batch") || options.has("interactive"));
      return new Main(options, shell, in).run();
    } catch (ExitException e) {
      return e.code();
    } catch (SQLException e) {
      messages.print("Error: " + EngineError.of(e).message() + "\n");
      return 1;
    } catch (IOException | UncheckedIOException e) {
      messages.print("Error: " + e.getMessage() + "\n");
      return 1;
    }
  }

  private int run() throws IOException {
    if (options.has("version")) {
      shell.output().println(Version.describe(shell.database()));
      return 0;
    }
    readInitFile();
    applyOptions();
    for (String command : options.values("cmd")) {
      Integer status = runArgument(command);
      if (status != null && shell.flags().bail) {
        return status;
      }
    }
    List<String> positionals = options.positionals();
    for (int i = 1; i < positionals.size(); i++) {
      Integer status = runArgument(positionals.get(i));
      if (status != null) {
        return status;
      }
    }
    if (positionals.size() > 1) {
      return 0;
    }
    return shell.isInteractive() ? runInteractively() : runInput();
  }

  /** Runs one argument; null to go on, else the status to exit with. */
  private @Nullable Integer runArgument(String text) {
    if (text.startsWith(".")) {
      return switch (shell.scripts().runCommand(text)) {
        case DONE -> null;
        case FAILED -> 1;
        case STOP -> 0;
      };
    }
    int status = shell.scripts().runArgument(text);
    return status == 0 ? null : status;
  }

  private void readInitFile() throws IOException {
    String named = options.value("init");
    Path file =
        named == null ? Path.of(System.getProperty("user.home"), INIT_FILE) : Path.of(named);
    if (!Files.isReadable(file)) {
      if (named != null) {
        shell.error("cannot open: \"" + named + "\"");
      }
      return;
    }
    if (shell.isInteractive()) {
      shell.error("-- Loading resources from " + file);
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      shell.scripts().run(new StreamLines(reader));
    }
  }

  private void applyOptions() {
    DisplaySettings display = shell.display();
    for (String name : options.modes()) {
      OutputMode mode = OutputMode.of(name);
      if (mode != null) {
        display.setMode(mode);
        if (mode == OutputMode.CSV) {
          display.setRowSeparator("\n");
        }
        if (mode.isColumnar()) {
          display.setColumnOptions(new DisplaySettings.ColumnOptions(0, false, false));
        }
      }
    }
    if (options.has("header")) {
      display.setHeaders(true);
    }
    if (options.has("noheader")) {
      display.setHeaders(false);
    }
    ifGiven("nullvalue", display::setNullValue);
    ifGiven("separator", display::setColumnSeparator);
    ifGiven("newline", display::setRowSeparator);
    shell.flags().bail |= options.has("bail");
    shell.flags().echo |= options.has("echo");
  }

  private void ifGiven(String name, Consumer<String> setter) {
    String value = options.value(name);
    if (value != null) {
      setter.accept(value);
    }
  }

  private int runInput() throws IOException {
    LineSource lines = new StreamLines(new InputStreamReader(in, StandardCharsets.UTF_8));
    return shell.scripts().run(lines) == 0 ? 0 : 1;
  }

  private int runInteractively() throws IOException {
    shell.output().println(Version.describe(shell.database()));
    shell.output().println("Enter \".help\" for usage hints.");
    if (shell.database().isInMemory()) {
      shell.output().println("Connected to a transient in-memory database.");
      shell.output().println("Use \".open FILENAME\" to reopen on a persistent database.");
    }
    shell.output().flush();
    try (TerminalLines lines =
        new TerminalLines(shell.prompts(), () -> shell.statements().interrupt())) {
      return shell.scripts().run(lines) == 0 ? 0 : 1;
    }
  }
}
