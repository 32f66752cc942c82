package org.libsql4j.plan;

import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;

/** Estimates how many rows a loop gives. */
final class OutputEstimate {
  private final WhereTerms terms;

  OutputEstimate(WhereTerms terms) {
    this.terms = terms;
  }

  /** How many of the rows, as LogEst, are in a range of which nothing is known. */
  static int rangeRows(int rows, @Nullable WhereTerm lower, @Nullable WhereTerm upper) {
    int out = rows;
    if (lower != null) {
      out -= lower.truth <= 0 ? -lower.truth : 20;
    }
    if (upper != null) {
      out -= upper.truth <= 0 ? -upper.truth : 20;
    }
    if (lower != null && upper != null) {
      out -= 20;
    }
    return Math.min(rows, Math.max(out, 10));
  }

  /** Lowers the estimate of rows for terms that the path does not use but that will be tested. */
  void adjust(AccessPath path, int rows) {
    long ready = path.prerequisites | 1L << path.position;
    int reduce = 0;
    for (WhereTerm term : terms.all()) {
      if (term.original != null
          || path.uses(term)
          || usesView(path, term)
          || (term.mask >> path.position & 1) == 0
          || (term.mask & ~ready) != 0) {
        continue;
      }
      if (term.truth <= 0) {
        path.rowsOut += term.truth;
        continue;
      }
      path.rowsOut--;
      if (term.kind == WhereTerm.Kind.EQUAL || term.kind == WhereTerm.Kind.IS) {
        boolean small =
            term.right instanceof BoundExpr.IntegerValue value
                && value.value() >= -1
                && value.value() <= 1;
        reduce = Math.max(reduce, small ? 10 : 20);
      }
    }
    path.rowsOut = Math.min(path.rowsOut, rows - reduce);
  }

  private static boolean usesView(AccessPath path, WhereTerm term) {
    for (WhereTerm used : path.equalities) {
      if (used.original == term) {
        return true;
      }
    }
    return (path.lower != null && path.lower.original == term)
        || (path.upper != null && path.upper.original == term);
  }
}
