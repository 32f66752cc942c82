package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ON CONFLICT [(target) [WHERE targetWhere]] DO NOTHING | UPDATE SET ... [WHERE where]}.
 *
 * @param target empty if not given
 * @param assignments empty exactly for {@code DO NOTHING}
 */
public record Upsert(
    List<OrderingTerm> target,
    @Nullable Expr targetWhere,
    List<Assignment> assignments,
    @Nullable Expr where) {
  /** Whether this is {@code DO NOTHING}. */
  public boolean doNothing() {
    return assignments.isEmpty();
  }
}
