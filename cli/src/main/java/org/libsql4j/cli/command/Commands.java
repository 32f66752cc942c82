package org.libsql4j.cli.command;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.CommandTable;
import org.libsql4j.cli.EngineError;
import org.libsql4j.cli.Shell;

/** All dot commands. */
public final class Commands implements CommandTable {
  private final List<DotCommand> commands = new ArrayList<>();

  public Commands() {
    commands.addAll(SwitchCommands.all());
    commands.addAll(DisplayCommands.all());
    commands.addAll(SchemaCommands.all());
    commands.addAll(FileCommands.all());
    commands.addAll(SystemCommands.all());
    commands.add(DumpCommand.command());
    commands.add(ExpertCommand.command());
    commands.add(ImportCommand.command());
    commands.add(HelpCommand.command(commands));
    commands.sort((a, b) -> a.name().compareTo(b.name()));
  }

  @Override
  public Outcome run(Shell shell, String line) {
    List<String> words = Arguments.split(line.substring(1));
    if (words.isEmpty()) {
      return Outcome.DONE;
    }
    DotCommand command = find(words.get(0));
    if (command == null) {
      shell.error(
          "Error: unknown command or invalid arguments:  \""
              + words.get(0)
              + "\". Enter \".help\" for help");
      return Outcome.FAILED;
    }
    try {
      return command.action().run(shell, words.subList(1, words.size()));
    } catch (CommandException e) {
      String message = String.valueOf(e.getMessage());
      if (e.isOnOutput()) {
        shell.output().println(message);
      } else {
        shell.error(message);
      }
    } catch (SQLException e) {
      shell.error("Error: " + EngineError.of(e).message());
    } catch (IOException e) {
      shell.error("Error: " + e.getMessage());
    }
    return Outcome.FAILED;
  }

  private @Nullable DotCommand find(String word) {
    DotCommand found = null;
    for (DotCommand command : commands) {
      if (command.name().equals(word)) {
        return command;
      }
      if (found == null && command.name().startsWith(word)) {
        found = command;
      }
    }
    return found;
  }
}
