package org.libsql4j.resolve;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
      DeepWalk.expr(source.on, visitor);
      source.functionArguments.forEach(e -> DeepWalk.expr(e, visitor));
      if (source.subquery != null) {
        DeepWalk.select(source.subquery, visitor);
      }
    }
  }
}
