package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.ExprTypes;

/**
 * What conditions on one column say of another one that must be equal to it: with {@code a = b AND
 * b = c} an index on a can be searched for c.
 *
 * <p>The conditions found are hints: they hold wherever those do that they were concluded from, and
 * are not tested themselves.
 */
final class Equivalences {
  /** So many columns equal to each other are looked at. */
  private static final int MOST_COLUMNS = 11;

  private final WhereTerms terms;
  private final List<WhereTerm> equalities = new ArrayList<>();
  private final Map<BoundExpr.ColumnRef, List<WhereTerm>> concluded = new HashMap<>();

  Equivalences(WhereTerms terms) {
    this.terms = terms;
    for (WhereTerm term : terms.all()) {
      if (term.kind == WhereTerm.Kind.EQUAL
          && term.onPosition < 0
          && term.left instanceof BoundExpr.ColumnRef left
          && term.right instanceof BoundExpr.ColumnRef right
          && areAlike(left, right)
          && "BINARY".equalsIgnoreCase(term.collation)) {
        equalities.add(term);
      }
    }
  }

  /** Whether both columns treat a value that they are compared with in the same way. */
  private static boolean areAlike(BoundExpr left, BoundExpr right) {
    Affinity a = ExprTypes.affinity(left);
    Affinity b = ExprTypes.affinity(right);
    return a == b || (a.isNumeric() && b.isNumeric());
  }

  /** Conditions on the column that follow from those on columns equal to it. */
  List<WhereTerm> on(BoundExpr expr) {
    if (equalities.isEmpty() || !(expr instanceof BoundExpr.ColumnRef column)) {
      return List.of();
    }
    List<WhereTerm> known = concluded.get(column);
    if (known == null) {
      known = conclude(column);
      concluded.put(column, known);
    }
    return known;
  }

  private List<WhereTerm> conclude(BoundExpr.ColumnRef column) {
    List<BoundExpr> equal = new ArrayList<>();
    equal.add(column);
    for (int i = 0; i < equal.size() && equal.size() < MOST_COLUMNS; i++) {
      for (WhereTerm term : equalities) {
        if (term.left != null
            && term.right != null
            && ColumnConstraints.same(term.left, equal.get(i))
            && !contains(equal, term.right)) {
          equal.add(term.right);
        }
      }
    }
    List<WhereTerm> out = new ArrayList<>();
    for (int i = 1; i < equal.size(); i++) {
      for (WhereTerm term : terms.all()) {
        if (isConclusive(term, equal.get(i)) && !(contains(equal.subList(0, 1), term.right))) {
          out.add(moved(term, column));
        }
      }
    }
    return out;
  }

  private static boolean isConclusive(WhereTerm term, BoundExpr column) {
    return term.left != null
        && term.onPosition < 0
        && term.partner == null
        && term.vectorLeft.isEmpty()
        && term.field < 0
        && (term.kind == WhereTerm.Kind.EQUAL || term.kind == WhereTerm.Kind.IN)
        && ColumnConstraints.same(term.left, column);
  }

  private static boolean contains(List<BoundExpr> columns, @Nullable BoundExpr expr) {
    for (BoundExpr column : columns) {
      if (expr != null && ColumnConstraints.same(column, expr)) {
        return true;
      }
    }
    return false;
  }

  private WhereTerm moved(WhereTerm term, BoundExpr.ColumnRef column) {
    WhereTerm moved =
        new WhereTerm(
            term.expr,
            term.kind,
            column,
            term.right,
            term.collation,
            term.rightMask,
            term.rightMask | terms.maskOf(column),
            -1,
            term.root(),
            true);
    moved.truth = term.truth;
    return moved;
  }
}
