package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * The set of an IN that is there already: {@code x IN (SELECT column FROM table)} is answered by an
 * index of the table, or by the table if the column is its rowid.
 */
final class ExistingSet {
  final Table table;

  /** The index that holds the set, or null if the rowids are it. */
  final @Nullable Index index;

  ExistingSet(Table table, @Nullable Index index) {
    this.table = table;
    this.index = index;
  }

  /**
   * Looks for a tree that can stand for the set.
   *
   * @param distinct whether each value may come only once, for a loop over them
   */
  static @Nullable ExistingSet find(
      CodeContext context, BoundExpr.InSelect in, int width, boolean distinct) {
    Source source = plainSource(in.select());
    if (source == null) {
      return null;
    }
    List<BoundExpr> columns = in.select().first().expressions();
    for (BoundExpr column : columns) {
      if (!(column instanceof BoundExpr.ColumnRef ref) || ref.source() != source) {
        return null;
      }
    }
    Table table = source.table;
    if (width == 1 && isRowid(table, columns.get(0))) {
      return new ExistingSet(table, null);
    }
    for (int i = 0; i < width; i++) {
      if (!keepsAffinity(BoundExprs.element(in.operand(), i), columns.get(i))) {
        return null;
      }
    }
    for (Index index : table.indexes) {
      if (serves(context, index, in, columns, width, distinct)) {
        return new ExistingSet(table, index);
      }
    }
    return null;
  }

  /** The only table of a query that gives all rows of it, or null. */
  private static @Nullable Source plainSource(BoundSelect select) {
    BoundQuery query = select.first();
    if (select.isCompound()
        || select.isCorrelated()
        || select.limit != null
        || query.distinct
        || query.aggregate
        || query.values != null
        || query.where != null
        || !query.groupBy.isEmpty()
        || !query.windowCalls.isEmpty()
        || query.sources.size() != 1) {
      return null;
    }
    Source source = query.sources.get(0);
    boolean stored =
        source.subquery == null
            && !source.recursive
            && source.table.kind == Table.Kind.ORDINARY
            && source.table.virtual == null;
    return stored ? source : null;
  }

  private static boolean isRowid(Table table, BoundExpr expr) {
    int column = ((BoundExpr.ColumnRef) expr).column();
    return table.hasRowid() && (column < 0 || column == table.rowidColumn);
  }

  /** Whether values compare with the column as they do with what the index has of it. */
  private static boolean keepsAffinity(BoundExpr operand, BoundExpr column) {
    Affinity compared = ExprTypes.comparisonAffinity(operand, column);
    Affinity stored = ExprTypes.affinity(column);
    if (compared == Affinity.TEXT) {
      return stored == Affinity.TEXT;
    }
    return !compared.isNumeric() || stored.isNumeric();
  }

  private static boolean serves(
      CodeContext context,
      Index index,
      BoundExpr.InSelect in,
      List<BoundExpr> columns,
      int width,
      boolean distinct) {
    if (index.where != null || index.columns.length < width) {
      return false;
    }
    if (distinct
        && (index.keyColumnCount > width
            || (index.columns.length > width && index.unique == null))) {
      return false;
    }
    for (int i = 0; i < width; i++) {
      BoundExpr operand = BoundExprs.element(in.operand(), i);
      int column = ((BoundExpr.ColumnRef) columns.get(i)).column();
      // In the order of the index: the keys that are looked for are made in that of the query.
      if (index.columns[i] != column
          || !index.collations[i].equalsIgnoreCase(
              ExprTypes.comparisonCollation(operand, columns.get(i)))
          || index.descending[i] != index.descending[0]) {
        return false;
      }
    }
    return context.connection().collations().find(index.collations[0]) != null;
  }

  /** Generates code that opens it; answers the cursor. */
  int open(CodeContext context) {
    ProgramBuilder builder = context.builder();
    int cursor = builder.newCursor();
    int database = context.databaseIndex(table);
    context.useDatabase(database);
    builder.explainPlan(
        context.planParent,
        0,
        index == null
            ? "USING ROWID SEARCH ON TABLE " + table.name + " FOR IN-OPERATOR"
            : "USING INDEX " + index.name + " FOR IN-OPERATOR");
    if (index == null) {
      builder.add(Opcode.OPEN_READ, cursor, table.rootPage, database, 0);
    } else {
      builder.add(Opcode.OPEN_READ, cursor, index.rootPage, database, KeyInfos.of(context, index));
    }
    return cursor;
  }

  /** Where the NULLs are: at the start, or at the end of a descending index. */
  boolean nullsAreLast() {
    return index != null && index.descending[0];
  }
}
