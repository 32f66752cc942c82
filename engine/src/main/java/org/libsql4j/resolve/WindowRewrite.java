package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition.Flag;

/**
 * Splits a query with window functions: an inner query has FROM, WHERE, GROUP BY and HAVING and
 * yields sorted rows, the outer one computes the functions over them, then DISTINCT, ORDER BY and
 * LIMIT.
 *
 * <p>The outer query takes the first call and those over an equal window. Other calls become
 * columns of the inner query, which is split again when its turn comes.
 */
public final class WindowRewrite {
  private final CompileEnvironment environment;
  private final BoundQuery inner;
  private final BoundWindow window;
  private final List<BoundExpr.WindowCall> calls = new ArrayList<>();

  /** What the inner query must yield. */
  private final Map<BoundExpr, Integer> columns = new LinkedHashMap<>();

  private WindowRewrite(CompileEnvironment environment, BoundQuery inner) {
    this.environment = environment;
    this.inner = inner;
    this.window = inner.windowCalls.get(0).window();
    for (BoundExpr.WindowCall call : inner.windowCalls) {
      if (inner.windowCalls.size() > 1) {
        call.arguments().forEach(this::rejectNestedAggregates);
      }
      if (call.window().equals(window)) {
        calls.add(call);
      }
    }
  }

  /** Where there are several calls, their arguments' subqueries cannot read aggregates. */
  private void rejectNestedAggregates(BoundExpr argument) {
    BoundSelect subquery = BoundExprs.subquery(argument);
    if (subquery != null) {
      DeepWalk.select(
          subquery,
          e -> {
            if (e instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == inner) {
              throw CompileEnvironment.error(
                  "misuse of aggregate: " + aggregate.function().name() + "()");
            }
          });
    }
  }

  /** Splits the cores of a query that have window functions. */
  public static void rewrite(CompileEnvironment environment, BoundSelect select) {
    for (int i = 0; i < select.cores.size(); i++) {
      BoundQuery core = select.cores.get(i);
      if (!core.windowCalls.isEmpty() && core.windowStage == null) {
        boolean ordered = !select.isCompound();
        List<BoundExpr.SortTerm> orderBy = ordered ? select.orderBy : new ArrayList<>();
        select.cores.set(i, new WindowRewrite(environment, core).split(select, orderBy));
      }
    }
  }

  private BoundQuery split(BoundSelect select, List<BoundExpr.SortTerm> orderBy) {
    List<BoundExpr.SortTerm> sort = sortTerms();
    boolean sorted = !orderBy.isEmpty() && isPrefix(orderBy, sort);
    if (sorted) {
      orderBy.clear();
    }
    sort.forEach(term -> keep(term.expr()));
    for (BoundExpr.WindowCall call : calls) {
      if (call.filter() != null) {
        keep(call.filter());
      }
      for (BoundExpr argument : call.arguments()) {
        if (call.function().has(Flag.SUBTYPE)) {
          collect(argument); // A record would lose the subtype of a computed value.
        } else {
          keep(argument);
        }
      }
    }
    inner.columns.forEach(column -> collect(column.expr()));
    orderBy.forEach(term -> collect(term.expr()));
    BoundSelect subquery = new BoundSelect();
    subquery.outerSources.addAll(select.outerSources);
    subquery.usesOuterAggregate = select.usesOuterAggregate;
    subquery.number = environment.newSelectNumber();
    subquery.cores.add(inner);
    subquery.orderBy = sort;
    BoundQuery outer = new BoundQuery();
    outer.distinct = inner.distinct;
    inner.distinct = false;
    List<BoundQuery.Column> results = inner.columns;
    inner.columns = new ArrayList<>();
    int number = 0;
    for (BoundExpr expr : columns.keySet()) {
      inner.columns.add(new BoundQuery.Column(expr, "c" + number++, false));
    }
    if (columns.isEmpty()) {
      inner.columns.add(new BoundQuery.Column(new BoundExpr.NullValue(), "c0", false));
    }
    inner.windowCalls.removeAll(calls);
    Source rows =
        new Source(ResultNames.shape("subquery", subquery, List.of()), null, null, subquery);
    outer.sources.add(rows);
    move(outer, results, orderBy, rows);
    return outer;
  }

