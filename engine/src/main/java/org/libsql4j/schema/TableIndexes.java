package org.libsql4j.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.OrderingTerm;

/** The indexes that PRIMARY KEY and UNIQUE constraints of one table imply. */
final class TableIndexes {
  private final String tableName;
  private final List<ColumnDraft> columns;
  private final boolean descendingAllowed;
  private final int columnLimit;
  private final List<IndexDraft> drafts = new ArrayList<>();

  /**
   * @param columnLimit how many columns an index may have
   */
  TableIndexes(String tableName, List<ColumnDraft> columns, Schema schema, int columnLimit) {
    this.columnLimit = columnLimit;
    this.tableName = tableName;
    this.columns = columns;
    this.descendingAllowed = schema.knowsDescendingIndexes();
  }

  /** A constraint of one column. */
  void add(int column, boolean descending, ConflictResolution conflict, Index.Origin origin) {
    IndexDraft draft = start(conflict, origin);
    draft.add(column, null, columns.get(column).collation, descending && descendingAllowed);
    keep(draft);
  }

  /** A constraint after the columns. */
  void add(List<OrderingTerm> terms, ConflictResolution conflict, Index.Origin origin) {
    if (terms.size() > columnLimit) {
      throw SchemaErrors.error("too many columns in index");
    }
    IndexDraft draft = start(conflict, origin);
    for (OrderingTerm term : terms) {
      KeyColumn key = KeyColumn.of(term);
      int column = columnIndex(key);
      String collation = key.collation() != null ? key.collation() : columns.get(column).collation;
      draft.add(column, null, collation, term.descending() && descendingAllowed);
    }
    keep(draft);
  }

  private int columnIndex(KeyColumn key) {
    String name = key.name();
    if (name != null) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name.equalsIgnoreCase(name)) {
          return i;
        }
      }
      if (!key.quoted()) {
        throw SchemaErrors.error("no such column: " + name);
      }
    }
    throw SchemaErrors.error("expressions prohibited in PRIMARY KEY and UNIQUE constraints");
  }

  private IndexDraft start(ConflictResolution conflict, Index.Origin origin) {
    return new IndexDraft(
        "sqlite_autoindex_" + tableName + "_" + (drafts.size() + 1), origin, conflict);
  }

  /** Adds an index unless there is one with the same key already, which then serves for both. */
  private void keep(IndexDraft draft) {
    draft.endKey();
    for (IndexDraft old : drafts) {
      if (old.sameKey(draft)) {
        merge(old, draft);
        return;
      }
    }
    drafts.add(draft);
  }

  private static void merge(IndexDraft old, IndexDraft draft) {
    if (old.unique != draft.unique) {
      if (old.unique != ConflictResolution.DEFAULT && draft.unique != ConflictResolution.DEFAULT) {
        throw SchemaErrors.error("conflicting ON CONFLICT clauses specified");
      }
      if (old.unique == ConflictResolution.DEFAULT) {
        old.unique = draft.unique;
      }
    }
    if (draft.origin == Index.Origin.PRIMARY_KEY) {
      old.origin = Index.Origin.PRIMARY_KEY;
    }
  }

  /** COLLATE after UNIQUE or PRIMARY KEY in the same column counts for their index as well. */
  void changeCollation(int column, String collation) {
    for (IndexDraft draft : drafts) {
      if (draft.keyColumnCount == 1 && draft.columns.get(0) == column) {
        draft.collations.set(0, collation);
      }
    }
  }

  // ---- what follows the key
  // -----------------------------------------------------------------------

  /** The primary key becomes the table; the other indexes lead to it by its columns. */
  void convertToWithoutRowid() {
    IndexDraft key = primaryKey();
    if (key == null) {
      throw SchemaErrors.error("PRIMARY KEY missing on table " + tableName);
    }
    key.removeDuplicates();
    int keyCount = key.keyColumnCount;
    for (IndexDraft draft : drafts) {
      if (draft != key) {
        // Of a constraint's index these columns ascend, whatever the primary key says: a quirk that
        // became part of the file format.
        appendPrimaryKey(draft, key.columns, key.collations, new boolean[keyCount]);
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!key.hasColumn(keyCount, i) && columns.get(i).generated != Column.Generated.VIRTUAL) {
        key.add(i, null, columns.get(i).collation, false);
      }
    }
  }

  private @Nullable IndexDraft primaryKey() {
    for (IndexDraft draft : drafts) {
      if (draft.origin == Index.Origin.PRIMARY_KEY) {
        return draft;
      }
    }
    return null;
  }

  /**
   * Adds the columns of a primary key that the key of the index does not have yet.
   *
   * @param descending for each column of the primary key
   */
  static void appendPrimaryKey(
      IndexDraft draft, List<Integer> columns, List<String> collations, boolean[] descending) {
    for (int i = 0; i < descending.length; i++) {
      if (!draft.contains(draft.keyColumnCount, columns.get(i), collations.get(i))) {
        draft.add(columns.get(i), null, collations.get(i), descending[i]);
      }
    }
  }

  /** Makes the indexes and gives them to the table. */
  void attachTo(Table table, boolean withoutRowid, int rootPage) {
    for (IndexDraft draft : drafts) {
      boolean isTable = withoutRowid && draft.origin == Index.Origin.PRIMARY_KEY;
      if (!withoutRowid) {
        draft.add(Index.ROWID, null, null, false);
      }
      Index index = draft.build(table, null, null, isTable ? rootPage : 0);
      index.statistics = RowSizes.assumed(index);
      IndexOrder.add(table, index);
    }
  }
}
