package org.libsql4j.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateView;

/** A table, a view, or the shape of a subquery's result. */
public final class Table {
  /** What a table without statistics is taken to have: 1,048,576 rows, as LogEst. */
  public static final int ASSUMED_ROWS = 200;

  /** Kinds of things that FROM can name. */
  public enum Kind {
    ORDINARY,
    VIEW,
    VIRTUAL,
    /** Not in any schema: a subquery, a common table, a pseudo-table. */
    EPHEMERAL
  }

  public final String name;

  /** The schema it belongs to; null for EPHEMERAL. */
  public final @Nullable Schema schema;

  public final Kind kind;
  public final List<Column> columns;

  /** Number of the INTEGER PRIMARY KEY column, which is the rowid; -1 if there is none. */
  public final int rowidColumn;

  public final boolean withoutRowid;
  public final boolean strict;
  public final boolean autoincrement;

  /** libSQL's RANDOM ROWID. */
  public final boolean randomRowid;

  /** What happens on a duplicate INTEGER PRIMARY KEY. */
  public final ConflictResolution rowidConflict;

  public final List<CheckConstraint> checks;
  public final List<ForeignKeyConstraint> foreignKeys;

  /** The definition of a view, else null. */
  public final @Nullable CreateView view;

  /** Module and instance of a virtual table, else null. */
  public @Nullable VirtualDefinition virtual;

  /** Text of CREATE TABLE or CREATE VIEW; null for the schema tables. */
  public final @Nullable String sql;

  /** All indexes, those that resolve conflicts by REPLACE last. */
  public final List<Index> indexes = new ArrayList<>();

  /** 1-based; 0 for views; changed by auto-vacuum only. */
  public int rootPage;

  /** Estimated number of rows as LogEst. */
  public int rowEstimate = ASSUMED_ROWS;

  /** Estimated size of a row in bytes as LogEst. */
  public int rowSize;

  /** Whether {@link #rowEstimate} comes from ANALYZE. */
  public boolean analyzed;

  /** Whether ANALYZE picked out entries of one of its indexes. */
  public boolean sampled;

  private final int[] storageIndexes;
  private final int storedColumnCount;
  private final boolean hasGeneratedColumns;

  public Table(
      String name,
      @Nullable Schema schema,
      Kind kind,
      List<Column> columns,
      int rowidColumn,
      boolean withoutRowid,
      boolean strict,
      boolean autoincrement,
      boolean randomRowid,
      ConflictResolution rowidConflict,
      List<CheckConstraint> checks,
      List<ForeignKeyConstraint> foreignKeys,
      @Nullable CreateView view,
      @Nullable String sql,
      int rootPage) {
    this.name = name;
    this.schema = schema;
    this.kind = kind;
    this.columns = List.copyOf(columns);
    this.rowidColumn = rowidColumn;
    this.withoutRowid = withoutRowid;
    this.strict = strict;
    this.autoincrement = autoincrement;
    this.randomRowid = randomRowid;
    this.rowidConflict = rowidConflict;
    this.checks = List.copyOf(checks);
    this.foreignKeys = List.copyOf(foreignKeys);
    this.view = view;
    this.sql = sql;
    this.rootPage = rootPage;
    storageIndexes = new int[columns.size()];
    int stored = 0;
    for (int i = 0; i < storageIndexes.length; i++) {
      storageIndexes[i] = columns.get(i).isVirtual() ? -1 : stored++;
    }
    storedColumnCount = stored;
    boolean generated = false;
    for (Column column : columns) {
      generated |= column.isGenerated();
    }
    hasGeneratedColumns = generated;
  }

  private Table(Table original, Schema schema, int rootPage) {
    this.name = original.name;
    this.schema = schema;
    this.kind = original.kind;
    this.columns = original.columns;
    this.rowidColumn = original.rowidColumn;
    this.withoutRowid = original.withoutRowid;
    this.strict = original.strict;
    this.autoincrement = original.autoincrement;
    this.randomRowid = original.randomRowid;
    this.rowidConflict = original.rowidConflict;
    this.checks = original.checks;
    this.foreignKeys = original.foreignKeys;
    this.view = original.view;
    this.sql = original.sql;
    this.rootPage = rootPage;
    this.rowSize = original.rowSize;
    this.storageIndexes = original.storageIndexes;
    this.storedColumnCount = original.storedColumnCount;
    this.hasGeneratedColumns = original.hasGeneratedColumns;
  }

