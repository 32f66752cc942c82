package org.libsql4j.resolve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.SqlNames;

/**
 * Tells columns of a star that could not be named: a star stands for the full names of the columns,
 * which mean nothing where two sources have the same name.
 */
final class StarColumns {
  private StarColumns() {}

  /** Refuses a column of a source if its full name means a column of another source as well. */
  static void check(Source source, int position, String column, List<Source> sources) {
    List<Source.NestedColumn> nested = source.nested;
    String table = nested == null ? source.alias : nested.get(position).table();
    if (table == null || sources.size() < 2) {
      return;
    }
    String schema = nested == null ? source.schemaName : nested.get(position).schema();
    int count = 0;
    for (Source other : sources) {
      if (has(other, schema, table, column)
          && (count == 0 || !SqlNames.contains(other.using, column))) {
        count++;
      }
    }
    if (count > 1) {
      String shown = schema != null ? schema : source.table.isVirtual() ? "main" : "*";
      throw CompileEnvironment.error(
          "ambiguous column name: " + shown + "." + table + "." + column);
    }
  }

  private static boolean has(Source source, @Nullable String schema, String table, String column) {
    if (source.nested == null) {
      return same(source.alias, table)
          && same(source.schemaName, schema)
          && source.table.columnIndex(column) >= 0;
    }
    for (Source.NestedColumn nested : source.nested) {
      if (same(nested.table(), table)
          && same(nested.schema(), schema)
          && same(nested.name(), column)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(@Nullable String a, @Nullable String b) {
    return a == null ? b == null : a.equalsIgnoreCase(b);
  }
}
