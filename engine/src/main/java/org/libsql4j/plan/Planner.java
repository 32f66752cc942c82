package org.libsql4j.plan;

import java.util.List;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.vtab.IndexInfo;

/** The entrance to this package. */
public final class Planner {
  private Planner() {}

  /**
   * Plans the loops over a FROM clause.
   *
   * @param order the order wanted, or empty
   * @param anyOrder whether equal rows need only be neighbours (GROUP BY, DISTINCT)
   * @param limitRows number of rows wanted as LogEst, -1 if not known
   * @param runs how often the loops are run for loops around them, as LogEst
   */
  public static JoinPlan plan(
      WhereTerms terms,
      IndexExpressions indexExpressions,
      PlanOptions options,
      List<BoundExpr.SortTerm> order,
      boolean anyOrder,
      int limitRows,
      int runs) {
    JoinPlan single = SingleRowSearch.plan(terms, indexExpressions, options, order.size(), runs);
    if (single != null) {
      return single;
    }
    OrderMatcher matcher = new OrderMatcher(terms, indexExpressions, order, anyOrder);
    List<AccessPath> paths = new AccessPathBuilder(terms, indexExpressions, options).build();
    return new JoinOrderSolver(
            paths,
            terms.sources().size(),
            matcher,
            order,
            limitRows,
            runs,
            options.distinct() == IndexInfo.Distinct.DISTINCT)
        .solve();
  }
}
