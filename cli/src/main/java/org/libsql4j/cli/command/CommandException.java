package org.libsql4j.cli.command;

/** A dot command that cannot be carried out; the message is for the user. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }
}
