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
   * @param generated whether it is calculated, so that nothing is stored in it by hand
   */
  public record ColumnModel(String name, String type, boolean constrained, boolean generated) {
    public ColumnModel(String name, String type, boolean constrained) {
      this(name, type, constrained, false);
    }

    /** The same, whose changes can hit a constraint. */
    public ColumnModel asConstrained() {
      return new ColumnModel(name, type, true, generated);
    }
  }

  /** The columns that statements may store something in. */
  public List<ColumnModel> storable() {
    return columns.stream().filter(c -> !c.generated()).toList();
  }
}
