package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.sql.ast.JoinOperator;

/** Finds the conditions that an index on a column could use. */
final class ColumnConstraints {
  private final WhereTerms terms;
  private final Equivalences equivalences;

  ColumnConstraints(WhereTerms terms) {
    this.terms = terms;
    this.equivalences = new Equivalences(terms);
  }

  /** Terms that constrain a column of a source in a way that an index on it can use. */
  List<WhereTerm> on(
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
    List<WhereTerm> concluded = equivalences.on(column);
    for (int i = 0; i < concluded.size(); i++) {
      WhereTerm term = concluded.get(i);
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
  boolean usableAt(WhereTerm term, Source source, int position) {
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

  static boolean affinityFits(WhereTerm term, Affinity column) {
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
  static boolean fits(Affinity comparison, Affinity column) {
    if (comparison == Affinity.NONE || comparison == Affinity.BLOB) {
      return true;
    }
    if (comparison == Affinity.TEXT) {
      return column == Affinity.TEXT;
    }
    return column.isNumeric();
  }

  static long others(@Nullable WhereTerm term, int position) {
    return term == null ? 0 : others(term.rightMask, position);
  }

  static long others(long mask, int position) {
    return mask & ~(1L << position);
  }
}
