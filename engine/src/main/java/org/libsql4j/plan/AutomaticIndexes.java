package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;

/** Finds indexes that are worth being made for one run of a loop. */
final class AutomaticIndexes {
  /** More than 4 rows for each value of the columns of an index, as LogEst. */
  private static final int MANY_REPEATS = 20;

  private final WhereTerms terms;
  private final PlanOptions options;
  private final ColumnConstraints constraints;
  private final PathList paths;

  AutomaticIndexes(
      WhereTerms terms, PlanOptions options, ColumnConstraints constraints, PathList paths) {
    this.terms = terms;
    this.options = options;
    this.constraints = constraints;
    this.paths = paths;
  }

  /** Adds a path for each equality that could be the key of such an index. */
  void add(Source source, int position, int rows) {
    if (!options.automaticIndexes()
        || source.recursive
        || source.hint != null
        || position <= terms.lastRightJoin()) {
      return;
    }
    for (WhereTerm term : terms.all()) {
      if (!canDrive(term, source, position)) {
        continue;
      }
      AccessPath path = new AccessPath(AccessPath.Kind.AUTOMATIC_INDEX, position, null);
      path.prerequisites = ColumnConstraints.others(term, position);
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
    WhereTerm[] all = terms.all();
    for (WhereTerm term : all) {
      if (term.original == null) {
        addDriver(path, source, term, columns);
        if (term.mask == 1L << path.position
            && constraints.usableAt(term, source, path.position)
            && term.isSimple()) {
          path.partial.add(term);
        }
      }
    }
    // Those that are written the other way round come behind, the last one first, as in SQLite.
    for (int i = all.length - 1; i >= 0; i--) {
      if (all[i].original != null) {
        addDriver(path, source, all[i], columns);
      }
    }
  }

  private void addDriver(AccessPath path, Source source, WhereTerm term, List<BoundExpr> columns) {
    if (canDrive(term, source, path.position)
        && (ColumnConstraints.others(term, path.position) & ~path.prerequisites) == 0
        && term.left != null
        && !columns.contains(term.left)) {
      columns.add(term.left);
      path.equalities.add(term);
    }
  }

  /**
   * Whether a condition can be tested while the index is made: no subqueries or such in it, and no
   * columns of a query around this one.
   */
  static boolean isSimple(BoundExpr expr) {
    SimpleCheck check = new SimpleCheck();
    BoundExprs.walk(expr, check);
    return check.simple;
  }

  /** Looks for what makes a condition not simple. */
  private static final class SimpleCheck implements Consumer<BoundExpr> {
    boolean simple = true;
    private @Nullable Source source;

    @Override
    public void accept(BoundExpr e) {
      if (e instanceof BoundExpr.ColumnRef ref) {
        simple &= source == null || source == ref.source();
        source = ref.source();
      } else if (e.subquery() != null
          || e instanceof BoundExpr.Register
          || (e instanceof BoundExpr.Call call
              && !call.function().has(FunctionDefinition.Flag.DETERMINISTIC))) {
        simple = false;
      }
    }
  }

  private boolean canDrive(WhereTerm term, Source source, int position) {
    if ((term.kind != WhereTerm.Kind.EQUAL && term.kind != WhereTerm.Kind.IS)
        || !(term.left instanceof BoundExpr.ColumnRef ref)
        || ref.source() != source
        || ref.column() < 0
        || (term.rightMask >> position & 1) != 0
        || !constraints.usableAt(term, source, position)) {
      return false;
    }
    return ColumnConstraints.affinityFits(term, ExprTypes.affinity(ref))
        && isWorthIndexing(source.table, ref);
  }

  /** Not a column that an index begins with, or that is known to have few different values. */
  private static boolean isWorthIndexing(Table table, BoundExpr.ColumnRef ref) {
    for (Index index : table.indexes) {
      for (int i = 0; i < index.keyColumnCount; i++) {
        if (index.columns[i] == ref.column()) {
          if (i == 0
              || (index.statistics.analyzed()
                  && IndexPaths.estimate(index, i + 1) > MANY_REPEATS)) {
            return false;
          }
          break;
        }
      }
    }
    return true;
  }
}
