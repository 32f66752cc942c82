package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.JoinOperator;

/**
 * Puts the tables and conditions of a subquery in FROM in place of the subquery, so that its rows
 * need not be collected and outer conditions can use its indexes.
 *
 * <p>Done only where the result stays the same: the subquery is a plain selection and projection,
 * without DISTINCT, aggregates, LIMIT or compound operators, and outer joins stay what they are.
 */
final class SubqueryFlattening {
  private SubqueryFlattening() {}

  /** As many sources as there are bits in a mask. */
  static final int MOST_SOURCES = 64;

  /** More sources than this are an error, whether they were written so or come from subqueries. */
  private static final int MOST_TERMS = 200;

  /** Flattens all subqueries that allow it. */
  static void flatten(BoundQuery query, List<BoundExpr.SortTerm> orderBy) {
    if (query.sources.size() > 1 && termCount(query) > MOST_TERMS) {
      throw CompileEnvironment.error("too many FROM clause terms, max: " + MOST_TERMS);
    }
    boolean again = true;
    while (again) {
      again = false;
      for (int i = 0; i < query.sources.size(); i++) {
        dropOrder(query, query.sources.get(i), orderBy);
        if (canFlatten(query, query.sources.get(i), orderBy)) {
          flatten(query, i, orderBy);
          again = true;
          break;
        }
      }
    }
  }

  /** Number of sources that all plain subqueries together would bring. */
  private static int termCount(BoundQuery query) {
    int count = 0;
    for (Source source : query.sources) {
      BoundSelect select = source.subquery;
      boolean plain =
          select != null
              && source.join != JoinOperator.Kind.LEFT
              && canFlatten(new BoundQuery(), source, List.of());
      count += plain && select != null ? termCount(select.first()) : 1;
      if (count > MOST_TERMS) {
        break;
      }
    }
    return count;
  }

  private static boolean isOuterRight(Source source) {
    return source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL;
  }

  /** The order of a subquery has no effect where rows are ordered or joined later. */
  private static void dropOrder(BoundQuery query, Source source, List<BoundExpr.SortTerm> orderBy) {
    BoundSelect select = source.subquery;
    if (select == null
        || select.orderBy.isEmpty()
        || select.limit != null
        || select.recursion != null
        || query.keepsOrder
        || (source.commonTable != null && source.commonTable.isFence())
        || (orderBy.isEmpty() && query.sources.size() == 1)) {
      return;
    }
    for (BoundExpr.Aggregate aggregate : query.aggregates) {
      FunctionDefinition function = aggregate.function();
      if (!function.has(FunctionDefinition.Flag.COUNT)
          && !function.has(FunctionDefinition.Flag.MIN)
          && !function.has(FunctionDefinition.Flag.MAX)) {
        return;
      }
    }
    select.orderBy = new ArrayList<>();
  }

  /** Whether the subquery's order, if it has one, can become the order of the query. */
  private static boolean canMoveOrder(
      BoundQuery query, BoundSelect select, List<BoundExpr.SortTerm> orderBy) {
    return select.orderBy.isEmpty()
        || (orderBy.isEmpty()
            && orderBy instanceof ArrayList
            && !query.aggregate
            && !query.distinct
            && (query.sources.size() == 1 || query.keepsOrder));
  }

  private static boolean canFlatten(
      BoundQuery query, Source source, List<BoundExpr.SortTerm> orderBy) {
    BoundSelect select = source.subquery;
    if (select == null
        || source.recursive
        || select.isCompound()
        || select.limit != null
        || select.offset != null
        || !canMoveOrder(query, select, orderBy)) {
      return false;
    }
    if (source.commonTable != null && source.commonTable.isFence()) {
      return false;
    }
    BoundQuery inner = select.first();
    if (inner.values != null
        || inner.distinct
        || inner.aggregate
        || !inner.windowCalls.isEmpty()
        || inner.sources.isEmpty()
        || query.sources.size() + inner.sources.size() > MOST_SOURCES
        || query.sources.stream().anyMatch(SubqueryFlattening::isOuterRight)
        || (query.sources.size() > 1
            && inner.sources.stream().anyMatch(SubqueryFlattening::isOuterRight))) {
      return false;
    }
    for (BoundQuery.Column column : inner.columns) {
      if (!isRepeatable(column.expr())) {
        return false;
      }
    }
    if (source.join == JoinOperator.Kind.LEFT) {
      Source only = inner.sources.get(0);
      return inner.sources.size() == 1
          && only.subquery == null
          && only.table.kind == Table.Kind.ORDINARY
          // A column of a query around it would not become NULL with the row.
          && inner.columns.stream()
              .allMatch(c -> c.expr() instanceof BoundExpr.ColumnRef r && r.source() == only);
    }
    return true;
  }

