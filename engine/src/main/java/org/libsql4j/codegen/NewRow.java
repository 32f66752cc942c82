package org.libsql4j.codegen;

import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;

/**
 * A row in registers that is about to be written: the rowid first, then all columns in the order of
 * the table.
 */
final class NewRow implements RowLocation {
  final Table table;
  final int rowidRegister;

  NewRow(Table table, int rowidRegister) {
    this.table = table;
    this.rowidRegister = rowidRegister;
  }

  int column(int index) {
    return rowidRegister + 1 + index;
  }

  @Override
  public int load(CodeContext context, int column, int target) {
    return column < 0 || column == table.rowidColumn ? rowidRegister : column(column);
  }

  /**
   * Where the row that this one replaces is, or would be, for {@link TriggerPrograms}: only for the
   * second of two rows made with {@link #allocatePair}, or where OLD does not matter.
   */
  int triggerRegister() {
    return rowidRegister - table.columnCount() - 1;
  }

  /** Allocates the registers of OLD and NEW side by side and answers NEW. */
  static NewRow allocatePair(CodeContext context, Table table) {
    int count = table.columnCount() + 1;
    return new NewRow(table, context.builder().newRegisters(2 * count) + count);
  }

  /** The row before a change, for the second of a pair. */
  NewRow old() {
    return new NewRow(table, triggerRegister());
  }

  /** Copies the current row of a location, with its rowid unless there is none. */
  void copyFrom(CodeContext context, RowLocation location) {
    if (table.hasRowid()) {
      copyFrom(context, location, -1, rowidRegister);
    }
    for (int i = 0; i < table.columnCount(); i++) {
      if (i != table.rowidColumn) {
        copyFrom(context, location, i, column(i));
      }
    }
  }

  private static void copyFrom(CodeContext context, RowLocation location, int column, int target) {
    int register = location.load(context, column, target);
    if (register != target) {
      context.builder().add(Opcode.COPY, register, target);
    }
  }

  /** Brings the row into the form that triggers see: affinities, generated columns, types. */
  void complete(CodeContext context) {
    if (table.columnCount() > 0 && !table.strict) {
      context
          .builder()
          .add(Opcode.AFFINITY, column(0), table.columnCount(), 0, TableAccess.affinities(table));
    }
    boolean checkedFirst = table.strict && hasGenerated();
    if (checkedFirst) {
      checkTypes(context, false);
    }
    computeGenerated(context);
    if (checkedFirst) {
      checkTypes(context, true);
    } else if (table.strict) {
      checkTypes(context);
    }
  }

  private boolean hasGenerated() {
    return table.hasGeneratedColumns();
  }

  /** Checks column by column: the row has virtual columns, which a record has not. */
  void checkTypes(CodeContext context) {
    checkTypes(context, false);
    checkTypes(context, true);
  }

  /**
   * Checks the generated columns or the others: generated ones are computed from values that have
   * taken their column's type.
   */
  void checkTypes(CodeContext context, boolean generated) {
    for (int i = 0; i < table.columnCount(); i++) {
      if (i != table.rowidColumn && table.column(i).isGenerated() == generated) {
        // P3 above 1 means this one column only.
        context.builder().add(Opcode.TYPE_CHECK, column(i), 1, i + 2, table);
      }
    }
  }

  /** Computes the generated columns. */
  void computeGenerated(CodeContext context) {
    for (int i = 0; i < table.columnCount(); i++) {
      if (table.column(i).isGenerated()) {
        context.generatedColumns().load(table, new Computed(this), i, column(i));
      }
    }
  }

  /** The row, with generated columns computed on demand: they may depend on later ones. */
  private record Computed(NewRow row) implements RowLocation {
    @Override
    public int load(CodeContext context, int column, int target) {
      if (column >= 0 && row.table.column(column).isGenerated()) {
        context.generatedColumns().load(row.table, this, column, target);
        return target;
      }
      return row.load(context, column, target);
    }
  }

  /** Allocates the registers. */
  static NewRow allocate(CodeContext context, Table table) {
    return new NewRow(table, context.builder().newRegisters(table.columnCount() + 1));
  }
}
