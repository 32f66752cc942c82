package org.libsql4j.codegen;

import org.libsql4j.schema.Table;

/**
 * A row in registers that is about to be written: the rowid first, then all columns in the order of
 * the table.
 */
record NewRow(Table table, int rowidRegister) implements RowLocation {
  int column(int index) {
    return rowidRegister + 1 + index;
  }

  @Override
  public int load(CodeContext context, int column, int target) {
    return column < 0 || column == table.rowidColumn ? rowidRegister : column(column);
  }

  /** Allocates the registers. */
  static NewRow allocate(CodeContext context, Table table) {
    return new NewRow(table, context.builder().newRegisters(table.columnCount() + 1));
  }
}