  /** Makes the outer query's expressions read the inner query's rows. */
  private void move(
      BoundQuery outer,
      List<BoundQuery.Column> results,
      List<BoundExpr.SortTerm> orderBy,
      Source rows) {
    Map<Source, List<Source>> replaced = new LinkedHashMap<>();
    inner.sources.forEach(source -> replaced.put(source, List.of(rows)));
    DeepRewrite rewrite = new DeepRewrite(expr -> replacement(expr, rows), replaced);
    for (BoundQuery.Column column : results) {
      outer.columns.add(
          new BoundQuery.Column(rewrite.expr(column.expr()), column.name(), column.hasAlias()));
    }
    rewrite.terms(orderBy);
    List<BoundExpr.WindowCall> moved = new ArrayList<>();
    for (BoundExpr.WindowCall call : calls) {
      moved.add((BoundExpr.WindowCall) rewrite.expr(call));
    }
    outer.windowCalls.addAll(moved);
    outer.windowStage = new WindowStage(moved.get(0).window(), moved);
  }

  private @Nullable BoundExpr replacement(BoundExpr expr, Source rows) {
    Integer column = columns.get(expr);
    if (column == null) {
      return isOfQueryAround(expr) ? expr : null;
    }
    BoundExpr moved = new BoundExpr.ColumnRef(rows, column);
    ExprTypes.CollationChoice collation = ExprTypes.collation(expr);
    return collation.explicit() && collation.name() != null
        ? new BoundExpr.Collate(moved, collation.name())
        : moved;
  }

  /** Whether it is an aggregate over other rows: it is not changed by what is kept of these. */
  private boolean isOfQueryAround(BoundExpr expr) {
    return expr instanceof BoundExpr.Aggregate aggregate
        && aggregate.owner() != inner
        && Collections.disjoint(ExprResolver.sourcesOf(List.of(aggregate)), inner.sources);
  }

  private List<BoundExpr.SortTerm> sortTerms() {
    List<BoundExpr.SortTerm> terms = new ArrayList<>();
    for (BoundExpr expr : window.partitionBy()) {
      terms.add(new BoundExpr.SortTerm(expr, false, null));
    }
    terms.addAll(window.orderBy());
    return terms;
  }

  private static boolean isPrefix(List<BoundExpr.SortTerm> orderBy, List<BoundExpr.SortTerm> sort) {
    return orderBy.size() <= sort.size() && sort.subList(0, orderBy.size()).equals(orderBy);
  }

  /** The whole expression is computed by the inner query, unless it is a constant. */
  private void keep(BoundExpr expr) {
    if (!BoundExprs.isConstant(expr)) {
      columns.putIfAbsent(expr, columns.size());
    }
  }

  /** What the expression reads of the rows is yielded by the inner query. */
  private void collect(BoundExpr expr) {
    if (columns.containsKey(expr)) {
      return;
    }
    if (expr instanceof BoundExpr.WindowCall call) {
      if (!calls.contains(call)) {
        keep(call);
      }
      return;
    }
    if (expr instanceof BoundExpr.ColumnRef ref) {
      if (inner.sources.contains(ref.source())) {
        keep(ref);
      }
      return;
    }
    if (expr instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == inner) {
      keep(aggregate);
      return;
    }
    BoundSelect subquery = BoundExprs.subquery(expr);
    if (subquery != null) {
      DeepWalk.select(subquery, this::collectInSubquery);
    }
    BoundExprs.children(expr).forEach(this::collect);
  }

  private void collectInSubquery(BoundExpr expr) {
    boolean ours =
        expr instanceof BoundExpr.ColumnRef ref && inner.sources.contains(ref.source())
            || expr instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == inner;
    if (ours) {
      keep(expr);
    }
  }
}
