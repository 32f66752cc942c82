package org.libsql4j.codegen;

/**
 * A loop over rows whose head has been generated: the code that follows runs once per row, until
 * {@link #end()}. While it is open all sources of the request can be read.
 */
public interface WhereLoop {
  /** Where to go for the next row. */
  int continueLabel();

  /** Where to go to leave the loop. */
  int breakLabel();

  /** How many of the leading ORDER BY terms the rows satisfy. */
  int orderedTerms();

  /** Whether no two rows agree in the columns that a DISTINCT request asked for. */
  boolean isDistinct();

  /** Whether equal rows of a DISTINCT request are neighbours. */
  boolean isDistinctOrdered();

  /** Estimated number of rows as LogEst. */
  int rows();

  /** Whether at most one row can come. */
  boolean isSingleRow();

  /**
   * For a ONE_PASS request: whether the row under the cursor may be changed inside the loop. The
   * answer is the cursor on the table, or -1 if rows must be collected first.
   */
  int onePassCursor();

  /** For a ONE_PASS request: the cursor of the index that leads to the rows, or -1. */
  int onePassIndexCursor();

  /** Ends the loop. */
  void end();
}
