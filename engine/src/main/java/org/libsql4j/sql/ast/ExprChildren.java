package org.libsql4j.sql.ast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The expressions right below an expression of a syntax tree; subqueries are left out. */
public final class ExprChildren {
  private final List<Expr> list = new ArrayList<>();

  private ExprChildren() {}

  public static List<Expr> of(Expr expr) {
    ExprChildren children = new ExprChildren();
    children.collect(expr);
    return children.list;
  }

  private void add(@Nullable Expr expr) {
    if (expr != null) {
      list.add(expr);
    }
  }

  private void collect(Expr expr) {
    if (expr instanceof Expr.Unary e) {
      add(e.operand());
    } else if (expr instanceof Expr.Binary e) {
      add(e.left());
      add(e.right());
    } else if (expr instanceof Expr.IsNull e) {
      add(e.operand());
    } else if (expr instanceof Expr.Between e) {
      add(e.operand());
      add(e.low());
      add(e.high());
    } else if (expr instanceof Expr.Like e) {
      add(e.left());
      add(e.pattern());
      add(e.escape());
    } else if (expr instanceof Expr.InList e) {
      add(e.operand());
      list.addAll(e.values());
    } else if (expr instanceof Expr.InSelect e) {
      add(e.operand());
    } else if (expr instanceof Expr.InTable e) {
      add(e.operand());
      list.addAll(e.arguments());
    } else {
      collectOther(expr);
    }
  }

  private void collectOther(Expr expr) {
    if (expr instanceof Expr.RowValue e) {
      list.addAll(e.values());
    } else if (expr instanceof Expr.Case e) {
      add(e.base());
      for (Expr.Case.When when : e.branches()) {
        add(when.condition());
        add(when.result());
      }
      add(e.otherwise());
    } else if (expr instanceof Expr.Cast e) {
      add(e.operand());
    } else if (expr instanceof Expr.Collate e) {
      add(e.operand());
    } else if (expr instanceof Expr.FunctionCall e) {
      call(e);
    } else if (expr instanceof Expr.Raise e) {
      add(e.message());
    }
  }

  private void call(Expr.FunctionCall e) {
    list.addAll(e.arguments());
    terms(e.orderBy());
    add(e.withinGroup());
    add(e.filter());
    if (e.over() instanceof Over.Inline inline) {
      window(inline.window());
    }
  }

  private void window(Window window) {
    list.addAll(window.partitionBy());
    terms(window.orderBy());
    if (window.frame() != null) {
      add(window.frame().start().distance());
      add(window.frame().end().distance());
    }
  }

  private void terms(List<OrderingTerm> terms) {
    for (OrderingTerm term : terms) {
      add(term.expr());
    }
  }
}
