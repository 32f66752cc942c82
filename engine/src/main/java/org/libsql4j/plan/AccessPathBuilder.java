package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.IndexStatistics;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.IndexHint;
import org.libsql4j.sql.ast.JoinOperator;

/** Finds the ways to loop over each source, with their costs. */
final class AccessPathBuilder {
  /** Estimated number of values of {@code IN (SELECT ...)}: 25. */
  private static final int IN_SELECT_VALUES = 46;

  /** Fewer than 18 rows for each value are faster read through than skipped, as LogEst. */
  private static final int LEAST_REPEATS = 42;

  /** More than 4 rows for each value of the columns of an index, as LogEst. */
  private static final int MANY_REPEATS = 20;

  private final WhereTerms terms;
  private final IndexExpressions indexExpressions;
  private final PlanOptions options;
  private final Equivalences equivalences;
  private final PathList paths;

  AccessPathBuilder(WhereTerms terms, IndexExpressions indexExpressions, PlanOptions options) {
    this.terms = terms;
    this.indexExpressions = indexExpressions;
    this.options = options;
    this.equivalences = new Equivalences(terms);
    this.paths = new PathList(indexExpressions, options.order());
  }

  /** All paths of all sources. */
  List<AccessPath> build() {
    List<Source> sources = terms.sources();
    long before = 0;
    long required = 0;
    for (int position = 0; position < sources.size(); position++) {
      Source source = sources.get(position);
      if (terms.isPart()) {
        addPaths(source, position);
        break;
      }
      boolean fixed =
          source.join == JoinOperator.Kind.LEFT
              || source.join == JoinOperator.Kind.CROSS
              || terms.lastRightJoin() >= 0
              || followsCross(sources, position);
      required = fixed ? before : 0;
      paths.required = required;
      if (source.table.isVirtual()) {
        List<AccessPath> virtual = new ArrayList<>();
        new VirtualPaths(terms, options, source, position, required).addTo(virtual);
        virtual.forEach(paths::addAlways);
      } else {
        addPaths(source, position);
      }
      before |= 1L << position;
    }
    return paths.all();
  }

  /** The left side of CROSS JOIN stays to the left of what follows it. */
  private static boolean followsCross(List<Source> sources, int position) {
    return position > 0 && sources.get(position - 1).join == JoinOperator.Kind.CROSS;
  }

  private void addPaths(Source source, int position) {
    if (source.subquery != null || source.table.kind == Table.Kind.EPHEMERAL) {
      addSubquery(source, position);
      return;
    }
    Table table = source.table;
    IndexHint hint = source.hint;
    if (hint != null && hint.index() != null) {
      Index index = named(table, hint.index().name());
      addIndex(source, position, index);
      return;
    }
    addAutomaticIndexes(source, position, table.rowEstimate);
    addScan(source, position);
    if (table.hasRowid()) {
      addRowid(source, position);
    }
    if (hint == null || table.withoutRowid) {
      for (Index index : table.indexes) {
        if (hint == null || index.isPrimaryKeyOfWithoutRowid()) {
          addIndex(source, position, index);
        }
      }
    }
    addDisjunctions(source, position);
  }

  // ---- OR
  // ------------------------------------------------------------------------------------------

  /** Adds a path for each OR all of whose parts can use an index. */
  private void addDisjunctions(Source source, int position) {
    if (options.partOfOr() || position <= terms.lastRightJoin()) {
      return;
    }
    for (WhereTerm term : terms.all()) {
      if (!term.disjuncts.isEmpty()
          && (term.mask >> position & 1) != 0
          && usableAt(term, source, position)) {
        AccessPath path = disjunction(source, position, term);
        if (path != null) {
          paths.add(source, path);
        }
      }
    }
  }

  private @Nullable AccessPath disjunction(Source source, int position, WhereTerm term) {
    AccessPath path = new AccessPath(AccessPath.Kind.MULTI_OR, position, null);
    path.disjunction = term;
    path.prerequisites = others(term.mask, position);
    boolean first = true;
    for (BoundExpr part : term.disjuncts) {
      AccessPath best = bestOfPart(source, part);
      if (best == null) {
        return null;
      }
      path.runCost = first ? best.runCost : LogEst.add(path.runCost, best.runCost);
      path.rowsOut = first ? best.rowsOut : LogEst.add(path.rowsOut, best.rowsOut);
      first = false;
    }
    path.runCost++;
    adjustOutput(path, source.table.rowEstimate);
    return path;
  }

