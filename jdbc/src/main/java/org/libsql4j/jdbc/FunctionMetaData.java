package org.libsql4j.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metadata of SQL functions. */
final class FunctionMetaData {
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
}
