package org.libsql4j.compile;

import java.util.Locale;
import org.libsql4j.codegen.CodeContext;
import org.libsql4j.codegen.DeleteCodegen;
import org.libsql4j.codegen.InsertCodegen;
import org.libsql4j.codegen.TransactionCodegen;
import org.libsql4j.codegen.UpdateCodegen;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.TransactionStatement;
import org.libsql4j.sql.ast.Update;

/** Hands a statement to the generator of its kind. */
final class StatementDispatcher {
  private final CodeContext context;

  StatementDispatcher(CodeContext context) {
    this.context = context;
  }

  void code(Statement statement) {
    if (statement instanceof Select select) {
      select(select);
    } else if (statement instanceof Insert insert) {
      InsertCodegen.statement(context, insert);
    } else if (statement instanceof Update update) {
      UpdateCodegen.statement(context, update);
    } else if (statement instanceof Delete delete) {
      DeleteCodegen.statement(context, delete);
    } else if (statement instanceof TransactionStatement transaction) {
      TransactionCodegen.code(context, transaction);
    } else {
      throw new LibsqlException(
          ResultCode.ERROR,
          statement.getClass().getSimpleName().toUpperCase(Locale.ROOT)
              + " is not supported yet");
    }
  }

  private void select(Select select) {
    BoundSelect bound = context.resolver().resolve(select);
    context.resultColumns.addAll(context.selects().resultColumns(bound));
    context.selects().statement(bound);
  }
}
