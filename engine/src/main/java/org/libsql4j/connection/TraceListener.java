package org.libsql4j.connection;

/**
 * Told what a connection runs. Called in the thread that runs it, which must not use the connection
 * meanwhile.
 *
 * <p>Source: <a href="https://www.sqlite.org/c3ref/trace_v2.html">sqlite3_trace_v2</a>.
 */
public interface TraceListener {
  /**
   * A statement starts, or a trigger in it, or a statement of a trigger.
   *
   * @param text the statement's text; for triggers a comment: {@code -- TRIGGER name}, and {@code
   *     --} with the text of each of its statements; a comment also if the statement runs within
   *     another one
   */
  default void statement(TracedStatement statement, String text) {}

  /**
   * A statement has ended or was reset.
   *
   * @param nanos since it started
   */
  default void profile(TracedStatement statement, long nanos) {}

  /** There is a row of the result. */
  default void row(TracedStatement statement) {}

  /** The connection is closed. */
  default void close() {}
}
