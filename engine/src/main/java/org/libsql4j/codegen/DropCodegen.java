package org.libsql4j.codegen;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.Trigger;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.sql.ast.Drop;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates DROP. */
public final class DropCodegen {
  private static final List<String> STATISTICS =
      List.of("sqlite_stat1", "sqlite_stat2", "sqlite_stat3", "sqlite_stat4");

  private final CodeContext context;
  private final Drop statement;
  private final @Nullable String databaseName;
  private final String name;

  private DropCodegen(CodeContext context, Drop statement) {
    this.context = context;
    this.statement = statement;
    Identifier schema = statement.name().schema();
    this.databaseName = schema == null ? null : schema.name();
    this.name = statement.name().name().name();
  }

  public static void code(CodeContext context, Drop statement) {
    context.connection().loadSchemas();
    DropCodegen drop = new DropCodegen(context, statement);
    if (statement.kind() == Drop.Kind.INDEX) {
      drop.index();
    } else if (statement.kind() == Drop.Kind.TRIGGER) {
      drop.trigger();
    } else if (statement.kind() == Drop.Kind.FUNCTION) {
      throw DdlNames.error("DROP FUNCTION is not supported yet");
    } else {
      drop.table();
    }
    context.builder().add(Opcode.HALT);
  }

  /** Nothing to drop: an error, or nothing happens with IF EXISTS. */
  private void missing(String kind) {
    if (!statement.ifExists()) {
      throw DdlNames.error(
          "no such " + kind + ": " + DdlNames.full(statement.name().schema(), name));
    }
    for (int i = 0; i < context.catalog().entries().size(); i++) {
      Catalog.Entry entry = context.catalog().entries().get(i);
      boolean open = context.connection().database(i).btreeOrNull() != null;
      if (open && (databaseName == null || databaseName.equalsIgnoreCase(entry.name()))) {
        context.useDatabase(i);
      }
    }
  }

  // ---- tables and views
  // ---------------------------------------------------------------------------

  private void table() {
    boolean view = statement.kind() == Drop.Kind.VIEW;
    Table table = context.catalog().table(databaseName, name);
    if (table == null && context.environment().findTable(statement.name()) != null) {
      throw DdlNames.error("table " + name + " may not be dropped");
    }
    if (table == null) {
      missing(view ? "view" : "table");
      return;
    }
    if (!isDroppable(table)) {
      throw DdlNames.error("table " + table.name + " may not be dropped");
    }
    if (view && !table.isView()) {
      throw DdlNames.error("use DROP TABLE to delete table " + table.name);
    }
    if (!view && table.isView()) {
      throw DdlNames.error("use DROP VIEW to delete view " + table.name);
    }
    if (table.isVirtual()) {
      table = context.environment().table(statement.name());
    }
    if (!mayDrop(table)) {
      return;
    }
    int database = context.databaseIndex(table);
    SchemaWriter writer = new SchemaWriter(context, database);
    if (table.virtual != null) {
      VirtualChangeCodegen.begin(context, table.virtual);
    }
    if (!view) {
      clearStatistics(database, "tbl", table.name);
      deleteRows(table);
    }
    dropTriggers(table);
    Table sequence = writer.schema().table("sqlite_sequence");
    if (table.autoincrement && sequence != null) {
      new TableEdit(context, database, sequence).where(0, table.name).delete();
    }
    writer
        .rows()
        .where(SchemaTable.TABLE_NAME, table.name)
        .whereNot(SchemaTable.TYPE, "trigger")
        .delete();
    if (table.isVirtual()) {
      context.builder().add(Opcode.V_DESTROY, database, 0, 0, table.name);
      context.top().mayAbort = true;
    } else if (!view) {
      writer.destroyTable(table);
    }
    context.builder().add(Opcode.DROP_TABLE, database, 0, 0, table.name);
    writer.changeCookie();
  }

  private boolean isDroppable(Table table) {
    String lower = table.name.toLowerCase(Locale.ROOT);
    return !lower.startsWith("sqlite_")
        || lower.startsWith("sqlite_stat")
        || lower.startsWith("sqlite_parameters");
  }

