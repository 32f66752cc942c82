package org.libsql4j.resolve;

import org.libsql4j.sql.ast.With;

/** How often a common table is read in one statement. Compares by identity. */
public final class CommonTableUse {
  private final With.Materialization hint;
  private int count;

  CommonTableUse(With.Materialization hint) {
    this.hint = hint;
  }

  void add() {
    count++;
  }

  /** Whether the statement wants its rows computed as they stand: nothing is moved out of it. */
  public boolean isFence() {
    return hint == With.Materialization.MATERIALIZED;
  }

  /**
   * Whether its rows are computed once and kept: because the statement says so, or because it is
   * read more than once and the statement does not forbid it.
   */
  public boolean isMaterialized() {
    return isFence() || (count > 1 && hint == With.Materialization.ANY);
  }
}
