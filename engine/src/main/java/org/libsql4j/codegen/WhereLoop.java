package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Index;

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

  /** Whether rows of a GROUP_BY request come in the order of the terms and in their direction. */
  boolean isSorted();

  /** Whether no two rows agree in the columns that a DISTINCT request asked for. */
  boolean isDistinct();

  /** Whether equal rows of a DISTINCT request are neighbours. */
  boolean isDistinctOrdered();

  /** Estimated number of rows as LogEst. */
  int rows();

  /** Whether at most one row can come. */
  boolean isSingleRow();

  /** Generates the head of the loop. */
  void start();

  /**
   * For a ONE_PASS request, already before the start: whether rows may be changed inside of the
   * loop, which is then with cursors that write.
   */
  boolean isOnePass();

  /**
   * For a ONE_PASS request: the index that leads to the rows, or null if it is the table itself.
   */
  @Nullable Index onePassIndex();

  /** For a ONE_PASS request: the cursor on the table. */
  int onePassCursor();

  /** For a ONE_PASS request: the cursor on {@link #onePassIndex}, or -1. */
  int onePassIndexCursor();

  /** Ends the loop. */
  void end();
}
