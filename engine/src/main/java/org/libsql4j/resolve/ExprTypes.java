package org.libsql4j.resolve;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;
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
      return affinity(column.subquery().select().first().columns.get(column.column()).expr());
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
    boolean leftColumn = left.compareTo(Affinity.NONE) > 0;
    boolean rightColumn = right.compareTo(Affinity.NONE) > 0;
    if (leftColumn && rightColumn) {
      return left.isNumeric() || right.isNumeric() ? Affinity.NUMERIC : Affinity.BLOB;
    }
    return leftColumn ? left : right;
  }

  /** Bits of {@link #possibleTypes}. */
  static final int NUMBER = 1;

  static final int TEXT = 2;
  static final int BLOB = 4;

  /** Which storage classes besides NULL the value of an expression may have. */
  static int possibleTypes(BoundExpr expr) {
    if (expr instanceof BoundExpr.Collate e) {
      return possibleTypes(e.operand());
    } else if (expr instanceof BoundExpr.IfNullRow e) {
      return possibleTypes(e.operand());
    } else if (expr instanceof BoundExpr.NullValue) {
      return 0;
    } else if (expr instanceof BoundExpr.TextValue) {
      return TEXT;
    } else if (expr instanceof BoundExpr.BlobValue) {
      return BLOB;
    } else if (expr instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.CONCAT) {
      return TEXT | BLOB;
    } else if (expr instanceof BoundExpr.Case e) {
      int types = e.otherwise() == null ? 0 : possibleTypes(e.otherwise());
      for (int i = 1; i < e.branches().size(); i += 2) {
        types |= possibleTypes(e.branches().get(i));
      }
      return types;
    } else if (isOfAnyType(expr)) {
      Affinity affinity = affinity(expr);
      return affinity.isNumeric()
          ? NUMBER | BLOB
          : affinity == Affinity.TEXT ? TEXT | BLOB : NUMBER | TEXT | BLOB;
    }
    return NUMBER;
  }

  private static boolean isOfAnyType(BoundExpr expr) {
    return expr instanceof BoundExpr.ColumnRef
        || expr instanceof BoundExpr.Cast
        || expr instanceof BoundExpr.ScalarSubquery
        || expr instanceof BoundExpr.SubqueryColumn
        || expr instanceof BoundExpr.RowValue
        || expr instanceof BoundExpr.Register
        || expr instanceof BoundExpr.Call
        || expr instanceof BoundExpr.Aggregate
        || expr instanceof BoundExpr.WindowCall
        || expr instanceof BoundExpr.Parameter;
  }

  /** The collation that an expression brings along, and whether COLLATE named it. */
  public record CollationChoice(@Nullable String name, boolean explicit) {}

  private static final CollationChoice NOTHING = new CollationChoice(null, false);

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
      return new CollationChoice(column.collation() == null ? "BINARY" : column.collation(), false);
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
