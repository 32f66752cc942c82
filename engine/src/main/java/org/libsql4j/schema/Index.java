package org.libsql4j.schema;

import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Expr;

/**
 * An index, or the primary key of a WITHOUT ROWID table (which is the table itself).
 *
 * <p>The columns of the key come first ({@link #keyColumnCount} of them), then those that make each
 * entry unique and lead back to the row: the rowid, or the columns of the primary key that are not
 * there yet; for a WITHOUT ROWID primary key all other columns of the table.
 */
public final class Index {
  /** Stands in {@link #columns} for the rowid. */
  public static final int ROWID = -1;

  /** Stands in {@link #columns} for an expression, which is in {@link #expressions}. */
  public static final int EXPRESSION = -2;

  /** Where an index comes from; the letters are those of {@code PRAGMA index_list}. */
  public enum Origin {
    CREATE_INDEX("c"),
    UNIQUE("u"),
    PRIMARY_KEY("pk");

    private final String pragmaText;

    Origin(String pragmaText) {
      this.pragmaText = pragmaText;
    }

    public String pragmaText() {
      return pragmaText;
    }
  }

  public final String name;
  public final Table table;
  public final Origin origin;

  /** Number of leading columns that were declared. */
  public final int keyColumnCount;

  /** Column number in the table of each column, {@link #ROWID} or {@link #EXPRESSION}. */
  public final int[] columns;

  /** Expressions at the places where {@link #columns} says so, null elsewhere. */
  public final @Nullable Expr[] expressions;

  /** Name of the collation of each column; never null. */
  public final String[] collations;

  public final boolean[] descending;

  /** What happens on a duplicate; null if the index is not unique. */
  public final @Nullable ConflictResolution unique;

  /** The condition of a partial index, or null. */
  public final @Nullable Expr where;

  /** Text of CREATE INDEX; null for automatic indexes. */
  public final @Nullable String sql;

  /** 1-based; changed by auto-vacuum only. */
  public int rootPage;

  /** What ANALYZE or the defaults say of the number of entries. */
  public IndexStatistics statistics;

  /** Entries that ANALYZE picked out; null if there are none. */
  public @Nullable IndexSamples samples;

  /** Whether all key columns are NOT NULL, so that a full key match finds at most one row. */
  public final boolean uniqueNotNull;

  public Index(
      String name,
      Table table,
      Origin origin,
      int keyColumnCount,
      int[] columns,
      @Nullable Expr[] expressions,
      String[] collations,
      boolean[] descending,
      @Nullable ConflictResolution unique,
      @Nullable Expr where,
      @Nullable String sql,
      int rootPage) {
    this.name = name;
    this.table = table;
    this.origin = origin;
    this.keyColumnCount = keyColumnCount;
    this.columns = columns;
    this.expressions = expressions;
    this.collations = collations;
    this.descending = descending;
    this.unique = unique;
    this.where = where;
    this.sql = sql;
    this.rootPage = rootPage;
    this.statistics = IndexStatistics.assumed(keyColumnCount, unique != null);
    boolean notNull = unique != null;
    for (int i = 0; i < keyColumnCount; i++) {
      notNull &= columns[i] == ROWID || (columns[i] >= 0 && table.isNotNull(columns[i]));
    }
    this.uniqueNotNull = notNull;
  }

  /** The same index of a copy of its table; what never changes is shared. */
  Index copyTo(Table newTable, int newRoot) {
    Index copy =
        new Index(
            name,
            newTable,
            origin,
            keyColumnCount,
            columns,
            expressions,
            collations,
            descending,
            unique,
            where,
            sql,
            newRoot);
    copy.statistics = statistics;
    return copy;
  }

  public int columnCount() {
    return columns.length;
  }

  public boolean isUnique() {
    return unique != null;
  }

  public boolean isOnExpressions() {
    for (Expr expression : expressions) {
      if (expression != null) {
        return true;
      }
    }
    return false;
  }

  public boolean isPartial() {
    return where != null;
  }

  /** Whether this is the B-tree of a WITHOUT ROWID table. */
  public boolean isPrimaryKeyOfWithoutRowid() {
    return table.withoutRowid && origin == Origin.PRIMARY_KEY;
  }

  /** Number of columns of a sample of this index: those that tell entries apart. */
  public int sampleColumnCount() {
    return isPrimaryKeyOfWithoutRowid() ? keyColumnCount : columns.length;
  }

  /** Position of a table column in this index, or -1. */
  public int positionOf(int tableColumn) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == tableColumn) {
        return i;
      }
    }
    return -1;
  }
}
