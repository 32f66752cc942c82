package org.libsql4j;

import org.libsql4j.error.LibsqlException;

/** A statement of a batch failed; nothing of the batch was kept. */
public final class LibsqlBatchException extends LibsqlException {
  private static final long serialVersionUID = 1L;

  /** Place of the statement that failed, from 0. */
  private final int statementIndex;

  LibsqlBatchException(int statementIndex, LibsqlException cause) {
    super(cause.resultCode(), cause.getMessage(), cause.sqlOffset(), cause);
    this.statementIndex = statementIndex;
  }

  /** Which statement failed, from 0; their number if it was the commit. */
  public int statementIndex() {
    return statementIndex;
  }
}
