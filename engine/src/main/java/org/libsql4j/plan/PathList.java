package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;

/**
 * The paths found so far. One that needs at least as much to be known, and costs at least as much,
 * as another one for the same source is not kept.
 */
final class PathList {
  private final List<AccessPath> paths = new ArrayList<>();
  private final IndexExpressions indexExpressions;
  private final List<BoundExpr.SortTerm> order;

  /** Sources that must be in outer loops of all paths that are added. */
  long required;

  PathList(IndexExpressions indexExpressions, List<BoundExpr.SortTerm> order) {
    this.indexExpressions = indexExpressions;
    this.order = order;
  }

  List<AccessPath> all() {
    return paths;
  }

  /** Adds a path that is to be kept whatever else there is. */
  void addAlways(Source source, AccessPath path) {
    path.prerequisites |= required;
    if (source.existence) {
      path.rowsOut = 0;
    }
    paths.add(path);
  }

  /** Adds a path unless another one is better; drops those for which it is better. */
  void add(Source source, AccessPath path) {
    path.prerequisites |= required;
    if (source.existence) {
      // A search is worth a little more than a scan of the same index.
      path.rowsOut = path.covering && path.hasConstraint() ? -1 : 0;
    }
    path.sorts = mayHelpOrder(source, path.index);
    if (path.kind == AccessPath.Kind.INDEX) {
      adjustCost(path);
    }
    boolean placed = false;
    for (int i = 0; i < paths.size(); i++) {
      AccessPath other = paths.get(i);
      if (other.position != path.position
          || other.sorts != path.sorts
          || (path.sorts && other.index != path.index)) {
        continue;
      }
      if (!replacesAutomatic(path, other)) {
        if (!placed && isAtLeastAsGood(other, path)) {
          return;
        }
        if (!isBetter(path, other)) {
          continue;
        }
      }
      if (placed) {
        paths.remove(i--);
      } else {
        paths.set(i, path);
        placed = true;
      }
    }
    if (!placed) {
      paths.add(path);
    }
  }

  /** An index that is there already is preferred to one that would have to be made. */
  private static boolean replacesAutomatic(AccessPath path, AccessPath other) {
    return other.kind == AccessPath.Kind.AUTOMATIC_INDEX
        && path.kind == AccessPath.Kind.INDEX
        && path.skipped == 0
        && !path.equalities.isEmpty()
        && (other.prerequisites & path.prerequisites) == path.prerequisites;
  }

  private static boolean isAtLeastAsGood(AccessPath a, AccessPath b) {
    return (a.prerequisites & b.prerequisites) == a.prerequisites
        && a.setupCost <= b.setupCost
        && a.runCost <= b.runCost
        && a.rowsOut <= b.rowsOut;
  }

  private static boolean isBetter(AccessPath a, AccessPath b) {
    return (a.prerequisites & b.prerequisites) == a.prerequisites
        && a.runCost <= b.runCost
        && a.rowsOut <= b.rowsOut;
  }

  /**
   * Using more of the conditions must not look more expensive than using some of them: estimates
   * are rounded, and statistics are not that exact.
   */
  private void adjustCost(AccessPath path) {
    for (AccessPath other : paths) {
      if (other.position != path.position || other.kind != AccessPath.Kind.INDEX) {
        continue;
      }
      if (isCheaperSubset(other, path) || isRangeInsteadOf(other, path)) {
        path.runCost = Math.min(other.runCost, path.runCost);
        path.rowsOut = Math.min(other.rowsOut - 1, path.rowsOut);
      } else if (isCheaperSubset(path, other) || isRangeInsteadOf(path, other)) {
        path.runCost = Math.max(other.runCost, path.runCost);
        path.rowsOut = Math.max(other.rowsOut + 1, path.rowsOut);
      }
    }
  }

  /** Whether {@code a} uses some of the conditions of {@code b}, and is not more expensive. */
  private static boolean isCheaperSubset(AccessPath a, AccessPath b) {
    if (a.termCount() >= b.termCount()
        || b.skipped > a.skipped
        || (a.runCost > b.runCost && a.rowsOut > b.rowsOut)
        || (a.covering && !b.covering)) {
      return false;
    }
    for (WhereTerm term : a.equalities) {
      if (!b.uses(term)) {
        return false;
      }
    }
    return (a.lower == null || b.uses(a.lower)) && (a.upper == null || b.uses(a.upper));
  }

  /** Whether {@code a} searches a range of a column that {@code b} compares for equality. */
  private static boolean isRangeInsteadOf(AccessPath a, AccessPath b) {
    return (a.lower != null || a.upper != null)
        && a.index == b.index
        && a.skipped == b.skipped
        && b.equalities.size() > a.equalities.size()
        && b.equalities.subList(0, a.equalities.size()).equals(a.equalities);
  }

  /** Whether rows in the order of the index could save sorting some. */
  boolean mayHelpOrder(Source source, @Nullable Index index) {
    if (order.isEmpty() || (index != null && index.statistics.unordered())) {
      return false;
    }
    for (BoundExpr.SortTerm term : order) {
      BoundExpr expr = BoundExprs.skipCollate(term.expr());
      if (expr instanceof BoundExpr.ColumnRef ref) {
        if (ref.source() == source
            && (ref.column() < 0
                || ref.column() == source.table.rowidColumn
                || (index != null && isKeyColumn(index, ref.column())))) {
          return true;
        }
      } else if (index != null && hasExpression(source, index, expr)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isKeyColumn(Index index, int column) {
    for (int i = 0; i < index.keyColumnCount; i++) {
      if (index.columns[i] == column) {
        return true;
      }
    }
    return false;
  }

  private boolean hasExpression(Source source, Index index, BoundExpr expr) {
    for (int i = 0; i < index.keyColumnCount; i++) {
      if (index.columns[i] == Index.EXPRESSION
          && BoundExprs.skipOnlyCollate(indexExpressions.column(source, index, i)).equals(expr)) {
        return true;
      }
    }
    return false;
  }
}
