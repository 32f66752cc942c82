package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition;

/** Walking and rewriting bound expressions. */
public final class BoundExprs {
  private BoundExprs() {}

  /** The direct subexpressions from left to right; not those inside subqueries. */
  public static List<BoundExpr> children(BoundExpr expr) {
    List<BoundExpr> out = new ArrayList<>(4);
    expr.forEachChild(new Children(out));
    return out;
  }

  // Classes, not lambdas, here and below: these run for every statement, and a lambda takes long
  // to be made when a process has just started.
  private static final class Children implements Consumer<BoundExpr> {
    private final List<BoundExpr> out;

    Children(List<BoundExpr> out) {
      this.out = out;
    }

    @Override
    public void accept(BoundExpr child) {
      out.add(child);
    }
  }

  /** Whether there is a subquery anywhere in an expression. */
  public static boolean hasSubquery(BoundExpr expr) {
    SubqueryCheck check = new SubqueryCheck();
    check.accept(expr);
    return check.found;
  }

  private static final class SubqueryCheck implements Consumer<BoundExpr> {
    boolean found;

    @Override
    public void accept(BoundExpr expr) {
      found |= expr.subquery() != null;
      if (!found) {
        expr.forEachChild(this);
      }
    }
  }

  /** The subquery directly inside an expression, or null. */
  public static @Nullable BoundSelect subquery(BoundExpr expr) {
    return expr.subquery();
  }

  /** Visits the expression and everything below it, parents first; not inside subqueries. */
  public static void walk(@Nullable BoundExpr expr, Consumer<BoundExpr> visitor) {
    if (expr != null) {
      new Walk(visitor).accept(expr);
    }
  }

  /** Visits a part of an expression and goes on to the parts below it. */
  private static final class Walk implements Consumer<BoundExpr> {
    private final Consumer<BoundExpr> visitor;

    Walk(Consumer<BoundExpr> visitor) {
      this.visitor = visitor;
    }

    @Override
    public void accept(BoundExpr expr) {
      visitor.accept(expr);
      expr.forEachChild(this);
    }
  }

  /** Rebuilds an expression with {@code f} applied to its direct subexpressions. */
  public static BoundExpr mapChildren(BoundExpr expr, UnaryOperator<BoundExpr> f) {
    if (expr instanceof BoundExpr.Unary e) {
      return new BoundExpr.Unary(e.operator(), f.apply(e.operand()));
    } else if (expr instanceof BoundExpr.Binary e) {
      return new BoundExpr.Binary(e.operator(), f.apply(e.left()), f.apply(e.right()));
    } else if (expr instanceof BoundExpr.IsNull e) {
      return new BoundExpr.IsNull(f.apply(e.operand()), e.negated());
    } else if (expr instanceof BoundExpr.TruthTest e) {
      return new BoundExpr.TruthTest(f.apply(e.operand()), e.truth(), e.negated());
    } else if (expr instanceof BoundExpr.Between e) {
      return new BoundExpr.Between(
          f.apply(e.operand()), f.apply(e.low()), f.apply(e.high()), e.negated());
    } else if (expr instanceof BoundExpr.InList e) {
      return new BoundExpr.InList(f.apply(e.operand()), mapAll(e.values(), f), e.negated());
    } else if (expr instanceof BoundExpr.InSelect e) {
      return new BoundExpr.InSelect(f.apply(e.operand()), e.select(), e.negated());
    } else if (expr instanceof BoundExpr.RowValue e) {
      return new BoundExpr.RowValue(mapAll(e.values(), f));
    } else if (expr instanceof BoundExpr.Case e) {
      return new BoundExpr.Case(
          mapOrNull(e.base(), f), mapAll(e.branches(), f), mapOrNull(e.otherwise(), f));
    } else if (expr instanceof BoundExpr.Cast e) {
      return new BoundExpr.Cast(f.apply(e.operand()), e.affinity());
    } else if (expr instanceof BoundExpr.Collate e) {
      return new BoundExpr.Collate(f.apply(e.operand()), e.collation(), e.explicit());
    } else if (expr instanceof BoundExpr.Call e) {
      return new BoundExpr.Call(e.function(), mapAll(e.arguments(), f));
    } else if (expr instanceof BoundExpr.Aggregate e) {
      return new BoundExpr.Aggregate(
          e.function(),
          mapAll(e.arguments(), f),
          e.distinct(),
          mapOrNull(e.filter(), f),
          mapTerms(e.orderBy(), f),
          e.owner());
    } else if (expr instanceof BoundExpr.WindowCall e) {
      BoundWindow w = e.window();
      return new BoundExpr.WindowCall(
          e.function(),
          mapAll(e.arguments(), f),
          mapOrNull(e.filter(), f),
          new BoundWindow(
              mapAll(w.partitionBy(), f),
              mapTerms(w.orderBy(), f),
              w.unit(),
              w.start(),
              mapOrNull(w.startDistance(), f),
              w.end(),
              mapOrNull(w.endDistance(), f),
              w.exclude()));
    } else if (expr instanceof BoundExpr.Raise e) {
      return new BoundExpr.Raise(e.action(), mapOrNull(e.message(), f));
    } else if (expr instanceof BoundExpr.IfNullRow e) {
      return new BoundExpr.IfNullRow(e.source(), f.apply(e.operand()));
    }
    return expr;
  }

