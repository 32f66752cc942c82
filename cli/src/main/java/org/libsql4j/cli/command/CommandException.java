package org.libsql4j.cli.command;

/** A dot command that cannot be carried out; the message is for the user. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean onOutput;

  CommandException(String message) {
    this(message, false);
  }

  private CommandException(String message, boolean onOutput) {
    super(message);
    this.onOutput = onOutput;
  }

  /** One that is told among the results instead of the errors. */
  static CommandException onOutput(String message) {
    return new CommandException(message, true);
  }

  boolean isOnOutput() {
    return onOutput;
  }
}
