package org.libsql4j.compile;

import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.schema.SchemaTable;

/**
 * A row of a schema table.
 *
 * @param rootPage as text, because it may be anything
 */
record SchemaRow(
    @Nullable String type,
    @Nullable String name,
    @Nullable String tableName,
    @Nullable String rootPage,
    @Nullable String sql) {
  private static final long MAX_UNSIGNED = 0xffffffffL;

  static SchemaRow of(Mem[] fields) {
    return new SchemaRow(
        fields[SchemaTable.TYPE].text(),
        fields[SchemaTable.NAME].text(),
        fields[SchemaTable.TABLE_NAME].text(),
        fields[SchemaTable.ROOT_PAGE].text(),
        untilZero(fields[SchemaTable.SQL].text()));
  }

  /** A text ends at a zero character, as SQLite reads it. */
  private static @Nullable String untilZero(@Nullable String text) {
    int zero = text == null ? -1 : text.indexOf('\0');
    return text == null || zero < 0 ? text : text.substring(0, zero);
  }

  /** Whether the row has the text of a CREATE statement. */
  boolean hasDefinition() {
    return sql != null && sql.length() >= 2 && sql.regionMatches(true, 0, "cr", 0, 2);
  }

  /** The root page, or -1 if it is no unsigned 32-bit number. */
  long rootPageNumber() {
    String text = rootPage;
    if (text == null || text.isEmpty() || text.length() > 10) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value <= MAX_UNSIGNED ? value : -1;
  }
}
