package org.libsql4j.sql.ast;

/** {@code ALTER TABLE table action}. */
public record AlterTable(QualifiedName table, Action action) implements Statement {
  /** What is altered. */
  public sealed interface Action {
    /** {@code RENAME TO name}. */
    record RenameTable(Identifier name) implements Action {}

    /** {@code RENAME [COLUMN] from TO to}. */
    record RenameColumn(Identifier from, Identifier to) implements Action {}

    /**
     * {@code ADD [COLUMN] definition}.
     *
     * @param text source text of the definition, from the name to the end of the statement
     */
    record AddColumn(ColumnDefinition column, String text) implements Action {}

    /** {@code DROP [COLUMN] name}. */
    record DropColumn(Identifier column) implements Action {}

    /**
     * libSQL's {@code ALTER COLUMN column TO definition}.
     *
     * @param text source text of the definition, from the name to the end of the statement
     */
    record AlterColumn(ColumnDefinition column, ColumnDefinition definition, String text)
        implements Action {}
  }
}
