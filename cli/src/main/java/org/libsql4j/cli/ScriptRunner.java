package org.libsql4j.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.SqlCompleteness;

/**
 * Reads input line by line: dot commands at the beginning of a line, and SQL until it is complete.
 *
 * <p>One line may hold several statements; if one fails, the rest of the line is not run.
 */
public final class ScriptRunner {
  /** How {@code .read} may nest before it is taken for an endless loop. */
  private static final int MAX_DEPTH = 25;

  /** A line that ends a statement like a semicolon, for those used to other shells. */
  private static final Pattern TERMINATOR =
      Pattern.compile("\\s*(/|go)\\s*", Pattern.CASE_INSENSITIVE);

  private final Shell shell;
  private final CommandTable commands;
  private int depth;

  ScriptRunner(Shell shell, CommandTable commands) {
    this.shell = shell;
    this.commands = commands;
  }

  /**
   * Runs all of an input.
   *
   * @return how many errors there were
   */
  public int run(LineSource lines) throws IOException {
    if (depth == MAX_DEPTH) {
      shell.error("Input nesting limit (" + MAX_DEPTH + ") reached. Check recursion.");
      return 1;
    }
    depth++;
    try {
      return new Script(lines).run();
    } finally {
      depth--;
    }
  }

  /** Runs SQL that was given on the command line; returns the result code to exit with. */
  int runArgument(String sql) {
    StatementRunner.Failure failure = shell.statements().run(sql);
    shell.output().endOfInputLine();
    if (failure == null) {
      return 0;
    }
    EngineError error = failure.error();
    shell.error(
        switch (failure.stage()) {
          case OPEN -> unableToOpen(error);
          case PREPARE ->
              "Error: in prepare, " + error.messageWithCode() + error.context(failure.statement());
          case STEP -> "Error: stepping, " + error.messageWithCode();
        });
    return failure.stage() == StatementRunner.Stage.STEP ? Math.max(1, error.code()) : 1;
  }

  CommandTable.Outcome runCommand(String line) {
    shell.setExpert(null);
    CommandTable.Outcome outcome = commands.run(shell, line);
    shell.output().flush();
    return outcome;
  }

  private String unableToOpen(EngineError error) {
    return "Error: unable to open database \"" + shell.database().file() + "\": " + error.message();
  }

  /** One input and what has been read of it. */
  private final class Script {
    private final LineSource lines;
    private final StringBuilder pending = new StringBuilder();
    private int lineNumber;
    private int startLine;
    private int errorCount;

    Script(LineSource lines) {
      this.lines = lines;
    }

    int run() throws IOException {
      boolean more = true;
      while (more && (errorCount == 0 || !shell.flags().bail || lines.isInteractive())) {
        try {
          String line = lines.nextLine(pending.length() > 0);
          lineNumber++;
          more = line != null && take(line);
          if (line == null && !SqlCompleteness.isBlank(pending.toString())) {
            runPending();
          }
        } catch (InputCancelledException e) {
          pending.setLength(0);
        }
      }
      return errorCount;
    }

    /** Deals with one line; false to stop reading. */
    private boolean take(String line) {
      if (pending.length() == 0) {
        if (line.startsWith(".") || line.startsWith("#")) {
          echo(line);
          return !line.startsWith(".") || runCommandLine(line);
        }
        if (SqlCompleteness.isBlank(line) && line.indexOf(';') < 0) {
          echo(line);
          return true;
        }
        startLine = lineNumber;
        pending.append(line.stripLeading());
      } else if (isTerminator(line)) {
        pending.append("\n;");
      } else {
        pending.append('\n').append(line);
      }
      if (pending.charAt(0) == '/' && SqlCompleteness.isBlank(pending.toString())) {
        echo(pending.toString());
        pending.setLength(0); // a comment that has ended is no beginning of a statement
        return true;
      }
      if (pending.indexOf(";", Math.max(0, pending.length() - line.length() - 1)) >= 0
          && SqlCompleteness.isComplete(pending.toString())) {
        echo(pending.toString());
        runPending();
      }
      return true;
    }

    private boolean isTerminator(String line) {
      return TERMINATOR.matcher(line).matches() && SqlCompleteness.isComplete(pending + ";");
    }

    private boolean runCommandLine(String line) {
      CommandTable.Outcome outcome = runCommand(line);
      if (outcome == CommandTable.Outcome.FAILED) {
        errorCount++;
      }
      return outcome != CommandTable.Outcome.STOP;
    }

    private void runPending() {
      String sql = pending.toString();
      pending.setLength(0);
      CpuTimer timer = shell.flags().timer ? new CpuTimer() : null;
      StatementRunner.Failure failure = shell.statements().run(sql);
      if (timer != null) {
        shell.output().println(timer.report());
      }
      if (failure != null) {
        errorCount++;
        shell.error(describe(failure));
      } else if (shell.flags().changes) {
        printChanges();
      }
      shell.output().endOfInputLine();
    }

    private String describe(StatementRunner.Failure failure) {
      EngineError error = failure.error();
      if (failure.stage() == StatementRunner.Stage.OPEN) {
        return unableToOpen(error);
      }
      boolean parse = failure.stage() == StatementRunner.Stage.PREPARE;
      return (parse ? "Parse error" : "Runtime error")
          + (lines.isInteractive() ? "" : " near line " + startLine)
          + ": "
          + error.messageWithCode()
          + (parse ? error.context(failure.statement()) : "");
    }

    private void printChanges() {
      try {
        List<@Nullable String> counts =
            shell.database().query("SELECT changes(), total_changes()").get(0);
        shell.output().println("changes: " + counts.get(0) + "   total_changes: " + counts.get(1));
      } catch (SQLException e) {
        shell.error("Error: " + EngineError.of(e).message());
      }
    }

    private void echo(String line) {
      if (shell.flags().echo) {
        shell.output().println(line);
      }
    }
  }
}
