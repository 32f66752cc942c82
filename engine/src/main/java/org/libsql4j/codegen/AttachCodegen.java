package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.DatabaseAttachment;
import org.libsql4j.connection.DatabaseKeys;
import org.libsql4j.record.Mem;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.sql.ast.Attach;
import org.libsql4j.sql.ast.Detach;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.vdbe.Opcode;

/** Generates ATTACH and DETACH. */
public final class AttachCodegen {
  private AttachCodegen() {}

  public static void attach(CodeContext context, Attach statement) {
    if (!context.allows(Authorizer.ATTACH, literal(statement.file()), null, null)) {
      context.builder().add(Opcode.HALT);
      return;
    }
    int first = context.builder().newRegisters(4);
    argument(context, statement.file(), first);
    argument(context, statement.schema(), first + 1);
    argument(context, statement.key(), first + 2);
    RuntimeAction.call(
        context,
        "sqlite_attach",
        first,
        3,
        first + 3,
        (call, arguments) ->
            DatabaseAttachment.attach(
                call.connection(),
                text(arguments[0]),
                text(arguments[1]),
                DatabaseKeys.ofAttach(call.connection(), arguments[2])));
    // Programs that were compiled before may mean other tables now.
    context.builder().add(Opcode.EXPIRE, 1);
    context.builder().add(Opcode.HALT);
  }

  public static void detach(CodeContext context, Detach statement) {
    if (!context.allows(Authorizer.DETACH, literal(statement.schema()), null, null)) {
      context.builder().add(Opcode.HALT);
      return;
    }
    int first = context.builder().newRegisters(2);
    argument(context, statement.schema(), first);
    RuntimeAction.call(
        context,
        "sqlite_detach",
        first,
        1,
        first + 1,
        (call, arguments) -> DatabaseAttachment.detach(call.connection(), text(arguments[0])));
    context.builder().add(Opcode.EXPIRE, 0);
    context.builder().add(Opcode.HALT);
  }

  /** What is written as a string or lone name; null for other expressions. */
  private static @Nullable String literal(Expr expr) {
    if (expr instanceof Expr.StringLiteral text) {
      return text.value();
    }
    return expr instanceof Expr.ColumnRef ref && ref.table() == null ? ref.column().name() : null;
  }

  private static String text(Mem value) {
    String text = value.text();
    return text == null ? "" : text;
  }

  /** A lone name stands for a string. */
  private static void argument(CodeContext context, @Nullable Expr expr, int target) {
    if (expr == null) {
      context.builder().add(Opcode.NULL, 0, target);
    } else if (expr instanceof Expr.ColumnRef ref && ref.table() == null) {
      context.builder().add(Opcode.STRING8, 0, target, 0, ref.column().name());
    } else {
      BoundExpr bound =
          context.resolver().exprs().scalar(expr, new Scope(null, null, null, Scope.Place.QUERY));
      context.exprs().codeCopy(bound, target);
    }
  }
}
