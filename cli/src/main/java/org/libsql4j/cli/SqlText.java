package org.libsql4j.cli;

/** Where statements begin and end in a script. */
public interface SqlText {
  /**
   * Whether the text ends with a whole statement: a semicolon that is not in a string, a comment,
   * or the body of a trigger.
   */
  boolean isComplete(String sql);

  /**
   * The end of the statement that starts at an index.
   *
   * @return the index after its semicolon, or the length of the text if it has none
   */
  int statementEnd(String sql, int from);

  /** Whether there is nothing but white space, comments and semicolons between two indexes. */
  boolean isBlank(String sql, int from, int to);
}
