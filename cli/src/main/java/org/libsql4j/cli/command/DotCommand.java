package org.libsql4j.cli.command;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.libsql4j.cli.CommandTable.Outcome;
import org.libsql4j.cli.Shell;

/**
 * One dot command.
 *
 * @param name without the dot
 * @param usage its arguments as {@code .help} shows them
 * @param summary what it does, in half a line
 * @param details more lines of help, or empty
 * @param action what it does
 */
record DotCommand(String name, String usage, String summary, String details, Action action) {

  /** The code of a command. */
  interface Action {
    /**
     * @param arguments what followed the name
     */
    Outcome run(Shell shell, List<String> arguments)
        throws CommandException, SQLException, IOException;
  }

  /** The code of a command after which reading goes on. */
  interface SimpleAction {
    void run(Shell shell, List<String> arguments)
        throws CommandException, SQLException, IOException;
  }

  static DotCommand of(String name, String usage, String summary, SimpleAction action) {
    return of(name, usage, summary, "", action);
  }

  static DotCommand of(
      String name, String usage, String summary, String details, SimpleAction action) {
    return new DotCommand(
        name,
        usage,
        summary,
        details,
        (shell, arguments) -> {
          action.run(shell, arguments);
          return Outcome.DONE;
        });
  }

  /** Its line in the list of commands. */
  String helpLine() {
    return String.format("%-24s %s", ("." + name + " " + usage).strip(), summary);
  }

  /** Its line and all there is to say of it. */
  String help() {
    return details.isEmpty() ? helpLine() : helpLine() + "\n" + details.stripTrailing();
  }
}
