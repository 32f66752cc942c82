package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.JoinOperator;

/**
 * Compares columns with constants where they are compared with other columns that must be equal to
 * the constants: {@code a = 5 AND b = a} becomes {@code a = 5 AND b = 5}.
 *
 * <p>Only in comparisons, and only among columns of the same kind of affinity without collation:
 * elsewhere it matters whether a column holds 5, 5.0 or '5'.
 */
final class ConstantPropagation {
  /** A column and what it is equal to in all rows that satisfy the conditions. */
  private record Known(BoundExpr.ColumnRef column, BoundExpr value) {}

  private final List<Known> known = new ArrayList<>();
  private boolean changed;

  private ConstantPropagation() {}

  static void apply(BoundQuery query) {
    if (query.where == null && query.sources.size() < 2) {
      return;
    }
    for (Source source : query.sources) {
      if (source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL) {
        return;
      }
    }
    if (!comparesColumns(query)) {
      return;
    }
    ConstantPropagation propagation = new ConstantPropagation();
    do {
      propagation.known.clear();
      propagation.changed = false;
      propagation.collect(query.where);
      for (Source source : query.sources) {
        if (source.join != JoinOperator.Kind.LEFT) {
          propagation.collect(source.on);
        }
      }
      if (propagation.known.isEmpty()) {
        return;
      }
      query.where = propagation.rewrite(query.where);
      for (Source source : query.sources) {
        if (source.join != JoinOperator.Kind.LEFT) {
          source.on = propagation.rewrite(source.on);
        }
      }
    } while (propagation.changed);
  }

  /** Whether there is a comparison of two columns, one of which could be replaced. */
  private static boolean comparesColumns(BoundQuery query) {
    if (comparesColumns(query.where)) {
      return true;
    }
    for (int i = 0; i < query.sources.size(); i++) {
      if (comparesColumns(query.sources.get(i).on)) {
        return true;
      }
    }
    return false;
  }

  private static boolean comparesColumns(@Nullable BoundExpr condition) {
    if (!(condition instanceof BoundExpr.Binary e)) {
      return false;
    }
    if (e.operator() == BinaryOperator.AND) {
      return comparesColumns(e.left()) || comparesColumns(e.right());
    }
    return e.operator().isComparison()
        && e.left() instanceof BoundExpr.ColumnRef
        && e.right() instanceof BoundExpr.ColumnRef;
  }

  private void collect(@Nullable BoundExpr condition) {
    if (!(condition instanceof BoundExpr.Binary e)) {
      return;
    }
    if (e.operator() == BinaryOperator.AND) {
      collect(e.left());
      collect(e.right());
    } else if (e.operator() == BinaryOperator.EQ) {
      if (e.left() instanceof BoundExpr.ColumnRef column && BoundExprs.isConstant(e.right())) {
        learn(column, e.right());
      } else if (e.right() instanceof BoundExpr.ColumnRef column
          && BoundExprs.isConstant(e.left())) {
        learn(column, e.left());
      }
    }
  }

  private void learn(BoundExpr.ColumnRef column, BoundExpr value) {
    if (isBinary(column)
        && !ExprTypes.collation(value).explicit()
        && ExprTypes.affinity(value) == Affinity.NONE
        && !(value instanceof BoundExpr.RowValue)
        && find(column) == null) {
      known.add(new Known(column, value));
    }
  }

  private static boolean isBinary(BoundExpr.ColumnRef column) {
    String name = ExprTypes.collation(column).name();
    return name == null || name.equalsIgnoreCase("BINARY");
  }

  private @Nullable Known find(BoundExpr.ColumnRef column) {
    for (Known one : known) {
      if (one.column.equals(column)) {
        return one;
      }
    }
    return null;
  }

  private @Nullable BoundExpr rewrite(@Nullable BoundExpr condition) {
    if (!(condition instanceof BoundExpr.Binary e)) {
      return condition;
    }
    if (e.operator() == BinaryOperator.AND) {
      BoundExpr left = rewrite(e.left());
      BoundExpr right = rewrite(e.right());
      return left == null || right == null || (left == e.left() && right == e.right())
          ? condition
          : new BoundExpr.Binary(BinaryOperator.AND, left, right);
    }
    if (e.operator().isComparison()
        && e.left() instanceof BoundExpr.ColumnRef left
        && e.right() instanceof BoundExpr.ColumnRef right
        && isBinary(left)
        && isBinary(right)) {
      Known value = find(right);
      if (value != null && mayReplace(right, left)) {
        changed = true;
        return new BoundExpr.Binary(e.operator(), left, value.value);
      }
      value = find(left);
      if (value != null && mayReplace(left, right)) {
        changed = true;
        return new BoundExpr.Binary(e.operator(), value.value, right);
      }
    }
    return condition;
  }

  /** Whether the column can be compared with the value of the other instead of the other. */
  private static boolean mayReplace(BoundExpr.ColumnRef other, BoundExpr.ColumnRef column) {
    // A numeric column converts what it is compared with; that works on both in the same way.
    return kind(other) == kind(column)
        || (kind(other) == Affinity.BLOB && kind(column) == Affinity.NUMERIC);
  }

  /** Columns of one kind treat a constant that they are compared with alike. */
  private static Affinity kind(BoundExpr.ColumnRef column) {
    Affinity affinity = ExprTypes.affinity(column);
    if (affinity.isNumeric()) {
      return Affinity.NUMERIC;
    }
    return affinity == Affinity.NONE ? Affinity.BLOB : affinity;
  }
}
