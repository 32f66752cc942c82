package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates DELETE. */
public final class DeleteCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;
  private final Source source;

  private DeleteCodegen(CodeContext context, Table table, Source source) {
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    this.source = source;
  }

  public static void statement(CodeContext context, Delete delete) {
    if (!delete.returning().isEmpty()) {
      throw new LibsqlException(ResultCode.ERROR, "RETURNING is not supported yet");
    }
    if (!delete.orderBy().isEmpty() || delete.limit() != null) {
      throw new LibsqlException(
          ResultCode.ERROR, "ORDER BY and LIMIT of DELETE are not supported yet");
    }
    if (delete.with() != null) {
      context.resolver().enterWith(delete.with());
    }
    Table table = context.environment().table(delete.table());
    TableAccess.checkWritable(context, table);
    Source source =
        new Source(
            table,
            delete.alias() == null ? table.name : delete.alias().name(),
            context.environment().schemaName(table),
            null);
    source.hint = delete.hint();
    BoundExpr where =
        delete.where() == null
            ? null
            : context
                .resolver()
                .exprs()
                .scalar(delete.where(), Scope.over(Scope.Place.QUERY, List.of(source)));
    DeleteCodegen codegen = new DeleteCodegen(context, table, source);
    context.writeDatabase(context.databaseIndex(table), where != null);
    if (table.virtual != null) {
      new VirtualChangeCodegen(context, table, table.virtual).delete(source, where);
    } else if (where == null) {
      codegen.all();
    } else {
      codegen.some(where);
    }
    context.builder().add(Opcode.HALT);
  }

  /** Without WHERE whole trees are emptied. */
  private void all() {
    int database = context.databaseIndex(table);
    if (!table.withoutRowid) {
      builder.add(Opcode.CLEAR, table.rootPage, database, -1, table.name);
    }
    for (Index index : table.indexes) {
      if (index.isPrimaryKeyOfWithoutRowid()) {
        builder.add(Opcode.CLEAR, table.rootPage, database, -1);
      } else {
        builder.add(Opcode.CLEAR, index.rootPage, database);
      }
    }
  }

  private void some(@Nullable BoundExpr where) {
    RowCollector rows = new RowCollector(context, table, 0);
    rows.open();
    WhereLoop loop = WherePlanner.begin(context, WhereRequest.of(List.of(source), where));
    rows.add(source, List.of());
    loop.end();
    TableAccess access = new TableAccess(context, table);
    access.open(null);
    RowCollector.Loop collected = rows.loop();
    collected.seek(access);
    new RowDeletion(context, access).row(true, false);
    collected.end();
  }
}
