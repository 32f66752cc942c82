package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.sql.ast.Select;

/**
 * Makes a query over a UNION ALL a UNION ALL of queries, each over one part, so that conditions and
 * order can use the indexes of the parts.
 */
public final class UnionFlattening {
  private UnionFlattening() {}

  /** Rewrites the query in place if it has a suitable subquery. */
  public static void flatten(BoundSelect select) {
    if (select.isCompound() || select.recursion != null) {
      return;
    }
    pullLimit(select);
    BoundQuery query = select.first();
    if (query.values != null
        || query.aggregate
        || query.distinct
        || !query.windowCalls.isEmpty()
        || query.windowStage != null
        || query.sources.isEmpty()) {
      return;
    }
    for (Source source : query.sources) {
      if (isOuterRight(source)) {
        return;
      }
    }
    for (Source source : query.sources) {
      List<BoundExpr.SortTerm> order = isUnion(source) ? columnNumbers(select) : null;
      if (order != null) {
        split(select, source, order);
        return;
      }
    }
  }

  /** The limit of a subquery that is all of FROM is as good as a limit of the query. */
  private static void pullLimit(BoundSelect select) {
    BoundQuery query = select.first();
    if (query.sources.size() != 1
        || select.limit != null
        || !select.orderBy.isEmpty()
        || query.where != null
        || query.aggregate
        || query.distinct
        || !query.windowCalls.isEmpty()
        || query.windowStage != null) {
      return;
    }
    Source source = query.sources.get(0);
    BoundSelect inner = source.subquery;
    if (inner == null
        || inner.limit == null
        || inner.offset != null
        || inner.isCompound()
        || !inner.orderBy.isEmpty()
        || inner.first().values != null
        || inner.first().sources.isEmpty()
        || inner.first().windowStage != null
        || !inner.first().windowCalls.isEmpty()
        || inner.first().aggregate
        || inner.first().distinct
        || (source.commonTable != null && source.commonTable.isMaterialized())) {
      return;
    }
    select.limit = inner.limit;
    inner.limit = null;
  }

  private static boolean isOuterRight(Source source) {
    return source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL;
  }

  private static boolean isUnion(Source source) {
    BoundSelect inner = source.subquery;
    if (inner == null
        || !inner.isCompound()
        || inner.recursion != null
        || inner.limit != null
        || inner.offset != null
        || !inner.orderBy.isEmpty()
        || source.join == JoinOperator.Kind.LEFT
        || (source.commonTable != null && source.commonTable.isFence())
        || !inner.isUnionAll()) {
      return false;
    }
    for (BoundQuery part : inner.cores) {
      if (part.values != null
          || part.aggregate
          || part.distinct
          || part.sources.isEmpty()
          || part.windowStage != null
          || !part.windowCalls.isEmpty()
          || part.sources.stream().anyMatch(UnionFlattening::isOuterRight)) {
        return false;
      }
      for (int i = 0; i < part.columns.size(); i++) {
        if (ExprTypes.affinity(part.columns.get(i).expr())
            != ExprTypes.affinity(inner.first().columns.get(i).expr())) {
          return false;
        }
      }
    }
    return true;
  }

  /** ORDER BY as numbers of result columns, as in compound queries; null if that is impossible. */
  private static @Nullable List<BoundExpr.SortTerm> columnNumbers(BoundSelect select) {
    List<BoundExpr.SortTerm> out = new ArrayList<>();
    List<BoundExpr> columns = select.first().expressions();
    for (BoundExpr.SortTerm term : select.orderBy) {
      int column = columns.indexOf(term.expr());
      if (column < 0) {
        return null;
      }
      out.add(
          new BoundExpr.SortTerm(
              new BoundExpr.IntegerValue(column + 1), term.descending(), term.nulls()));
    }
    return out;
  }

  private static void split(BoundSelect select, Source source, List<BoundExpr.SortTerm> order) {
    BoundSelect union = source.subquery;
    if (union == null) {
      return;
    }
    BoundQuery query = select.first();
    List<BoundQuery> parts = new ArrayList<>();
    for (BoundQuery part : union.cores) {
      BoundSelect one = new BoundSelect();
      one.number = union.number;
      one.cores.add(part);
      one.outerSources.addAll(union.outerSources);
      one.usesOuterAggregate = union.usesOuterAggregate;
      Source single = new Source(source.table, source.alias, source.schemaName, one);
      QueryCopy.copyProperties(source, single);
      single.commonTable = null;
      QueryCopy copy = new QueryCopy();
      copy.replace(source, single);
      parts.add(copy.query(query));
    }
    select.cores.clear();
    select.cores.addAll(parts);
    for (int i = 1; i < parts.size(); i++) {
      select.operators.add(Select.CompoundOperator.UNION_ALL);
    }
    select.orderBy = order;
  }
}
