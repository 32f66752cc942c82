package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.Upsert;
import org.libsql4j.vdbe.Opcode;

/** Generates CREATE TRIGGER. What the trigger does is not resolved before it fires. */
public final class CreateTriggerCodegen {
  private final CodeContext context;
  private final CreateTrigger statement;
  private final int parameterCount;
  private int database;

  private CreateTriggerCodegen(CodeContext context, CreateTrigger statement, int parameterCount) {
    this.context = context;
    this.statement = statement;
    this.parameterCount = parameterCount;
  }

  /**
   * @param parameterCount how many parameters the statement has: a trigger may not have any
   */
  public static void code(CodeContext context, CreateTrigger statement, int parameterCount) {
    new CreateTriggerCodegen(context, statement, parameterCount).code();
    context.builder().add(Opcode.HALT);
  }

  private void code() {
    context.connection().loadSchemas();
    String name = statement.name().name().name();
    if (statement.temporary() && statement.name().schema() != null) {
      throw DdlNames.error("temporary trigger may not have qualified name");
    }
    database =
        statement.temporary()
            ? AttachedDatabase.TEMP
            : DdlNames.database(context, statement.name());
    Table table = findTable();
    Schema temporary = DdlNames.schema(context, AttachedDatabase.TEMP);
    if (table != null && statement.name().schema() == null && table.schema == temporary) {
      database = AttachedDatabase.TEMP;
    }
    if (database != AttachedDatabase.TEMP) {
      foreignSchemaCheck().name(statement.table());
    }
    if (table == null || (database != AttachedDatabase.TEMP && table.schema != schema())) {
      throw noSuchTable();
    }
    checkKind(table);
    DdlNames.checkNotReserved(context, name);
    if (schema().trigger(name) != null) {
      if (!statement.ifNotExists()) {
        throw DdlNames.error(
            "trigger " + context.written(statement.name().name()) + " already exists");
      }
      context.useDatabase(database);
      return;
    }
    if (table.name.regionMatches(true, 0, "sqlite_", 0, 7)) {
      throw DdlNames.error("cannot create trigger on system table");
    }
    checkTiming(table);
    if (!isAllowed(table)) {
      return;
    }
    checkInserts();
    if (parameterCount > 0) {
      throw DdlNames.error("trigger cannot use variables");
    }
    if (database != AttachedDatabase.TEMP) {
      foreignSchemaCheck().trigger(statement);
    }
    SchemaWriter writer = new SchemaWriter(context, database);
    writer.prepareFile();
    writer.insertRow("trigger", name, statement.table().name().name(), 0, statement.schemaSql());
    writer.changeCookie();
    writer.parse("type='trigger' AND name=" + SchemaWriter.quote(name));
  }

  private boolean isAllowed(Table table) {
    int action =
        database == AttachedDatabase.TEMP
            ? Authorizer.CREATE_TEMP_TRIGGER
            : Authorizer.CREATE_TRIGGER;
    int tableDatabase = context.databaseIndex(table);
    return context.allows(action, statement.name().name().name(), table.name, database)
        && context.allows(Authorizer.INSERT, SchemaTable.name(tableDatabase), null, tableDatabase);
  }

  private ForeignSchemaCheck foreignSchemaCheck() {
    return new ForeignSchemaCheck(
        context.connection(), database, "trigger", context.written(statement.name().name()));
  }

  private Schema schema() {
    return DdlNames.schema(context, database);
  }

  private @Nullable Table findTable() {
    QualifiedName name = statement.table();
    Identifier written = name.schema();
    if (written != null || database == AttachedDatabase.TEMP || statement.name().schema() == null) {
      return context.environment().findTable(name);
    }
    return context.catalog().tableIn(database, name.name().name());
  }

  private RuntimeException noSuchTable() {
    Identifier written = statement.table().schema();
    String table = statement.table().name().name();
    String prefix = context.connection().database(database).name();
    if (written != null) {
      prefix = written.name();
    } else if (database == AttachedDatabase.TEMP) {
      return DdlNames.error("no such table: " + table);
    }
    return DdlNames.error("no such table: " + prefix + "." + table);
  }

  private static void checkKind(Table table) {
    if (table.kind == Table.Kind.VIRTUAL) {
      throw DdlNames.error("cannot create triggers on virtual tables");
    }
  }

  private void checkTiming(Table table) {
    boolean insteadOf = statement.time() == CreateTrigger.Time.INSTEAD_OF;
    if (table.isView() && !insteadOf) {
      throw DdlNames.error(
          "cannot create "
              + (statement.time() == CreateTrigger.Time.BEFORE ? "BEFORE" : "AFTER")
              + " trigger on view: "
              + statement.table().name().name());
    }
    if (!table.isView() && insteadOf) {
      throw DdlNames.error(
          "cannot create INSTEAD OF trigger on table: " + statement.table().name().name());
    }
  }

  /** What the grammar of INSERT has, but a trigger may not. */
  private void checkInserts() {
    for (Statement step : statement.body()) {
      if (step instanceof Insert insert && !insert.returning().isEmpty()) {
        throw DdlNames.error("cannot use RETURNING in a trigger");
      }
      if (step instanceof Insert insert) {
        for (Upsert upsert : insert.upserts()) {
          UpsertClauses.checkNullsOrder(upsert);
        }
      }
    }
  }
}
