package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.libsql4j.record.Affinity;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Identifier;

/** How the columns of a query are called when the query is used as a table. */
public final class ResultNames {
  private ResultNames() {}

  /** The table that a view looks like. */
  public static Table viewShape(String name, BoundSelect select, List<Identifier> names) {
    if (!names.isEmpty() && names.size() != select.columnCount()) {
      throw CompileEnvironment.error(
          "expected "
              + names.size()
              + " columns for '"
              + name
              + "' but got "
              + select.columnCount());
    }
    return shape(name, select, names);
  }

  /** The table that a query looks like, with the given column names or its own ones. */
  public static Table shape(String name, BoundSelect select, List<Identifier> names) {
    checkWidth(name, select, names);
    List<String> columnNames = new ArrayList<>();
    if (names.isEmpty()) {
      for (BoundQuery.Column column : select.first().columns) {
        columnNames.add(plainName(column));
      }
    } else {
      for (Identifier identifier : names) {
        columnNames.add(identifier.name());
      }
    }
    columnNames = unique(columnNames);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < columnNames.size(); i++) {
      columns.add(column(columnNames.get(i), select, i));
    }
    return Table.ephemeral(name, columns);
  }

  /** A column with COLLATE behind it is still called what the column is called. */
  private static String plainName(BoundQuery.Column column) {
    if (!column.hasAlias()
        && !(column.expr() instanceof BoundExpr.ColumnRef)
        && BoundExprs.skipCollate(column.expr()) instanceof BoundExpr.ColumnRef ref
        && ref.column() >= 0) {
      return ref.source().table.column(ref.column()).name();
    }
    return column.name();
  }

  /** Whether a common table has as many columns as it has names for, if it has any. */
  static void checkWidth(String name, BoundSelect select, List<Identifier> names) {
    if (!names.isEmpty() && names.size() != select.columnCount()) {
      throw CompileEnvironment.error(
          "table "
              + name
              + " has "
              + select.columnCount()
              + " values for "
              + names.size()
              + " columns");
    }
  }

  private static Column column(String name, BoundSelect select, int index) {
    BoundExpr expr = select.first().columns.get(index).expr();
    Affinity affinity = affinity(select, index);
    String collation = ExprTypes.collation(expr).name();
    return Column.of(name, typeName(declaredType(expr), affinity), affinity, collation);
  }

  /**
   * The affinity of a column is that of the first query that gives it one; but a column of other
   * values as well has none to speak of.
   */
  private static Affinity affinity(BoundSelect select, int index) {
    Affinity affinity = Affinity.NONE;
    int others = 0;
    for (BoundQuery core : select.cores) {
      BoundExpr expr = core.columns.get(index).expr();
      if (affinity == Affinity.NONE) {
        affinity = ExprTypes.affinity(expr);
        others |= affinity == Affinity.NONE ? ValueKinds.of(expr) : 0;
      } else {
        others |= ValueKinds.of(expr);
      }
    }
    boolean mixed =
        affinity == Affinity.TEXT
            ? (others & ValueKinds.NUMBER) != 0
            : affinity.isNumeric() && (others & ValueKinds.TEXT) != 0;
    return mixed ? Affinity.BLOB : affinity;
  }

  /** The type that a view's column seems to be declared with. */
  private static String typeName(String declared, Affinity affinity) {
    boolean fits = !declared.isEmpty() && Affinity.ofDeclaredType(declared) == affinity;
    return fits ? declared : affinity.typeName();
  }

  /** The declared type of an expression that is a column, possibly of a subquery; else empty. */
  public static String declaredType(BoundExpr expr) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      BoundSelect subquery = ref.source().subquery;
      if (subquery != null && !ref.source().recursive && ref.column() >= 0) {
        return declaredType(subquery.first().columns.get(ref.column()).expr());
      }
      if (ref.column() < 0) {
        return "INTEGER";
      }
      return ref.source().table.column(ref.column()).declaredType();
    }
    if (expr instanceof BoundExpr.ScalarSubquery subquery) {
      return declaredType(subquery.select().first().columns.get(0).expr());
    }
    return "";
  }

  /** Appends ":1", ":2" and so on to names that are there already. */
  static List<String> unique(List<String> names) {
    Set<String> seen = new HashSet<>();
    List<String> out = new ArrayList<>(names.size());
    for (String name : names) {
      String candidate = name;
      int n = 0;
      while (!seen.add(candidate.toLowerCase(Locale.ROOT))) {
        n++;
        candidate = name + ":" + n;
      }
      out.add(candidate);
    }
    return out;
  }
}
