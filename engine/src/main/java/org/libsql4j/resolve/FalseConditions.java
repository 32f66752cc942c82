package org.libsql4j.resolve;

import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ExprChildren;

/**
 * Conditions that SQLite's parser turns into a plain 0: {@code x IN ()} and {@code x AND 0},
 * whatever x is, unless it calls a function. Names in them are never looked up.
 */
final class FalseConditions {
  private FalseConditions() {}

  /** Whether an expression is one of these, or 0 itself. */
  static boolean isFalse(Expr expr) {
    if (expr instanceof Expr.IntegerLiteral e) {
      return e.value() == 0;
    }
    if (expr instanceof Expr.InList e) {
      return !e.negated() && e.values().isEmpty() && !callsFunction(e.operand());
    }
    return expr instanceof Expr.Binary e
        && e.operator() == BinaryOperator.AND
        && (isFalse(e.left()) || isFalse(e.right()))
        && !callsFunction(e);
  }

  /** Subqueries do not count. */
  private static boolean callsFunction(Expr expr) {
    if (expr instanceof Expr.FunctionCall
        || expr instanceof Expr.Like
        || expr instanceof Expr.CurrentTime) {
      return true;
    }
    if (expr instanceof Expr.Binary e
        && (e.operator() == BinaryOperator.ARROW || e.operator() == BinaryOperator.LONG_ARROW)) {
      return true;
    }
    for (Expr child : ExprChildren.of(expr)) {
      if (callsFunction(child)) {
        return true;
      }
    }
    return false;
  }
}
