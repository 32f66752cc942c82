package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;

/**
 * What is known at compile time of a column of the result.
 *
 * @param name the column's name or alias
 * @param declaredType the declared type if it comes straight from a table column, else null
 * @param database schema name of that table, else null
 * @param table name of that table (not its alias), else null
 * @param origin name of that table's column, else null
 */
public record ResultColumn(
    String name,
    @Nullable String declaredType,
    @Nullable String database,
    @Nullable String table,
    @Nullable String origin) {

  /** A column that is an expression. */
  public static ResultColumn ofExpression(String name) {
    return new ResultColumn(name, null, null, null, null);
  }
}
