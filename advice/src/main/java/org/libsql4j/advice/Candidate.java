package org.libsql4j.advice;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.SqlNames;

/**
 * An index that might help.
 *
 * @param schema name of the database
 * @param table name of the table
 * @param keys its columns
 */
record Candidate(String schema, String table, List<Key> keys) {
  /**
   * A column of the index.
   *
   * @param text the column's name or an expression, in SQL
   * @param collation null for the column's own
   * @param descending whether it is sorted the other way
   */
  record Key(String text, @Nullable String collation, boolean descending) {
    /** As in CREATE INDEX, without the direction. */
    String value() {
      return collation == null ? text : text + " COLLATE " + SqlNames.quoteIfNeeded(collation);
    }

    String sql() {
      return descending ? value() + " DESC" : value();
    }
  }

  /** The columns as in CREATE INDEX. */
  String columns() {
    return keys.stream().map(Key::sql).collect(Collectors.joining(", "));
  }

  /** A name like those that sqlite3's expert mode gives. */
  String name() {
    String columns = columns();
    int hash = 0;
    for (int i = 0; i < columns.length(); i++) {
      hash = 9 * hash + columns.charAt(i);
    }
    return table + "_idx_" + String.format("%08x", hash);
  }

  /**
   * @param inSchema whether the name of the database is to be there
   */
  String sql(boolean inSchema) {
    String prefix = inSchema ? SqlNames.quoteIfNeeded(schema) + "." : "";
    return "CREATE INDEX "
        + prefix
        + SqlNames.quoteIfNeeded(name())
        + " ON "
        + SqlNames.quoteIfNeeded(table)
        + "("
        + columns()
        + ")";
  }

  /** Whether an index of the table begins with the same columns. */
  boolean isThere(Table existing) {
    return existing.indexes.stream().anyMatch(index -> begins(existing, index));
  }

  private boolean begins(Table existing, Index index) {
    if (index.isPartial() || index.keyColumnCount < keys.size()) {
      return false;
    }
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      int column = index.columns[i];
      if (column < 0
          || !SqlNames.quoteIfNeeded(existing.column(column).name()).equals(key.text())
          || index.descending[i] != key.descending()
          || !index.collations[i].equalsIgnoreCase(collation(existing, column, key))) {
        return false;
      }
    }
    return true;
  }

  private static String collation(Table table, int column, Key key) {
    String own = table.column(column).collation();
    String wanted = key.collation() == null ? own : key.collation();
    return wanted == null ? "BINARY" : wanted;
  }
}
