package org.libsql4j.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metadata of primary keys, foreign keys and indexes. */
final class KeyMetaData {
  private final SchemaReader schema;
  private final TableMetaData tables;

  KeyMetaData(SchemaReader schema, TableMetaData tables) {
    this.schema = schema;
    this.tables = tables;
  }

  StoredRows primaryKeys(@Nullable String catalog, @Nullable String schemaName, String table)
      throws SQLException {
    StoredRows rows =
        new StoredRows(
            Columns.named(
                "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME"));
    for (String database : tables.databases(catalog, schemaName)) {
      SchemaReader.Table found = schema.table(database, table);
      if (found == null) {
        continue;
      }
      String name = ConstraintNames.of(found.sql()).primaryKey();
      for (SchemaColumn column : schema.primaryKey(database, table)) {
        rows.add(
            null,
            TableMetaData.schemaOf(database),
            found.name(),
            column.name(),
            column.keyPosition(),
            name);
      }
    }
    rows.sortBy(1, 3);
    return rows;
  }

  // ---- foreign keys
  // -------------------------------------------------------------------------------

  private static StoredRows newForeignKeyRows() {
    return new StoredRows(
        Columns.named(
            "PKTABLE_CAT",
            "PKTABLE_SCHEM",
            "PKTABLE_NAME",
            "PKCOLUMN_NAME",
            "FKTABLE_CAT",
            "FKTABLE_SCHEM",
            "FKTABLE_NAME",
            "FKCOLUMN_NAME",
            "KEY_SEQ",
            "UPDATE_RULE",
            "DELETE_RULE",
            "FK_NAME",
            "PK_NAME",
            "DEFERRABILITY"));
  }

  /** The foreign keys of a child table. */
  StoredRows importedKeys(@Nullable String catalog, @Nullable String schemaName, String child)
      throws SQLException {
    StoredRows rows = newForeignKeyRows();
    for (String database : tables.databases(catalog, schemaName)) {
      SchemaReader.Table table = schema.table(database, child);
      if (table != null) {
        addForeignKeys(rows, table, null);
      }
    }
    rows.sortBy(1, 2, 11, 8);
    return rows;
  }

  /** The foreign keys that refer to a parent table. */
  StoredRows exportedKeys(@Nullable String catalog, @Nullable String schemaName, String parent)
      throws SQLException {
    StoredRows rows = newForeignKeyRows();
    for (String database : tables.databases(catalog, schemaName)) {
      for (SchemaReader.Table table : schema.tables(database)) {
        addForeignKeys(rows, table, parent);
      }
    }
    rows.sortBy(5, 6, 11, 8);
    return rows;
  }

  /** The foreign keys of a child table that refer to a parent table. */
  StoredRows crossReference(
      @Nullable String catalog, @Nullable String schemaName, String parent, String child)
      throws SQLException {
    StoredRows rows = newForeignKeyRows();
    for (String database : tables.databases(catalog, schemaName)) {
      SchemaReader.Table table = schema.table(database, child);
      if (table != null) {
        addForeignKeys(rows, table, parent);
      }
    }
    rows.sortBy(5, 6, 11, 8);
    return rows;
  }

  /**
   * Adds the keys of a child table.
   *
   * @param parent only those that refer to this table; null for all
   */
  private void addForeignKeys(StoredRows rows, SchemaReader.Table child, @Nullable String parent)
      throws SQLException {
    if (child.type().equals("view")) {
      return;
    }
    ConstraintNames names = ConstraintNames.of(child.sql());
    String database = child.database();
    for (Map.Entry<Integer, List<SchemaReader.ForeignKeyColumn>> key :
        schema.foreignKeys(database, child.name()).entrySet()) {
      List<SchemaReader.ForeignKeyColumn> columns = key.getValue();
      String parentName = columns.get(0).parentTable();
      if (parent != null && !parent.equalsIgnoreCase(parentName)) {
        continue;
      }
      SchemaReader.Table parentTable = schema.table(database, parentName);
      addForeignKey(
          rows,
          child,
          parentTable == null
              ? new SchemaReader.Table(database, parentName, "table", null)
              : parentTable,
          names.foreignKey(key.getKey()),
          names.deferrability(key.getKey()),
          columns);
    }
  }

