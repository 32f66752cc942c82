package org.libsql4j.cli.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.libsql4j.cli.CommandTable.Outcome;
import org.libsql4j.cli.EngineError;
import org.libsql4j.cli.Shell;
import org.libsql4j.cli.StreamLines;

/** Where SQL comes from, where results go, and which database is open. */
final class FileCommands {
  private FileCommands() {}

  static List<DotCommand> all() {
    return List.of(
        new DotCommand(
            "read",
            "FILE",
            "Read input from FILE or command output",
            "    If FILE begins with \"|\", it is a command that generates the input.",
            FileCommands::read),
        DotCommand.of(
            "open",
            "?OPTIONS? ?FILE?",
            "Close existing database and reopen FILE",
            """
                 Options:
                    --new           Initialize FILE to an empty database
                    --readonly      Open FILE readonly
            """,
            FileCommands::open),
        DotCommand.of(
            "output",
            "?FILE?",
            "Send output to FILE or stdout if FILE is omitted",
            "   If FILE begins with '|' then open it as a pipe.",
            (shell, arguments) -> redirect(shell, arguments, false)),
        DotCommand.of(
            "once",
            "FILE",
            "Output for the next SQL command only to FILE",
            "     If FILE begins with '|' then open as a pipe",
            (shell, arguments) -> redirect(shell, arguments, true)));
  }

  private static Outcome read(Shell shell, List<String> arguments)
      throws CommandException, IOException {
    if (arguments.size() != 1) {
      throw new CommandException("Usage: .read FILE");
    }
    try (TextSource source = TextSource.open(arguments.get(0))) {
      return shell.scripts().run(new StreamLines(source.reader())) == 0
          ? Outcome.DONE
          : Outcome.FAILED;
    }
  }

  private static void open(Shell shell, List<String> arguments)
      throws CommandException, SQLException, IOException {
    boolean fresh = false;
    boolean readOnly = false;
    String file = "";
    for (String word : arguments) {
      if (Arguments.isOption(word, "new")) {
        fresh = true;
      } else if (Arguments.isOption(word, "readonly")) {
        readOnly = true;
      } else if (word.startsWith("-")) {
        throw new CommandException("unknown option: " + word);
      } else if (!file.isEmpty()) {
        throw new CommandException("extra argument: \"" + word + "\"");
      } else {
        file = word;
      }
    }
    shell.database().reopen(file, readOnly);
    if (fresh && !file.isEmpty()) {
      for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
    }
    try {
      shell.database().connection();
    } catch (SQLException e) {
      shell.error(
          "Error: unable to open database \"" + file + "\": " + EngineError.of(e).message());
      shell.database().reopen("", false);
    }
  }

  private static void redirect(Shell shell, List<String> arguments, boolean once)
      throws CommandException, IOException {
    if (arguments.size() > 1) {
      throw new CommandException("ERROR: extra parameter: \"" + arguments.get(1) + "\"");
    }
    String target = arguments.isEmpty() ? "stdout" : arguments.get(0);
    try {
      shell.output().redirect(target, once);
    } catch (FileNotFoundException e) {
      throw new CommandException("Error: cannot open \"" + target + "\"");
    }
  }
}