  /** The cheapest way to use an index for one part of an OR; null if there is none. */
  private @Nullable AccessPath bestOfPart(Source source, BoundExpr part) {
    WhereTerms partTerms = WhereTerms.ofPart(source, part);
    PlanOptions partOptions = options.forPartOfOr();
    AccessPath best = null;
    for (AccessPath path :
        new AccessPathBuilder(partTerms, indexExpressions, partOptions).build()) {
      if (path.hasConstraint() && (best == null || path.runCost < best.runCost)) {
        best = path;
      }
    }
    return best;
  }

  private static Index named(Table table, String name) {
    for (Index index : table.indexes) {
      if (index.name.equalsIgnoreCase(name)) {
        return index;
      }
    }
    throw new LibsqlException(ResultCode.ERROR, "no such index: " + name);
  }

  private void addSubquery(Source source, int position) {
    boolean coroutine = options.isCoroutine(source);
    AccessPath path =
        new AccessPath(
            coroutine ? AccessPath.Kind.COROUTINE : AccessPath.Kind.TABLE_SCAN, position, null);
    int rows = source.table.rowEstimate;
    path.rowsOut = rows;
    path.runCost = rows + 16;
    adjustOutput(path, rows);
    addAutomaticIndexes(source, position, rows);
    paths.add(source, path);
  }

  private void addScan(Source source, int position) {
    Table table = source.table;
    AccessPath path = new AccessPath(AccessPath.Kind.TABLE_SCAN, position, null);
    path.rowsOut = table.rowEstimate;
    path.runCost = table.rowEstimate + 16;
    adjustOutput(path, table.rowEstimate);
    if (!table.withoutRowid) {
      paths.add(source, path);
    }
  }

  // ---- rowid
  // ---------------------------------------------------------------------------------------

  private void addRowid(Source source, int position) {
    BoundExpr rowid = new BoundExpr.ColumnRef(source, -1);
    int rows = source.table.rowEstimate;
    for (WhereTerm term : constraintsOn(source, position, rowid, "BINARY", Affinity.INTEGER)) {
      if (term.kind.isEquality() || (term.kind == WhereTerm.Kind.IN && term.field < 0)) {
        AccessPath path = new AccessPath(AccessPath.Kind.ROWID, position, null);
        path.equalities.add(term);
        path.prerequisites = others(term, position);
        path.oneRow = term.kind.isEquality();
        int values = term.kind == WhereTerm.Kind.IN ? valueCount(term) : 0;
        path.rowsOut = values;
        path.runCost = LogEst.add(LogEst.depth(rows), 16) + values;
        adjustOutput(path, rows);
        paths.add(source, path);
      }
    }
    addRowidRange(source, position, rowid, rows);
  }

  private void addRowidRange(Source source, int position, BoundExpr rowid, int rows) {
    List<WhereTerm> bounds = constraintsOn(source, position, rowid, "BINARY", Affinity.INTEGER);
    List<@Nullable WhereTerm> lowers = withNone(bounds, true);
    List<@Nullable WhereTerm> uppers = withNone(bounds, false);
    for (WhereTerm lower : lowers) {
      for (WhereTerm upper : uppers) {
        if (lower == null && upper == null) {
          continue;
        }
        AccessPath path = new AccessPath(AccessPath.Kind.ROWID, position, null);
        path.lower = lower;
        path.upper = upper;
        path.prerequisites = others(lower, position) | others(upper, position);
        path.rowsOut = rangeRows(rows, lower, upper);
        path.runCost = LogEst.add(LogEst.depth(rows), path.rowsOut + 16);
        adjustOutput(path, rows);
        paths.add(source, path);
      }
    }
  }

  /** The bounds of a pattern are used together or not at all. */
  private static boolean isHalfPattern(@Nullable WhereTerm lower, @Nullable WhereTerm upper) {
    return (lower != null && lower.partner != null && lower.partner != upper)
        || (upper != null && upper.partner != null && upper.partner != lower);
  }

