package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.SqlNames;

/**
 * A constraint of a column.
 *
 * <p>{@code NULL} and a {@code DEFERRABLE} clause that follows no {@code REFERENCES} leave no
 * trace; one that does is part of the foreign key.
 */
public sealed interface ColumnConstraint {
  /**
   * {@code PRIMARY KEY}.
   *
   * @param order {@code DESC} keeps an INTEGER column from being the rowid
   */
  record PrimaryKey(
      OrderingTerm.SortOrder order, ConflictResolution conflict, boolean autoincrement)
      implements ColumnConstraint {}

  /** {@code NOT NULL}. */
  record NotNull(ConflictResolution conflict) implements ColumnConstraint {}

  /** {@code UNIQUE}. */
  record Unique(ConflictResolution conflict) implements ColumnConstraint {}

  /**
   * {@code CHECK (expr)}.
   *
   * @param name the last {@code CONSTRAINT name} since the column began, or null
   * @param text source text between the parentheses, trimmed
   */
  record Check(@Nullable Identifier name, Expr expr, String text) implements ColumnConstraint {
    /** What {@code CHECK constraint failed: ...} prints. */
    public String label() {
      return name == null ? SqlNames.dequoted(text) : name.name();
    }
  }

  /**
   * {@code DEFAULT value}.
   *
   * @param text source text of the value without outer parentheses: what {@code PRAGMA table_info}
   *     shows
   */
  record Default(Expr expr, String text) implements ColumnConstraint {}

  /** {@code COLLATE collation}. */
  record Collate(Identifier collation) implements ColumnConstraint {}

  /** {@code REFERENCES ...}. */
  record References(ForeignKey foreignKey) implements ColumnConstraint {}

  /**
   * {@code [GENERATED ALWAYS] AS (expr) [VIRTUAL | STORED]}.
   *
   * @param text source text between the parentheses, trimmed
   */
  record Generated(Expr expr, boolean stored, String text) implements ColumnConstraint {}
}
