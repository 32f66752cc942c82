package org.libsql4j.plan;

import java.util.function.Predicate;
import org.libsql4j.resolve.Source;

/**
 * What the planner must know besides the conditions.
 *
 * @param wantsOrder whether an order of rows is asked for, so that index order has a value
 * @param automaticIndexes whether indexes may be made for one statement
 * @param needsTableCursor whether rows are changed, so that an index alone is not enough
 * @param partOfOr whether the loop is for one part of an OR
 * @param coroutines tells which subqueries are coroutines
 */
public record PlanOptions(
    boolean wantsOrder,
    boolean automaticIndexes,
    boolean needsTableCursor,
    boolean partOfOr,
    Predicate<Source> coroutines) {

  PlanOptions forPartOfOr() {
    return new PlanOptions(false, false, needsTableCursor, true, coroutines);
  }

  boolean isCoroutine(Source source) {
    return coroutines.test(source);
  }
}
