package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Delete;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates DELETE. */
public final class DeleteCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;

  /** The columns: the table itself or the shape of the view. */
  private final Table table;

  private final Source source;
  private final RowTriggers triggers;

  private DeleteCodegen(CodeContext context, Table target, Source source) {
    this.context = context;
    this.builder = context.builder();
    this.table = source.table;
    this.source = source;
    this.triggers = RowTriggers.of(context, target, table, CreateTrigger.Event.DELETE, null);
  }

  public static void statement(CodeContext context, Delete delete) {
    step(context, delete);
    context.endChange();
  }

  /** Generates the statement as part of a trigger or as a whole, without its end. */
  static void step(CodeContext context, Delete delete) {
    if (delete.with() != null) {
      context.resolver().enterWith(delete.with());
    }
    Table target = context.environment().table(delete.table());
    Source source = ViewRows.source(context, target, delete.alias());
    if (target.isView()) {
      source = LimitedRows.view(context, source, delete);
    }
    source.setHint(delete.hint());
    Returning.begin(context, delete.returning(), target, source.table, CreateTrigger.Event.DELETE);
    DeleteCodegen codegen = new DeleteCodegen(context, target, source);
    TableAccess.checkWritable(context, target, codegen.triggers);
    VirtualChangeCodegen.checkReturning(target, delete.returning(), "DELETE");
    Expr condition = LimitedRows.where(delete, target);
    BoundExpr where =
        condition == null
            ? null
            : context
                .resolver()
                .exprs()
                .scalar(condition, context.resolver().statementScope(List.of(source)));
    boolean ignored =
        !context.allows(Authorizer.DELETE, target.name, null, context.databaseIndex(target));
    boolean many =
        where != null
            || ignored
            || !codegen.triggers.isEmpty()
            || PreUpdates.areWanted(context)
            || new ForeignKeys(context, target).concernsRows();
    context.writeDatabase(context.databaseIndex(target), target.kind != Table.Kind.ORDINARY);
    ChangeCount count = context.countChanges("rows deleted");
    if (target.virtual != null) {
      new VirtualChangeCodegen(context, target, target.virtual).delete(source, where, count);
    } else if (target.isView()) {
      codegen.view(where, count);
    } else if (many) {
      codegen.some(where, count);
    } else {
      codegen.all(count);
    }
  }

  /** Generates the deletion of all rows of a table, one by one. */
  static void rows(CodeContext context, Table table) {
    Source source = new Source(table, table.name, context.environment().schemaName(table), null);
    context.writeDatabase(context.databaseIndex(table), true);
    new DeleteCodegen(context, table, source).some(null, ChangeCount.none());
  }

  /** Fires INSTEAD OF triggers for the rows of a view. */
  private void view(@Nullable BoundExpr where, ChangeCount count) {
    BoundSelect select = new BoundSelect();
    select.cores.add(new BoundQuery());
    ViewRows rows = ViewRows.collect(context, select, List.of(source), where, List.of());
    int first = builder.newRegisters(table.columnCount() + 1);
    rows.begin();
    rows.load(new NewRow(table, first));
    count.add();
    triggers.before(first, ConflictResolution.DEFAULT, rows.nextLabel());
    triggers.after(first, ConflictResolution.DEFAULT, rows.nextLabel());
    rows.end();
  }

  /** Without WHERE whole trees are emptied. */
  private void all(ChangeCount count) {
    int database = context.databaseIndex(table);
    if (!table.withoutRowid) {
      builder.add(Opcode.CLEAR, table.rootPage, database, count.registerOfClear(), table.name);
    }
    for (Index index : table.indexes) {
      if (index.isPrimaryKeyOfWithoutRowid()) {
        builder.add(Opcode.CLEAR, table.rootPage, database, count.registerOfClear());
      } else {
        builder.add(Opcode.CLEAR, index.rootPage, database);
      }
    }
  }

  private void some(@Nullable BoundExpr where, ChangeCount count) {
    boolean simple = triggers.isEmpty() && !new ForeignKeys(context, table).concernsRows();
    WhereLoop loop =
        WherePlanner.plan(context, WhereRequest.ofChange(List.of(source), where, simple));
    if (!simple || !loop.isOnePass() || !loop.isSingleRow()) {
      context.top().multiWrite = true;
    }
    if (loop.isOnePass()) {
      loop.start();
      TableAccess access = new TableAccess(context, table, loop);
      access.openInside(loop, null);
      count.add();
      deletion(access).row(true, loop);
      loop.end();
    } else {
      collected(loop, count);
    }
  }

  private void collected(WhereLoop loop, ChangeCount count) {
    RowCollector rows = new RowCollector(context, table, 0);
    rows.open();
    loop.start();
    rows.add(source);
    loop.end();
    TableAccess access = new TableAccess(context, table);
    access.open(null);
    RowCollector.Loop collected = rows.loop();
    access.seek(collected.keyRegister, collected.nextLabel);
    count.add();
    deletion(access).row(true);
    collected.end();
  }

  private RowDeletion deletion(TableAccess access) {
    return new RowDeletion(context, access, triggers, ConflictResolution.DEFAULT);
  }
}
