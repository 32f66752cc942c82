package org.libsql4j.cli.command;

import java.util.List;
import org.libsql4j.cli.Shell;

/** The list of commands, or all about some. */
final class HelpCommand {
  private HelpCommand() {}

  static DotCommand command(List<DotCommand> commands) {
    return DotCommand.of(
        "help",
        "?-all? ?PATTERN?",
        "Show help text for PATTERN",
        (shell, arguments) -> help(shell, commands, arguments));
  }

  private static void help(Shell shell, List<DotCommand> commands, List<String> arguments) {
    if (arguments.isEmpty()) {
      commands.forEach(c -> shell.output().println(c.helpLine()));
      return;
    }
    String word = arguments.get(0);
    boolean all = Arguments.isOption(word, "all") || word.equals("-a") || word.equals("--a");
    String name = word.startsWith(".") ? word.substring(1) : word;
    List<DotCommand> chosen =
        all ? commands : commands.stream().filter(c -> c.name().startsWith(name)).toList();
    if (chosen.isEmpty()) {
      chosen = commands.stream().filter(c -> c.help().contains(name)).toList();
    }
    if (chosen.isEmpty()) {
      shell.output().println("Nothing matches '" + word + "'");
    } else if (chosen.size() > 1 && !all) {
      chosen.forEach(c -> shell.output().println(c.helpLine()));
    } else {
      chosen.forEach(c -> shell.output().println(c.help()));
    }
  }
}
