package org.libsql4j.resolve;

import java.util.List;

/** Rewrites a resolved query into an equivalent one that is cheaper to run. */
public final class QueryOptimizer {
  private QueryOptimizer() {}

  /**
   * Rewrites one core in place, before code is generated for it.
   *
   * @param orderBy the ORDER BY that belongs to the core; rewritten along with it
   * @param skips whether OFFSET skips some of the rows: like SQLite, no joins are made of EXISTS
   *     then, so that the rows come in the same order
   */
  public static void optimize(BoundQuery query, List<BoundExpr.SortTerm> orderBy, boolean skips) {
    if (query.sources.size() == 1
        && query.sources.get(0).subquery == null
        && (skips || !ExistenceJoins.make(query))) {
      oneTable(query, orderBy);
      return;
    }
    OuterJoins.strengthen(query);
    SubqueryFlattening.flatten(query, orderBy);
    if (!skips) {
      ExistenceJoins.make(query);
    }
    OuterJoins.strengthen(query);
    PushDown.havingToWhere(query);
    ConstantPropagation.apply(query);
    PushDown.apply(query);
    ColumnUse.recompute(query, orderBy);
    UnusedColumns.remove(query);
  }

  /** What is left to do where there are neither joins nor subqueries in FROM. */
  private static void oneTable(BoundQuery query, List<BoundExpr.SortTerm> orderBy) {
    PushDown.havingToWhere(query);
    ConstantPropagation.apply(query);
    ColumnUse.recompute(query, orderBy);
  }
}
