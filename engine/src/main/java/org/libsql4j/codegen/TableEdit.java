package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates changes of a table that the engine itself keeps: the schema, sequences, statistics.
 * Such a table has rowids and no indexes.
 *
 * <p>The rows are collected before the first one is changed.
 */
final class TableEdit {
  /** A condition on a row. */
  private interface Test {
    /** Jumps to the label unless the row under the cursor fulfils it. */
    void code(int cursor, int skipLabel);
  }

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;
  private final int database;
  private final List<Test> tests = new ArrayList<>();

  TableEdit(CodeContext context, int database, Table table) {
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    this.database = database;
  }

  /** Only rows whose column has this text. */
  TableEdit where(int column, String text) {
    return compare(column, text, Opcode.NE);
  }

  /** Only rows whose column has another text. */
  TableEdit whereNot(int column, String text) {
    return compare(column, text, Opcode.EQ);
  }

  private TableEdit compare(int column, String text, int skipOpcode) {
    int wanted = builder.newRegister();
    builder.add(Opcode.STRING8, 0, wanted, 0, text);
    return compareRegister(column, wanted, skipOpcode);
  }

  /** Only rows whose column equals a register. */
  TableEdit whereRegister(int column, int register) {
    return compareRegister(column, register, Opcode.NE);
  }

  private TableEdit compareRegister(int column, int wanted, int skipOpcode) {
    int found = builder.newRegister();
    tests.add(
        (cursor, skip) -> {
          builder.add(Opcode.COLUMN, cursor, table.storageIndex(column), found);
          builder.add(skipOpcode, wanted, skip, found, context.collation(null));
          builder.setP5(OpFlags.JUMPIFNULL);
        });
    return this;
  }

  void delete() {
    forEach((cursor, rowid) -> builder.add(Opcode.DELETE, cursor));
  }

  /**
   * Rewrites the rows.
   *
   * @param change given the first of the registers with the columns, generates changes of them
   */
  void update(IntConsumer change) {
    forEach(
        (cursor, rowid) -> {
          int count = table.storedColumnCount();
          int first = builder.newRegisters(count);
          for (int i = 0; i < count; i++) {
            builder.add(Opcode.COLUMN, cursor, i, first + i);
          }
          change.accept(first);
          int record = builder.newRegister();
          builder.add(Opcode.MAKE_RECORD, first, count, record, affinities());
          builder.add(Opcode.INSERT, cursor, record, rowid);
        });
  }

  private String affinities() {
    StringBuilder letters = new StringBuilder();
    for (var column : table.columns) {
      if (!column.isVirtual()) {
        letters.append(TableAccess.letter(column.affinity()));
      }
    }
    return letters.toString();
  }

  private interface RowAction {
    void code(int cursor, int rowidRegister);
  }

  private void forEach(RowAction action) {
    int cursor = builder.newCursor();
    int rowid = builder.newRegister();
    int set = builder.newRegister();
    int next = builder.newLabel();
    int end = builder.newLabel();
    builder.add(Opcode.NULL, 0, set);
    builder.add(Opcode.OPEN_WRITE, cursor, table.rootPage, database, table.storedColumnCount());
    int top = builder.add(Opcode.REWIND, cursor, end);
    for (Test test : tests) {
      test.code(cursor, next);
    }
    builder.add(Opcode.ROWID, cursor, rowid);
    builder.add(Opcode.ROW_SET_ADD, set, rowid);
    builder.resolve(next);
    builder.add(Opcode.NEXT, cursor, top + 1);
    builder.resolve(end);
    int done = builder.newLabel();
    int read = builder.add(Opcode.ROW_SET_READ, set, done, rowid);
    builder.add(Opcode.NOT_EXISTS, cursor, read, rowid);
    action.code(cursor, rowid);
    builder.add(Opcode.GOTO, 0, read);
    builder.resolve(done);
    builder.add(Opcode.CLOSE, cursor);
  }
}
