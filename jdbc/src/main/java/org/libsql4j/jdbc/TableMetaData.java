package org.libsql4j.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of tables and their columns, keys apart.
 *
 * <p>There are no catalogs. Tables of the main and the temporary database are in no schema; those
 * of attached databases are in a schema of the database's name.
 */
final class TableMetaData {
  private static final String TEMPORARY = "GLOBAL TEMPORARY";
  private static final String SYSTEM = "SYSTEM TABLE";
  private static final String TABLE = "TABLE";
  private static final String VIEW = "VIEW";

  /** What is reported as the size of columns without one. */
  private static final int UNLIMITED = 2_000_000_000;

  private static final int DECIMAL_RADIX = 10;
  private static final String ROWID = "rowid";
  private static final int ROWID_DIGITS = 19;

  private final SchemaReader schema;

  TableMetaData(SchemaReader schema) {
    this.schema = schema;
  }

  /** The schema in which tables of a database are, or null. */
  static @Nullable String schemaOf(String database) {
    return database.equals("main") || database.equals("temp") ? null : database;
  }

  /**
   * The databases that a catalog and a schema pattern leave.
   *
   * @param catalog null or empty, or there are none
   * @param schemaPattern null for all, empty for what is in no schema; main and temp have their
   *     names too
   */
  List<String> databases(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    List<String> result = new ArrayList<>();
    if (catalog != null && !catalog.isEmpty()) {
      return result;
    }
    NamePattern pattern = new NamePattern(schemaPattern);
    List<String> all = new ArrayList<>(schema.databases());
    if (!all.contains("temp")) {
      all.add("temp");
    }
    for (String database : all) {
      boolean isDefault = schemaOf(database) == null;
      if (pattern.matches(database)
          || (isDefault && schemaPattern != null && schemaPattern.isEmpty())) {
        result.add(database);
      }
    }
    return result;
  }

  StoredRows schemas(@Nullable String catalog, @Nullable String pattern) throws SQLException {
    StoredRows rows = new StoredRows(Columns.named("TABLE_SCHEM", "TABLE_CATALOG"));
    for (String database : databases(catalog, pattern)) {
      String name = schemaOf(database);
      if (name != null) {
        rows.add(name, null);
      }
    }
    rows.sortBy(0);
    return rows;
  }

  StoredRows tableTypes() {
    StoredRows rows = new StoredRows(Columns.named("TABLE_TYPE"));
    for (String type : new String[] {TEMPORARY, SYSTEM, TABLE, VIEW}) {
      rows.add(type);
    }
    return rows;
  }

