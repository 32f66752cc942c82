package org.libsql4j.resolve;

import java.util.List;

/**
 * Does not compute columns of subqueries in FROM that nobody reads: NULL takes their place.
 *
 * <p>Not where the value of every column matters for the number of rows: DISTINCT, UNION and the
 * like. Indexes still have to have the columns to be covering, as in SQLite; rows of the table are
 * not looked at where nothing of them is read. Common tables may be read in several places, and
 * stay as they are.
 */
final class UnusedColumns {
  private UnusedColumns() {}

  /** Removes them from all subqueries of a query whose columns in use are known. */
  static void remove(BoundQuery query) {
    for (Source source : query.sources) {
      BoundSelect subquery = source.subquery;
      if (subquery != null
          && source.commonTable == null
          && source.nested == null
          && isAllowed(subquery)) {
        source.adapted |= remove(subquery, source.columnsUsed);
      }
    }
  }

  private static boolean isAllowed(BoundSelect subquery) {
    if (subquery.isCorrelated() || subquery.recursion != null || !subquery.isUnionAll()) {
      return false;
    }
    for (BoundQuery core : subquery.cores) {
      if (core.distinct
          || core.aggregate
          || core.values != null
          || core.windowStage != null
          || !core.windowCalls.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static boolean remove(BoundSelect subquery, long columnsUsed) {
    boolean changed = false;
    long used = columnsUsed;
    if (subquery.isCompound()) {
      for (BoundExpr.SortTerm term : subquery.orderBy) {
        if (BoundExprs.skipCollate(term.expr()) instanceof BoundExpr.IntegerValue number) {
          used |= 1L << Math.min(number.value() - 1, 63);
        }
      }
    }
    for (BoundQuery core : subquery.cores) {
      List<BoundQuery.Column> columns = core.columns;
      for (int i = 0; i < columns.size(); i++) {
        BoundQuery.Column column = columns.get(i);
        if ((used >>> Math.min(i, 63) & 1) == 0
            && !(column.expr() instanceof BoundExpr.NullValue)) {
          changed = true;
          core.unread.add(column.expr());
          columns.set(
              i,
              new BoundQuery.Column(new BoundExpr.NullValue(), column.name(), column.hasAlias()));
        }
      }
    }
    return changed;
  }
}
