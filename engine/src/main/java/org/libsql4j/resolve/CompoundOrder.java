package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;

/**
 * Sorts a compound query by other collations than those that its operators compare by: the compound
 * becomes a subquery, which knows nothing of the order.
 */
public final class CompoundOrder {
  private CompoundOrder() {}

  /** Rewrites the query in place if it has COLLATE in ORDER BY behind UNION, EXCEPT and such. */
  public static void rewrite(CompileEnvironment environment, BoundSelect select) {
    if (!select.isCompound()
        || select.recursion != null
        || select.orderBy.stream().noneMatch(term -> term.expr() instanceof BoundExpr.Collate)
        || select.isUnionAll()) {
      return;
    }
    BoundSelect inner = new BoundSelect();
    inner.number = environment.newSelectNumber();
    inner.cores.addAll(select.cores);
    inner.operators.addAll(select.operators);
    inner.outerSources.addAll(select.outerSources);
    inner.usesOuterAggregate = select.usesOuterAggregate;
    Source rows = new Source(ResultNames.shape("subquery", inner, List.of()), null, null, inner);
    BoundQuery outer = new BoundQuery();
    outer.sources.add(rows);
    List<BoundQuery.Column> columns = inner.first().columns;
    for (int i = 0; i < columns.size(); i++) {
      BoundQuery.Column column = columns.get(i);
      rows.use(i);
      outer.columns.add(
          new BoundQuery.Column(
              new BoundExpr.ColumnRef(rows, i),
              column.hasAlias() ? column.name() : rows.table.column(i).name(),
              column.hasAlias()));
    }
    List<BoundExpr.SortTerm> order = new ArrayList<>();
    for (BoundExpr.SortTerm term : select.orderBy) {
      order.add(new BoundExpr.SortTerm(onRows(term.expr(), rows), term.descending(), term.nulls()));
    }
    select.cores.clear();
    select.operators.clear();
    select.cores.add(outer);
    select.orderBy = order;
  }

  /** Makes a term that is the number of a column read the column. */
  private static BoundExpr onRows(BoundExpr term, Source rows) {
    if (term instanceof BoundExpr.Collate collate) {
      return new BoundExpr.Collate(onRows(collate.operand(), rows), collate.collation());
    }
    int number = (int) ((BoundExpr.IntegerValue) term).value();
    return new BoundExpr.ColumnRef(rows, number - 1);
  }
}
