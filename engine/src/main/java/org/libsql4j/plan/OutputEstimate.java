package org.libsql4j.plan;

import org.libsql4j.resolve.BoundExpr;

/** Estimates how many rows a loop gives. */
final class OutputEstimate {
  private final WhereTerms terms;

  OutputEstimate(WhereTerms terms) {
    this.terms = terms;
  }

  /** Lowers the estimate of rows for terms that the path does not use but that will be tested. */
  void adjust(AccessPath path, int rows) {
    long ready = path.prerequisites | 1L << path.position;
    int reduce = 0;
    for (WhereTerm term : terms.all()) {
      if (term.original != null
          || path.disjunction == term
          || path.joint.contains(term)
          || path.usesView(term)
          || (term.mask >> path.position & 1) == 0
          || (term.mask & ~ready) != 0) {
        continue;
      }
      if (term.truth <= 0) {
        path.rowsOut += term.truth;
        continue;
      }
      path.rowsOut--;
      if ((term.kind == WhereTerm.Kind.EQUAL || term.kind == WhereTerm.Kind.IS)
          && !term.holdsMostly) {
        boolean small =
            term.right instanceof BoundExpr.IntegerValue value
                && value.value() >= -1
                && value.value() <= 1;
        if (reduce < (small ? 10 : 20)) {
          reduce = small ? 10 : 20;
          term.assumedRare = true;
        }
      }
    }
    path.rowsOut = Math.min(path.rowsOut, rows - reduce);
  }
}
