package org.libsql4j.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.libsql4j.sql.ast.Expr;

/** Writes an expression with parentheses around everything, so that precedence plays no part. */
final class Parenthesizer {
  private Parenthesizer() {}

  static String write(Expr expr) {
    return "(" + inner(expr) + ")";
  }

  private static String inner(Expr expr) {
    if (expr instanceof Expr.NullLiteral) {
      return "NULL";
    } else if (expr instanceof Expr.IntegerLiteral e) {
      return e.value() == Long.MIN_VALUE ? "-9223372036854775808" : Long.toString(e.value());
    } else if (expr instanceof Expr.RealLiteral e) {
      return e.text();
    } else if (expr instanceof Expr.StringLiteral e) {
      return "'" + e.value().replace("'", "''") + "'";
    } else if (expr instanceof Expr.ColumnRef e) {
      return e.column().name();
    } else if (expr instanceof Expr.Unary e) {
      return e.operator().symbol() + " " + write(e.operand());
    } else if (expr instanceof Expr.Binary e) {
      return write(e.left()) + " " + e.operator().symbol() + " " + write(e.right());
    } else if (expr instanceof Expr.IsNull e) {
      return write(e.operand()) + (e.negated() ? " NOTNULL" : " ISNULL");
    } else if (expr instanceof Expr.Between e) {
      return not(e.negated())
          + write(e.operand())
          + " BETWEEN "
          + write(e.low())
          + " AND "
          + write(e.high());
    } else if (expr instanceof Expr.Like e) {
      return not(e.negated())
          + e.operator().functionName()
          + "("
          + write(e.pattern())
          + ","
          + write(e.left())
          + (e.escape() == null ? "" : "," + write(e.escape()))
          + ")";
    } else if (expr instanceof Expr.InList e) {
      return not(e.negated()) + write(e.operand()) + " IN (" + list(e.values()) + ")";
    } else if (expr instanceof Expr.Collate e) {
      return write(e.operand()) + " COLLATE " + e.collation();
    } else if (expr instanceof Expr.FunctionCall e) {
      return e.name() + "(" + list(e.arguments()) + ")";
    } else if (expr instanceof Expr.Case e) {
      return "CASE "
          + (e.base() == null ? "" : write(e.base()))
          + e.branches().stream()
              .map(w -> " WHEN " + write(w.condition()) + " THEN " + write(w.result()))
              .collect(Collectors.joining())
          + (e.otherwise() == null ? "" : " ELSE " + write(e.otherwise()))
          + " END";
    } else if (expr instanceof Expr.Cast e) {
      return "CAST(" + write(e.operand()) + " AS " + e.typeName() + ")";
    }
    throw new AssertionError(expr);
  }

  private static String not(boolean negated) {
    return negated ? "NOT " : "";
  }

  private static String list(List<Expr> exprs) {
    return exprs.stream().map(Parenthesizer::write).collect(Collectors.joining(","));
  }
}
