package org.libsql4j.plan;

import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.sql.ast.BinaryOperator;

/** Tells which partial indexes have all rows that a query is about. */
final class PartialIndexes {
  private final WhereTerms terms;
  private final IndexExpressions indexExpressions;

  PartialIndexes(WhereTerms terms, IndexExpressions indexExpressions) {
    this.terms = terms;
    this.indexExpressions = indexExpressions;
  }

  /** Whether the query's conditions make the index's condition true. */
  boolean isUsable(Source source, int position, Index index) {
    BoundExpr condition = indexExpressions.condition(source, index);
    return condition == null || implied(condition, source, position);
  }

  private boolean implied(BoundExpr condition, Source source, int position) {
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      return implied(e.left(), source, position) && implied(e.right(), source, position);
    }
    for (WhereTerm term : terms.all()) {
      if (ColumnConstraints.usableAt(terms, term, source, position)
          && (term.expr.equals(condition) || implies(term, condition))) {
        return true;
      }
    }
    return false;
  }

  private static boolean implies(WhereTerm term, BoundExpr condition) {
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.OR) {
      return term.expr.equals(e.left())
          || term.expr.equals(e.right())
          || implies(term, e.left())
          || implies(term, e.right());
    }
    // Any comparison that is true has no NULL operand.
    return condition instanceof BoundExpr.IsNull e
        && e.negated()
        && term.left != null
        && term.kind != WhereTerm.Kind.IS_NULL
        && term.kind != WhereTerm.Kind.IS
        && term.kind != WhereTerm.Kind.OTHER
        && BoundExprs.skipCollate(e.operand()).equals(term.left);
  }
}
