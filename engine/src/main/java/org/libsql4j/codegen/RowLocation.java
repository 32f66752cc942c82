package org.libsql4j.codegen;

import java.util.BitSet;
import org.libsql4j.record.Affinity;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Where the current row of a source can be read. */
public interface RowLocation {
  /**
   * Generates code that reads a column.
   *
   * @param column number of the column in the source's table, -1 for the rowid
   * @param target a register that may be written
   * @return the register where the value is: the target, or one that must not be written
   */
  int load(CodeContext context, int column, int target);

  /** The current row of a cursor on a table. */
  final class TableCursor implements RowLocation {
    public final Table table;
    public final int cursor;

    public TableCursor(Table table, int cursor) {
      this.table = table;
      this.cursor = cursor;
    }

    @Override
    public int load(CodeContext context, int column, int target) {
      ProgramBuilder builder = context.builder();
      if (table.withoutRowid) {
        return loadFromPrimaryKey(context, column, target);
      }
      if (column < 0 || column == table.rowidColumn) {
        builder.add(Opcode.ROWID, cursor, target);
        return target;
      }
      Column definition = table.column(column);
      if (definition.isVirtual()) {
        return loadVirtual(context, column, target);
      }
      builder.add(
          Opcode.COLUMN, cursor, table.storageIndex(column), target, context.defaultOf(definition));
      if (definition.affinity() == Affinity.REAL) {
        builder.add(Opcode.REAL_AFFINITY, target);
      }
      return target;
    }

    /** Of the row of NULLs that an outer join makes up, every column is NULL. */
    private int loadVirtual(CodeContext context, int column, int target) {
      int none = context.builder().add(Opcode.IF_NULL_ROW, cursor, 0, target);
      context.generatedColumns().load(table, this, column, target);
      context.builder().jumpHere(none);
      return target;
    }

    private int loadFromPrimaryKey(CodeContext context, int column, int target) {
      Index key = table.primaryKeyIndex();
      if (key == null || column < 0) {
        throw new IllegalStateException("no such column in " + table.name);
      }
      Column definition = table.column(column);
      if (definition.isVirtual()) {
        return loadVirtual(context, column, target);
      }
      context
          .builder()
          .add(
              Opcode.COLUMN, cursor, key.positionOf(column), target, context.defaultOf(definition));
      if (definition.affinity() == Affinity.REAL) {
        context.builder().add(Opcode.REAL_AFFINITY, target);
      }
      return target;
    }
  }

  /** The current entry of an index that has all columns wanted. */
  final class CoveringIndex implements RowLocation {
    public final Index index;
    public final int cursor;

    public CoveringIndex(Index index, int cursor) {
      this.index = index;
      this.cursor = cursor;
    }

    @Override
    public int load(CodeContext context, int column, int target) {
      ProgramBuilder builder = context.builder();
      Table table = index.table;
      if (table.hasRowid() && (column < 0 || column == table.rowidColumn)) {
        builder.add(Opcode.IDX_ROWID, cursor, target);
        return target;
      }
      int position = index.positionOf(column);
      if (position < 0) {
        if (table.column(column).isVirtual()) {
          context.generatedColumns().load(table, this, column, target);
          return target;
        }
        throw new IllegalStateException(index.name + " does not cover column " + column);
      }
      builder.add(Opcode.COLUMN, cursor, position, target);
      if (table.affinity(column) == Affinity.REAL) {
        builder.add(Opcode.REAL_AFFINITY, target);
      }
      return target;
    }
  }

  /** A row that is spread over consecutive registers: column n is in register first+n. */
  final class Registers implements RowLocation {
    public final int first;
    public final int rowidRegister;
    private final BitSet reals;

    public Registers(int first, int rowidRegister) {
      this(first, rowidRegister, new BitSet());
    }

    /**
     * @param reals columns whose integers become floating point numbers when they are read
     */
    Registers(int first, int rowidRegister, BitSet reals) {
      this.first = first;
      this.rowidRegister = rowidRegister;
      this.reals = reals;
    }

    @Override
    public int load(CodeContext context, int column, int target) {
      int register = column < 0 ? rowidRegister : first + column;
      if (column < 0 || !reals.get(column)) {
        return register;
      }
      context.builder().add(Opcode.COPY, register, target);
      context.builder().add(Opcode.REAL_AFFINITY, target);
      return target;
    }
  }

  /** The current row of a virtual table. */
  final class VirtualRow implements RowLocation {
    public final int cursor;

    public VirtualRow(int cursor) {
      this.cursor = cursor;
    }

    @Override
    public int load(CodeContext context, int column, int target) {
      if (column < 0) {
        context.builder().add(Opcode.ROWID, cursor, target);
      } else {
        context.builder().add(Opcode.V_COLUMN, cursor, column, target);
      }
      return target;
    }
  }

  /** The current row of an ephemeral table or sorter whose columns are those of a subquery. */
  final class EphemeralCursor implements RowLocation {
    public final int cursor;
    public final int firstColumn;
    private final BitSet reals;

    public EphemeralCursor(int cursor, int firstColumn) {
      this(cursor, firstColumn, new BitSet());
    }

    /**
     * @param reals columns whose integers become floating point numbers when they are read
     */
    EphemeralCursor(int cursor, int firstColumn, BitSet reals) {
      this.cursor = cursor;
      this.firstColumn = firstColumn;
      this.reals = reals;
    }

    @Override
    public int load(CodeContext context, int column, int target) {
      if (column < 0) {
        context.builder().add(Opcode.ROWID, cursor, target);
      } else {
        context.builder().add(Opcode.COLUMN, cursor, firstColumn + column, target);
        if (reals.get(column)) {
          context.builder().add(Opcode.REAL_AFFINITY, target);
        }
      }
      return target;
    }
  }

  /** NEW or OLD of a trigger: parameters of the program's caller. */
  final class TriggerRow implements RowLocation {
    public final Table table;
    public final int firstParameter;

    public TriggerRow(Table table, int firstParameter) {
      this.table = table;
      this.firstParameter = firstParameter;
    }

    @Override
    public int load(CodeContext context, int column, int target) {
      int parameter = firstParameter;
      if (column >= 0 && column != table.rowidColumn) {
        parameter += 1 + column;
      }
      context.builder().add(Opcode.PARAM, parameter, target);
      if (column >= 0
          && column != table.rowidColumn
          && table.column(column).affinity() == Affinity.REAL) {
        context.builder().add(Opcode.REAL_AFFINITY, target);
      }
      return target;
    }
  }
}
