package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.IndexStatistics;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.JoinOperator;

/** Finds the ways to loop over a table by one of its indexes, with their costs. */
final class IndexPaths {
  /** Estimated number of values of {@code IN (SELECT ...)}: 25. */
  private static final int IN_SELECT_VALUES = 46;

  /** Fewer than 18 rows for each value are faster read through than skipped, as LogEst. */
  private static final int LEAST_REPEATS = 42;

  private final WhereTerms terms;
  private final IndexExpressions indexExpressions;
  private final PlanOptions options;
  private final ColumnConstraints constraints;
  private final PartialIndexes partialIndexes;
  private final OutputEstimate output;
  private final SampleEstimates samples;
  private final PathList paths;

  /** Whether samples have refuted an assumption that estimates were made on. */
  private boolean refuted;

  IndexPaths(
      WhereTerms terms,
      IndexExpressions indexExpressions,
      PlanOptions options,
      ColumnConstraints constraints,
      PathList paths) {
    this.terms = terms;
    this.indexExpressions = indexExpressions;
    this.options = options;
    this.constraints = constraints;
    this.partialIndexes = new PartialIndexes(terms, indexExpressions, options.values());
    this.output = new OutputEstimate(terms);
    this.samples = new SampleEstimates(indexExpressions, options.values());
    this.paths = paths;
  }

  /** Adds all ways to use an index. */
  void add(Source source, int position, Index index) {
    if (index.isPartial() && !partialIndexes.isUsable(source, position, index)) {
      if (source.hint != null) {
        throw new LibsqlException(ResultCode.ERROR, "no query solution");
      }
      return;
    }
    // A RIGHT JOIN looks for rows without match in all of the table, not in a part of it.
    boolean wholeTable =
        source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL;
    boolean covering = IndexCoverage.covers(source, index) && !(index.isPartial() && wholeTable);
    AccessPath base = new AccessPath(AccessPath.Kind.INDEX, position, index);
    base.covering = covering;
    base.hasExpressions =
        !covering
            && !wholeTable
            && !index.isPartial()
            && IndexCoverage.coversWithExpressions(source, index, indexExpressions);
    base.rowsOut = index.statistics.rowEstimates()[0];
    extend(source, base);
    addIndexScan(source, base);
  }

  /** A scan of the whole index: for its order, or because it is smaller than the table. */
  private void addIndexScan(Source source, AccessPath base) {
    Index index = base.index;
    if (index == null) {
      return;
    }
    int rows = index.statistics.rowEstimates()[0];
    AccessPath path = base.copy();
    path.rowsOut = rows;
    boolean helpsOrder = options.wantsOrder() && paths.mayHelpOrder(source, index);
    if (index.isPrimaryKeyOfWithoutRowid()) {
      path.runCost = rows + 1 + 15 * entrySize(index) / rowSize(index.table);
    } else if (path.covering || path.hasExpressions) {
      boolean larger =
          entrySize(index) >= rowSize(index.table)
              || (options.needsTableCursor() && index.table.hasRowid());
      if (!helpsOrder && source.hint == null && !index.isPartial() && larger) {
        return;
      }
      path.runCost = rows + 1 + 15 * entrySize(index) / rowSize(index.table);
    } else {
      if (!helpsOrder && source.hint == null && !index.isPartial()) {
        return;
      }
      int entries = rows + 1 + 15 * entrySize(index) / rowSize(index.table);
      path.runCost = LogEst.add(entries, lookups(source, index, rows));
    }
    output.adjust(path, rows);
    paths.add(source, path);
  }

  /** The cost of the rows of a table that a scan of an index goes to, as LogEst. */
  private int lookups(Source source, Index index, int rows) {
    int cost = rows + 16;
    if (!index.table.hasRowid()) {
      return cost;
    }
    for (WhereTerm term : terms.all()) {
      if (!IndexCoverage.covers(source, index, term.expr)) {
        break;
      }
      // It is tested before the row is looked up.
      if (term.truth <= 0) {
        cost += term.truth;
      } else {
        cost -= term.kind == WhereTerm.Kind.EQUAL || term.kind == WhereTerm.Kind.IS ? 20 : 1;
      }
    }
    return cost;
  }

  /** A search is worth less of a risk where samples should have told of a good one: LogEst. */
  static int trust(Table table) {
    return table.sampled ? 2 : 0;
  }

  private static int rowSize(Table table) {
    return Math.max(table.rowSize, 1);
  }

  private static int entrySize(Index index) {
    return index.statistics.rowSize();
  }

