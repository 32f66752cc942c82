package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the upkeep of sqlite_sequence for a table with AUTOINCREMENT. */
final class Autoincrement {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;
  private final Table sequence;
  private final int database;
  private final int nameRegister;
  private final int maximumRegister;
  private final int sequenceRowid;

  private Autoincrement(CodeContext context, Table table, Table sequence) {
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    this.sequence = sequence;
    this.database = context.databaseIndex(table);
    // The record needs the name and the maximum side by side.
    this.nameRegister = builder.newRegisters(2);
    this.maximumRegister = nameRegister + 1;
    this.sequenceRowid = builder.newRegister();
  }

  /**
   * Null if the table has no AUTOINCREMENT.
   *
   * @param context that of the statement itself, also for tables that only its triggers change
   */
  static @Nullable Autoincrement of(CodeContext context, Table table) {
    if (!table.autoincrement || table.schema == null) {
      return null;
    }
    Table sequence = table.schema.table("sqlite_sequence");
    if (sequence == null || sequence.columnCount() != 2 || !sequence.hasRowid()) {
      throw new LibsqlException(ResultCode.CORRUPT_SEQUENCE);
    }
    Autoincrement autoincrement = new Autoincrement(context, table, sequence);
    context.initialise(autoincrement::read);
    return autoincrement;
  }

  Table table() {
    return table;
  }

  /** Register of the largest rowid ever given. */
  int maximumRegister() {
    return maximumRegister;
  }

  private void read() {
    int cursor = builder.newCursor();
    int column = builder.newRegister();
    int end = builder.newLabel();
    int next = builder.newLabel();
    builder.add(Opcode.OPEN_READ, cursor, sequence.rootPage, database, 2);
    builder.add(Opcode.STRING8, 0, nameRegister, 0, table.name);
    builder.add(Opcode.INTEGER, 0, maximumRegister);
    builder.add(Opcode.NULL, 0, sequenceRowid);
    int top = builder.add(Opcode.REWIND, cursor, end);
    builder.add(Opcode.COLUMN, cursor, 0, column);
    builder.add(Opcode.NE, nameRegister, next, column, context.collation(null));
    builder.setP5(OpFlags.JUMPIFNULL);
    builder.add(Opcode.ROWID, cursor, sequenceRowid);
    builder.add(Opcode.COLUMN, cursor, 1, maximumRegister);
    builder.add(Opcode.ADD_IMM, maximumRegister, 0);
    builder.add(Opcode.GOTO, 0, end);
    builder.resolve(next);
    builder.add(Opcode.NEXT, cursor, top + 1);
    builder.resolve(end);
    builder.add(Opcode.CLOSE, cursor);
  }

  /**
   * Remembers a rowid that was given.
   *
   * @param writer the program that inserts: the statement itself or a trigger
   */
  void step(ProgramBuilder writer, int rowidRegister) {
    writer.add(Opcode.MEM_MAX, maximumRegister, rowidRegister);
  }

  void end() {
    int cursor = builder.newCursor();
    int record = builder.newRegister();
    builder.add(Opcode.OPEN_WRITE, cursor, sequence.rootPage, database, 2);
    int known = builder.add(Opcode.NOT_NULL, sequenceRowid);
    builder.add(Opcode.NEW_ROWID, cursor, sequenceRowid);
    builder.jumpHere(known);
    builder.add(Opcode.MAKE_RECORD, nameRegister, 2, record);
    builder.add(Opcode.INSERT, cursor, record, sequenceRowid);
    builder.setP5(OpFlags.APPEND);
    builder.add(Opcode.CLOSE, cursor);
  }
}
