package org.libsql4j.codegen;

import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.vdbe.Opcode;

/** Generates CREATE VIEW. What the view selects is not looked at before it is used. */
public final class CreateViewCodegen {
  private CreateViewCodegen() {}

  /**
   * @param parameterCount how many parameters the statement has: a view may not have any
   */
  public static void code(CodeContext context, CreateView statement, int parameterCount) {
    create(context, statement, parameterCount);
    context.builder().add(Opcode.HALT);
  }

  private static void create(CodeContext context, CreateView statement, int parameterCount) {
    if (parameterCount > 0) {
      throw DdlNames.error("parameters are not allowed in views");
    }
    context.connection().loadSchemas();
    int database = DdlNames.database(context, statement.name(), statement.temporary(), "table");
    String name = statement.name().name().name();
    DdlNames.checkNotReserved(context, name);
    int action =
        database == AttachedDatabase.TEMP ? Authorizer.CREATE_TEMP_VIEW : Authorizer.CREATE_VIEW;
    if (!DdlNames.mayCreate(context, action, name, null, database)) {
      return;
    }
    if (!DdlNames.isFree(context, database, statement.name().name(), statement.ifNotExists())) {
      return;
    }
    if (database != AttachedDatabase.TEMP) {
      new ForeignSchemaCheck(
              context.connection(), database, "view", context.written(statement.name().name()))
          .select(statement.select());
    }
    DdlNames.checkFill(context, database);
    SchemaWriter writer = new SchemaWriter(context, database);
    writer.prepareFile();
    writer.fillRow(writer.reserveRow(), "view", name, name, 0, statement.schemaSql());
    writer.changeCookie();
    writer.parse("tbl_name=" + SchemaWriter.quote(name) + " AND type!='trigger'");
  }
}