  /** Adds paths that use one more column of the index than the given one. */
  private void extend(Source source, AccessPath path) {
    Index index = path.index;
    int column = path.prefix();
    if (index == null || column >= index.columnCount() || path.lower != null) {
      return;
    }
    if (column >= index.keyColumnCount
        && (index.isPrimaryKeyOfWithoutRowid()
            || (!index.table.withoutRowid && index.columns[column] >= 0))) {
      return;
    }
    BoundExpr expr = BoundExprs.skipOnlyCollate(indexExpressions.column(source, index, column));
    Affinity affinity = ExprTypes.affinity(expr);
    List<WhereTerm> usable =
        constraints.on(source, path.position, expr, index.collations[column], affinity);
    if (neverNull(index, column)) {
      for (int i = usable.size() - 1; i >= 0; i--) {
        if (usable.get(i).kind == WhereTerm.Kind.IS_NULL || usable.get(i).isNotNull) {
          usable.remove(i);
        }
      }
    }
    boolean ordered = !index.statistics.unordered();
    for (WhereTerm term : usable) {
      if (term.kind.isEquality() || term.kind == WhereTerm.Kind.IN) {
        if (!path.uses(term)) {
          addEquality(source, path, term, column);
        }
      } else if (ordered && term.kind.isUpperBound()) {
        addRange(source, path, null, term);
      } else if (ordered && term.kind.isLowerBound()) {
        for (WhereTerm upper : withNone(usable, false)) {
          addRange(source, path, term, upper);
        }
      }
    }
    skip(source, path, column);
  }

  private static boolean neverNull(Index index, int column) {
    int number = index.columns[column];
    return number == Index.ROWID || (number >= 0 && index.table.isNotNull(number));
  }

  /** Tries every value of a column that nothing constrains, if there are many rows for each. */
  private void skip(Source source, AccessPath path, int column) {
    Index index = path.index;
    if (index == null
        || !path.equalities.isEmpty()
        || column + 1 >= index.keyColumnCount
        || !index.statistics.analyzed()
        || index.statistics.noSkipScan()
        || estimate(index, column + 1) < LEAST_REPEATS) {
      return;
    }
    AccessPath longer = path.copy();
    int values = estimate(index, column) - estimate(index, column + 1);
    longer.skipped++;
    longer.rowsOut -= values;
    // The factor of 1.4 makes up for the uncertainty.
    longer.skipRuns += values + 5;
    extend(source, longer);
  }

  private void addEquality(Source source, AccessPath path, WhereTerm term, int column) {
    Index index = path.index;
    boolean repeated = isPartOfSameRow(path, term);
    if (index == null
        || (term.kind == WhereTerm.Kind.IN
            && !repeated
            && isBetterTested(index, path, term, column))) {
      return;
    }
    AccessPath longer = path.copy();
    longer.equalities.add(term);
    longer.prerequisites |= ColumnConstraints.others(term, path.position);
    if (column + 1 == index.keyColumnCount
        && index.isUnique()
        && longer.skipped == 0
        && allEqual(longer)
        && (index.uniqueNotNull || noNulls(longer))) {
      longer.oneRow = true;
      longer.rowsOut = 0;
    } else {
      longer.rowsOut = equalRows(source, path, term, repeated);
    }
    finish(source, longer);
    extend(source, longer);
  }

  /** Estimates the rows of a path with one more condition, for all values of IN together. */
  private int equalRows(Source source, AccessPath path, WhereTerm term, boolean repeated) {
    Index index = path.index;
    int column = path.prefix();
    int rows = path.rowsOut;
    if (index == null) {
      return rows;
    }
    boolean promised = term.truth <= 0 && index.columns[column] >= 0;
    if (!promised && inLoops(path) + path.skipRuns == 0) {
      int sampled = samples.equal(source, path, term);
      if (sampled != SampleEstimates.UNKNOWN) {
        if (column == 0 && sampled + 10 > estimate(index, 0)) {
          term.holdsMostly = true;
          refuted |= term.assumedRare;
        }
        return Math.min(sampled, rows);
      }
    }
    rows += promised ? term.truth : estimate(index, column + 1) - estimate(index, column);
    if (term.kind == WhereTerm.Kind.IN) {
      rows += repeated ? 0 : valueCount(term);
    } else if (term.kind == WhereTerm.Kind.IS_NULL) {
      rows += 10;
    }
    return rows;
  }

  /** Whether everything should be estimated again with what samples have taught; asks once. */
  boolean takeRefuted() {
    boolean again = refuted;
    refuted = false;
    return again;
  }

  /**
   * Whether it is faster to test the few rows that the columns to the left leave than to search for
   * each of many values of IN.
   */
  private static boolean isBetterTested(Index index, AccessPath path, WhereTerm term, int column) {
    int depth = LogEst.depth(estimate(index, 0));
    if (!index.statistics.analyzed() || depth < 10 || inLoops(path) + path.skipRuns < 2) {
      return false;
    }
    int values = valueCount(term);
    // Biased towards the search, whose worst case is not as bad.
    return estimate(index, column) + LogEst.depth(values) + 10 < values + depth;
  }

