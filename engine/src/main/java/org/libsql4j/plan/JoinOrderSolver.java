package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;

/**
 * Chooses the nesting of loops: from all partial plans of n tables only the few cheapest are
 * extended to n+1 tables, those that keep the wanted order apart from those that do not.
 */
final class JoinOrderSolver {
  private final List<AccessPath> paths;
  private final int sourceCount;
  private final OrderMatcher matcher;
  private final int orderTerms;
  private final int limitRows;

  /** The share of the columns in the cost of a sort: twice that of the rows alone. */
  private static final int COLUMNS_COST = 10;

  /** Fewer runs than this do not pay for an automatic index: 1.25. */
  private static final int LEAST_RUNS = 3;

  /** 28 runs. */
  private static final int MOST_RUNS = 48;

  /** How often the query is run for loops around it, as LogEst. */
  private final int runs;

  private final boolean distinct;

  /** Number of rows that a sort would have to do with as LogEst; -1 if no order is wanted. */
  private int rowsToSort = -1;

  private record Partial(
      List<AccessPath> loops, long mask, int cost, int unsortedCost, int rows, int satisfied) {}

  JoinOrderSolver(
      List<AccessPath> paths,
      int sourceCount,
      OrderMatcher matcher,
      List<BoundExpr.SortTerm> order,
      int limitRows,
      int runs,
      boolean distinct) {
    this.distinct = distinct;
    this.runs = boundedRuns(runs);
    this.paths = paths;
    this.sourceCount = sourceCount;
    this.matcher = matcher;
    this.orderTerms = order.size();
    this.limitRows = limitRows;
  }

  JoinPlan solve() {
    int hidden = StarSchema.favourFacts(paths, sourceCount);
    Partial winner = solve(hidden, -1);
    if (orderTerms > 0) {
      dropScansOfSearched(winner);
      winner = solve(hidden, Math.max(winner.rows + hidden, 0) + 1);
    }
    OrderMatcher.Result order = matcher.match(winner.loops);
    long reversed = order.reversed();
    long nullsApart = order.nullsApart();
    boolean sorted = false;
    if (matcher.ignoresOrder() && orderTerms > 0 && order.satisfied() == orderTerms) {
      OrderMatcher.Result strict = matcher.withOrder().match(winner.loops);
      if (strict.satisfied() == orderTerms) {
        sorted = true;
        reversed = strict.reversed();
        nullsApart = strict.nullsApart();
      }
    }
    return new JoinPlan(
        winner.loops,
        order.satisfied(),
        reversed,
        nullsApart,
        sorted,
        order.distinct(),
        winner.rows + hidden);
  }

  /** The number of runs of a query as far as it counts. */
  static int boundedRuns(int runs) {
    return Math.min(runs, MOST_RUNS);
  }

  /**
   * Where the cheapest plan without order searches an index in its outermost loops, nothing is to
   * be gained by reading those tables as a whole for the sake of the order.
   */
  private void dropScansOfSearched(Partial plan) {
    for (AccessPath path : plan.loops) {
      if (path.kind == AccessPath.Kind.VIRTUAL) {
        continue;
      }
      if (path.equalities.isEmpty() || path.kind == AccessPath.Kind.AUTOMATIC_INDEX) {
        return;
      }
      for (int i = paths.size() - 1; i >= 0; i--) {
        AccessPath other = paths.get(i);
        if (other.position == path.position
            && !other.hasConstraint()
            && other.disjunction == null
            && other.kind != AccessPath.Kind.AUTOMATIC_INDEX) {
          paths.remove(i);
        }
      }
    }
  }

  /**
   * Finds the cheapest plan.
   *
   * @param hidden by how much the rows of the plan are estimated too low
   * @param sortedRows number of rows that a sort would have to do with, -1 if no order is wanted
   */
  private Partial solve(int hidden, int sortedRows) {
    this.rowsToSort = sortedRows;
    int width = sourceCount <= 1 ? 1 : sourceCount == 2 ? 5 : hidden > 0 ? 18 : 12;
    List<Partial> best = List.of(new Partial(List.of(), 0, 0, 0, runs, 0));
    for (int level = 0; level < sourceCount; level++) {
      List<Partial> next = new ArrayList<>();
      for (Partial partial : best) {
        for (AccessPath path : paths) {
          Partial longer = extend(partial, path);
          if (longer != null) {
            keep(next, longer, width);
          }
        }
      }
      if (next.isEmpty()) {
        throw new LibsqlException(ResultCode.ERROR, "no query solution");
      }
      best = next;
    }
    Partial winner = best.get(0);
    for (Partial candidate : best) {
      if (better(candidate, winner)) {
        winner = candidate;
      }
    }
    return winner;
  }

  private @Nullable Partial extend(Partial partial, AccessPath path) {
    long self = 1L << path.position;
    if ((partial.mask & self) != 0 || (path.prerequisites & ~partial.mask) != 0) {
      return null;
    }
    if (path.kind == AccessPath.Kind.AUTOMATIC_INDEX && partial.rows < LEAST_RUNS) {
      return null;
    }
    List<AccessPath> loops = new ArrayList<>(partial.loops);
    loops.add(path);
    int cost = path.runCost + partial.rows;
    if (path.setupCost > 0) {
      cost = LogEst.add(cost, path.setupCost);
    }
    if (!partial.loops.isEmpty()) {
      cost = LogEst.add(cost, partial.unsortedCost);
    }
    int rows = partial.rows + path.rowsOut;
    int satisfied = 0;
    int total = cost;
    if (rowsToSort >= 0) {
      satisfied = matcher.match(loops).satisfied();
      if (satisfied < orderTerms) {
        total = LogEst.add(cost, sortCost(rowsToSort, satisfied)) + 3;
      }
    }
    return new Partial(loops, partial.mask | self, total, cost, rows, satisfied);
  }

  private int sortCost(int rows, int satisfied) {
    int cost = rows + COLUMNS_COST;
    if (satisfied > 0) {
      cost += LogEst.of((orderTerms - satisfied) * 100L / orderTerms) - 66;
    }
    int sorted = rows;
    if (limitRows >= 0) {
      // Twice the cost for looking at the limit, more if parts are sorted one by one.
      cost += satisfied > 0 ? 16 : 10;
      sorted = Math.min(rows, limitRows);
    } else if (distinct && sorted > 10) {
      sorted -= 10; // About half of the rows are duplicates.
    }
    return cost + LogEst.depth(sorted);
  }

  /** Keeps the cheapest plan of each set of tables, with and without the order, up to the width. */
  private void keep(List<Partial> list, Partial candidate, int width) {
    boolean ordered = rowsToSort >= 0 && candidate.satisfied == orderTerms;
    for (int i = 0; i < list.size(); i++) {
      Partial other = list.get(i);
      boolean otherOrdered = rowsToSort >= 0 && other.satisfied == orderTerms;
      if (other.mask == candidate.mask && ordered == otherOrdered) {
        if (better(candidate, other)) {
          list.set(i, candidate);
        }
        return;
      }
    }
    if (list.size() < Math.max(width, 2)) {
      list.add(candidate);
      return;
    }
    int worst = 0;
    for (int i = 1; i < list.size(); i++) {
      if (list.get(i).cost > list.get(worst).cost) {
        worst = i;
      }
    }
    if (better(candidate, list.get(worst))) {
      list.set(worst, candidate);
    }
  }

  private static boolean better(Partial a, Partial b) {
    return a.cost < b.cost
        || (a.cost == b.cost
            && (a.rows < b.rows || (a.rows == b.rows && a.unsortedCost < b.unsortedCost)));
  }
}
