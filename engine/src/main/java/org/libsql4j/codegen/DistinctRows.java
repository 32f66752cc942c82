package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;

/** Tells whether DISTINCT has nothing to do because of a unique key among the result columns. */
final class DistinctRows {
  private DistinctRows() {}

  static boolean areDistinct(BoundQuery query) {
    if (query.sources.size() != 1) {
      return false;
    }
    Source source = query.sources.get(0);
    Table table = source.table;
    if (source.subquery != null || table.kind != Table.Kind.ORDINARY) {
      return false;
    }
    List<BoundExpr> columns = query.expressions();
    if (table.hasRowid() && columns.stream().anyMatch(e -> isRowid(e, source))) {
      return true;
    }
    List<BoundExpr> fixed = new ArrayList<>();
    if (query.where != null) {
      fixedColumns(query.where, fixed);
    }
    for (Index index : table.indexes) {
      if (index.isUnique() && !index.isPartial() && isKeyIn(index, source, columns, fixed)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRowid(BoundExpr expr, Source source) {
    return BoundExprs.skipCollate(expr) instanceof BoundExpr.ColumnRef ref
        && ref.source() == source
        && (ref.column() < 0 || ref.column() == source.table.rowidColumn);
  }

  /** Columns that a condition makes equal to a constant. */
  private static void fixedColumns(BoundExpr condition, List<BoundExpr> out) {
    if (!(condition instanceof BoundExpr.Binary e)) {
      return;
    }
    if (e.operator() == BinaryOperator.AND) {
      fixedColumns(e.left(), out);
      fixedColumns(e.right(), out);
    } else if (e.operator() == BinaryOperator.EQ) {
      if (BoundExprs.isConstant(e.right())) {
        out.add(e.left());
      } else if (BoundExprs.isConstant(e.left())) {
        out.add(e.right());
      }
    }
  }

  private static boolean isKeyIn(
      Index index, Source source, List<BoundExpr> columns, List<BoundExpr> fixed) {
    for (int i = 0; i < index.keyColumnCount; i++) {
      int column = index.columns[i];
      String collation = index.collations[i];
      if (has(fixed, source, column, collation)) {
        continue;
      }
      if (column < 0
          || !source.table.isNotNull(column)
          || !has(columns, source, column, collation)) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(List<BoundExpr> exprs, Source source, int column, String collation) {
    for (BoundExpr expr : exprs) {
      if (BoundExprs.skipCollate(expr) instanceof BoundExpr.ColumnRef ref
          && ref.source() == source
          && ref.column() == column) {
        String own = ExprTypes.collation(expr).name();
        if (collation.equalsIgnoreCase(own == null ? "BINARY" : own)) {
          return true;
        }
      }
    }
    return false;
  }
}
