package org.libsql4j.resolve;

import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.JoinOperator;

/**
 * Turns LEFT JOIN into an inner join where WHERE cannot be true for rows that the outer join filled
 * with NULLs.
 */
final class OuterJoins {
  private OuterJoins() {}

  static void strengthen(BoundQuery query) {
    BoundExpr where = query.where;
    if (where == null) {
      return;
    }
    for (Source source : query.sources) {
      if (source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL) {
        return;
      }
    }
    for (Source source : query.sources) {
      if (source.join == JoinOperator.Kind.LEFT && impliesRow(where, source)) {
        source.join = JoinOperator.Kind.INNER;
        source.nullable = false;
      }
    }
  }

  /** Whether the condition is false or NULL when all columns of the source are NULL. */
  private static boolean impliesRow(@Nullable BoundExpr condition, Source source) {
    if (condition instanceof BoundExpr.Binary e) {
      if (e.operator() == BinaryOperator.AND) {
        return impliesRow(e.left(), source) || impliesRow(e.right(), source);
      }
      if (e.operator() == BinaryOperator.OR) {
        return impliesRow(e.left(), source) && impliesRow(e.right(), source);
      }
      if (e.operator().isComparison()
          && e.operator() != BinaryOperator.IS
          && e.operator() != BinaryOperator.IS_NOT) {
        return isNullWith(e.left(), source) || isNullWith(e.right(), source);
      }
      return false;
    }
    if (condition instanceof BoundExpr.IsNull e) {
      return e.negated() && isNullWith(e.operand(), source);
    }
    if (condition instanceof BoundExpr.Between e) {
      return !e.negated() && isNullWith(e.operand(), source);
    }
    if (condition instanceof BoundExpr.InList e) {
      return !e.negated() && isNullWith(e.operand(), source);
    }
    return false;
  }

  /** Whether the expression is surely NULL when all columns of the source are NULL. */
  private static boolean isNullWith(BoundExpr expr, Source source) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      return ref.source() == source;
    }
    if (expr instanceof BoundExpr.Collate e) {
      return isNullWith(e.operand(), source);
    }
    if (expr instanceof BoundExpr.Cast e) {
      return isNullWith(e.operand(), source);
    }
    if (expr instanceof BoundExpr.Binary e) {
      return e.operator() != BinaryOperator.AND
          && e.operator() != BinaryOperator.OR
          && e.operator() != BinaryOperator.IS
          && e.operator() != BinaryOperator.IS_NOT
          && (isNullWith(e.left(), source) || isNullWith(e.right(), source));
    }
    return false;
  }
}
