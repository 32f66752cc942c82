package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.plan.JoinPlan;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.plan.WhereTerms;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.sql.ast.JoinOperator;

/**
 * Leaves out tables on the right of LEFT JOIN that change nothing: nothing is read of them, and at
 * most one of their rows joins each row on the left, or duplicates are removed anyway.
 */
final class NeededLoops {
  private NeededLoops() {}

  /** The loops of a plan without those that have no effect. */
  static List<AccessPath> of(JoinPlan plan, WhereTerms terms, WhereRequest request) {
    List<AccessPath> loops = new ArrayList<>(plan.loops());
    List<BoundExpr> results = request.results();
    if (loops.size() < 2 || results == null || terms.lastRightJoin() >= 0) {
      return loops;
    }
    long used = 0;
    for (BoundExpr result : results) {
      used |= terms.maskOf(result);
    }
    for (BoundExpr.SortTerm term : request.orderBy()) {
      used |= terms.maskOf(term.expr());
    }
    boolean distinct = request.purpose() == WhereRequest.Purpose.DISTINCT;
    for (int i = loops.size() - 1; i > 0; i--) {
      AccessPath loop = loops.get(i);
      long self = 1L << loop.position;
      boolean left = terms.sources().get(loop.position).join == JoinOperator.Kind.LEFT;
      if (left
          && (loop.oneRow || distinct)
          && (used & self) == 0
          && !isReadElsewhere(terms, loop.position)) {
        loops.remove(i);
      }
    }
    return loops;
  }

  /** Whether a condition other than its own ON clause reads the table. */
  private static boolean isReadElsewhere(WhereTerms terms, int position) {
    for (WhereTerm term : terms.all()) {
      if ((term.mask >> position & 1) != 0 && term.onPosition != position) {
        return true;
      }
    }
    return false;
  }
}
