package org.libsql4j.resolve;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits expressions, also those inside subqueries. */
public final class DeepWalk {
  private DeepWalk() {}

  /** Visits the expression, everything below it, and everything in its subqueries. */
  public static void expr(@Nullable BoundExpr expr, Consumer<BoundExpr> visitor) {
    BoundExprs.walk(
        expr,
        e -> {
          visitor.accept(e);
          BoundSelect subquery = BoundExprs.subquery(e);
          if (subquery != null) {
            select(subquery, visitor);
          }
        });
  }

  /** Visits every expression of a query. */
  public static void select(BoundSelect select, Consumer<BoundExpr> visitor) {
    for (BoundQuery query : select.cores) {
      query(query, visitor);
    }
    select.orderBy.forEach(term -> expr(term.expr(), visitor));
    expr(select.limit, visitor);
    expr(select.offset, visitor);
  }

  private static void query(BoundQuery query, Consumer<BoundExpr> visitor) {
    query.columns.forEach(column -> expr(column.expr(), visitor));
    for (Source source : query.sources) {
      expr(source.on, visitor);
      source.functionArguments.forEach(argument -> expr(argument, visitor));
      if (source.subquery != null) {
        select(source.subquery, visitor);
      }
    }
    expr(query.where, visitor);
    query.groupBy.forEach(e -> expr(e, visitor));
    expr(query.having, visitor);
    if (query.values != null) {
      query.values.forEach(row -> row.forEach(e -> expr(e, visitor)));
    }
  }
}
