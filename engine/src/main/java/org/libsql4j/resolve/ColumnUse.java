package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds out which columns of its sources a query really reads. */
final class ColumnUse {
  private ColumnUse() {}

  /** Sets {@link Source#columnsUsed} of the sources of a query anew. */
  static void recompute(BoundQuery query, List<BoundExpr.SortTerm> orderBy) {
    Map<Source, Long> used = new IdentityHashMap<>();
    for (Source source : query.sources) {
      used.put(source, 0L);
      source.forgetUses();
    }
    Consumer<BoundExpr> visitor =
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && used.containsKey(ref.source())) {
            ref.source().use(ref.column());
          }
        };
    query.columns.forEach(column -> DeepWalk.expr(column.expr(), visitor));
    query.unread.forEach(e -> DeepWalk.expr(e, visitor));
    DeepWalk.expr(query.where, visitor);
    DeepWalk.expr(query.having, visitor);
    query.groupBy.forEach(e -> DeepWalk.expr(e, visitor));
    query.aggregates.forEach(e -> DeepWalk.expr(e, visitor));
    query.windowCalls.forEach(e -> DeepWalk.expr(e, visitor));
    orderBy.forEach(term -> DeepWalk.expr(term.expr(), visitor));
    for (Source source : query.sources) {
      if (source.subquery == null && source.table.hasExpressionIndex()) {
        source.readers = readers(query, orderBy);
      }
      DeepWalk.expr(source.on, visitor);
      source.functionArguments.forEach(e -> DeepWalk.expr(e, visitor));
      if (source.subquery != null) {
        DeepWalk.select(source.subquery, visitor);
      }
    }
  }

  /** All expressions of a query. */
  private static List<BoundExpr> readers(BoundQuery query, List<BoundExpr.SortTerm> orderBy) {
    List<BoundExpr> all = new ArrayList<>(query.expressions());
    all.addAll(query.unread);
    addIfPresent(all, query.where);
    addIfPresent(all, query.having);
    all.addAll(query.groupBy);
    all.addAll(query.aggregates);
    all.addAll(query.windowCalls);
    orderBy.forEach(term -> all.add(term.expr()));
    for (Source source : query.sources) {
      addIfPresent(all, source.on);
      all.addAll(source.functionArguments);
      if (source.subquery != null && source.subquery.isCorrelated()) {
        all.add(new BoundExpr.Exists(source.subquery));
      }
    }
    return all;
  }

  private static void addIfPresent(List<BoundExpr> list, @Nullable BoundExpr expr) {
    if (expr != null) {
      list.add(expr);
    }
  }
}
