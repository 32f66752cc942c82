package org.libsql4j;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.ResultColumn;

/** Finds what the schema knows of the columns of results. */
final class ColumnOrigins {
  private ColumnOrigins() {}

  static ColumnMetadata describe(ConnectionState state, ResultColumn column) {
    String origin = column.origin();
    Table table = table(state, column);
    int number = table == null || origin == null ? -1 : numberOf(table, origin);
    boolean isRowid = table != null && number >= 0 && number == table.rowidColumn;
    Column found = table == null || number < 0 ? null : table.columns.get(number);
    return new ColumnMetadata(
        column.name(),
        column.declaredType(),
        column.database(),
        column.table(),
        origin,
        isRowid || (found != null && found.notNull() != null),
        isRowid || (found != null && found.inPrimaryKey()),
        isRowid && table != null && table.autoincrement);
  }

  private static @Nullable Table table(ConnectionState state, ResultColumn column) {
    String database = column.database();
    String name = column.table();
    int index = database == null || name == null ? -1 : state.databaseIndex(database);
    return index < 0 || name == null ? null : state.catalog().tableIn(index, name);
  }

  private static int numberOf(Table table, String name) {
    for (int i = 0; i < table.columns.size(); i++) {
      if (table.columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }
}