  private static List<@Nullable WhereTerm> withNone(List<WhereTerm> bounds, boolean lower) {
    List<@Nullable WhereTerm> out = new ArrayList<>();
    out.add(null);
    for (WhereTerm term : bounds) {
      if (lower ? term.kind.isLowerBound() : term.kind.isUpperBound()) {
        out.add(term);
      }
    }
    return out;
  }

  private static int rangeRows(int rows, @Nullable WhereTerm lower, @Nullable WhereTerm upper) {
    int out = rows;
    if (lower != null) {
      out -= lower.truth <= 0 ? -lower.truth : 20;
    }
    if (upper != null) {
      out -= upper.truth <= 0 ? -upper.truth : 20;
    }
    if (lower != null && upper != null) {
      out -= 20;
    }
    return Math.min(rows, Math.max(out, 10));
  }

  // ---- indexes
  // -------------------------------------------------------------------------------------

  private void addIndex(Source source, int position, Index index) {
    if (index.isPartial() && !impliesCondition(source, position, index)) {
      if (source.hint != null) {
        throw new LibsqlException(ResultCode.ERROR, "no query solution");
      }
      return;
    }
    // A RIGHT JOIN looks for rows without match in all of the table, not in a part of it.
    boolean wholeTable =
        source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL;
    boolean covering = covers(source, index) && !(index.isPartial() && wholeTable);
    AccessPath base = new AccessPath(AccessPath.Kind.INDEX, position, index);
    base.covering = covering;
    base.hasExpressions =
        !covering && !wholeTable && !index.isPartial() && coversWithExpressions(source, index);
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
    if (index.isPrimaryKeyOfWithoutRowid()) {
      path.runCost = rows + 16;
    } else if (path.covering || path.hasExpressions) {
      boolean larger =
          entrySize(index) >= rowSize(index.table)
              || (options.needsTableCursor() && index.table.hasRowid());
      if (!options.wantsOrder() && source.hint == null && !index.isPartial() && larger) {
        return;
      }
      path.runCost = rows + 1 + 15 * entrySize(index) / rowSize(index.table);
    } else {
      path.runCost = LogEst.add(rows + 1 + 15 * entrySize(index) / rowSize(index.table), rows + 16);
      if (!options.wantsOrder() && source.hint == null && !index.isPartial()) {
        return;
      }
    }
    adjustOutput(path, rows);
    paths.add(source, path);
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
    List<WhereTerm> constraints =
        constraintsOn(source, path.position, expr, index.collations[column], affinity);
    for (WhereTerm term : constraints) {
      if ((term.kind.isEquality() || term.kind == WhereTerm.Kind.IN) && !path.uses(term)) {
        addEquality(source, path, term, column);
      }
    }
    addRange(source, path, constraints);
    skip(source, path, column);
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
    longer.prerequisites |= others(term, path.position);
    int rows = path.rowsOut;
    if (term.truth <= 0 && index.columns[column] >= 0) {
      rows += term.truth;
    } else {
      rows += estimate(index, column + 1) - estimate(index, column);
    }
    if (term.kind == WhereTerm.Kind.IN) {
      rows += repeated ? 0 : valueCount(term);
    } else if (term.kind == WhereTerm.Kind.IS_NULL) {
      rows += 10;
    }
    longer.rowsOut = rows;
    if (column + 1 == index.keyColumnCount
        && index.isUnique()
        && longer.skipped == 0
        && allEqual(longer)
        && (index.uniqueNotNull || noNulls(longer))) {
      longer.oneRow = true;
      longer.rowsOut = 0;
    }
    finish(source, longer);
    extend(source, longer);
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

  private static int estimate(Index index, int columns) {
    IndexStatistics statistics = index.statistics;
    int[] estimates = statistics.rowEstimates();
    return columns < estimates.length ? estimates[columns] : 0;
  }

  private void addRange(Source source, AccessPath path, List<WhereTerm> constraints) {
    Index index = path.index;
    if (index == null || index.statistics.unordered()) {
      return;
    }
    for (WhereTerm lower : withNone(constraints, true)) {
      for (WhereTerm upper : withNone(constraints, false)) {
        if ((lower == null && upper == null) || isHalfPattern(lower, upper)) {
          continue;
        }
        AccessPath range = path.copy();
        range.lower = lower;
        range.upper = upper;
        range.lowerWidth = boundWidth(source, range, lower);
        range.upperWidth = boundWidth(source, range, upper);
        range.prerequisites |= others(lower, path.position) | others(upper, path.position);
        range.rowsOut = rangeRows(path.rowsOut, lower, upper);
        finish(source, range);
      }
    }
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
          || !same(BoundExprs.skipOnlyCollate(left), expr)
          || !index.collations[column].equalsIgnoreCase(ExprTypes.comparisonCollation(left, right))
          || !fits(ExprTypes.comparisonAffinity(left, right), ExprTypes.affinity(expr))) {
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
    adjustOutput(done, index.statistics.rowEstimates()[0]);
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

  private static int valueCount(WhereTerm term) {
    if (term.expr instanceof BoundExpr.InList list) {
      return LogEst.of(list.values().size());
    }
    return IN_SELECT_VALUES;
  }

  /** Whether all that the query reads is in the index, some of it as computed values. */
  private boolean coversWithExpressions(Source source, Index index) {
    List<BoundExpr> indexed = new ArrayList<>();
    for (int i = 0; i < index.columnCount(); i++) {
      if (index.columns[i] == Index.EXPRESSION) {
        indexed.add(BoundExprs.skipOnlyCollate(indexExpressions.column(source, index, i)));
      }
    }
    if (indexed.isEmpty() || source.readers.isEmpty() || source.nullable) {
      return false;
    }
    for (BoundExpr reader : source.readers) {
      if (!isCovered(reader, source, index, indexed)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCovered(
      BoundExpr expr, Source source, Index index, List<BoundExpr> indexed) {
    if (indexed.contains(expr)) {
      return true;
    }
    if (expr instanceof BoundExpr.ColumnRef ref) {
      return ref.source() != source
          || ref.column() < 0
          || ref.column() == source.table.rowidColumn
          || index.positionOf(ref.column()) >= 0;
    }
    if (BoundExprs.subquery(expr) != null) {
      return false;
    }
    for (BoundExpr child : BoundExprs.children(expr)) {
      if (!isCovered(child, source, index, indexed)) {
        return false;
      }
    }
    return true;
  }

  private boolean covers(Source source, Index index) {
    if (index.isPrimaryKeyOfWithoutRowid()) {
      return true;
    }
    Table table = source.table;
    for (int column = 0; column < table.columnCount(); column++) {
      if (source.uses(column) && column != table.rowidColumn && index.positionOf(column) < 0) {
        return false;
      }
    }
    return true;
  }

  // ---- automatic indexes
  // ---------------------------------------------------------------------------

  private void addAutomaticIndexes(Source source, int position, int rows) {
    if (!options.automaticIndexes()
        || source.recursive
        || source.hint != null
        || position <= terms.lastRightJoin()) {
      return;
    }
    for (WhereTerm term : terms.all()) {
      if (!canDriveAutomaticIndex(term, source, position)) {
        continue;
      }
      AccessPath path = new AccessPath(AccessPath.Kind.AUTOMATIC_INDEX, position, null);
      path.prerequisites = others(term, position);
      addDrivers(path, source);
      path.covering = true;
      int depth = LogEst.depth(rows);
      path.setupCost = depth + rows + (source.subquery == null ? 28 : -25);
      path.setupCost = Math.max(path.setupCost, 0);
      path.rowsOut = 43;
      path.runCost = LogEst.add(depth, path.rowsOut);
      paths.add(source, path);
    }
  }

  /** All equalities whose right sides are known, and the conditions on the source alone. */
  private void addDrivers(AccessPath path, Source source) {
    List<BoundExpr> columns = new ArrayList<>();
    for (WhereTerm term : terms.all()) {
      if (canDriveAutomaticIndex(term, source, path.position)
          && (others(term, path.position) & ~path.prerequisites) == 0
          && term.left != null
          && !columns.contains(term.left)) {
        columns.add(term.left);
        path.equalities.add(term);
      }
      if (term.original == null
          && term.mask == 1L << path.position
          && usableAt(term, source, path.position)
          && isSimple(term.expr)) {
        path.partial.add(term);
      }
    }
  }

  /** Whether a condition can be tested while the index is made: no subqueries or such in it. */
  private static boolean isSimple(BoundExpr expr) {
    boolean[] simple = {true};
    BoundExprs.walk(
        expr,
        e ->
            simple[0] &=
                BoundExprs.subquery(e) == null
                    && !(e instanceof BoundExpr.Register)
                    && !(e instanceof BoundExpr.Call call
                        && !call.function().has(FunctionDefinition.Flag.DETERMINISTIC)));
    return simple[0] && !readsOutside(expr);
  }

  /** Whether columns of a query around this one are read. */
  private static boolean readsOutside(BoundExpr expr) {
    List<Source> sources = new ArrayList<>();
    BoundExprs.walk(
        expr,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref && !sources.contains(ref.source())) {
            sources.add(ref.source());
          }
        });
    return sources.size() > 1;
  }

  private boolean canDriveAutomaticIndex(WhereTerm term, Source source, int position) {
    if (term.kind != WhereTerm.Kind.EQUAL
        || !(term.left instanceof BoundExpr.ColumnRef ref)
        || ref.source() != source
        || ref.column() < 0
        || (term.rightMask >> position & 1) != 0
        || !usableAt(term, source, position)) {
      return false;
    }
    return affinityFits(term, ExprTypes.affinity(ref)) && isWorthIndexing(source.table, ref);
  }

  /** Not a column that an index begins with, or that is known to have few different values. */
  private static boolean isWorthIndexing(Table table, BoundExpr.ColumnRef ref) {
    for (Index index : table.indexes) {
      for (int i = 0; i < index.keyColumnCount; i++) {
        if (index.columns[i] == ref.column()) {
          if (i == 0 || (index.statistics.analyzed() && estimate(index, i + 1) > MANY_REPEATS)) {
            return false;
          }
          break;
        }
      }
    }
    return true;
  }

  // ---- terms
  // ---------------------------------------------------------------------------------------

  /** Terms that constrain a column of a source in a way that an index on it can use. */
  private List<WhereTerm> constraintsOn(
      Source source, int position, BoundExpr column, String collation, Affinity affinity) {
    List<WhereTerm> out = new ArrayList<>();
    for (WhereTerm term : terms.all()) {
      if (term.left == null
          || !same(term.left, column)
          || (term.rightMask >> position & 1) != 0
          || !usableAt(term, source, position)) {
        continue;
      }
      if (term.kind == WhereTerm.Kind.IS_NULL) {
        out.add(term);
      } else if (affinityFits(term, affinity)
          && (affinity.isNumeric() && affinity == Affinity.INTEGER && isRowid(column)
              || collation.equalsIgnoreCase(term.collation))) {
        out.add(term);
      }
    }
    for (WhereTerm term : equivalences.on(column)) {
      if ((term.rightMask >> position & 1) == 0
          && usableAt(term, source, position)
          && affinityFits(term, affinity)
          && (isRowid(column) || collation.equalsIgnoreCase(term.collation))) {
        out.add(term);
      }
    }
    return out;
  }

  private static boolean isRowid(BoundExpr column) {
    return column instanceof BoundExpr.ColumnRef ref && ref.column() < 0;
  }

  /** Whether two expressions are the same column; the INTEGER PRIMARY KEY is the rowid. */
  static boolean same(BoundExpr a, BoundExpr b) {
    if (a instanceof BoundExpr.ColumnRef left && b instanceof BoundExpr.ColumnRef right) {
      return left.source() == right.source() && normal(left) == normal(right);
    }
    return a.equals(b);
  }

  private static int normal(BoundExpr.ColumnRef ref) {
    return ref.column() == ref.source().table.rowidColumn ? -1 : ref.column();
  }

  /** Whether the term may restrict the rows of the source before an outer join fills in NULLs. */
  private boolean usableAt(WhereTerm term, Source source, int position) {
    return usableAt(terms, term, source, position);
  }

  static boolean usableAt(WhereTerms terms, WhereTerm term, Source source, int position) {
    if (terms.isPart()) {
      return true;
    }
    if (term.onPosition >= 0) {
      return term.onPosition == position;
    }
    if (position <= terms.lastRightJoin()) {
      return false;
    }
    // A WHERE condition on the right side of LEFT JOIN must also see the row of NULLs.
    return source.join != JoinOperator.Kind.LEFT;
  }

  private static boolean affinityFits(WhereTerm term, Affinity column) {
    Affinity comparison;
    if (term.right != null && term.left != null) {
      comparison = ExprTypes.comparisonAffinity(term.left, term.right);
    } else if (term.expr instanceof BoundExpr.InSelect in && term.left != null) {
      comparison =
          ExprTypes.comparisonAffinity(
              term.left, in.select().first().columns.get(Math.max(term.field, 0)).expr());
    } else {
      comparison = column == Affinity.NONE ? Affinity.BLOB : column;
    }
    return fits(comparison, column);
  }

  /** Whether values that are converted for a comparison compare as those in the index do. */
  private static boolean fits(Affinity comparison, Affinity column) {
    if (comparison.compareTo(Affinity.TEXT) < 0) {
      return true;
    }
    if (comparison == Affinity.TEXT) {
      return column == Affinity.TEXT;
    }
    return column.isNumeric();
  }

  private static long others(@Nullable WhereTerm term, int position) {
    return term == null ? 0 : others(term.rightMask, position);
  }

  private static long others(long mask, int position) {
    return mask & ~(1L << position);
  }

  /** Lowers the estimate of rows for terms that the path does not use but that will be tested. */
  private void adjustOutput(AccessPath path, int rows) {
    long ready = path.prerequisites | 1L << path.position;
    int reduce = 0;
    for (WhereTerm term : terms.all()) {
      if (term.original != null
          || path.uses(term)
          || usesView(path, term)
          || (term.mask >> path.position & 1) == 0
          || (term.mask & ~ready) != 0) {
        continue;
      }
      if (term.truth <= 0) {
        path.rowsOut += term.truth;
        continue;
      }
      path.rowsOut--;
      if (term.kind == WhereTerm.Kind.EQUAL || term.kind == WhereTerm.Kind.IS) {
        boolean small =
            term.right instanceof BoundExpr.IntegerValue value
                && value.value() >= -1
                && value.value() <= 1;
        reduce = Math.max(reduce, small ? 10 : 20);
      }
    }
    path.rowsOut = Math.min(path.rowsOut, rows - reduce);
  }

  private static boolean usesView(AccessPath path, WhereTerm term) {
    for (WhereTerm used : path.equalities) {
      if (used.original == term) {
        return true;
      }
    }
    return (path.lower != null && path.lower.original == term)
        || (path.upper != null && path.upper.original == term);
  }

  // ---- partial indexes
  // -----------------------------------------------------------------------------

  /** Whether the query's conditions make the index's condition true. */
  private boolean impliesCondition(Source source, int position, Index index) {
    BoundExpr condition = indexExpressions.condition(source, index);
    return condition == null || implied(condition, source, position);
  }

  private boolean implied(BoundExpr condition, Source source, int position) {
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      return implied(e.left(), source, position) && implied(e.right(), source, position);
    }
    for (WhereTerm term : terms.all()) {
      if (usableAt(term, source, position)
          && (term.expr.equals(condition) || implies(term, condition))) {
        return true;
      }
    }
    return false;
  }

  private static boolean implies(WhereTerm term, BoundExpr condition) {
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.OR) {
      return term.expr.equals(e.left())
          || term.expr.equals(e.right())
          || implies(term, e.left())
          || implies(term, e.right());
    }
    // Any comparison that is true has no NULL operand.
    return condition instanceof BoundExpr.IsNull e
        && e.negated()
        && term.left != null
        && term.kind != WhereTerm.Kind.IS_NULL
        && term.kind != WhereTerm.Kind.IS
        && term.kind != WhereTerm.Kind.OTHER
        && BoundExprs.skipCollate(e.operand()).equals(term.left);
  }
}
