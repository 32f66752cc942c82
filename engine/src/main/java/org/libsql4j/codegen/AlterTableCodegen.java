package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libsql4j.alter.ColumnRenaming;
import org.libsql4j.alter.ColumnText;
import org.libsql4j.alter.TableRenaming;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.schema.VirtualDefinition;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.AlterTable;
import org.libsql4j.sql.ast.CreateVirtualTable;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates ALTER TABLE: new texts are made here, the program puts them into the schema table. */
public final class AlterTableCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;
  private final int database;
  private final Schema schema;

  private AlterTableCodegen(CodeContext context, Table table) {
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    this.database = context.databaseIndex(table);
    this.schema = DdlNames.schema(context, database);
  }

  public static void code(CodeContext context, AlterTable statement) {
    readEdited(context.connection());
    context.connection().loadSchemas();
    Table table = context.environment().table(statement.table());
    if (table.name.regionMatches(true, 0, "sqlite_", 0, 7)) {
      throw DdlNames.error("table " + table.name + " may not be altered");
    }
    boolean adds = statement.action() instanceof AlterTable.Action.AddColumn;
    if (table.virtual != null && table.virtual.eponymous && !adds) {
      throw DdlNames.error("table " + table.name + " may not be altered");
    }
    AlterTableCodegen codegen = new AlterTableCodegen(context, table);
    AlterTable.Action action = statement.action();
    String column = null;
    if (action instanceof AlterTable.Action.DropColumn drop) {
      column = drop.column().name();
    }
    if (!context.allows(
        Authorizer.ALTER_TABLE,
        context.connection().database(codegen.database).name(),
        table.name,
        column)) {
      context.builder().add(Opcode.HALT);
      return;
    }
    if (action instanceof AlterTable.Action.RenameTable rename) {
      codegen.renameTable(rename.name().name());
    } else if (action instanceof AlterTable.Action.RenameColumn rename) {
      codegen.renameColumn(rename.from(), rename.to());
    } else if (action instanceof AlterTable.Action.AddColumn add) {
      new AddColumnCodegen(context, table, codegen.database).code(add);
    } else if (action instanceof AlterTable.Action.DropColumn drop) {
      new DropColumnCodegen(context, table, codegen.database).code(drop.column());
    } else if (action instanceof AlterTable.Action.AlterColumn alter) {
      new AlterColumnCodegen(context, table, codegen.database).code(alter);
    }
    context.builder().add(Opcode.HALT);
  }

  // ---- renaming a table
  // ---------------------------------------------------------------------------

  private void renameTable(String newName) {
    if (context.catalog().tableIn(database, newName) != null || schema.index(newName) != null) {
      throw DdlNames.error("there is already another table or index with this name: " + newName);
    }
    DdlNames.checkNotReserved(context, newName);
    if (table.isView()) {
      throw DdlNames.error("view " + table.name + " may not be altered");
    }
    new SchemaVerifier(context.connection(), SchemaVerifier.Phase.BEFORE).verify(database);
    String databaseName = context.connection().database(database).name();
    UnaryOperator<Stored> rewrite =
        stored ->
            stored.with(
                TableRenaming.rewrite(stored.sql(), databaseName, table.name, newName, extent()));
    SchemaWriter writer = new SchemaWriter(context, database);
    if (table.virtual != null) {
      VirtualChangeCodegen.begin(context, table.virtual);
    }
    rewriteTexts(context, writer, schema, rewrite, true);
    renameRows(writer, newName);
    if (table.virtual != null) {
      renameVirtual(writer, table.virtual, newName);
    }
    Table sequence = schema.table("sqlite_sequence");
    if (sequence != null && !sequence.withoutRowid) {
      new TableEdit(context, database, sequence)
          .where(0, table.name)
          .update(first -> text(newName, first));
    }
    writer.changeCookie();
    writer.parseAll(SchemaVerifier.Phase.RENAME);
    rewriteTemporary(rewrite, newName);
    SchemaVerifier.code(context, database, SchemaVerifier.Phase.RENAME, true);
  }

  /** The text of CREATE VIRTUAL TABLE gets the new name; the table itself is told. */
  private void renameVirtual(SchemaWriter writer, VirtualDefinition virtual, String newName) {
    if (table.sql != null
        && Parser.parseStored(table.sql) instanceof CreateVirtualTable statement) {
      Identifier old = statement.name().name();
      String changed =
          table.sql.substring(0, old.offset())
              + '"'
              + newName.replace("\"", "\"\"")
              + '"'
              + table.sql.substring(old.end());
      writer
          .rows()
          .where(SchemaTable.NAME, newName)
          .where(SchemaTable.TYPE, "table")
          .update(first -> text(changed, first + SchemaTable.SQL));
    }
    int register = builder.newRegister();
    text(newName, register);
    builder.add(Opcode.V_RENAME, register, 0, 0, virtual.instance());
    context.top().mayAbort = true;
  }

  /** The texts are about to be rewritten: those that are stored count, whoever wrote them. */
  private static void readEdited(ConnectionState connection) {
    boolean edited = false;
    for (AttachedDatabase database : connection.databases()) {
      if (database.schema().edited) {
        database.schema().clear();
        edited = true;
      }
    }
    try {
      connection.loadSchemas();
    } catch (LibsqlException e) {
      throw edited && e.resultCode() == ResultCode.CORRUPT
          ? new LibsqlException(ResultCode.CORRUPT, ResultCode.CORRUPT.defaultMessage(), e)
          : e;
    }
  }

  private TableRenaming.Extent extent() {
    if (!context.connection().isSet(ConnectionFlag.LEGACY_ALTER_TABLE)) {
      return TableRenaming.Extent.ALL;
    }
    return context.connection().isSet(ConnectionFlag.FOREIGN_KEYS)
        ? TableRenaming.Extent.FOREIGN_KEYS
        : TableRenaming.Extent.NOTHING_ELSE;
  }

  private void checkNotVirtual(String message) {
    if (table.kind == Table.Kind.VIRTUAL) {
      throw DdlNames.error(message);
    }
  }

  private void text(String value, int register) {
    builder.add(Opcode.STRING8, 0, register, 0, value);
  }

  /** The rows of the table itself, its indexes and its triggers. */
  private void renameRows(SchemaWriter writer, String newName) {
    rename(writer, "table", table.name, newName, newName);
    for (Index index : table.indexes) {
      boolean automatic = index.sql == null;
      String name = index.name;
      if (automatic) {
        int suffix = index.name.lastIndexOf('_');
        name = "sqlite_autoindex_" + newName + index.name.substring(suffix);
      }
      rename(writer, "index", index.name, name, newName);
    }
    for (Trigger trigger : schema.triggersOn(table)) {
      rename(writer, "trigger", trigger.name(), trigger.name(), newName);
    }
  }

  private void rename(
      SchemaWriter writer, String type, String name, String newName, String newTableName) {
    writer
        .rows()
        .where(SchemaTable.NAME, name)
        .where(SchemaTable.TYPE, type)
        .update(
            first -> {
              text(newName, first + SchemaTable.NAME);
              text(newTableName, first + SchemaTable.TABLE_NAME);
            });
  }

  /** Temporary views and triggers may look into other databases. */
  private void rewriteTemporary(UnaryOperator<Stored> rewrite, @Nullable String newName) {
    Schema temporary = DdlNames.schema(context, AttachedDatabase.TEMP);
    boolean open = context.connection().database(AttachedDatabase.TEMP).btreeOrNull() != null;
    if (database == AttachedDatabase.TEMP || !open) {
      return;
    }
    List<Trigger> moved = temporary.triggersOn(table);
    if (!rewritesAnything(temporary, rewrite) && moved.isEmpty()) {
      return;
    }
    SchemaWriter writer = new SchemaWriter(context, AttachedDatabase.TEMP);
    rewriteTexts(context, writer, temporary, rewrite, false);
    if (newName != null) {
      for (Trigger trigger : moved) {
        rename(writer, "trigger", trigger.name(), trigger.name(), newName);
      }
    }
    writer.changeCookie();
    writer.parseAll(SchemaVerifier.Phase.RENAME);
  }

  // ---- texts
  // --------------------------------------------------------------------------------------

  /** An object of a schema with a text. */
  private record Stored(String type, String name, String sql) {
    Stored with(String changed) {
      return new Stored(type, name, changed);
    }
  }

  private static List<Stored> stored(Schema schema, boolean all) {
    List<Stored> list = new ArrayList<>();
    for (Table table : schema.tables()) {
      if (table.sql != null && table.kind != Table.Kind.VIRTUAL && (all || table.isView())) {
        list.add(new Stored(table.isView() ? "view" : "table", table.name, table.sql));
      }
    }
    for (Index index : schema.indexes()) {
      if (index.sql != null && all) {
        list.add(new Stored("index", index.name, index.sql));
      }
    }
    for (Trigger trigger : schema.triggers()) {
      list.add(new Stored("trigger", trigger.name(), trigger.sql()));
    }
    return list;
  }

  private static boolean rewritesAnything(Schema schema, UnaryOperator<Stored> rewrite) {
    return stored(schema, false).stream().anyMatch(stored -> !rewrite.apply(stored).equals(stored));
  }

  /** Writes names in double quotes that mean strings as strings, everywhere in a schema. */
  static void writeStrings(
      CodeContext context, SchemaWriter writer, Schema of, SchemaVerifier verifier) {
    rewriteTexts(
        context,
        writer,
        of,
        stored ->
            stored.with(
                ColumnText.withStrings(
                    stored.sql(), verifier.stringsOf(stored.type(), stored.name()))),
        true);
  }

  private static void rewriteTexts(
      CodeContext context,
      SchemaWriter writer,
      Schema of,
      UnaryOperator<Stored> rewrite,
      boolean all) {
    ProgramBuilder builder = context.builder();
    for (Stored stored : stored(of, all)) {
      String changed = rewrite.apply(stored).sql();
      if (!changed.equals(stored.sql())) {
        writer
            .rows()
            .where(SchemaTable.NAME, stored.name())
            .where(SchemaTable.TYPE, stored.type())
            .update(first -> builder.add(Opcode.STRING8, 0, first + SchemaTable.SQL, 0, changed));
      }
    }
  }

  // ---- renaming a column
  // --------------------------------------------------------------------------

  private void renameColumn(Identifier from, Identifier to) {
    if (table.isView()) {
      throw DdlNames.error("cannot rename columns of view \"" + table.name + "\"");
    }
    checkNotVirtual("cannot rename columns of virtual table \"" + table.name + "\"");
    if (table.columnIndex(from.name()) < 0) {
      throw DdlNames.error("no such column: \"" + context.written(from) + "\"");
    }
    SchemaVerifier verifier = new SchemaVerifier(context.connection(), SchemaVerifier.Phase.BEFORE);
    verifier.verify(database);
    String databaseName = context.connection().database(database).name();
    SchemaWriter writer = new SchemaWriter(context, database);
    rewriteTexts(
        context,
        writer,
        schema,
        stored -> renamed(stored, verifier, databaseName, from.name(), to),
        true);
    writer.changeCookie();
    writer.parseAll(SchemaVerifier.Phase.RENAME);
    rewriteTemporary(stored -> renamed(stored, verifier, null, from.name(), to), null);
    SchemaVerifier.code(context, database, SchemaVerifier.Phase.RENAME, false);
  }

  private Stored renamed(
      Stored stored,
      SchemaVerifier verifier,
      @Nullable String databaseName,
      String from,
      Identifier to) {
    List<Identifier> strings = verifier.stringsOf(stored.type(), stored.name());
    return stored.with(
        ColumnRenaming.rewrite(
            stored.sql(), strings, context.catalog(), databaseName, table, from, to));
  }
}