  /** Whether the expression may be computed wherever its column was read. */
  private static boolean isRepeatable(BoundExpr expr) {
    boolean[] repeatable = {true};
    DeepWalk.expr(
        expr,
        e -> {
          if (e instanceof BoundExpr.Call call
              && !call.function().has(FunctionDefinition.Flag.DETERMINISTIC)
              && !call.function().has(FunctionDefinition.Flag.SLOW_CHANGE)) {
            repeatable[0] = false;
          }
        });
    return repeatable[0];
  }

  private static void flatten(BoundQuery query, int position, List<BoundExpr.SortTerm> orderBy) {
    Source source = query.sources.get(position);
    BoundSelect select = source.subquery;
    if (select == null) {
      return;
    }
    BoundQuery inner = select.first();
    boolean left = source.join == JoinOperator.Kind.LEFT;
    Source first = inner.sources.get(0);
    first.join = source.join;
    first.nullable |= source.nullable;
    if (source.on != null) {
      first.on = first.on == null ? source.on : FromResolver.and(first.on, source.on);
    }
    if (inner.where != null) {
      if (left) {
        first.on = first.on == null ? inner.where : FromResolver.and(inner.where, first.on);
      } else {
        query.where =
            query.where == null ? inner.where : FromResolver.and(inner.where, query.where);
      }
    }
    if (!select.orderBy.isEmpty()) {
      orderBy.addAll(select.orderBy);
    }
    query.sources.remove(position);
    query.sources.addAll(position, inner.sources);
    moveConditions(query, position, inner.sources.size());
    DeepRewrite rewrite =
        new DeepRewrite(
            e ->
                e instanceof BoundExpr.ColumnRef ref && ref.source() == source && ref.column() >= 0
                    ? asColumn(inner.columns.get(ref.column()).expr(), source, ref.column())
                    : null,
            Map.of(source, new ArrayList<>(inner.sources)));
    rewrite.query(query);
    rewrite.terms(orderBy);
  }

  /** A column has a collation, which the expression in its place must have as well. */
  static BoundExpr asColumn(BoundExpr expr, Source source, int column) {
    String wanted = source.table.column(column).collation();
    if (expr instanceof BoundExpr.ColumnRef ref) {
      String own = ExprTypes.collation(expr).name();
      boolean same =
          (own == null ? "BINARY" : own).equalsIgnoreCase(wanted == null ? "BINARY" : wanted);
      // In a UNION ALL all parts compare like the first one.
      return same || ref.column() < 0
          ? expr
          : new BoundExpr.Collate(expr, wanted == null ? "BINARY" : wanted, false);
    }
    if (expr instanceof BoundExpr.IntegerValue
        || expr instanceof BoundExpr.RealValue
        || expr instanceof BoundExpr.NullValue) {
      return expr;
    }
    return new BoundExpr.Collate(expr, wanted == null ? "BINARY" : wanted, false);
  }

  /**
   * The subquery's join condition may read all its tables, so it belongs to the last one, unless an
   * outer join follows inside.
   */
  private static void moveConditions(BoundQuery query, int position, int count) {
    Source first = query.sources.get(position);
    if (count > 1 && first.on != null && first.join != JoinOperator.Kind.LEFT) {
      BoundExpr on = first.on;
      first.on = null;
      query.where = query.where == null ? on : FromResolver.and(on, query.where);
    }
    for (int i = 0; i < query.sources.size(); i++) {
      query.sources.get(i).position = i;
    }
  }
}