  StoredRows tables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      String @Nullable [] types)
      throws SQLException {
    StoredRows rows =
        new StoredRows(
            Columns.named(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE",
                "REMARKS",
                "TYPE_CAT",
                "TYPE_SCHEM",
                "TYPE_NAME",
                "SELF_REFERENCING_COL_NAME",
                "REF_GENERATION"));
    NamePattern pattern = new NamePattern(namePattern);
    Set<String> wanted = upperCase(types);
    for (String database : databases(catalog, schemaPattern)) {
      List<SchemaReader.Table> found = new ArrayList<>(schema.tables(database));
      if (!database.equals("temp")) {
        found.add(new SchemaReader.Table(database, "sqlite_schema", "table", null));
      }
      for (SchemaReader.Table table : found) {
        String type = type(table);
        if (pattern.matches(table.name()) && (wanted.isEmpty() || wanted.contains(type))) {
          rows.add(null, schemaOf(database), table.name(), type);
        }
      }
    }
    rows.sortBy(3, 0, 1, 2);
    return rows;
  }

  private static Set<String> upperCase(String @Nullable [] types) throws SQLException {
    Set<String> result = new HashSet<>();
    if (types != null) {
      for (String type : types) {
        result.add(SqlErrors.required(type, "type of table").toUpperCase(Locale.ROOT));
      }
    }
    return result;
  }

  private static String type(SchemaReader.Table table) {
    if (table.name().toLowerCase(Locale.ROOT).startsWith("sqlite_")) {
      return SYSTEM;
    }
    if (table.type().equals("view")) {
      return VIEW;
    }
    return table.database().equals("temp") ? TEMPORARY : TABLE;
  }

  // ---- columns
  // ------------------------------------------------------------------------------------

  StoredRows columns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    StoredRows rows =
        new StoredRows(
            Columns.named(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "COLUMN_NAME",
                "DATA_TYPE",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "BUFFER_LENGTH",
                "DECIMAL_DIGITS",
                "NUM_PREC_RADIX",
                "NULLABLE",
                "REMARKS",
                "COLUMN_DEF",
                "SQL_DATA_TYPE",
                "SQL_DATETIME_SUB",
                "CHAR_OCTET_LENGTH",
                "ORDINAL_POSITION",
                "IS_NULLABLE",
                "SCOPE_CATALOG",
                "SCOPE_SCHEMA",
                "SCOPE_TABLE",
                "SOURCE_DATA_TYPE",
                "IS_AUTOINCREMENT",
                "IS_GENERATEDCOLUMN"));
    NamePattern tables = new NamePattern(tablePattern);
    NamePattern columns = new NamePattern(columnPattern);
    for (String database : databases(catalog, schemaPattern)) {
      List<SchemaReader.Table> found = new ArrayList<>(schema.tables(database));
      if (tablePattern != null && !database.equals("temp")) {
        found.add(new SchemaReader.Table(database, "sqlite_schema", "table", null));
      }
      for (SchemaReader.Table table : found) {
        if (tables.matches(table.name())) {
          addColumns(rows, table, columns);
        }
      }
    }
    rows.sortBy(0, 1, 2, 16);
    return rows;
  }

  private void addColumns(StoredRows rows, SchemaReader.Table table, NamePattern pattern)
      throws SQLException {
    for (SchemaColumn column : schema.columns(table.database(), table.name())) {
      if (!pattern.matches(column.name())) {
        continue;
      }
      ColumnType type = column.type();
      boolean numeric = ColumnType.isNumeric(column.jdbcType());
      int nullable =
          column.isNotNull() ? ResultSetMetaData.columnNoNulls : ResultSetMetaData.columnNullable;
      rows.add(
          null,
          schemaOf(table.database()),
          table.name(),
          column.name(),
          column.jdbcType(),
          type.name,
          type.size > 0 ? type.size : UNLIMITED,
          null,
          numeric ? (Integer) type.digits : null,
          DECIMAL_RADIX,
          nullable,
          null,
          column.defaultText(),
          0,
          0,
          type.size > 0 ? type.size : UNLIMITED,
          column.position(),
          column.isNotNull() ? "NO" : "YES",
          null,
          null,
          null,
          null,
          column.isRowid() ? "YES" : "NO",
          column.isGenerated() ? "YES" : "NO");
    }
  }

  /** The rowid of the tables that have one. */
  StoredRows pseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    StoredRows rows =
        new StoredRows(
            Columns.named(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "COLUMN_NAME",
                "DATA_TYPE",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "NUM_PREC_RADIX",
                "COLUMN_USAGE",
                "REMARKS",
                "CHAR_OCTET_LENGTH",
                "IS_NULLABLE"));
    if (!new NamePattern(columnPattern).matches(ROWID)) {
      return rows;
    }
    NamePattern pattern = new NamePattern(tablePattern);
    for (String database : databases(catalog, schemaPattern)) {
      for (String table : schema.rowidTables(database)) {
        if (pattern.matches(table)) {
          rows.add(
              null,
              schemaOf(database),
              table,
              ROWID,
              Types.BIGINT,
              ROWID_DIGITS,
              0,
              DECIMAL_RADIX,
              "NO_USAGE_RESTRICTIONS",
              null,
              null,
              "NO");
        }
      }
    }
    rows.sortBy(1, 2);
    return rows;
  }

  /** The primary key, or the rowid if there is none. */
  StoredRows bestRowIdentifier(@Nullable String catalog, @Nullable String schemaName, String table)
      throws SQLException {
    StoredRows rows =
        new StoredRows(
            Columns.named(
                "SCOPE",
                "COLUMN_NAME",
                "DATA_TYPE",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "BUFFER_LENGTH",
                "DECIMAL_DIGITS",
                "PSEUDO_COLUMN"));
    for (String database : databases(catalog, schemaName)) {
      SchemaReader.Table found = schema.table(database, table);
      if (found == null || found.type().equals("view")) {
        continue;
      }
      for (SchemaColumn column : schema.primaryKey(database, table)) {
        ColumnType type = column.type();
        rows.add(
            DatabaseMetaData.bestRowSession,
            column.name(),
            column.jdbcType(),
            type.name,
            type.size,
            null,
            type.digits,
            DatabaseMetaData.bestRowNotPseudo);
      }
      if (rows.count() == 0) {
        rows.add(
            DatabaseMetaData.bestRowTransaction,
            "rowid",
            Types.BIGINT,
            "INTEGER",
            0,
            null,
            0,
            DatabaseMetaData.bestRowPseudo);
      }
      break;
    }
    return rows;
  }

  StoredRows typeInfo() {
    StoredRows rows =
        new StoredRows(
            Columns.named(
                "TYPE_NAME",
                "DATA_TYPE",
                "PRECISION",
                "LITERAL_PREFIX",
                "LITERAL_SUFFIX",
                "CREATE_PARAMS",
                "NULLABLE",
                "CASE_SENSITIVE",
                "SEARCHABLE",
                "UNSIGNED_ATTRIBUTE",
                "FIXED_PREC_SCALE",
                "AUTO_INCREMENT",
                "LOCAL_TYPE_NAME",
                "MINIMUM_SCALE",
                "MAXIMUM_SCALE",
                "SQL_DATA_TYPE",
                "SQL_DATETIME_SUB",
                "NUM_PREC_RADIX"));
    for (Object[] type :
        Arrays.asList(
            new Object[] {"NULL", Types.NULL, null, null, false, true, false},
            new Object[] {"INTEGER", Types.INTEGER, null, null, false, false, true},
            new Object[] {"REAL", Types.REAL, null, null, false, false, false},
            new Object[] {"TEXT", Types.VARCHAR, "'", "'", true, true, false},
            new Object[] {"BLOB", Types.BLOB, "x'", "'", false, true, false})) {
      rows.add(
          type[0],
          type[1],
          0,
          type[2],
          type[3],
          null,
          DatabaseMetaData.typeNullable,
          type[4],
          DatabaseMetaData.typeSearchable,
          type[5],
          false,
          type[6],
          null,
          0,
          0,
          0,
          0,
          DECIMAL_RADIX);
    }
    return rows;
  }
}