  /** {@code f} applied to each element. */
  public static List<BoundExpr> mapAll(List<BoundExpr> list, UnaryOperator<BoundExpr> f) {
    List<BoundExpr> out = new ArrayList<>(list.size());
    for (BoundExpr expr : list) {
      out.add(f.apply(expr));
    }
    return out;
  }

  public static @Nullable BoundExpr mapOrNull(
      @Nullable BoundExpr expr, UnaryOperator<BoundExpr> f) {
    return expr == null ? null : f.apply(expr);
  }

  /** {@code f} applied to the expression of each term. */
  public static List<BoundExpr.SortTerm> mapTerms(
      List<BoundExpr.SortTerm> terms, UnaryOperator<BoundExpr> f) {
    List<BoundExpr.SortTerm> out = new ArrayList<>(terms.size());
    for (BoundExpr.SortTerm term : terms) {
      out.add(new BoundExpr.SortTerm(f.apply(term.expr()), term.descending(), term.nulls()));
    }
    return out;
  }

  /** Whether the expression's value cannot change while a statement runs. */
  public static boolean isConstant(BoundExpr expr) {
    return isConstant(expr, true);
  }

  /** Whether the expression is constant, and no function is called for its value. */
  public static boolean isConstantWithoutCalls(BoundExpr expr) {
    return isConstant(expr, false);
  }

  private static boolean isConstant(BoundExpr expr, boolean callsAllowed) {
    if (expr instanceof BoundExpr.IntegerValue
        || expr instanceof BoundExpr.TextValue
        || expr instanceof BoundExpr.Parameter) {
      return true;
    }
    if (expr instanceof BoundExpr.ColumnRef) {
      return false;
    }
    ConstantCheck check = new ConstantCheck(callsAllowed);
    check.accept(expr);
    return check.constant;
  }

  /** Whether none of the values can change while a statement runs. */
  public static boolean areConstant(List<BoundExpr> list) {
    for (int i = 0; i < list.size(); i++) {
      if (!isConstant(list.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Looks for parts of an expression that are not constant. */
  private static final class ConstantCheck implements Consumer<BoundExpr> {
    boolean constant = true;
    private final boolean callsAllowed;

    ConstantCheck(boolean callsAllowed) {
      this.callsAllowed = callsAllowed;
    }

    @Override
    public void accept(BoundExpr expr) {
      if (!constant) {
        return;
      }
      if (expr instanceof BoundExpr.ColumnRef
          || expr instanceof BoundExpr.Aggregate
          || expr instanceof BoundExpr.WindowCall
          || expr instanceof BoundExpr.Raise
          || expr instanceof BoundExpr.Register
          || expr instanceof BoundExpr.IfNullRow
          || expr.subquery() != null
          || (expr instanceof BoundExpr.Call call && !isAllowed(call.function()))) {
        constant = false;
      } else {
        expr.forEachChild(this);
      }
    }

    private boolean isAllowed(FunctionDefinition function) {
      return callsAllowed
          && (function.has(FunctionDefinition.Flag.DETERMINISTIC)
              || function.has(FunctionDefinition.Flag.SLOW_CHANGE));
    }
  }

  /** Number of values: 1, or the size of a row value. */
  public static int width(BoundExpr expr) {
    if (expr instanceof BoundExpr.RowValue row) {
      return row.values().size();
    }
    if (expr instanceof BoundExpr.ScalarSubquery subquery) {
      return subquery.select().columnCount();
    }
    return 1;
  }

  /** The n-th value of a row value, or the expression itself. */
  public static BoundExpr element(BoundExpr expr, int index) {
    if (expr instanceof BoundExpr.RowValue row) {
      return row.values().get(index);
    }
    if (expr instanceof BoundExpr.ScalarSubquery subquery && subquery.select().columnCount() > 1) {
      return new BoundExpr.SubqueryColumn(subquery, index);
    }
    return expr;
  }

  /** Removes COLLATE around an expression. */
  public static BoundExpr skipOnlyCollate(BoundExpr expr) {
    BoundExpr e = expr;
    while (e instanceof BoundExpr.Collate collate) {
      e = collate.operand();
    }
    return e;
  }

  /** Removes COLLATE and likely() around an expression. */
  public static BoundExpr skipCollate(BoundExpr expr) {
    BoundExpr e = expr;
    while (true) {
      if (e instanceof BoundExpr.Collate collate) {
        e = collate.operand();
      } else if (e instanceof BoundExpr.Call call
          && call.function().has(FunctionDefinition.Flag.UNLIKELY)) {
        e = call.arguments().get(0);
      } else {
        return e;
      }
    }
  }
}