  private static boolean allEqual(AccessPath path) {
    for (WhereTerm term : path.equalities) {
      if (term.kind == WhereTerm.Kind.IN || term.kind == WhereTerm.Kind.IS_NULL) {
        return false;
      }
    }
    return true;
  }

  private static boolean noNulls(AccessPath path) {
    for (WhereTerm term : path.equalities) {
      if (term.kind != WhereTerm.Kind.EQUAL) {
        return false;
      }
    }
    return true;
  }

  static int estimate(Index index, int columns) {
    IndexStatistics statistics = index.statistics;
    int[] estimates = statistics.rowEstimates();
    return columns < estimates.length ? estimates[columns] : 0;
  }

  private void addRange(
      Source source, AccessPath path, @Nullable WhereTerm lower, @Nullable WhereTerm upper) {
    if (isHalfPattern(lower, upper)) {
      return;
    }
    AccessPath range = path.copy();
    range.lower = lower;
    range.upper = upper;
    range.lowerWidth = boundWidth(source, range, lower);
    range.upperWidth = boundWidth(source, range, upper);
    range.prerequisites |=
        ColumnConstraints.others(lower, path.position)
            | ColumnConstraints.others(upper, path.position);
    range.rowsOut = samples.range(source, range, path.rowsOut);
    finish(source, range);
  }

  /** How many columns of the index a bound is over. */
  private int boundWidth(Source source, AccessPath path, @Nullable WhereTerm bound) {
    Index index = path.index;
    if (bound == null || index == null || bound.vectorLeft.isEmpty()) {
      return 1;
    }
    int first = path.prefix();
    int width = 1;
    while (width < bound.vectorLeft.size() && first + width < index.columnCount()) {
      int column = first + width;
      BoundExpr left = bound.vectorLeft.get(width);
      BoundExpr right = bound.vectorRight.get(width);
      BoundExpr expr = BoundExprs.skipOnlyCollate(indexExpressions.column(source, index, column));
      if (index.descending[column] != index.descending[first]
          || !ColumnConstraints.same(BoundExprs.skipOnlyCollate(left), expr)
          || !index.collations[column].equalsIgnoreCase(ExprTypes.comparisonCollation(left, right))
          || !ColumnConstraints.fits(
              ExprTypes.comparisonAffinity(left, right), ExprTypes.affinity(expr))) {
        break;
      }
      width++;
    }
    return width;
  }

  /** Computes the cost of an index search and adds it. */
  private void finish(Source source, AccessPath path) {
    Index index = path.index;
    if (index == null) {
      return;
    }
    int perEntry = path.rowsOut + 1 + 15 * entrySize(index) / rowSize(index.table);
    int depth = LogEst.depth(index.statistics.rowEstimates()[0]);
    int cost = LogEst.add(depth, perEntry);
    if (path.hasIn()) {
      cost = LogEst.add(depth + inLoops(path), perEntry);
    }
    if (!path.covering && !path.hasExpressions && !index.isPrimaryKeyOfWithoutRowid()) {
      cost = LogEst.add(cost, path.rowsOut + 16);
    }
    AccessPath done = path.copy();
    done.runCost = cost + path.skipRuns;
    done.rowsOut += path.skipRuns;
    output.adjust(done, index.statistics.rowEstimates()[0]);
    paths.add(source, done);
  }

  private static int inLoops(AccessPath path) {
    int loops = 0;
    for (int i = 0; i < path.equalities.size(); i++) {
      WhereTerm term = path.equalities.get(i);
      boolean counted = false;
      for (WhereTerm earlier : path.equalities.subList(0, i)) {
        counted |= earlier.expr == term.expr;
      }
      if (term.kind == WhereTerm.Kind.IN && !counted) {
        loops += valueCount(term);
      }
    }
    return loops;
  }

  /** Whether another value of the same IN is used already: they come together. */
  private static boolean isPartOfSameRow(AccessPath path, WhereTerm term) {
    for (WhereTerm used : path.equalities) {
      if (term.field >= 0 && used.expr == term.expr) {
        return true;
      }
    }
    return false;
  }

  static int valueCount(WhereTerm term) {
    if (term.expr instanceof BoundExpr.InList list) {
      return LogEst.of(list.values().size());
    }
    return IN_SELECT_VALUES;
  }

  /** The bounds of a pattern are used together or not at all. */
  private static boolean isHalfPattern(@Nullable WhereTerm lower, @Nullable WhereTerm upper) {
    return (lower != null && lower.partner != null && lower.partner != upper)
        || (upper != null && upper.partner != null && upper.partner != lower);
  }

  static List<@Nullable WhereTerm> withNone(List<WhereTerm> bounds, boolean lower) {
    List<@Nullable WhereTerm> out = new ArrayList<>();
    out.add(null);
    for (WhereTerm term : bounds) {
      if (lower ? term.kind.isLowerBound() : term.kind.isUpperBound()) {
        out.add(term);
      }
    }
    return out;
  }
}
