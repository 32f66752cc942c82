package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces columns of row sources, or other expressions, by others, also inside subqueries. */
final class DeepRewrite {
  private final Function<BoundExpr, @Nullable BoundExpr> replacement;

  /** Sources that disappear, with those that their columns come from. */
  private final Map<Source, List<Source>> replacedSources;

  DeepRewrite(
      Function<BoundExpr, @Nullable BoundExpr> replacement,
      Map<Source, List<Source>> replacedSources) {
    this.replacement = replacement;
    this.replacedSources = replacedSources;
  }

  BoundExpr expr(BoundExpr expr) {
    BoundExpr replaced = replacement.apply(expr);
    if (replaced != null) {
      return replaced;
    }
    BoundSelect subquery = BoundExprs.subquery(expr);
    if (subquery != null) {
      select(subquery);
    }
    if (expr instanceof BoundExpr.SubqueryColumn column) {
      select(column.row().select());
      return column;
    }
    return BoundExprs.mapChildren(expr, this::expr);
  }

  @Nullable BoundExpr exprOrNull(@Nullable BoundExpr expr) {
    return expr == null ? null : expr(expr);
  }

  void terms(List<BoundExpr.SortTerm> terms) {
    if (!terms.isEmpty()) {
      terms.replaceAll(
          term -> new BoundExpr.SortTerm(expr(term.expr()), term.descending(), term.nulls()));
    }
  }

  void select(BoundSelect select) {
    for (Map.Entry<Source, List<Source>> entry : replacedSources.entrySet()) {
      Set<Source> outer = select.outerSources;
      if (outer.remove(entry.getKey())) {
        outer.addAll(entry.getValue());
      }
    }
    select.cores.forEach(this::query);
    if (!select.isCompound()) {
      terms(select.orderBy);
    }
    select.limit = exprOrNull(select.limit);
    select.offset = exprOrNull(select.offset);
  }

  void query(BoundQuery query) {
    query.columns.replaceAll(
        column -> new BoundQuery.Column(expr(column.expr()), column.name(), column.hasAlias()));
    query.where = exprOrNull(query.where);
    query.groupBy.replaceAll(this::expr);
    query.having = exprOrNull(query.having);
    query.aggregates.replaceAll(aggregate -> (BoundExpr.Aggregate) expr(aggregate));
    query.windowCalls.replaceAll(call -> (BoundExpr.WindowCall) expr(call));
    if (query.values != null) {
      List<List<BoundExpr>> rows = new ArrayList<>(query.values.size());
      for (List<BoundExpr> row : query.values) {
        rows.add(BoundExprs.mapAll(row, this::expr));
      }
      query.values = rows;
    }
    for (Source source : query.sources) {
      source.on = exprOrNull(source.on);
      source.functionArguments = BoundExprs.mapAll(source.functionArguments, this::expr);
      if (source.subquery != null) {
        select(source.subquery);
      }
    }
  }
}
