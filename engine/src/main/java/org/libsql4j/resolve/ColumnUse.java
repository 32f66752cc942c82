package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds out which columns of its sources a query really reads. */
final class ColumnUse {
  private ColumnUse() {}

  /** Sets {@link Source#columnsUsed} of the sources of a query anew. */
  static void recompute(BoundQuery query, List<BoundExpr.SortTerm> orderBy) {
    for (Source source : query.sources) {
      source.forgetUses();
    }
    Uses uses = new Uses(query.sources);
    for (int i = 0; i < query.columns.size(); i++) {
      DeepWalk.expr(query.columns.get(i).expr(), uses);
    }
    uses.in(query.unread);
    DeepWalk.expr(query.where, uses);
    DeepWalk.expr(query.having, uses);
    uses.in(query.groupBy);
    uses.in(query.aggregates);
    uses.in(query.windowCalls);
    for (int i = 0; i < orderBy.size(); i++) {
      DeepWalk.expr(orderBy.get(i).expr(), uses);
    }
    for (Source source : query.sources) {
      if (source.subquery == null && source.table.hasExpressionIndex()) {
        source.readers = readers(query, orderBy);
      }
      DeepWalk.expr(source.on, uses);
      uses.in(source.functionArguments);
      if (source.subquery != null) {
        DeepWalk.select(source.subquery, uses);
      }
    }
  }

  /** Takes note of the columns of some sources wherever they are read. */
  private static final class Uses implements Consumer<BoundExpr> {
    private final List<Source> sources;

    Uses(List<Source> sources) {
      this.sources = sources;
    }

    void in(List<? extends BoundExpr> list) {
      for (int i = 0; i < list.size(); i++) {
        DeepWalk.expr(list.get(i), this);
      }
    }

    @Override
    public void accept(BoundExpr expr) {
      if (expr instanceof BoundExpr.ColumnRef ref && isOurs(ref.source())) {
        ref.source().use(ref.column());
      }
    }

    private boolean isOurs(Source source) {
      for (int i = 0; i < sources.size(); i++) {
        if (sources.get(i) == source) {
          return true;
        }
      }
      return false;
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
    for (BoundExpr.SortTerm term : orderBy) {
      all.add(term.expr());
    }
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
