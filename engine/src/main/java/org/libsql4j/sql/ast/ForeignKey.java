package org.libsql4j.sql.ast;

import java.util.List;

/**
 * {@code REFERENCES table [(columns)] ...}.
 *
 * @param columns empty if not given: the primary key
 * @param deferred {@code DEFERRABLE INITIALLY DEFERRED}
 */
public record ForeignKey(
    Identifier table,
    List<Identifier> columns,
    Action onDelete,
    Action onUpdate,
    boolean deferred) {
  /** What is done to the referring rows. */
  public enum Action {
    NO_ACTION("NO ACTION"),
    RESTRICT("RESTRICT"),
    SET_NULL("SET NULL"),
    SET_DEFAULT("SET DEFAULT"),
    CASCADE("CASCADE");

    private final String sql;

    Action(String sql) {
      this.sql = sql;
    }

    /** As written in SQL. */
    public String sql() {
      return sql;
    }
  }
}
