package org.libsql4j.plan;

import java.util.Iterator;
import java.util.List;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.sql.ast.BinaryOperator;

/** Tells which partial indexes have all rows that a query is about. */
final class PartialIndexes {
  private final WhereTerms terms;
  private final IndexExpressions indexExpressions;
  private final PeekedValues values;

  PartialIndexes(WhereTerms terms, IndexExpressions indexExpressions, PeekedValues values) {
    this.values = values;
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
          && (isSame(term.expr, condition) || implies(term, condition))) {
        return true;
      }
    }
    return false;
  }

  private boolean implies(WhereTerm term, BoundExpr condition) {
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.OR) {
      return isSame(term.expr, e.left())
          || isSame(term.expr, e.right())
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

  /** Whether a condition of the query is that of an index, with the values of its parameters. */
  private boolean isSame(BoundExpr asked, BoundExpr condition) {
    if (asked.equals(condition)) {
      return true;
    }
    boolean[] parameters = new boolean[1];
    BoundExprs.walk(asked, part -> parameters[0] |= part instanceof BoundExpr.Parameter);
    return parameters[0]
        && isAlike(asked, condition)
        && values.conclude(known -> matches(asked, condition, known));
  }

  /** Whether both could be the same but for their values. */
  private static boolean isAlike(BoundExpr asked, BoundExpr condition) {
    if (!(asked instanceof BoundExpr.Binary a) || !(condition instanceof BoundExpr.Binary b)) {
      return asked.getClass() == condition.getClass();
    }
    return a.operator() == b.operator()
        && (a.left().equals(b.left())
            || (!(a.left() instanceof BoundExpr.ColumnRef)
                && !(b.left() instanceof BoundExpr.ColumnRef)));
  }

  private boolean matches(BoundExpr asked, BoundExpr condition, PeekedValues.Parameters known) {
    if (asked.equals(condition)) {
      return true;
    }
    if (asked instanceof BoundExpr.Parameter parameter) {
      Mem bound = known.get(parameter.number());
      Mem wanted = values.value(condition, Affinity.BLOB, known);
      return bound != null && wanted != null && MemComparator.compare(bound, wanted, null) == 0;
    }
    List<BoundExpr> parts = BoundExprs.children(asked);
    List<BoundExpr> wanted = BoundExprs.children(condition);
    if (asked.getClass() != condition.getClass() || parts.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!matches(parts.get(i), wanted.get(i), known)) {
        return false;
      }
    }
    Iterator<BoundExpr> next = wanted.iterator();
    return BoundExprs.mapChildren(asked, part -> next.next()).equals(condition);
  }
}
