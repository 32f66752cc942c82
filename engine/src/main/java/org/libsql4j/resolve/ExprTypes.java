package org.libsql4j.resolve;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.UnaryOperator;

/**
 * Affinity and collation of expressions.
 *
 * <p>Source: sections 3 and 7 of <a href="https://www.sqlite.org/datatype3.html">Datatypes In
 * SQLite</a>.
 */
public final class ExprTypes {
  private ExprTypes() {}

  /** The affinity of an expression; NONE unless it is a column, a cast or such. */
  public static Affinity affinity(BoundExpr expr) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      return columnAffinity(ref);
    }
    if (expr instanceof BoundExpr.IntegerValue
        || expr instanceof BoundExpr.TextValue
        || expr instanceof BoundExpr.Parameter) {
      return Affinity.NONE;
    }
    if (expr instanceof BoundExpr.Cast cast) {
      return cast.affinity();
    }
    if (expr instanceof BoundExpr.Collate collate) {
      return affinity(collate.operand());
    }
    if (expr instanceof BoundExpr.Unary unary && unary.operator() == UnaryOperator.PLUS) {
      return Affinity.NONE;
    }
    if (expr instanceof BoundExpr.ScalarSubquery subquery) {
      return affinity(subquery.select().first().columns.get(0).expr());
    }
    if (expr instanceof BoundExpr.SubqueryColumn column) {
      return affinity(column.row().select().first().columns.get(column.column()).expr());
    }
    if (expr instanceof BoundExpr.RowValue row) {
      return affinity(row.values().get(0));
    }
    if (expr instanceof BoundExpr.Register register) {
      return affinity(register.like());
    }
    if (expr instanceof BoundExpr.IfNullRow row) {
      return affinity(row.operand());
    }
    return Affinity.NONE;
  }

  /** A value of NEW or OLD has none: it has its column's type, but does not pass that on. */
  private static Affinity columnAffinity(BoundExpr.ColumnRef ref) {
    Table table = ref.source().table;
    boolean rowid = ref.column() < 0 || ref.column() == table.rowidColumn;
    return ref.source().triggerRow && !rowid ? Affinity.NONE : table.affinity(ref.column());
  }

  /**
   * The affinity to apply to both sides of a comparison.
   *
   * @return a numeric affinity, TEXT, BLOB for none because both are columns without, or NONE
   */
  public static Affinity comparisonAffinity(BoundExpr left, BoundExpr right) {
    return comparisonAffinity(affinity(left), affinity(right));
  }

  public static Affinity comparisonAffinity(Affinity left, Affinity right) {
    boolean leftColumn = left != Affinity.NONE;
    boolean rightColumn = right != Affinity.NONE;
    if (leftColumn && rightColumn) {
      return left.isNumeric() || right.isNumeric() ? Affinity.NUMERIC : Affinity.BLOB;
    }
    return leftColumn ? left : right;
  }

  /** The collation that an expression brings along, and whether COLLATE named it. */
  public record CollationChoice(@Nullable String name, boolean explicit) {}

  private static final CollationChoice NOTHING = new CollationChoice(null, false);
  private static final CollationChoice BINARY = new CollationChoice("BINARY", false);

  /** The collation of an expression; name is null if it has none of its own. */
  public static CollationChoice collation(BoundExpr expr) {
    if (expr instanceof BoundExpr.Collate collate) {
      return new CollationChoice(collate.collation(), collate.explicit());
    }
    if (expr instanceof BoundExpr.ColumnRef ref) {
      if (ref.column() < 0 || ref.column() == ref.source().table.rowidColumn) {
        return NOTHING; // The other side of a comparison, or the next SELECT of a UNION, decides.
      }
      Column column = ref.source().table.column(ref.column());
      String name = column.collation();
      return name == null ? BINARY : new CollationChoice(name, false);
    }
    if (expr instanceof BoundExpr.IntegerValue
        || expr instanceof BoundExpr.TextValue
        || expr instanceof BoundExpr.Parameter) {
      return NOTHING;
    }
    if (expr instanceof BoundExpr.Unary unary && unary.operator() == UnaryOperator.PLUS) {
      return collation(unary.operand());
    }
    if (expr instanceof BoundExpr.Cast cast) {
      return collation(cast.operand());
    }
    if (expr instanceof BoundExpr.Register register) {
      return collation(register.like());
    }
    if (expr instanceof BoundExpr.IfNullRow row) {
      return collation(row.operand());
    }
    if (expr instanceof BoundExpr.ScalarSubquery || expr instanceof BoundExpr.SubqueryColumn) {
      return NOTHING;
    }
    if (expr instanceof BoundExpr.RowValue row) {
      return collation(row.values().get(0));
    }
    return explicitInside(expr);
  }

  /** COLLATE somewhere inside an operator or a call counts for the whole, leftmost first. */
  private static CollationChoice explicitInside(BoundExpr expr) {
    for (BoundExpr child : BoundExprs.children(expr)) {
      CollationChoice choice = collation(child);
      if (choice.explicit()) {
        return choice;
      }
    }
    return NOTHING;
  }

  /** The collation of a comparison: explicit before implicit, left before right, else BINARY. */
  public static String comparisonCollation(BoundExpr left, BoundExpr right) {
    CollationChoice l = collation(left);
    if (l.explicit() && l.name() != null) {
      return l.name();
    }
    CollationChoice r = collation(right);
    if (r.explicit() && r.name() != null) {
      return r.name();
    }
    if (l.name() != null) {
      return l.name();
    }
    return r.name() != null ? r.name() : "BINARY";
  }
}
