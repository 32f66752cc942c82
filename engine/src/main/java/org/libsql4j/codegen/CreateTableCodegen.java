package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.TableBuilder;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates CREATE TABLE. */
public final class CreateTableCodegen {
  private static final String SEQUENCE_TABLE = "sqlite_sequence";
  private static final String SEQUENCE_SQL = "CREATE TABLE sqlite_sequence(name,seq)";

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final CreateTable statement;

  private CreateTableCodegen(CodeContext context, CreateTable statement) {
    this.context = context;
    this.builder = context.builder();
    this.statement = statement;
  }

  public static void code(CodeContext context, CreateTable statement) {
    new CreateTableCodegen(context, statement).code();
    context.builder().add(Opcode.HALT);
  }

  private void code() {
    ConnectionState connection = context.connection();
    connection.loadSchemas();
    int database = DdlNames.database(context, statement.name(), statement.temporary(), "table");
    String name = statement.name().name().name();
    DdlNames.checkNotReserved(context, name);
    int action =
        database == AttachedDatabase.TEMP ? Authorizer.CREATE_TEMP_TABLE : Authorizer.CREATE_TABLE;
    if (!DdlNames.mayCreate(context, action, name, null, database)) {
      return;
    }
    if (!DdlNames.isFree(context, database, statement.name().name(), statement.ifNotExists())) {
      return;
    }
    context.environment().schemaStatement = true;
    if (statement.body() instanceof CreateTable.Body.AsSelect as) {
      context.environment().schemaStatement = false;
      BoundSelect select = context.resolver().resolve(as.select());
      String sql = CreateTableAsText.of(name, select);
      create(database, tableOf(database, sql), sql, select);
    } else if (statement.body() instanceof CreateTable.Body.Definition definition) {
      Table table =
          TableBuilder.build(
              statement,
              definition,
              DdlNames.schema(context, database),
              false,
              connection.limit(Limit.COLUMN),
              0);
      new SchemaExpressionCheck(context).table(table);
      create(database, table, statement.schemaSql(), null);
    }
  }

  /** The table that a generated text describes. */
  private Table tableOf(int database, String sql) {
    CreateTable create = (CreateTable) Parser.parseStored(sql);
    return TableBuilder.build(
        create,
        (CreateTable.Body.Definition) create.body(),
        DdlNames.schema(context, database),
        false,
        context.connection().limit(Limit.COLUMN),
        0);
  }

  private void create(
      int database,
      Table table,
      String sql,
      @org.jspecify.annotations.Nullable BoundSelect select) {
    DdlNames.checkFill(context, database);
    SchemaWriter writer = new SchemaWriter(context, database);
    writer.prepareFile();
    int root = writer.createTree(table.withoutRowid ? Btree.BLOBKEY : Btree.INTKEY);
    int row = writer.reserveRow();
    for (Index index : automaticIndexes(table)) {
      int indexRoot = writer.createTree(Btree.BLOBKEY);
      writer.insertRow("index", index.name, table.name, indexRoot, null);
    }
    if (select != null) {
      fill(database, table, root, select);
    }
    writer.fillRow(row, "table", table.name, table.name, root, sql);
    writer.changeCookie();
    if (table.autoincrement && writer.schema().table(SEQUENCE_TABLE) == null) {
      int sequenceRoot = writer.createTree(Btree.INTKEY);
      int sequenceRow = writer.reserveRow();
      writer.fillRow(
          sequenceRow, "table", SEQUENCE_TABLE, SEQUENCE_TABLE, sequenceRoot, SEQUENCE_SQL);
      writer.parse("tbl_name='" + SEQUENCE_TABLE + "' AND type!='trigger'");
    }
    writer.parse("tbl_name=" + SchemaWriter.quote(table.name) + " AND type!='trigger'");
  }

  /** The indexes that need a tree of their own, in the order in which they were declared. */
  private static List<Index> automaticIndexes(Table table) {
    List<Index> list = new ArrayList<>();
    for (Index index : table.indexes) {
      if (!index.isPrimaryKeyOfWithoutRowid()) {
        list.add(index);
      }
    }
    list.sort(Comparator.comparingInt(CreateTableCodegen::number));
    return list;
  }

  /** The number at the end of sqlite_autoindex_table_number. */
  private static int number(Index index) {
    return Integer.parseInt(index.name.substring(index.name.lastIndexOf('_') + 1));
  }

  private void fill(int database, Table table, int rootRegister, BoundSelect select) {
    int cursor = builder.newCursor();
    int record = builder.newRegister();
    int rowid = builder.newRegister();
    StringBuilder affinities = new StringBuilder();
    for (Column column : table.columns) {
      affinities.append(TableAccess.letter(column.affinity()));
    }
    builder.add(Opcode.OPEN_WRITE, cursor, rootRegister, database, table.columnCount());
    builder.setP5(OpFlags.P2ISREG);
    context
        .selects()
        .code(
            select,
            new Destination.Code(
                (first, count, breakLabel) -> {
                  builder.add(Opcode.MAKE_RECORD, first, count, record, affinities.toString());
                  builder.add(Opcode.NEW_ROWID, cursor, rowid);
                  builder.add(Opcode.INSERT, cursor, record, rowid);
                  builder.setP5(OpFlags.APPEND);
                }));
    builder.add(Opcode.CLOSE, cursor);
  }
}
