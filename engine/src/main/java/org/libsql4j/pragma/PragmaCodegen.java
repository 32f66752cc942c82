package org.libsql4j.pragma;

import java.util.Locale;
import org.libsql4j.codegen.CodeContext;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.sql.ast.Pragma;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ResultColumn;

/** Generates PRAGMA. */
public final class PragmaCodegen {
  private PragmaCodegen() {}

  public static void code(CodeContext context, Pragma statement) {
    int database = 0;
    if (statement.schema() != null) {
      database = context.connection().databaseIndex(statement.schema().name());
      if (database < 0) {
        throw new LibsqlException(
            ResultCode.ERROR, "unknown database " + context.written(statement.schema()));
      }
    }
    String name = statement.name().name().toLowerCase(Locale.ROOT);
    if (!isAllowed(context, statement, database)) {
      context.builder().add(Opcode.HALT);
      return;
    }
    PragmaDefinition definition = PragmaCatalog.find(name);
    if (definition == null) {
      definition = KeyPragmas.find(name);
    }
    if (definition != null) {
      if (definition.needsSchema()) {
        context.connection().loadSchemas();
      }
      if (statement.value() == null || definition.columnsWithValue()) {
        for (String column : definition.columns()) {
          context.resultColumns.add(ResultColumn.ofExpression(column));
        }
      }
      definition
          .handler()
          .code(
              new PragmaCall(
                  context,
                  name,
                  database,
                  statement.schema() != null,
                  statement.value(),
                  statement.quoted()));
    }
    context.builder().add(Opcode.HALT);
  }

  private static boolean isAllowed(CodeContext context, Pragma statement, int database) {
    String schema =
        statement.schema() == null ? null : context.connection().database(database).name();
    return context.allows(Authorizer.PRAGMA, statement.name().name(), statement.value(), schema);
  }
}
