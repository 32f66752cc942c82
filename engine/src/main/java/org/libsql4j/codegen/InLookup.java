package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;

/**
 * An {@code IN (SELECT column FROM table)} that can be looked up in the table or in an index of it.
 *
 * @param table the table
 * @param index an index that begins with the column; null if the column is the rowid
 */
record InLookup(Table table, @Nullable Index index) {

  /** Finds what to look in; null if the values must be collected. */
  static @Nullable InLookup of(BoundExpr.InSelect in) {
    BoundSelect select = in.select();
    BoundQuery query = select.first();
    if (select.isCompound()
        || select.limit != null
        || select.isCorrelated()
        || query.where != null
        || query.distinct
        || query.aggregate
        || query.values != null
        || !query.windowCalls.isEmpty()
        || query.columns.size() != 1
        || query.sources.size() != 1
        || !(query.columns.get(0).expr() instanceof BoundExpr.ColumnRef column)) {
      return null;
    }
    Source source = query.sources.get(0);
    Table table = source.table;
    if (source != column.source()
        || source.subquery != null
        || source.recursive
        || table.kind != Table.Kind.ORDINARY) {
      return null;
    }
    if (table.hasRowid() && (column.column() < 0 || column.column() == table.rowidColumn)) {
      return new InLookup(table, null);
    }
    Index index = index(table, column, in.operand());
    return index == null ? null : new InLookup(table, index);
  }

  private static @Nullable Index index(Table table, BoundExpr.ColumnRef column, BoundExpr operand) {
    Affinity affinity = ExprTypes.affinity(column);
    Affinity comparison = ExprTypes.comparisonAffinity(column, operand);
    if (comparison.compareTo(Affinity.TEXT) > 0 && !affinity.isNumeric()) {
      return null;
    }
    if (comparison == Affinity.TEXT && affinity != Affinity.TEXT) {
      return null;
    }
    String collation = ExprTypes.comparisonCollation(operand, column);
    List<Index> indexes = table.indexes;
    for (Index index : indexes) {
      if (!index.isPartial()
          && index.columns[0] == column.column()
          && !index.descending[0]
          && index.collations[0].equalsIgnoreCase(collation)) {
        return index;
      }
    }
    return null;
  }

  /** How EXPLAIN QUERY PLAN calls it. */
  String text() {
    return index == null
        ? "USING ROWID SEARCH ON TABLE " + table.name + " FOR IN-OPERATOR"
        : "USING INDEX " + index.name + " FOR IN-OPERATOR";
  }
}
