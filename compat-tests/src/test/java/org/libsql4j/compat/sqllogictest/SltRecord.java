package org.libsql4j.compat.sqllogictest;

import java.util.List;

/** One entry of a file: a statement, or a query with its answer. */
sealed interface SltRecord {
  /** Where it starts in the file, from 1. */
  int line();

  String sql();

  /** A statement that succeeds, or one that fails. */
  record Statement(int line, String sql, boolean succeeds) implements SltRecord {}

  /**
   * A query.
   *
   * @param types one letter a column: I, R or T
   * @param expected the values as text, or a single line with their number and hash
   */
  record Query(int line, String sql, String types, SortMode sort, List<String> expected)
      implements SltRecord {}

  /** What is done to a result before it is compared. */
  enum SortMode {
    NOSORT,
    ROWSORT,
    VALUESORT
  }
}
