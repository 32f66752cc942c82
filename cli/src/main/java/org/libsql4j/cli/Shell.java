package org.libsql4j.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.format.DisplaySettings;

/** One session of the shell: what its parts share. */
public final class Shell implements AutoCloseable {
  /** Settings that are on or off. */
  public static final class Flags {
    public boolean bail;
    public boolean changes;
    public boolean echo;
    public boolean explainRaw;
    public boolean queryPlan;
    public boolean timer;
  }

  private final DisplaySettings display = new DisplaySettings();
  private final Flags flags = new Flags();
  private final Output output;
  private final PrintStream errors;
  private final Database database;
  private final StatementRunner statements;
  private final ScriptRunner scripts;
  private final String[] prompts = {"libsql> ", "   ...> "};
  private boolean interactive;
  private @Nullable ExpertMode expert;

  Shell(Database database, CommandTable commands, OutputStream out, OutputStream errors) {
    this.database = database;
    this.output = new Output(out);
    this.errors = new PrintStream(errors, true, StandardCharsets.UTF_8);
    this.statements = new StatementRunner(this);
    this.scripts = new ScriptRunner(this, commands);
  }

  public DisplaySettings display() {
    return display;
  }

  public Flags flags() {
    return flags;
  }

  public Output output() {
    return output;
  }

  public Database database() {
    return database;
  }

  public StatementRunner statements() {
    return statements;
  }

  public ScriptRunner scripts() {
    return scripts;
  }

  /** The prompt and the continuation prompt. */
  public String[] prompts() {
    return prompts;
  }

  /** What is to be done with the next input instead of running it; null to run it. */
  @Nullable ExpertMode expert() {
    return expert;
  }

  public void setExpert(@Nullable ExpertMode mode) {
    expert = mode;
  }

  boolean isInteractive() {
    return interactive;
  }

  void setInteractive(boolean on) {
    interactive = on;
  }

  /** Prints a line of the error stream, after what has been printed so far. */
  public void error(String message) {
    output.flush();
    errors.print(message + "\n");
    errors.flush();
  }

  @Override
  public void close() throws SQLException {
    output.reset();
    output.flush();
    database.close();
  }
}
