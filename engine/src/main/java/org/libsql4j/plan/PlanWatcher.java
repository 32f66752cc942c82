package org.libsql4j.plan;

import java.util.List;
import org.libsql4j.resolve.BoundExpr;

/** Told what the planner is asked, by whoever looks for better ways to ask. */
@FunctionalInterface
public interface PlanWatcher {
  /**
   * Loops over the sources of the terms are about to be planned.
   *
   * @param order the order wanted, or empty
   */
  void planning(WhereTerms terms, List<BoundExpr.SortTerm> order);
}
