package org.libsql4j.connection;

/** A running statement as a {@link TraceListener} meets it. */
public interface TracedStatement {
  /** The text that was prepared. */
  String sql();

  /**
   * The text with the values of the parameters in their place; within another running statement the
   * text as a comment.
   */
  String expandedSql();
}
