package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.Source;

/**
 * What the planner is asked for: a loop over all combinations of rows that satisfy the conditions.
 *
 * @param sources the FROM clause from left to right; ON conditions are in the sources
 * @param where the WHERE condition, or null
 * @param orderBy the order wanted, or empty; if {@code purpose} is GROUP_BY or DISTINCT only that
 *     equal rows come together, so that terms may be taken in any order and direction
 * @param limitRows number of rows wanted as LogEst, -1 if not known
 * @param results what is computed from each row, so that tables that add nothing may be left out;
 *     null if that is not known
 */
public record WhereRequest(
    List<Source> sources,
    @Nullable BoundExpr where,
    List<BoundExpr.SortTerm> orderBy,
    Purpose purpose,
    int limitRows,
    @Nullable List<BoundExpr> results) {

  public WhereRequest(
      List<Source> sources,
      @Nullable BoundExpr where,
      List<BoundExpr.SortTerm> orderBy,
      Purpose purpose,
      int limitRows) {
    this(sources, where, orderBy, purpose, limitRows, null);
  }

  /** What the order is good for. */
  public enum Purpose {
    ORDER_BY,
    GROUP_BY,
    DISTINCT,
    /** Only the first row in the order matters. */
    MIN_MAX,
    /** The loop deletes or updates the row that it is at, one row at most or many. */
    ONE_PASS,
    ONE_PASS_MULTI
  }

  /**
   * For rows that are to be changed.
   *
   * @param many whether many rows may be changed while the loop goes over them
   */
  public static WhereRequest ofChange(
      List<Source> sources, @Nullable BoundExpr where, boolean many) {
    boolean reads = where != null && BoundExprs.hasSubquery(where);
    Purpose purpose = many && !reads ? Purpose.ONE_PASS_MULTI : Purpose.ONE_PASS;
    return new WhereRequest(sources, where, List.of(), purpose, 0);
  }

  public static WhereRequest of(List<Source> sources, @Nullable BoundExpr where) {
    return new WhereRequest(sources, where, List.of(), Purpose.ORDER_BY, -1);
  }
}
