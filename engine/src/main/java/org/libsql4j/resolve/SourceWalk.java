package org.libsql4j.resolve;

import java.util.function.Consumer;
import org.libsql4j.schema.Table;

/** Visits the row sources of queries, also those of subqueries. */
public final class SourceWalk {
  private SourceWalk() {}

  /** Visits all sources of a query. */
  public static void select(BoundSelect select, Consumer<Source> visitor) {
    for (BoundQuery query : select.cores) {
      for (Source source : query.sources) {
        visitor.accept(source);
        if (source.subquery != null) {
          select(source.subquery, visitor);
        }
      }
    }
    DeepWalk.select(select, e -> expr(e, visitor));
  }

  /** Visits the sources of the subquery directly in an expression, if it has one. */
  private static void expr(BoundExpr expr, Consumer<Source> visitor) {
    BoundSelect subquery = BoundExprs.subquery(expr);
    if (subquery == null) {
      return;
    }
    for (BoundQuery query : subquery.cores) {
      for (Source source : query.sources) {
        visitor.accept(source);
        if (source.subquery != null) {
          select(source.subquery, visitor);
        }
      }
    }
  }

  /** Makes all subqueries in an expression that read a table depend on a source outside of them. */
  public static void markReaders(BoundExpr expr, Table table, Source outside) {
    DeepWalk.expr(
        expr,
        e -> {
          BoundSelect subquery = BoundExprs.subquery(e);
          if (subquery != null) {
            markReaders(subquery, table, outside);
          }
        });
  }

  private static void markReaders(BoundSelect select, Table table, Source outside) {
    if (reads(select, table)) {
      select.outerSources.add(outside);
      select(
          select,
          source -> {
            if (source.subquery != null && reads(source.subquery, table)) {
              source.subquery.outerSources.add(outside);
            }
          });
    }
  }

  /** Whether a query reads a table anywhere. */
  public static boolean reads(BoundSelect select, Table table) {
    boolean[] found = new boolean[1];
    select(select, source -> found[0] |= source.table == table);
    return found[0];
  }
}
