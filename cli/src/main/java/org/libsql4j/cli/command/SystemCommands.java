package org.libsql4j.cli.command;

import java.io.IOException;
import java.util.List;
import org.libsql4j.cli.CommandTable.Outcome;
import org.libsql4j.cli.ExitException;
import org.libsql4j.cli.Shell;
import org.libsql4j.cli.Version;

/** Leaving the shell, running others. */
final class SystemCommands {
  private SystemCommands() {}

  static List<DotCommand> all() {
    return List.of(
        new DotCommand(
            "exit", "?CODE?", "Exit this program with return-code CODE", "", SystemCommands::exit),
        new DotCommand("quit", "", "Exit this program", "", (shell, arguments) -> Outcome.STOP),
        DotCommand.of(
            "shell",
            "CMD ARGS...",
            "Run CMD ARGS... in a system shell",
            (shell, arguments) -> system(shell, "shell", arguments)),
        DotCommand.of(
            "system",
            "CMD ARGS...",
            "Run CMD ARGS... in a system shell",
            (shell, arguments) -> system(shell, "system", arguments)),
        DotCommand.of(
            "version",
            "",
            "Show the versions of the shell and of SQLite's SQL that it speaks",
            (shell, arguments) -> shell.output().println(Version.describe(shell.database()))));
  }

  private static Outcome exit(Shell shell, List<String> arguments) {
    if (arguments.isEmpty() || arguments.get(0).equals("0")) {
      return Outcome.STOP;
    }
    int code;
    try {
      code = Integer.parseInt(arguments.get(0));
    } catch (NumberFormatException e) {
      return Outcome.STOP;
    }
    shell.output().flush();
    throw new ExitException(code);
  }

  private static void system(Shell shell, String name, List<String> arguments)
      throws CommandException, IOException {
    if (arguments.isEmpty()) {
      throw new CommandException("Usage: ." + name + " COMMAND");
    }
    shell.output().flush();
    Process process =
        new ProcessBuilder("sh", "-c", String.join(" ", arguments)).inheritIO().start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        shell.error("System command returns " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
