package org.libsql4j.compat.engines;

/** A connection of one of the two engines. */
public interface SqlEngine extends AutoCloseable {
  /** Runs one statement to its end; failures are part of the outcome. */
  Outcome run(String sql);

  /**
   * Runs one statement that must not fail.
   *
   * @throws AssertionError if it does
   */
  default Outcome must(String sql) {
    Outcome outcome = run(sql);
    if (outcome.error() != null) {
      throw new AssertionError(this + ": " + outcome.error() + " in: " + sql);
    }
    return outcome;
  }

  /**
   * The first column of the first row of a query that must not fail, as {@link CellText} writes it.
   */
  default String value(String sql) {
    Outcome outcome = must(sql);
    return outcome.rows().isEmpty() ? "no row" : outcome.rows().get(0);
  }

  /** How many rows this connection has changed. */
  long totalChanges();

  @Override
  void close();
}
