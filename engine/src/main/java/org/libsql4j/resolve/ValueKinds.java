package org.libsql4j.resolve;

import java.util.List;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.UnaryOperator;

/** Which kinds of values, besides NULL, an expression may have: bits. */
final class ValueKinds {
  private ValueKinds() {}

  static final int NUMBER = 1;
  static final int TEXT = 2;
  static final int BLOB = 4;
  private static final int ANY = NUMBER | TEXT | BLOB;

  static int of(BoundExpr expr) {
    if (expr instanceof BoundExpr.NullValue) {
      return 0;
    }
    if (expr instanceof BoundExpr.TextValue) {
      return TEXT;
    }
    if (expr instanceof BoundExpr.BlobValue) {
      return BLOB;
    }
    if (expr instanceof BoundExpr.Collate collate) {
      return of(collate.operand());
    }
    if (expr instanceof BoundExpr.IfNullRow row) {
      return of(row.operand());
    }
    if (expr instanceof BoundExpr.Unary unary && unary.operator() == UnaryOperator.PLUS) {
      return of(unary.operand());
    }
    if (expr instanceof BoundExpr.Binary binary && binary.operator() == BinaryOperator.CONCAT) {
      return TEXT | BLOB;
    }
    if (expr instanceof BoundExpr.Case e) {
      return ofCase(e);
    }
    if (expr instanceof BoundExpr.Parameter
        || expr instanceof BoundExpr.Call
        || expr instanceof BoundExpr.Aggregate
        || expr instanceof BoundExpr.WindowCall) {
      return ANY;
    }
    boolean column =
        expr instanceof BoundExpr.ColumnRef
            || expr instanceof BoundExpr.Cast
            || expr instanceof BoundExpr.ScalarSubquery
            || expr instanceof BoundExpr.SubqueryColumn
            || expr instanceof BoundExpr.RowValue
            || expr instanceof BoundExpr.Register;
    return column ? ofAffinity(ExprTypes.affinity(expr)) : NUMBER;
  }

  private static int ofAffinity(Affinity affinity) {
    if (affinity.isNumeric()) {
      return NUMBER | BLOB;
    }
    return affinity == Affinity.TEXT ? TEXT | BLOB : ANY;
  }

  private static int ofCase(BoundExpr.Case e) {
    List<BoundExpr> branches = e.branches();
    int kinds = e.otherwise() == null ? 0 : of(e.otherwise());
    for (int i = 1; i < branches.size(); i += 2) {
      kinds |= of(branches.get(i));
    }
    return kinds;
  }
}
