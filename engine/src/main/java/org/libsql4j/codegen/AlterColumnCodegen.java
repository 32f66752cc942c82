package org.libsql4j.codegen;

import org.libsql4j.alter.ColumnText;
import org.libsql4j.connection.Limit;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.TableBuilder;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.AlterTable;
import org.libsql4j.sql.ast.ColumnConstraint;
import org.libsql4j.sql.ast.ColumnDefinition;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.vdbe.Opcode;

/**
 * Generates libSQL's ALTER TABLE ALTER COLUMN: another type, other constraints, another default.
 * They count for rows written from then on; the rows that are there stay as they are.
 *
 * <p>Keys and generated columns cannot be altered, because indexes and rows would have to change.
 */
final class AlterColumnCodegen {
  private final CodeContext context;
  private final Table table;
  private final int database;

  AlterColumnCodegen(CodeContext context, Table table, int database) {
    this.context = context;
    this.table = table;
    this.database = database;
  }

  void code(AlterTable.Action.AlterColumn action) {
    if (table.kind != Table.Kind.ORDINARY) {
      throw DdlNames.error("cannot alter columns of \"" + table.name + "\"");
    }
    String name = action.column().name().name();
    int number = table.columnIndex(name);
    if (number < 0) {
      throw DdlNames.error("no such column: \"" + context.written(action.column().name()) + "\"");
    }
    if (!action.definition().name().name().equalsIgnoreCase(name)) {
      throw DdlNames.error("ALTER COLUMN cannot rename a column: use RENAME COLUMN");
    }
    ColumnDefinition old = definition(String.valueOf(table.sql)).columns().get(number);
    checkNotKey(old);
    checkNotKey(action.definition());
    String sql =
        ColumnText.replace(
            String.valueOf(table.sql), number, AddColumnCodegen.trimmed(action.text()));
    new SchemaExpressionCheck(context).table(build(sql));
    SchemaWriter writer = new SchemaWriter(context, database);
    writer
        .rows()
        .where(SchemaTable.TYPE, "table")
        .where(SchemaTable.NAME, table.name)
        .update(first -> context.builder().add(Opcode.STRING8, 0, first + SchemaTable.SQL, 0, sql));
    writer.changeCookie();
    writer.parseAll(SchemaVerifier.Phase.ADD_COLUMN);
  }

  private static CreateTable.Body.Definition definition(String sql) {
    return (CreateTable.Body.Definition) ((CreateTable) Parser.parseStored(sql)).body();
  }

  private static void checkNotKey(ColumnDefinition column) {
    for (ColumnConstraint constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.PrimaryKey) {
        throw DdlNames.error("cannot alter a PRIMARY KEY column");
      }
      if (constraint instanceof ColumnConstraint.Unique) {
        throw DdlNames.error("cannot alter a UNIQUE column");
      }
      if (constraint instanceof ColumnConstraint.Generated) {
        throw DdlNames.error("cannot alter a generated column");
      }
    }
  }

  private Table build(String sql) {
    CreateTable create = (CreateTable) Parser.parseStored(sql);
    return TableBuilder.build(
        create,
        definition(sql),
        DdlNames.schema(context, database),
        false,
        context.connection().limit(Limit.COLUMN),
        table.rootPage);
  }
}
