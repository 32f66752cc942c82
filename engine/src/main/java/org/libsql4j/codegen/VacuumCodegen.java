package org.libsql4j.codegen;

import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.sql.ast.Vacuum;
import org.libsql4j.vdbe.Opcode;

/** Generates VACUUM. */
public final class VacuumCodegen {
  private VacuumCodegen() {}

  public static void code(CodeContext context, Vacuum statement) {
    int database = AttachedDatabase.MAIN;
    if (statement.schema() != null) {
      database = context.connection().databaseIndex(statement.schema().name());
      if (database < 0) {
        throw DdlNames.error("unknown database " + context.written(statement.schema()));
      }
    }
    if (database != AttachedDatabase.TEMP) {
      int into = 0;
      if (statement.into() != null) {
        into = context.builder().newRegister();
        BoundExpr file =
            context
                .resolver()
                .exprs()
                .scalar(statement.into(), new Scope(null, null, null, Scope.Place.QUERY));
        context.exprs().codeCopy(file, into);
        checkText(context, into);
      }
      context.builder().add(Opcode.VACUUM, database, into);
    }
    context.builder().add(Opcode.HALT);
  }

  private static void checkText(CodeContext context, int register) {
    int result = context.builder().newRegister();
    RuntimeAction.call(
        context,
        "vacuum_into",
        register,
        1,
        result,
        (call, arguments) -> {
          if (arguments[0].type != org.libsql4j.record.Mem.TEXT) {
            throw call.error("non-text filename");
          }
        });
  }
}
