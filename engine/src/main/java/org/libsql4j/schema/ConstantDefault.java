package org.libsql4j.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;

/** Tells which expressions may be a DEFAULT: those without names, parameters and subqueries. */
final class ConstantDefault {
  private final boolean parametersAllowed;

  /**
   * @param parametersAllowed whether a parameter counts as NULL, as it does in stored definitions
   */
  ConstantDefault(boolean parametersAllowed) {
    this.parametersAllowed = parametersAllowed;
  }

  boolean isConstant(@Nullable Expr expr) {
    if (expr == null) {
      return true;
    } else if (expr instanceof Expr.Variable) {
      return parametersAllowed;
    } else if (expr instanceof Expr.ColumnRef e) {
      return isTruth(e);
    } else if (expr instanceof Expr.Unary e) {
      return isConstant(e.operand());
    } else if (expr instanceof Expr.Binary e) {
      return isConstant(e.left()) && isConstant(e.right());
    } else if (expr instanceof Expr.IsNull e) {
      return isConstant(e.operand());
    } else if (expr instanceof Expr.Between e) {
      return isConstant(e.operand()) && isConstant(e.low()) && isConstant(e.high());
    } else if (expr instanceof Expr.Like e) {
      return isConstant(e.left()) && isConstant(e.pattern()) && isConstant(e.escape());
    } else if (expr instanceof Expr.InList e) {
      return isConstant(e.operand()) && areConstant(e.values());
    } else if (expr instanceof Expr.RowValue e) {
      return areConstant(e.values());
    } else if (expr instanceof Expr.Case e) {
      return isConstantCase(e);
    } else if (expr instanceof Expr.Cast e) {
      return isConstant(e.operand());
    } else if (expr instanceof Expr.Collate e) {
      return isConstant(e.operand());
    } else if (expr instanceof Expr.FunctionCall e) {
      return e.over() == null && isConstant(e.filter()) && areConstant(e.arguments());
    }
    return isLiteral(expr);
  }

  private static boolean isLiteral(Expr expr) {
    return expr instanceof Expr.NullLiteral
        || expr instanceof Expr.IntegerLiteral
        || expr instanceof Expr.OversizedHex
        || expr instanceof Expr.RealLiteral
        || expr instanceof Expr.StringLiteral
        || expr instanceof Expr.BlobLiteral
        || expr instanceof Expr.CurrentTime;
  }

  private static boolean isTruth(Expr.ColumnRef ref) {
    Identifier name = ref.column();
    return ref.table() == null
        && !name.quoted()
        && (name.name().equalsIgnoreCase("true") || name.name().equalsIgnoreCase("false"));
  }

  private boolean isConstantCase(Expr.Case e) {
    for (Expr.Case.When when : e.branches()) {
      if (!isConstant(when.condition()) || !isConstant(when.result())) {
        return false;
      }
    }
    return isConstant(e.base()) && isConstant(e.otherwise());
  }

  private boolean areConstant(List<Expr> exprs) {
    for (Expr expr : exprs) {
      if (!isConstant(expr)) {
        return false;
      }
    }
    return true;
  }
}
