package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resolved SELECT core. Built by the resolver, rewritten by the optimizer, then only read.
 * Compares by identity.
 */
public final class BoundQuery {
  public boolean distinct;
  public List<Column> columns = new ArrayList<>();
  public List<Source> sources = new ArrayList<>();
  public @Nullable BoundExpr where;
  public List<BoundExpr> groupBy = new ArrayList<>();
  public @Nullable BoundExpr having;

  /** What was not worth computing since nobody reads it: still counts as reading its columns. */
  public final List<BoundExpr> unread = new ArrayList<>();

  /** Whether there is GROUP BY or an aggregate function. */
  public boolean aggregate;

  /** Whether GROUP BY stands for DISTINCT. */
  public boolean distinctAsGroups;

  /**
   * Whether subqueries in FROM keep their order although nothing sorts the rows: of UPDATE FROM,
   * where the last row for a row counts.
   */
  public boolean keepsOrder;

  /** All aggregate calls that this query owns, without duplicates. */
  public final List<BoundExpr.Aggregate> aggregates = new ArrayList<>();

  /** All window calls in result columns and ORDER BY, without duplicates. */
  public final List<BoundExpr.WindowCall> windowCalls = new ArrayList<>();

  /** Set by {@link WindowRewrite} for a query that computes window functions over its source. */
  public @Nullable WindowStage windowStage;

  /** Whether VALUES counts as a UNION ALL of its rows: behind WITH and in views. */
  public boolean constantRows;

  /** Rows of a VALUES clause, in place of everything above except {@link #columns}; else null. */
  public @Nullable List<List<BoundExpr>> values;

  /**
   * A result column.
   *
   * @param name what the column is called in the result
   * @param hasAlias whether the name was given with AS
   */
  public record Column(BoundExpr expr, String name, boolean hasAlias) {}

  public List<BoundExpr> expressions() {
    List<BoundExpr> list = new ArrayList<>(columns.size());
    for (Column column : columns) {
      list.add(column.expr());
    }
    return list;
  }
}
