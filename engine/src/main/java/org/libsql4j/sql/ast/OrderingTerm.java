package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A term of {@code ORDER BY}, or a column or expression of an index, a primary key, a unique
 * constraint or an upsert target.
 *
 * @param order whether {@code ASC} or {@code DESC} was written
 * @param nulls null if not written
 * @param text source text of the expression, without the order
 */
public record OrderingTerm(Expr expr, SortOrder order, @Nullable NullsOrder nulls, String text) {
  /** Direction. */
  public enum SortOrder {
    /** Nothing was written: ascending. */
    UNDEFINED,
    ASC,
    DESC
  }

  /** Place of NULLs. */
  public enum NullsOrder {
    FIRST,
    LAST
  }

  /** Whether the order is descending. */
  public boolean descending() {
    return order == SortOrder.DESC;
  }
}
