package org.libsql4j.codegen;

import org.libsql4j.connection.Authorizer;
import org.libsql4j.sql.ast.CreateVirtualTable;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates CREATE VIRTUAL TABLE: the row of the schema table first, then the module's constructor,
 * whose failure undoes all.
 */
public final class CreateVirtualTableCodegen {
  private CreateVirtualTableCodegen() {}

  public static void code(CodeContext context, CreateVirtualTable statement) {
    create(context, statement);
    context.builder().add(Opcode.HALT);
  }

  private static void create(CodeContext context, CreateVirtualTable statement) {
    context.connection().loadSchemas();
    int database = DdlNames.database(context, statement.name());
    String name = statement.name().name().name();
    DdlNames.checkNotReserved(context, name);
    if (!DdlNames.mayCreate(
        context, Authorizer.CREATE_VTABLE, name, statement.module().name(), database)) {
      return;
    }
    if (!DdlNames.isFree(context, database, statement.name().name(), statement.ifNotExists())) {
      return;
    }
    SchemaWriter writer = new SchemaWriter(context, database);
    writer.prepareFile();
    writer.fillRow(writer.reserveRow(), "table", name, name, 0, statement.schemaSql());
    writer.changeCookie();
    ProgramBuilder builder = context.builder();
    builder.add(Opcode.EXPIRE);
    writer.parse("tbl_name=" + SchemaWriter.quote(name) + " AND type!='trigger'");
    int register = builder.newRegister();
    builder.add(Opcode.STRING8, 0, register, 0, name);
    builder.add(Opcode.V_CREATE, database, register);
  }
}
