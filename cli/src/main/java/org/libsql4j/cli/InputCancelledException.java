package org.libsql4j.cli;

/** The user gave up the statement that was being typed. */
public final class InputCancelledException extends Exception {
  private static final long serialVersionUID = 1L;
}