  private void addForeignKey(
      StoredRows rows,
      SchemaReader.Table child,
      SchemaReader.Table parent,
      @Nullable String name,
      int deferrability,
      List<SchemaReader.ForeignKeyColumn> columns)
      throws SQLException {
    List<SchemaColumn> parentKey = schema.primaryKey(parent.database(), parent.name());
    String parentKeyName = ConstraintNames.of(parent.sql()).primaryKey();
    String schemaName = TableMetaData.schemaOf(child.database());
    for (SchemaReader.ForeignKeyColumn column : columns) {
      String parentColumn = column.parentColumn();
      if (parentColumn == null && column.sequence() < parentKey.size()) {
        parentColumn = parentKey.get(column.sequence()).name();
      }
      rows.add(
          null,
          schemaName,
          parent.name(),
          parentColumn == null ? "" : parentColumn,
          null,
          schemaName,
          child.name(),
          column.childColumn(),
          column.sequence() + 1,
          rule(column.onUpdate()),
          rule(column.onDelete()),
          name,
          parentKeyName,
          deferrability);
    }
  }

  private static int rule(String action) {
    return switch (action.toUpperCase(Locale.ROOT)) {
      case "CASCADE" -> DatabaseMetaData.importedKeyCascade;
      case "RESTRICT" -> DatabaseMetaData.importedKeyRestrict;
      case "SET NULL" -> DatabaseMetaData.importedKeySetNull;
      case "SET DEFAULT" -> DatabaseMetaData.importedKeySetDefault;
      default -> DatabaseMetaData.importedKeyNoAction;
    };
  }

  // ---- indexes
  // ------------------------------------------------------------------------------------

  StoredRows indexInfo(
      @Nullable String catalog, @Nullable String schemaName, String table, boolean uniqueOnly)
      throws SQLException {
    StoredRows rows =
        new StoredRows(
            Columns.named(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "NON_UNIQUE",
                "INDEX_QUALIFIER",
                "INDEX_NAME",
                "TYPE",
                "ORDINAL_POSITION",
                "COLUMN_NAME",
                "ASC_OR_DESC",
                "CARDINALITY",
                "PAGES",
                "FILTER_CONDITION"));
    for (String database : tables.databases(catalog, schemaName)) {
      SchemaReader.Table found = schema.table(database, table);
      if (found == null || found.type().equals("view")) {
        continue;
      }
      for (SchemaReader.Index index : schema.indexes(database, found.name())) {
        if (index.isUnique() || !uniqueOnly) {
          addIndex(rows, found, index);
        }
      }
    }
    rows.sortBy(3, 6, 5, 7);
    return rows;
  }

  private void addIndex(StoredRows rows, SchemaReader.Table table, SchemaReader.Index index)
      throws SQLException {
    String condition = index.isPartial() ? condition(table.database(), index.name()) : null;
    for (SchemaReader.IndexColumn column : schema.indexColumns(table.database(), index.name())) {
      rows.add(
          null,
          TableMetaData.schemaOf(table.database()),
          table.name(),
          !index.isUnique(),
          null,
          index.name(),
          DatabaseMetaData.tableIndexOther,
          column.position(),
          column.name(),
          column.isDescending() ? "D" : "A",
          0,
          0,
          condition);
    }
  }

  /** What stands behind WHERE in the statement that made a partial index. */
  private @Nullable String condition(String database, String index) throws SQLException {
    String sql = schema.indexSql(database, index);
    if (sql == null) {
      return null;
    }
    int where = ParenthesisSkipper.wordAfterParentheses(sql, "WHERE");
    return where < 0 ? null : sql.substring(where).trim();
  }
}
