package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.SqlNames;

/** A constraint after the columns of {@code CREATE TABLE}. */
public sealed interface TableConstraint {
  /** {@code PRIMARY KEY (columns)}. */
  record PrimaryKey(List<OrderingTerm> columns, boolean autoincrement, ConflictResolution conflict)
      implements TableConstraint {}

  /** {@code UNIQUE (columns)}. */
  record Unique(List<OrderingTerm> columns, ConflictResolution conflict)
      implements TableConstraint {}

  /**
   * {@code CHECK (expr)}; a conflict clause is accepted and ignored.
   *
   * @param name the last {@code CONSTRAINT name} since the last comma, or null
   * @param text source text between the parentheses, trimmed
   */
  record Check(@Nullable Identifier name, Expr expr, String text) implements TableConstraint {
    /** What {@code CHECK constraint failed: ...} prints. */
    public String label() {
      return name == null ? SqlNames.dequoted(text) : name.name();
    }
  }

  /** {@code FOREIGN KEY (columns) REFERENCES ...}. */
  record Foreign(List<Identifier> columns, ForeignKey foreignKey) implements TableConstraint {}
}
