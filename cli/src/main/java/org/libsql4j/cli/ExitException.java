package org.libsql4j.cli;

/** Leaves the shell at once, from however deep. */
public final class ExitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  public ExitException(int code) {
    super("exit " + code);
    this.code = code;
  }

  int code() {
    return code;
  }
}
