package org.libsql4j.codegen;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.DeepWalk;
import org.libsql4j.resolve.ExprTypes;

/** The columns that an aggregate query needs from its rows. */
final class AggregateColumns {
  /** Columns read outside of aggregate functions that are no GROUP BY terms. */
  final Set<BoundExpr.ColumnRef> bare = new LinkedHashSet<>();

  /** Columns read by aggregate functions. */
  final Set<BoundExpr.ColumnRef> arguments = new LinkedHashSet<>();

  private final BoundQuery query;

  /**
   * Whether GROUP BY columns come from the row of min() or max() too: values that are equal by
   * their collation may still look different.
   */
  private final boolean extreme;

  AggregateColumns(BoundQuery query, List<BoundExpr.SortTerm> orderBy) {
    this.query = query;
    this.extreme = hasExtreme(query.aggregates);
    for (BoundQuery.Column column : query.columns) {
      outside(column.expr());
    }
    outside(query.having);
    for (BoundExpr.SortTerm term : orderBy) {
      outside(term.expr());
    }
    Inside inside = new Inside();
    for (BoundExpr.Aggregate aggregate : query.aggregates) {
      for (BoundExpr argument : aggregate.arguments()) {
        DeepWalk.expr(argument, inside);
      }
      DeepWalk.expr(aggregate.filter(), inside);
      for (BoundExpr.SortTerm term : aggregate.orderBy()) {
        DeepWalk.expr(term.expr(), inside);
      }
    }
  }

  private static boolean hasExtreme(List<BoundExpr.Aggregate> aggregates) {
    for (BoundExpr.Aggregate aggregate : aggregates) {
      if (aggregate.function().has(Flag.MIN) || aggregate.function().has(Flag.MAX)) {
        return true;
      }
    }
    return false;
  }

  /** Collects what is read inside of aggregate functions. */
  private final class Inside implements Consumer<BoundExpr> {
    @Override
    public void accept(BoundExpr e) {
      if (e instanceof BoundExpr.ColumnRef ref && query.sources.contains(ref.source())) {
        arguments.add(ref);
      }
    }
  }

  private void outside(@Nullable BoundExpr expr) {
    if (expr == null || (query.groupBy.contains(expr) && !looksDifferent(expr))) {
      return;
    }
    if (expr instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == query) {
      return;
    }
    if (expr instanceof BoundExpr.ColumnRef ref) {
      if (query.sources.contains(ref.source())) {
        bare.add(ref);
      }
      return;
    }
    BoundSelect subquery = BoundExprs.subquery(expr);
    if (subquery != null) {
      DeepWalk.select(
          subquery,
          e -> {
            if (e instanceof BoundExpr.ColumnRef ref
                && query.sources.contains(ref.source())
                && !query.groupBy.contains(ref)) {
              bare.add(ref);
            }
          });
    }
    for (BoundExpr child : BoundExprs.children(expr)) {
      outside(child);
    }
  }

  private boolean looksDifferent(BoundExpr term) {
    return extreme
        && term instanceof BoundExpr.ColumnRef
        && !"BINARY".equalsIgnoreCase(ExprTypes.collation(term).name());
  }
}
