package org.libsql4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.DeepWalk;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;

/** Tells whether an index has all that a query reads of its table. */
final class IndexCoverage {
  private IndexCoverage() {}

  /** Whether an expression reads nothing of a table but what is in an index. */
  static boolean covers(Source source, Index index, BoundExpr expr) {
    boolean[] covered = {true};
    DeepWalk.expr(
        expr,
        part -> {
          if (part instanceof BoundExpr.ColumnRef ref && ref.source() == source) {
            covered[0] &=
                ref.column() < 0
                    || ref.column() == source.table.rowidColumn
                    || index.positionOf(ref.column()) >= 0;
          }
        });
    return covered[0];
  }

  /** Whether all that the query reads is in the index. */
  static boolean covers(Source source, Index index) {
    if (index.isPrimaryKeyOfWithoutRowid()) {
      return true;
    }
    Table table = source.table;
    long used = source.columnsUsed;
    for (long rest = used & Long.MAX_VALUE; rest != 0; rest &= rest - 1) {
      int column = Long.numberOfTrailingZeros(rest);
      if (column != table.rowidColumn && index.positionOf(column) < 0) {
        return false;
      }
    }
    for (int column = 63; used < 0 && column < table.columnCount(); column++) {
      if (source.uses(column) && column != table.rowidColumn && index.positionOf(column) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether all that the query reads is in the index, some of it as computed values. */
  static boolean coversWithExpressions(
      Source source, Index index, IndexExpressions indexExpressions) {
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
}
