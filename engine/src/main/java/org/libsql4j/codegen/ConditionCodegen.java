package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.UnaryOperator;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates jumps that depend on conditions. */
public final class ConditionCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;

  ConditionCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  /**
   * Jumps if the condition is true.
   *
   * @param orNull whether it also jumps if the condition is NULL
   */
  public void jumpIfTrue(BoundExpr expr, int label, boolean orNull) {
    if (context.known(expr) != null) {
      plain(Opcode.IF, expr, label, orNull);
    } else if (expr instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      int end = builder.newLabel();
      jumpIfFalse(e.left(), end, !orNull);
      jumpIfTrue(e.right(), label, orNull);
      builder.resolve(end);
    } else if (expr instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.OR) {
      jumpIfTrue(e.left(), label, orNull);
      jumpIfTrue(e.right(), label, orNull);
    } else if (expr instanceof BoundExpr.Unary e && e.operator() == UnaryOperator.NOT) {
      jumpIfFalse(e.operand(), label, orNull);
    } else if (expr instanceof BoundExpr.TruthTest e) {
      boolean nullCounts = e.negated();
      if (e.truth() != e.negated()) {
        jumpIfTrue(e.operand(), label, nullCounts);
      } else {
        jumpIfFalse(e.operand(), label, nullCounts);
      }
    } else if (expr instanceof BoundExpr.Binary e && e.operator().isComparison()) {
      if (BoundExprs.width(e.left()) > 1) {
        jumpIfTrue(context.exprs().rowComparison(e), label, orNull);
      } else {
        comparison(e, ExprCodegen.opcode(e.operator()), label, orNull);
      }
    } else if (expr instanceof BoundExpr.IsNull e) {
      nullTest(e.negated() ? Opcode.NOT_NULL : Opcode.IS_NULL, e.operand(), label);
    } else if (expr instanceof BoundExpr.Between e) {
      jumpIfTrue(context.exprs().betweenAsComparisons(e), label, orNull);
    } else if (expr instanceof BoundExpr.InList || expr instanceof BoundExpr.InSelect) {
      boolean negated = isNegated(expr);
      int ifFalse = builder.newLabel();
      int end = builder.newLabel();
      int ifNull = orNull ? label : end;
      if (negated) {
        context.selects().subqueries().in(expr, label, ifNull);
      } else {
        context.selects().subqueries().in(expr, ifFalse, orNull ? label : ifFalse);
        builder.add(Opcode.GOTO, 0, label);
      }
      builder.resolve(ifFalse);
      builder.resolve(end);
    } else {
      Boolean constant = constantTruth(expr);
      if (constant != null) {
        if (constant) {
          builder.add(Opcode.GOTO, 0, label);
        }
        return;
      }
      plain(Opcode.IF, expr, label, orNull);
    }
  }

  /**
   * Jumps if the condition is false.
   *
   * @param orNull whether it also jumps if the condition is NULL
   */
  public void jumpIfFalse(BoundExpr expr, int label, boolean orNull) {
    if (context.known(expr) != null) {
      plain(Opcode.IF_NOT, expr, label, orNull);
    } else if (expr instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      jumpIfFalse(e.left(), label, orNull);
      jumpIfFalse(e.right(), label, orNull);
    } else if (expr instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.OR) {
      int end = builder.newLabel();
      jumpIfTrue(e.left(), end, !orNull);
      jumpIfFalse(e.right(), label, orNull);
      builder.resolve(end);
    } else if (expr instanceof BoundExpr.Unary e && e.operator() == UnaryOperator.NOT) {
      jumpIfTrue(e.operand(), label, orNull);
    } else if (expr instanceof BoundExpr.TruthTest e) {
      // x IS TRUE is false for NULL, x IS NOT TRUE is not.
      boolean nullCounts = !e.negated();
      if (e.truth() != e.negated()) {
        jumpIfFalse(e.operand(), label, nullCounts);
      } else {
        jumpIfTrue(e.operand(), label, nullCounts);
      }
    } else if (expr instanceof BoundExpr.Binary e && e.operator().isComparison()) {
      if (BoundExprs.width(e.left()) > 1) {
        jumpIfFalse(context.exprs().rowComparison(e), label, orNull);
      } else {
        comparison(e, inverse(ExprCodegen.opcode(e.operator())), label, orNull);
      }
    } else if (expr instanceof BoundExpr.IsNull e) {
      nullTest(e.negated() ? Opcode.IS_NULL : Opcode.NOT_NULL, e.operand(), label);
    } else if (expr instanceof BoundExpr.Between e) {
      jumpIfFalse(context.exprs().betweenAsComparisons(e), label, orNull);
    } else if (expr instanceof BoundExpr.InList || expr instanceof BoundExpr.InSelect) {
      if (isNegated(expr)) {
        int isIn = builder.newLabel();
        context.selects().subqueries().in(expr, isIn, orNull ? label : isIn);
        builder.add(Opcode.GOTO, 0, label);
        builder.resolve(isIn);
      } else {
        int end = builder.newLabel();
        context.selects().subqueries().in(expr, label, orNull ? label : end);
        builder.resolve(end);
      }
    } else {
      Boolean constant = constantTruth(expr);
      if (constant != null) {
        if (!constant) {
          builder.add(Opcode.GOTO, 0, label);
        }
        return;
      }
      plain(Opcode.IF_NOT, expr, label, orNull);
    }
  }

  private static boolean isNegated(BoundExpr expr) {
    return expr instanceof BoundExpr.InList list
        ? list.negated()
        : ((BoundExpr.InSelect) expr).negated();
  }

  private static @Nullable Boolean constantTruth(BoundExpr expr) {
    return expr instanceof BoundExpr.IntegerValue value ? value.value() != 0 : null;
  }

  private void plain(int opcode, BoundExpr expr, int label, boolean orNull) {
    if (expr instanceof BoundExpr.Exists exists && context.known(expr) == null) {
      builder.add(opcode, context.selects().subqueries().exists(exists), label, orNull ? 1 : 0);
      return;
    }
    int temporary = builder.temporaryRegister();
    int register = context.exprs().codeOperand(expr, temporary);
    builder.add(opcode, register, label, orNull ? 1 : 0);
    builder.releaseTemporary(temporary);
  }

  private void nullTest(int opcode, BoundExpr operand, int label) {
    int temporary = builder.temporaryRegister();
    int register = context.exprs().codeOperand(operand, temporary);
    builder.add(opcode, register, label);
    builder.releaseTemporary(temporary);
  }

  private void comparison(BoundExpr.Binary e, int opcode, int label, boolean orNull) {
    int leftTemporary = builder.temporaryRegister();
    int rightTemporary = builder.temporaryRegister();
    int left = context.exprs().codeOperand(e.left(), leftTemporary);
    int right = context.exprs().codeOperand(e.right(), rightTemporary);
    int flags;
    if (ExprCodegen.isNullSafe(e.operator())) {
      flags = OpFlags.NULLEQ;
    } else {
      flags = orNull ? OpFlags.JUMPIFNULL : 0;
    }
    context.exprs().compare(opcode, e.left(), e.right(), left, right, label, flags);
    builder.releaseTemporary(rightTemporary);
    builder.releaseTemporary(leftTemporary);
  }

  private static int inverse(int opcode) {
    return switch (opcode) {
      case Opcode.EQ -> Opcode.NE;
      case Opcode.NE -> Opcode.EQ;
      case Opcode.LT -> Opcode.GE;
      case Opcode.GE -> Opcode.LT;
      case Opcode.GT -> Opcode.LE;
      case Opcode.LE -> Opcode.GT;
      default -> throw new IllegalStateException("no comparison: " + Opcode.name(opcode));
    };
  }
}
