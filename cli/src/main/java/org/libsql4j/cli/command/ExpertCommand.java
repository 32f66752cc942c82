package org.libsql4j.cli.command;

import java.util.List;
import org.libsql4j.cli.ExpertMode;
import org.libsql4j.cli.Shell;

/** {@code .expert}. */
final class ExpertCommand {
  private static final String DETAILS =
      "   --verbose        Show all indexes that were tried, and why those proposed help\n"
          + "   --sample PERCENT Look at so many of the rows for statistics; 0 unless given";

  private ExpertCommand() {}

  static DotCommand command() {
    return DotCommand.of(
        "expert",
        "?OPTIONS?",
        "Suggest indexes for the next query, and tell what is doubtful about it",
        DETAILS,
        ExpertCommand::run);
  }

  private static void run(Shell shell, List<String> arguments) throws CommandException {
    boolean verbose = false;
    int sample = 0;
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.startsWith("--")) {
        option = option.substring(1);
      }
      if (option.length() > 1 && "-verbose".startsWith(option)) {
        verbose = true;
      } else if (option.length() > 1 && "-sample".startsWith(option)) {
        if (i + 1 == arguments.size()) {
          throw new CommandException("option requires an argument: " + option);
        }
        sample = percent(arguments.get(++i));
      } else {
        throw new CommandException("unknown option: " + option);
      }
    }
    shell.setExpert(new ExpertMode(verbose, sample));
  }

  private static int percent(String text) throws CommandException {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      value = 0;
    }
    if (value < 0 || value > 100) {
      throw new CommandException("value out of range: " + text);
    }
    return value;
  }
}
