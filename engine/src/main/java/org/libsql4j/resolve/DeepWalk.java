package org.libsql4j.resolve;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits expressions, also those inside subqueries. */
public final class DeepWalk {
  private DeepWalk() {}

  /** Visits the expression, everything below it, and everything in its subqueries. */
  public static void expr(@Nullable BoundExpr expr, Consumer<BoundExpr> visitor) {
    if (expr != null) {
      new Walk(visitor).accept(expr);
    }
  }

  /** Visits every expression of a query. */
  public static void select(BoundSelect select, Consumer<BoundExpr> visitor) {
    new Walk(visitor).select(select);
  }

  /** Visits a part of an expression and goes on to what is below it and in its subquery. */
  private static final class Walk implements Consumer<BoundExpr> {
    private final Consumer<BoundExpr> visitor;

    Walk(Consumer<BoundExpr> visitor) {
      this.visitor = visitor;
    }

    @Override
    public void accept(BoundExpr expr) {
      visitor.accept(expr);
      BoundSelect subquery = expr.subquery();
      if (subquery != null) {
        select(subquery);
      }
      expr.forEachChild(this);
    }

    private void ifPresent(@Nullable BoundExpr expr) {
      if (expr != null) {
        accept(expr);
      }
    }

    private void all(List<BoundExpr> list) {
      for (int i = 0; i < list.size(); i++) {
        accept(list.get(i));
      }
    }

    void select(BoundSelect select) {
      for (int i = 0; i < select.cores.size(); i++) {
        query(select.cores.get(i));
      }
      for (int i = 0; i < select.orderBy.size(); i++) {
        accept(select.orderBy.get(i).expr());
      }
      ifPresent(select.limit);
      ifPresent(select.offset);
    }

    private void query(BoundQuery query) {
      for (int i = 0; i < query.columns.size(); i++) {
        accept(query.columns.get(i).expr());
      }
      for (int i = 0; i < query.sources.size(); i++) {
        Source source = query.sources.get(i);
        ifPresent(source.on);
        all(source.functionArguments);
        if (source.subquery != null) {
          select(source.subquery);
        }
      }
      ifPresent(query.where);
      all(query.groupBy);
      ifPresent(query.having);
      if (query.values != null) {
        for (List<BoundExpr> row : query.values) {
          all(row);
        }
      }
    }
  }
}
