package org.libsql4j.compat.generate;

import java.util.List;

/**
 * A generated table.
 *
 * @param key ORDER BY terms that identify a row
 * @param indexes names of its indexes that are not partial
 */
public record TableModel(
    String name, List<ColumnModel> columns, String key, boolean hasRowid, List<String> indexes) {

  /**
   * A column.
   *
   * @param type as declared; may be empty
   * @param constrained whether a change of it can hit a constraint
   */
  public record ColumnModel(String name, String type, boolean constrained) {}
}
