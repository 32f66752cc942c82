package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a {@code FROM} clause from left to right.
 *
 * @param terms never empty; the first has no operator and no constraint
 */
public record FromClause(List<Term> terms) {
  /**
   * A table and how it is joined to everything at its left.
   *
   * @param join null exactly for the first term
   * @param on the {@code ON} condition, or null
   * @param using the {@code USING} columns; empty if not given
   */
  public record Term(
      @Nullable JoinOperator join, FromItem item, @Nullable Expr on, List<Identifier> using) {}
}
