package org.libsql4j.cli;

/** Runs dot commands. */
public interface CommandTable {
  /** What a command leaves the caller to do. */
  enum Outcome {
    DONE,
    FAILED,
    /** Stop reading the input that the command stood in. */
    STOP
  }

  /** Runs one line that starts with a dot; errors have been printed when it returns. */
  Outcome run(Shell shell, String line);
}
