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
  static void check(Source source, String column, List<Source> sources) {
    String alias = source.alias;
    if (alias == null || sources.size() < 2) {
      return;
    }
    int count = 0;
    for (Source other : sources) {
      if (isSameName(source, other)
          && other.table.columnIndex(column) >= 0
          && (count == 0 || !SqlNames.contains(other.using, column))) {
        count++;
      }
    }
    if (count > 1) {
      String schema = source.schemaName;
      String shown = schema != null ? schema : source.table.isVirtual() ? "main" : "*";
      throw CompileEnvironment.error(
          "ambiguous column name: " + shown + "." + alias + "." + column);
    }
  }

  private static boolean isSameName(Source a, Source b) {
    return b.nested == null && same(a.alias, b.alias) && same(a.schemaName, b.schemaName);
  }

  private static boolean same(@Nullable String a, @Nullable String b) {
    return a == null ? b == null : a.equalsIgnoreCase(b);
  }
}
