package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Statement;

/** The columns of a result: their names, and where they come from. Counted from 0. */
final class Columns {
  /** Which columns of the driver's own hold numbers; the others hold texts. */
  private static final Set<String> NUMBERS =
      new HashSet<>(
          Arrays.asList(
              "last_insert_rowid()",
              "DATA_TYPE",
              "COLUMN_SIZE",
              "BUFFER_LENGTH",
              "DECIMAL_DIGITS",
              "NUM_PREC_RADIX",
              "NULLABLE",
              "SQL_DATA_TYPE",
              "SQL_DATETIME_SUB",
              "CHAR_OCTET_LENGTH",
              "ORDINAL_POSITION",
              "SOURCE_DATA_TYPE",
              "KEY_SEQ",
              "UPDATE_RULE",
              "DELETE_RULE",
              "DEFERRABILITY",
              "NON_UNIQUE",
              "TYPE",
              "CARDINALITY",
              "PAGES",
              "SCOPE",
              "PSEUDO_COLUMN",
              "PRECISION",
              "LENGTH",
              "SCALE",
              "RADIX",
              "COLUMN_TYPE",
              "FUNCTION_TYPE",
              "PROCEDURE_TYPE",
              "CASE_SENSITIVE",
              "SEARCHABLE",
              "UNSIGNED_ATTRIBUTE",
              "FIXED_PREC_SCALE",
              "AUTO_INCREMENT",
              "MINIMUM_SCALE",
              "MAXIMUM_SCALE",
              "ATTR_SIZE",
              "BASE_TYPE",
              "MAX_LEN"));

  private final String[] labels;
  private final @Nullable String[] declaredTypes;
  private final @Nullable String[] databases;
  private final @Nullable String[] tables;
  private final @Nullable String[] origins;

  /** What the schema says of them; null for those that nobody has asked for. */
  private @Nullable SchemaColumn @Nullable [] schemaColumns;

  /** Numbers of labels asked for. */
  private @Nullable Map<String, Integer> found;

  private Columns(int count) {
    labels = new String[count];
    declaredTypes = new String[count];
    databases = new String[count];
    tables = new String[count];
    origins = new String[count];
  }

  /** Of a statement as it is compiled now. */
  static Columns of(Statement statement) {
    int count = statement.columnCount();
    Columns columns = new Columns(count);
    for (int i = 0; i < count; i++) {
      columns.labels[i] = statement.columnName(i);
      columns.declaredTypes[i] = statement.columnDeclaredType(i);
      columns.databases[i] = statement.columnDatabase(i);
      columns.tables[i] = statement.columnTable(i);
      columns.origins[i] = statement.columnOrigin(i);
    }
    return columns;
  }

  /** Columns that the driver itself makes up. */
  static Columns named(String... labels) {
    Columns columns = new Columns(labels.length);
    for (int i = 0; i < labels.length; i++) {
      columns.labels[i] = labels[i];
      columns.declaredTypes[i] = NUMBERS.contains(labels[i]) ? "INTEGER" : "VARCHAR";
    }
    return columns;
  }

  int count() {
    return labels.length;
  }

  String label(int column) {
    return labels[column];
  }

  @Nullable String declaredType(int column) {
    return declaredTypes[column];
  }

  @Nullable String database(int column) {
    return databases[column];
  }

  @Nullable String table(int column) {
    return tables[column];
  }

  /** Name of the table column that a column is, or null for expressions. */
  @Nullable String origin(int column) {
    return origins[column];
  }

  /** What the schema says of the table column that a column is, or null. */
  @Nullable SchemaColumn schemaColumn(int column, SchemaReader schema) throws SQLException {
    String table = tables[column];
    if (table == null || origins[column] == null) {
      return null;
    }
    @Nullable SchemaColumn[] known = schemaColumns;
    if (known == null) {
      known = new SchemaColumn[labels.length];
      schemaColumns = known;
    }
    if (known[column] == null) {
      String database = databases[column];
      List<SchemaColumn> all = schema.columns(database == null ? "main" : database, table);
      for (int i = 0; i < labels.length; i++) {
        if (table.equals(tables[i]) && Objects.equals(database, databases[i])) {
          known[i] = named(origins[i], all);
        }
      }
    }
    return known[column];
  }

  private static @Nullable SchemaColumn named(@Nullable String name, List<SchemaColumn> columns) {
    for (SchemaColumn column : columns) {
      if (column.name().equalsIgnoreCase(name)) {
        return column;
      }
    }
    return null;
  }

  /**
   * Number, from 1, of the first column with this label; letter case is ignored unless two columns
   * differ in nothing else.
   */
  int find(String label) throws SQLException {
    Map<String, Integer> before = found;
    if (before == null) {
      before = new HashMap<>();
      found = before;
    }
    Integer known = before.get(label);
    if (known != null) {
      return known;
    }
    int index = search(label);
    if (index < 0) {
      throw SqlErrors.badValue("no such column: '" + label + "'", "42S22");
    }
    before.put(label, index + 1);
    return index + 1;
  }

  private int search(String label) {
    int index = -1;
    for (int i = labels.length - 1; i >= 0; i--) {
      if (labels[i].equals(label)) {
        index = i;
      }
    }
    for (int i = 0; index < 0 && i < labels.length; i++) {
      if (labels[i].equalsIgnoreCase(label)) {
        index = i;
      }
    }
    return index;
  }
}