  /**
   * The same table in another schema, with the indexes that its constraints imply. What never
   * changes is shared; statistics are those before ANALYZE.
   *
   * @param newRoot root page of the table there; automatic indexes have none yet
   */
  Table copyTo(Schema newSchema, int newRoot) {
    Table copy = new Table(this, newSchema, newRoot);
    for (Index index : indexes) {
      copy.indexes.add(index.copyTo(copy, index.isPrimaryKeyOfWithoutRowid() ? newRoot : 0));
    }
    return copy;
  }

  /** The same table in another schema of the same file, with all its indexes and statistics. */
  Table copyTo(Schema newSchema) {
    Table copy = new Table(this, newSchema, rootPage);
    copy.rowEstimate = rowEstimate;
    copy.analyzed = analyzed;
    copy.sampled = sampled;
    VirtualDefinition definition = virtual;
    if (definition != null) {
      copy.virtual =
          new VirtualDefinition(definition.moduleName, definition.arguments, definition.eponymous);
    }
    for (Index index : indexes) {
      Index same = index.copyTo(copy, index.rootPage);
      same.samples = index.samples;
      copy.indexes.add(same);
    }
    return copy;
  }

  /** The shape of a subquery's result. */
  public static Table ephemeral(String name, List<Column> columns) {
    return new Table(
        name,
        null,
        Kind.EPHEMERAL,
        columns,
        -1,
        false,
        false,
        false,
        false,
        ConflictResolution.ABORT,
        List.of(),
        List.of(),
        null,
        null,
        0);
  }

  public boolean isView() {
    return kind == Kind.VIEW;
  }

  public boolean isVirtual() {
    return kind == Kind.VIRTUAL;
  }

  public boolean hasRowid() {
    return !withoutRowid;
  }

  public Column column(int index) {
    return columns.get(index);
  }

  public int columnCount() {
    return columns.size();
  }

  /** Whether any column is generated, stored or not. */
  public boolean hasGeneratedColumns() {
    return hasGeneratedColumns;
  }

  /** Number of a column by name, ignoring ASCII case; -1 if there is none. */
  public int columnIndex(String columnName) {
    if (kind == Kind.ORDINARY) {
      // Most are written as in CREATE TABLE; no two differ in letter case only.
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(columnName)) {
          return i;
        }
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(columnName)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether this name means the rowid: rowid, _rowid_ or oid. */
  public static boolean isRowidName(String columnName) {
    return columnName.equalsIgnoreCase("_rowid_")
        || columnName.equalsIgnoreCase("rowid")
        || columnName.equalsIgnoreCase("oid");
  }

  /** Whether NULL can never be in this column. */
  public boolean isNotNull(int column) {
    return column == rowidColumn || columns.get(column).notNull() != null;
  }

  /** Affinity of a column; INTEGER for the rowid (-1). */
  public Affinity affinity(int column) {
    return column < 0 || column == rowidColumn ? Affinity.INTEGER : columns.get(column).affinity();
  }

  /**
   * Position of a column in the record of a rowid table, which leaves virtual columns out; -1 for a
   * virtual column. The INTEGER PRIMARY KEY has a place there, holding NULL.
   */
  public int storageIndex(int column) {
    return storageIndexes[column];
  }

  public int storedColumnCount() {
    return storedColumnCount;
  }

  /** The primary key index of a WITHOUT ROWID table; null for other tables without one. */
  public @Nullable Index primaryKeyIndex() {
    for (Index index : indexes) {
      if (index.origin == Index.Origin.PRIMARY_KEY) {
        return index;
      }
    }
    return null;
  }

  /** Whether there is an index on something other than columns. */
  public boolean hasExpressionIndex() {
    for (Index index : indexes) {
      for (int column : index.columns) {
        if (column == Index.EXPRESSION) {
          return true;
        }
      }
    }
    return false;
  }
}
