package org.libsql4j.compile;

import java.util.Locale;
import org.libsql4j.codegen.AlterTableCodegen;
import org.libsql4j.codegen.AnalyzeCodegen;
import org.libsql4j.codegen.AttachCodegen;
import org.libsql4j.codegen.CodeContext;
import org.libsql4j.codegen.CreateIndexCodegen;
import org.libsql4j.codegen.CreateTableCodegen;
import org.libsql4j.codegen.CreateTriggerCodegen;
import org.libsql4j.codegen.CreateViewCodegen;
import org.libsql4j.codegen.CreateVirtualTableCodegen;
import org.libsql4j.codegen.DeleteCodegen;
import org.libsql4j.codegen.DropCodegen;
import org.libsql4j.codegen.InsertCodegen;
import org.libsql4j.codegen.ReindexCodegen;
import org.libsql4j.codegen.TransactionCodegen;
import org.libsql4j.codegen.UpdateCodegen;
import org.libsql4j.codegen.VacuumCodegen;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pragma.PragmaCodegen;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.sql.ast.AlterTable;
import org.libsql4j.sql.ast.Analyze;
import org.libsql4j.sql.ast.Attach;
import org.libsql4j.sql.ast.CreateIndex;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.sql.ast.CreateVirtualTable;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Detach;
import org.libsql4j.sql.ast.Drop;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.Pragma;
import org.libsql4j.sql.ast.Reindex;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.Statement;
import org.libsql4j.sql.ast.TransactionStatement;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.sql.ast.Vacuum;

/** Hands a statement to the generator of its kind. */
final class StatementDispatcher {
  private final CodeContext context;
  private final int parameterCount;

  /**
   * @param parameterCount the highest number of a parameter in the statement
   */
  StatementDispatcher(CodeContext context, int parameterCount) {
    this.context = context;
    this.parameterCount = parameterCount;
  }

  void code(Statement statement) {
    context.countsChanges =
        statement instanceof Insert || statement instanceof Update || statement instanceof Delete;
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
    } else if (statement instanceof CreateTable create) {
      CreateTableCodegen.code(context, create);
    } else if (statement instanceof CreateIndex create) {
      CreateIndexCodegen.code(context, create);
    } else if (statement instanceof CreateView create) {
      CreateViewCodegen.code(context, create, parameterCount);
    } else if (statement instanceof CreateTrigger create) {
      CreateTriggerCodegen.code(context, create, parameterCount);
    } else if (statement instanceof CreateVirtualTable create) {
      CreateVirtualTableCodegen.code(context, create);
    } else if (statement instanceof Drop drop) {
      DropCodegen.code(context, drop);
    } else if (statement instanceof Pragma pragma) {
      PragmaCodegen.code(context, pragma);
    } else if (statement instanceof Reindex reindex) {
      ReindexCodegen.code(context, reindex);
    } else if (statement instanceof Attach attach) {
      AttachCodegen.attach(context, attach);
    } else if (statement instanceof Detach detach) {
      AttachCodegen.detach(context, detach);
    } else if (statement instanceof AlterTable alter) {
      AlterTableCodegen.code(context, alter);
    } else if (statement instanceof Vacuum vacuum) {
      VacuumCodegen.code(context, vacuum);
    } else if (statement instanceof Analyze analyze) {
      AnalyzeCodegen.code(context, analyze);
    } else {
      throw new LibsqlException(
          ResultCode.ERROR,
          statement.getClass().getSimpleName().toUpperCase(Locale.ROOT) + " is not supported yet");
    }
  }

  private void select(Select select) {
    BoundSelect bound = context.resolver().resolve(select);
    context.resultColumns.addAll(context.selects().resultColumns(bound));
    context.selects().statement(bound);
  }
}
