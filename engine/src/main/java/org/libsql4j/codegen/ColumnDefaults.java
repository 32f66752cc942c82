package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.record.Mem;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.schema.Column;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.UnaryOperator;

/** Default values as constants. */
final class ColumnDefaults {
  private ColumnDefaults() {}

  /** The default as a value cell, or null if it is NULL or no constant. */
  static @Nullable Mem constant(CodeContext context, Column column) {
    Expr source = column.defaultValue();
    if (source == null || source instanceof Expr.FunctionCall) {
      return null;
    }
    BoundExpr expr =
        context
            .resolver()
            .exprs()
            .resolve(source, new Scope(null, null, null, Scope.Place.DEFAULT));
    Mem value = value(expr);
    if (value == null || value.isNull()) {
      return null;
    }
    value.changeEncoding(context.connection().encoding);
    value.applyAffinity(
        column.affinity() == Affinity.REAL ? Affinity.NUMERIC : column.affinity(),
        context.connection().encoding);
    return value;
  }

  static @Nullable Mem value(BoundExpr expr) {
    Mem value = new Mem();
    if (expr instanceof BoundExpr.IntegerValue e) {
      value.setInteger(e.value());
    } else if (expr instanceof BoundExpr.RealValue e) {
      value.setReal(e.value());
    } else if (expr instanceof BoundExpr.TextValue e) {
      value.setText(e.value());
    } else if (expr instanceof BoundExpr.BlobValue e) {
      value.setBlobShared(e.value());
    } else if (expr instanceof BoundExpr.Unary e && e.operator() == UnaryOperator.PLUS) {
      return value(e.operand());
    } else if (expr instanceof BoundExpr.Unary e && e.operator() == UnaryOperator.NEGATE) {
      return negative(value(e.operand()));
    } else if (expr instanceof BoundExpr.Collate e) {
      return value(e.operand());
    } else if (expr instanceof BoundExpr.Cast e) {
      Mem operand = value(e.operand());
      if (operand == null) {
        return null;
      }
      operand.cast(e.affinity(), operand.encoding);
      return operand;
    } else {
      return null;
    }
    return value;
  }

  /** Minus the number that a value stands for. */
  private static @Nullable Mem negative(@Nullable Mem operand) {
    if (operand == null || operand.isNull()) {
      return operand;
    }
    operand.numerify();
    if (operand.type == Mem.REAL) {
      operand.setReal(-operand.real);
    } else if (operand.integer == Long.MIN_VALUE) {
      operand.setReal(-(double) Long.MIN_VALUE);
    } else {
      operand.setInteger(-operand.integer);
    }
    return operand;
  }
}
