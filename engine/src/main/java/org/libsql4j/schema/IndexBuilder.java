package org.libsql4j.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateIndex;
import org.libsql4j.sql.ast.OrderingTerm;

/** Makes an index of a CREATE INDEX statement. */
public final class IndexBuilder {
  private IndexBuilder() {}

  /**
   * Makes the index without adding it to the table.
   *
   * <p>A term that is not the name of a column counts as an expression; whether it makes sense is
   * not looked at.
   *
   * @param rootPage 0 if it has none yet
   */
  public static Index build(CreateIndex statement, Table table, int rootPage) {
    IndexDraft draft =
        new IndexDraft(
            statement.name().name().name(),
            Index.Origin.CREATE_INDEX,
            statement.unique() ? ConflictResolution.ABORT : null);
    boolean descendingAllowed = table.schema == null || table.schema.knowsDescendingIndexes();
    for (OrderingTerm term : statement.columns()) {
      add(draft, table, term, term.descending() && descendingAllowed);
    }
    draft.endKey();
    if (table.hasRowid()) {
      draft.add(Index.ROWID, null, null, false);
    } else {
      appendPrimaryKey(draft, table);
    }
    Index index = draft.build(table, statement.where(), statement.schemaSql(), rootPage);
    index.statistics = RowSizes.assumed(index);
    return index;
  }

  private static void add(IndexDraft draft, Table table, OrderingTerm term, boolean descending) {
    KeyColumn key = KeyColumn.of(term);
    String name = key.name();
    int column = name == null ? -1 : table.columnIndex(name);
    if (column >= 0) {
      String collation =
          key.collation() != null ? key.collation() : table.column(column).collation();
      draft.add(column, null, collation, descending);
    } else if (KeyColumn.isString(term)) {
      throw SchemaErrors.error("no such column: " + name);
    } else {
      draft.add(Index.EXPRESSION, term.expr(), key.collation(), descending);
    }
  }

  private static void appendPrimaryKey(IndexDraft draft, Table table) {
    Index key = table.primaryKeyIndex();
    if (key == null) {
      return;
    }
    List<Integer> columns = new ArrayList<>();
    for (int column : key.columns) {
      columns.add(column);
    }
    TableIndexes.appendPrimaryKey(
        draft, columns, List.of(key.collations), Arrays.copyOf(key.descending, key.keyColumnCount));
  }
}