  /**
   * Deletes all rows first where foreign keys are concerned, so that dropping a parent table is a
   * violation as deleting from it is. Immediate ones are an error at once: what comes then, the
   * change of the schema, cannot be undone alone.
   */
  private void deleteRows(Table table) {
    ForeignKeys foreignKeys = new ForeignKeys(context, table);
    if (!foreignKeys.concernsRows()) {
      return;
    }
    ProgramBuilder builder = context.builder();
    int skip = builder.newLabel();
    if (!foreignKeys.isParent()) {
      // Rows without parent count no more when they go.
      if (!foreignKeys.hasDeferredKey()) {
        return;
      }
      builder.add(Opcode.FK_IF_ZERO, 1, skip);
    }
    context.droppingTable = true;
    DeleteCodegen.rows(context, table);
    context.droppingTable = false;
    if (!context.connection().isSet(ConnectionFlag.DEFER_FOREIGN_KEYS)) {
      int fine = builder.newLabel();
      builder.add(Opcode.FK_IF_ZERO, 0, fine);
      builder.add(Opcode.HALT, ResultCode.CONSTRAINT_FOREIGNKEY.code(), OpFlags.OE_ABORT, 0, null);
      builder.setP5(OpFlags.CONSTRAINT_FOREIGN_KEY);
      context.mayAbort = true;
      builder.resolve(fine);
    }
    builder.resolve(skip);
  }

  private void dropTriggers(Table table) {
    for (Catalog.Entry entry : context.catalog().entries()) {
      for (Trigger trigger : entry.schema().triggersOn(table)) {
        dropTrigger(trigger);
      }
    }
  }

  /** Forgets what ANALYZE found out. */
  private void clearStatistics(int database, String column, String value) {
    Schema schema = DdlNames.schema(context, database);
    for (String statistics : STATISTICS) {
      Table table = schema.table(statistics);
      int number = table == null ? -1 : table.columnIndex(column);
      if (table == null || number < 0) {
        continue;
      }
      if (table.hasRowid() && table.indexes.isEmpty()) {
        new TableEdit(context, database, table).where(number, value).delete();
      } else {
        // Somebody made it by hand, as it never is.
        String delete =
            "DELETE FROM "
                + SqlNames.quote(context.connection().database(database).name())
                + "."
                + SqlNames.quote(table.name)
                + " WHERE "
                + SqlNames.quote(column)
                + "='"
                + value.replace("'", "''")
                + "'";
        context.builder().add(Opcode.SQL_EXEC, 0, 0, 0, delete);
      }
    }
  }

  private boolean mayDrop(Table table) {
    int database = context.databaseIndex(table);
    boolean temporary = database == AttachedDatabase.TEMP;
    int action;
    if (table.isView()) {
      action = temporary ? Authorizer.DROP_TEMP_VIEW : Authorizer.DROP_VIEW;
    } else if (table.isVirtual()) {
      action = Authorizer.DROP_VTABLE;
    } else {
      action = temporary ? Authorizer.DROP_TEMP_TABLE : Authorizer.DROP_TABLE;
    }
    String module = table.virtual == null ? null : table.virtual.moduleName;
    return DdlNames.mayDrop(context, action, table.name, module, database)
        && context.allows(Authorizer.DELETE, table.name, null, database);
  }

  // ---- indexes and triggers
  // -----------------------------------------------------------------------

  private void index() {
    Index index = context.catalog().index(databaseName, name);
    if (index == null) {
      missing("index");
      return;
    }
    if (index.origin != Index.Origin.CREATE_INDEX) {
      throw DdlNames.error(
          "index associated with UNIQUE or PRIMARY KEY constraint cannot be dropped");
    }
    int database = context.databaseIndex(index.table);
    int action =
        database == AttachedDatabase.TEMP ? Authorizer.DROP_TEMP_INDEX : Authorizer.DROP_INDEX;
    if (!DdlNames.mayDrop(context, action, index.name, index.table.name, database)) {
      return;
    }
    SchemaWriter writer = new SchemaWriter(context, database);
    writer.rows().where(SchemaTable.NAME, index.name).where(SchemaTable.TYPE, "index").delete();
    clearStatistics(database, "idx", index.name);
    writer.changeCookie();
    writer.destroyTree(index.rootPage);
    context.builder().add(Opcode.DROP_INDEX, database, 0, 0, index.name);
  }

  private void trigger() {
    Trigger trigger = context.catalog().trigger(databaseName, name);
    if (trigger == null) {
      missing("trigger");
      return;
    }
    dropTrigger(trigger);
  }

  private void dropTrigger(Trigger trigger) {
    int database = context.catalog().databaseIndex(trigger.schema());
    int action =
        database == AttachedDatabase.TEMP ? Authorizer.DROP_TEMP_TRIGGER : Authorizer.DROP_TRIGGER;
    if (!context.allows(action, trigger.name(), trigger.tableName(), database)
        || !context.allows(Authorizer.DELETE, SchemaTable.name(database), null, database)) {
      return;
    }
    SchemaWriter writer = new SchemaWriter(context, database);
    writer
        .rows()
        .where(SchemaTable.NAME, trigger.name())
        .where(SchemaTable.TYPE, "trigger")
        .delete();
    writer.changeCookie();
    context.builder().add(Opcode.DROP_TRIGGER, database, 0, 0, trigger.name());
  }
}
