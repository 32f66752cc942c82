package org.libsql4j.plan;

import java.util.List;
import java.util.function.Predicate;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.vtab.IndexInfo;

/**
 * What the planner must know besides the conditions.
 *
 * @param wantsOrder whether an order of rows is asked for, so that index order has a value
 * @param automaticIndexes whether indexes may be made for one statement
 * @param needsTableCursor whether rows are changed, so that an index alone is not enough
 * @param partOfOr whether the loop is for one part of an OR
 * @param coroutines tells which subqueries are coroutines
 * @param order the order wanted, for virtual tables
 * @param distinct what besides order is wanted, for virtual tables
 * @param values the values of constants and parameters
 */
public record PlanOptions(
    boolean wantsOrder,
    boolean automaticIndexes,
    boolean needsTableCursor,
    boolean partOfOr,
    Predicate<Source> coroutines,
    List<BoundExpr.SortTerm> order,
    IndexInfo.Distinct distinct,
    PeekedValues values) {

  PlanOptions forPartOfOr() {
    return new PlanOptions(
        false,
        false,
        needsTableCursor,
        true,
        coroutines,
        List.of(),
        IndexInfo.Distinct.ORDERED,
        values);
  }

  boolean isCoroutine(Source source) {
    return coroutines.test(source);
  }
}
