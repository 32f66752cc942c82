package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies queries with all that is in them, so that the copies can be changed independently. */
final class QueryCopy {
  private final Map<Source, Source> sources = new IdentityHashMap<>();
  private final Map<BoundQuery, BoundQuery> queries = new IdentityHashMap<>();
  private final Map<BoundSelect, BoundSelect> selects = new IdentityHashMap<>();

  /** Makes the copies read one source where the originals read another. */
  void replace(Source original, Source copy) {
    sources.put(original, copy);
  }

  BoundExpr expr(BoundExpr expr) {
    if (expr instanceof BoundExpr.ColumnRef e) {
      return new BoundExpr.ColumnRef(mapped(e.source()), e.column());
    } else if (expr instanceof BoundExpr.InSelect e) {
      return new BoundExpr.InSelect(expr(e.operand()), select(e.select()), e.negated());
    } else if (expr instanceof BoundExpr.Exists e) {
      return new BoundExpr.Exists(select(e.select()));
    } else if (expr instanceof BoundExpr.ScalarSubquery e) {
      return new BoundExpr.ScalarSubquery(select(e.select()));
    } else if (expr instanceof BoundExpr.SubqueryColumn e) {
      BoundSelect select = select(e.row().select());
      return new BoundExpr.SubqueryColumn(new BoundExpr.ScalarSubquery(select), e.column());
    } else if (expr instanceof BoundExpr.IfNullRow e) {
      return new BoundExpr.IfNullRow(mapped(e.source()), expr(e.operand()));
    }
    if (expr instanceof BoundExpr.Aggregate e && !queries.containsKey(e.owner())) {
      return expr; // It is computed outside of what is copied.
    }
    BoundExpr copy = BoundExprs.mapChildren(expr, this::expr);
    if (copy instanceof BoundExpr.Aggregate e) {
      BoundQuery owner = queries.getOrDefault(e.owner(), e.owner());
      return new BoundExpr.Aggregate(
          e.function(), e.arguments(), e.distinct(), e.filter(), e.orderBy(), owner);
    }
    return copy;
  }

  private Source mapped(Source source) {
    return sources.getOrDefault(source, source);
  }

  private @Nullable BoundExpr exprOrNull(@Nullable BoundExpr expr) {
    return expr == null ? null : expr(expr);
  }

  private List<BoundExpr.SortTerm> terms(List<BoundExpr.SortTerm> terms) {
    List<BoundExpr.SortTerm> out = new ArrayList<>(terms.size());
    for (BoundExpr.SortTerm term : terms) {
      out.add(new BoundExpr.SortTerm(expr(term.expr()), term.descending(), term.nulls()));
    }
    return out;
  }

  BoundSelect select(BoundSelect select) {
    BoundSelect known = selects.get(select);
    if (known != null) {
      return known;
    }
    BoundSelect copy = new BoundSelect();
    selects.put(select, copy);
    copy.number = select.number;
    for (BoundQuery core : select.cores) {
      copy.cores.add(query(core));
    }
    copy.operators.addAll(select.operators);
    copy.orderBy = terms(select.orderBy);
    copy.limit = exprOrNull(select.limit);
    copy.offset = exprOrNull(select.offset);
    select.outerSources.forEach(source -> copy.outerSources.add(mapped(source)));
    copy.usesOuterAggregate = select.usesOuterAggregate;
    if (select.recursion != null) {
      List<Source> rows = new ArrayList<>();
      select.recursion.rows().forEach(row -> rows.add(mapped(row)));
      copy.recursion = new BoundSelect.Recursion(select.recursion.setupCount(), rows);
    }
    return copy;
  }

  BoundQuery query(BoundQuery query) {
    BoundQuery copy = new BoundQuery();
    queries.put(query, copy);
    for (Source source : query.sources) {
      copy.sources.add(source(source));
    }
    for (int i = 0; i < query.sources.size(); i++) {
      Source source = query.sources.get(i);
      copy.sources.get(i).on = exprOrNull(source.on);
      copy.sources.get(i).functionArguments =
          BoundExprs.mapAll(source.functionArguments, this::expr);
    }
    copy.distinct = query.distinct;
    for (BoundQuery.Column column : query.columns) {
      copy.columns.add(
          new BoundQuery.Column(expr(column.expr()), column.name(), column.hasAlias()));
    }
    copy.where = exprOrNull(query.where);
    copy.groupBy = BoundExprs.mapAll(query.groupBy, this::expr);
    copy.having = exprOrNull(query.having);
    copy.aggregate = query.aggregate;
    copy.distinctAsGroups = query.distinctAsGroups;
    query.aggregates.forEach(e -> copy.aggregates.add((BoundExpr.Aggregate) expr(e)));
    query.windowCalls.forEach(e -> copy.windowCalls.add((BoundExpr.WindowCall) expr(e)));
    if (query.windowStage != null) {
      List<BoundExpr.WindowCall> calls = new ArrayList<>();
      query.windowStage.calls().forEach(e -> calls.add((BoundExpr.WindowCall) expr(e)));
      copy.windowStage = new WindowStage(calls.get(0).window(), calls);
    }
    if (query.values != null) {
      List<List<BoundExpr>> rows = new ArrayList<>(query.values.size());
      query.values.forEach(row -> rows.add(BoundExprs.mapAll(row, this::expr)));
      copy.values = rows;
      copy.constantRows = query.constantRows;
    }
    return copy;
  }

  private Source source(Source source) {
    Source replaced = sources.get(source);
    if (replaced != null) {
      return replaced;
    }
    BoundSelect subquery = source.subquery == null ? null : select(source.subquery);
    Source copy = new Source(source.table, source.alias, source.schemaName, subquery);
    copyProperties(source, copy);
    sources.put(source, copy);
    return copy;
  }

  /** Everything but the table and the conditions. */
  static void copyProperties(Source from, Source to) {
    to.position = from.position;
    to.join = from.join;
    to.using = from.using;
    to.hint = from.hint;
    to.nullable = from.nullable;
    to.columnsUsed = from.columnsUsed;
    to.highColumnsUsed = (BitSet) from.highColumnsUsed.clone();
    to.recursive = from.recursive;
    to.existence = from.existence;
    to.nested = from.nested;
    to.commonTable = from.commonTable;
    to.view = from.view;
    to.adapted = from.adapted;
  }
}
