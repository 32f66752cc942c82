package org.libsql4j.schema;

import java.util.List;
import org.libsql4j.sql.ast.ConflictResolution;

/** The order of a table's indexes: the newest first, but those that REPLACE rows at the end. */
final class IndexOrder {
  private IndexOrder() {}

  static void add(Table table, Index index) {
    List<Index> list = table.indexes;
    int place = 0;
    if (index.unique == ConflictResolution.REPLACE) {
      while (place < list.size() && list.get(place).unique != ConflictResolution.REPLACE) {
        place++;
      }
    }
    list.add(place, index);
  }
}
