package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.alter.ColumnText;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.ColumnConstraint;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates ALTER TABLE DROP COLUMN, which writes every row anew. */
final class DropColumnCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;
  private final int database;

  DropColumnCodegen(CodeContext context, Table table, int database) {
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    this.database = database;
  }

  void code(Identifier column) {
    if (table.isView()) {
      throw DdlNames.error("cannot drop column from view \"" + table.name + "\"");
    }
    if (table.kind == Table.Kind.VIRTUAL) {
      throw DdlNames.error("cannot drop column from virtual table \"" + table.name + "\"");
    }
    int number = table.columnIndex(column.name());
    if (number < 0) {
      throw DdlNames.error("no such column: \"" + context.written(column) + "\"");
    }
    checkNotKey(number, column.name());
    if (table.columnCount() <= 1) {
      throw DdlNames.error("cannot drop column \"" + column.name() + "\": no other columns exist");
    }
    SchemaVerifier verifier = new SchemaVerifier(context.connection(), SchemaVerifier.Phase.BEFORE);
    verifier.verify(database);
    String text =
        ColumnText.withStrings(String.valueOf(table.sql), verifier.stringsOf("table", table.name));
    String sql = ColumnText.remove(text, number);
    SchemaWriter writer = new SchemaWriter(context, database);
    AlterTableCodegen.writeStrings(context, writer, DdlNames.schema(context, database), verifier);
    writer
        .rows()
        .where(SchemaTable.TYPE, "table")
        .where(SchemaTable.NAME, table.name)
        .update(first -> builder.add(Opcode.STRING8, 0, first + SchemaTable.SQL, 0, sql));
    writer.changeCookie();
    writer.parseAll(SchemaVerifier.Phase.DROP_COLUMN);
    SchemaVerifier.code(context, database, SchemaVerifier.Phase.DROP_COLUMN, false);
    if (!table.column(number).isVirtual()) {
      rewriteRows(number);
    }
  }

  private void checkNotKey(int number, String name) {
    Column column = table.column(number);
    String kind = null;
    if (column.inPrimaryKey()) {
      kind = "PRIMARY KEY";
    } else if (isDeclaredUnique(number)) {
      kind = "UNIQUE";
    }
    if (kind != null) {
      throw DdlNames.error("cannot drop " + kind + " column: \"" + name + "\"");
    }
  }

  private boolean isDeclaredUnique(int number) {
    return Parser.parseStored(String.valueOf(table.sql)) instanceof CreateTable create
        && create.body() instanceof CreateTable.Body.Definition definition
        && definition.columns().get(number).constraints().stream()
            .anyMatch(constraint -> constraint instanceof ColumnConstraint.Unique);
  }

  // ---- rows
  // -----------------------------------------------------------------------------------------

  private void rewriteRows(int dropped) {
    int cursor = builder.newCursor();
    Index key = table.withoutRowid ? table.primaryKeyIndex() : null;
    Object shape = key == null ? (Object) table.storedColumnCount() : KeyInfos.of(context, key);
    builder.add(Opcode.OPEN_WRITE, cursor, table.rootPage, database, shape);
    int rewind = builder.add(Opcode.REWIND, cursor);
    List<Integer> kept = storedColumns(key, dropped);
    int first = builder.newRegisters(kept.size());
    StringBuilder affinities = new StringBuilder();
    RowLocation location = new RowLocation.TableCursor(table, cursor);
    for (int i = 0; i < kept.size(); i++) {
      load(location, kept.get(i), first + i);
      affinities.append(TableAccess.letter(table.column(kept.get(i)).affinity()));
    }
    int record = builder.newRegister();
    builder.add(Opcode.MAKE_RECORD, first, kept.size(), record, affinities.toString());
    if (key == null) {
      int rowid = builder.newRegister();
      builder.add(Opcode.ROWID, cursor, rowid);
      builder.add(Opcode.INSERT, cursor, record, rowid);
    } else {
      builder.add(Opcode.IDX_INSERT, cursor, record, first, key.keyColumnCount);
    }
    builder.setP5(OpFlags.SAVEPOSITION);
    builder.add(Opcode.NEXT, cursor, rewind + 1);
    builder.jumpHere(rewind);
    builder.add(Opcode.CLOSE, cursor);
  }

  private void load(RowLocation location, int column, int target) {
    if (column == table.rowidColumn) {
      builder.add(Opcode.NULL, 0, target);
      return;
    }
    int loaded = location.load(context, column, target);
    if (loaded != target) {
      builder.add(Opcode.COPY, loaded, target);
    }
  }

  /** The columns of the new record in their order. */
  private List<Integer> storedColumns(@org.jspecify.annotations.Nullable Index key, int dropped) {
    List<Integer> columns = new ArrayList<>();
    if (key != null) {
      for (int column : key.columns) {
        if (column != dropped) {
          columns.add(column);
        }
      }
      return columns;
    }
    for (int i = 0; i < table.columnCount(); i++) {
      if (i != dropped && !table.column(i).isVirtual()) {
        columns.add(i);
      }
    }
    return columns;
  }
}
