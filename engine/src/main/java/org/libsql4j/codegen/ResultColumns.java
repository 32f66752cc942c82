package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.ResultColumn;

/** Finds the table column that a result column is, also through subqueries and views. */
final class ResultColumns {
  private ResultColumns() {}

  static ResultColumn of(CodeContext context, BoundQuery.Column column) {
    BoundExpr.ColumnRef origin = origin(column.expr());
    if (origin == null) {
      return ResultColumn.ofExpression(column.name());
    }
    Table table = origin.source().table;
    int index = origin.column() < 0 ? table.rowidColumn : origin.column();
    String declared = index < 0 ? "INTEGER" : table.column(index).declaredType();
    return new ResultColumn(
        column.name(),
        declared.isEmpty() ? null : declared,
        context.environment().schemaName(table),
        table.name,
        index < 0 ? "rowid" : table.column(index).name());
  }

  private static BoundExpr.@Nullable ColumnRef origin(BoundExpr expr) {
    BoundExpr e = expr;
    for (int depth = 0; depth < 1000; depth++) {
      if (e instanceof BoundExpr.ScalarSubquery subquery) {
        e = subquery.select().first().columns.get(0).expr();
        continue;
      }
      if (e instanceof BoundExpr.IfNullRow row) {
        e = row.operand();
        continue;
      }
      if (!(e instanceof BoundExpr.ColumnRef ref)) {
        return null;
      }
      Source source = ref.source();
      if (source.subquery == null) {
        return source.table.kind == Table.Kind.EPHEMERAL ? null : ref;
      }
      if (ref.column() < 0) {
        return null;
      }
      e = source.subquery.first().columns.get(ref.column()).expr();
    }
    return null;
  }
}
