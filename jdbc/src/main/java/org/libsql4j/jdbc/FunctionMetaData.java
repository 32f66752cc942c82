package org.libsql4j.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metadata of SQL functions. */
final class FunctionMetaData {
  private static final String[] COLUMN_LABELS = {
    "FUNCTION_CAT",
    "FUNCTION_SCHEM",
    "FUNCTION_NAME",
    "COLUMN_NAME",
    "COLUMN_TYPE",
    "DATA_TYPE",
    "TYPE_NAME",
    "PRECISION",
    "LENGTH",
    "SCALE",
    "RADIX",
    "NULLABLE",
    "REMARKS",
    "CHAR_OCTET_LENGTH",
    "ORDINAL_POSITION",
    "IS_NULLABLE",
    "SPECIFIC_NAME"
  };

  /** Places of columns in the result, from 0. */
  private static final int FUNCTION_NAME = 2;

  private static final int ORDINAL_POSITION = 14;
  private static final int SPECIFIC_NAME = 16;

  private final SchemaReader schema;

  FunctionMetaData(SchemaReader schema) {
    this.schema = schema;
  }

  /** The functions that match a pattern; each number of arguments is one. */
  StoredRows functions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    StoredRows rows =
        new StoredRows(
            Columns.named(
                "FUNCTION_CAT",
                "FUNCTION_SCHEM",
                "FUNCTION_NAME",
                "REMARKS",
                "FUNCTION_TYPE",
                "SPECIFIC_NAME"));
    boolean anySchema = new NamePattern(schemaPattern).matches("");
    if (!anySchema || (catalog != null && !catalog.isEmpty())) {
      return rows;
    }
    NamePattern pattern = new NamePattern(namePattern);
    List<SchemaReader.Function> functions = schema.functions();
    for (SchemaReader.Function function : functions) {
      if (pattern.matches(function.name())) {
        rows.add(
            null,
            null,
            function.name(),
            null,
            DatabaseMetaData.functionNoTable,
            function.name() + "/" + function.argumentCount());
      }
    }
    rows.sortBy(2, 5);
    return rows;
  }

  /**
   * The result of each function that matches, and its arguments, as far as their number is fixed.
   * They take and give values of any type, and have no names but their numbers.
   */
  StoredRows columns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    StoredRows rows = new StoredRows(Columns.named(COLUMN_LABELS));
    boolean anySchema = new NamePattern(schemaPattern).matches("");
    if (!anySchema || (catalog != null && !catalog.isEmpty())) {
      return rows;
    }
    NamePattern pattern = new NamePattern(namePattern);
    NamePattern columns = new NamePattern(columnPattern);
    for (SchemaReader.Function function : schema.functions()) {
      if (pattern.matches(function.name())) {
        for (int position = 0; position <= Math.max(function.argumentCount(), 0); position++) {
          String name = position == 0 ? "" : "arg" + position;
          if (columns.matches(name)) {
            addColumn(rows, function, name, position);
          }
        }
      }
    }
    rows.sortBy(FUNCTION_NAME, SPECIFIC_NAME, ORDINAL_POSITION);
    return rows;
  }

  private static void addColumn(
      StoredRows rows, SchemaReader.Function function, String name, int position) {
    rows.add(
        null,
        null,
        function.name(),
        name,
        position == 0 ? DatabaseMetaData.functionColumnResult : DatabaseMetaData.functionColumnIn,
        Types.OTHER,
        "ANY",
        null,
        null,
        null,
        null,
        DatabaseMetaData.functionNullable,
        null,
        null,
        position,
        "YES",
        function.name() + "/" + function.argumentCount());
  }
}
