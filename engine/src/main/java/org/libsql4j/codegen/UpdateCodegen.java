package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.DeepWalk;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Assignment;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates UPDATE: collects the keys of the rows, then for each row computes the new one, checks
 * it, takes the old one out where keys change, and writes.
 */
public final class UpdateCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Update update;
  private final ConflictResolution conflict;

  /** The table or view of the statement. */
  private final Table target;

  /** Its columns: the table itself or the shape of the view. */
  private final Table table;

  private final Source source;
  private final RowTriggers triggers;
  private final List<Source> sources = new ArrayList<>();

  /** New value of each column, null where it stays. */
  private final @Nullable BoundExpr[] newValues;

  private final boolean[] changed;

  /** New value of the rowid, null if it stays. */
  private @Nullable BoundExpr newRowid;

  private UpdateCodegen(
      CodeContext context,
      Update update,
      ConflictResolution conflict,
      Table target,
      Source source) {
    this.context = context;
    this.builder = context.builder();
    this.update = update;
    this.conflict = conflict;
    this.target = target;
    this.table = source.table;
    this.source = source;
    this.triggers =
        RowTriggers.of(context, target, table, CreateTrigger.Event.UPDATE, assignedNames(update));
    this.newValues = new BoundExpr[table.columnCount()];
    this.changed = new boolean[table.columnCount()];
  }

  private static List<String> assignedNames(Update update) {
    List<String> names = new ArrayList<>();
    for (Assignment assignment : update.assignments()) {
      for (Identifier column : assignment.columns()) {
        names.add(column.name());
      }
    }
    return names;
  }

  public static void statement(CodeContext context, Update update) {
    step(context, update, update.conflict());
    context.endChange();
  }

  /**
   * Generates the statement as part of a trigger or as a whole, without its end.
   *
   * @param conflict what becomes of conflicts, whatever the statement says
   */
  static void step(CodeContext context, Update update, ConflictResolution conflict) {
    if (!update.orderBy().isEmpty() || update.limit() != null) {
      throw new LibsqlException(
          ResultCode.ERROR, "ORDER BY and LIMIT of UPDATE are not supported yet");
    }
    if (update.with() != null) {
      context.resolver().enterWith(update.with());
    }
    Table target = context.environment().table(update.table());
    Source source = ViewRows.source(context, target, update.alias());
    source.hint = update.hint();
    Returning.begin(context, update.returning(), target, source.table, CreateTrigger.Event.UPDATE);
    UpdateCodegen codegen = new UpdateCodegen(context, update, conflict, target, source);
    TableAccess.checkWritable(context, target, codegen.triggers);
    codegen.code();
  }

  private void code() {
    Scope scope = context.resolver().statementScope(List.of(source));
    sources.add(source);
    if (update.from() != null) {
      context.resolver().from(update.from(), scope);
      sources.clear();
      sources.addAll(scope.sources);
    }
    assignments(scope);
    BoundExpr where =
        update.where() == null ? null : context.resolver().exprs().scalar(update.where(), scope);
    markGenerated();
    context.writeDatabase(context.databaseIndex(target), true);
    if (target.isView()) {
      view(where);
    } else if (update.from() == null) {
      plain(where);
    } else {
      from(where);
    }
  }

  // ---- SET
  // -------------------------------------------------------------------------------------------

  private void assignments(Scope scope) {
    for (Assignment assignment : update.assignments()) {
      BoundExpr value = context.resolver().exprs().resolve(assignment.value(), scope);
      int width = BoundExprs.width(value);
      int count = assignment.columns().size();
      if (width != count) {
        throw new LibsqlException(
            ResultCode.ERROR,
            assignment.rowValue()
                ? count + " columns assigned " + width + " values"
                : value instanceof BoundExpr.ScalarSubquery
                    ? "sub-select returns " + width + " columns - expected 1"
                    : "row value misused");
      }
      for (int i = 0; i < count; i++) {
        assign(assignment.columns().get(i), BoundExprs.element(value, i));
      }
    }
  }

  private void assign(Identifier name, BoundExpr value) {
    int index = table.columnIndex(name.name());
    if (index < 0) {
      if (table.hasRowid() && Table.isRowidName(name.name())) {
        newRowid = value;
        return;
      }
      throw new LibsqlException(
          ResultCode.ERROR, "no such column: " + name.name(), name.offset(), null);
    }
    Column column = table.column(index);
    if (column.isGenerated()) {
      throw new LibsqlException(
          ResultCode.ERROR, "cannot UPDATE generated column \"" + column.name() + "\"");
    }
    if (index == table.rowidColumn) {
      newRowid = value;
    }
    newValues[index] = value;
    changed[index] = true;
  }

  /** A generated column may change whenever another one does. */
  private void markGenerated() {
    for (int i = 0; i < changed.length; i++) {
      if (table.column(i).isGenerated()) {
        changed[i] = true;
      }
    }
  }

  // ---- which indexes change
  // -----------------------------------------------------------------------------

  private boolean[] changedIndexes(TableAccess access, boolean keyChanges) {
    boolean[] wanted = new boolean[access.indexes.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = keyChanges || isChanged(access.indexes.get(i));
    }
    return wanted;
  }

  private boolean isChanged(Index index) {
    Source schemaSource = IndexKeys.sourceOf(table);
    for (int i = 0; i < index.columnCount(); i++) {
      if (index.columns[i] >= 0 && changed[index.columns[i]]) {
        return true;
      }
      if (index.columns[i] == Index.EXPRESSION
          && readsChanged(context.schemaExpressions().column(schemaSource, index, i))) {
        return true;
      }
    }
    BoundExpr condition = context.schemaExpressions().condition(schemaSource, index);
    return condition != null && readsChanged(condition);
  }

  private boolean readsChanged(BoundExpr expr) {
    boolean[] found = new boolean[1];
    DeepWalk.expr(
        expr,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            found[0] |= ref.column() < 0 ? newRowid != null : changed[ref.column()];
          }
        });
    return found[0];
  }

  private boolean primaryKeyChanges(TableAccess access) {
    Index key = access.primaryKey;
    if (key == null) {
      return newRowid != null;
    }
    for (int i = 0; i < key.keyColumnCount; i++) {
      if (changed[key.columns[i]]) {
        return true;
      }
    }
    return false;
  }

  // ---- the loop
  // ------------------------------------------------------------------------------------------

  private void plain(@Nullable BoundExpr where) {
    RowCollector rows = new RowCollector(context, table, 0);
    rows.open();
    WhereLoop loop = WherePlanner.begin(context, WhereRequest.of(sources, where));
    rows.add(source, List.of());
    loop.end();
    TableAccess access = new TableAccess(context, table);
    boolean keyChanges = primaryKeyChanges(access);
    boolean[] wanted = changedIndexes(access, keyChanges);
    access.open(null);
    RowCollector.Loop collected = rows.loop();
    collected.seek(access);
    context.locate(source, new RowLocation.TableCursor(table, access.dataCursor));
    row(access, collected, keyChanges, wanted);
    collected.end();
  }

  private void from(@Nullable BoundExpr where) {
    List<BoundExpr> extra = new ArrayList<>();
    int[] positions = new int[newValues.length];
    for (int i = 0; i < newValues.length; i++) {
      BoundExpr value = newValues[i];
      if (value != null) {
        positions[i] = extra.size();
        extra.add(value);
      }
    }
    int rowidPosition = extra.size();
    BoundExpr rowidValue = newRowid;
    if (rowidValue != null) {
      extra.add(rowidValue);
    }
    RowCollector rows = new RowCollector(context, table, extra.size());
    rows.open();
    BoundQuery query = new BoundQuery();
    query.sources.addAll(sources);
    context.selects().froms().prepare(query, false);
    WhereLoop loop = WherePlanner.begin(context, WhereRequest.of(sources, where));
    rows.add(source, extra);
    loop.end();
    TableAccess access = new TableAccess(context, table);
    boolean keyChanges = primaryKeyChanges(access);
    boolean[] wanted = changedIndexes(access, keyChanges);
    access.open(null);
    RowCollector.Loop collected = rows.loop();
    collected.seek(access);
    for (int i = 0; i < newValues.length; i++) {
      BoundExpr value = newValues[i];
      if (value != null) {
        int register = builder.newRegister();
        collected.loadExtra(positions[i], register);
        newValues[i] = new BoundExpr.Register(register, value);
      }
    }
    if (rowidValue != null) {
      int register = builder.newRegister();
      collected.loadExtra(rowidPosition, register);
      newRowid = new BoundExpr.Register(register, rowidValue);
    }
    context.locate(source, new RowLocation.TableCursor(table, access.dataCursor));
    row(access, collected, keyChanges, wanted);
    collected.end();
  }

  /** Fires INSTEAD OF triggers for the rows of a view. */
  private void view(@Nullable BoundExpr where) {
    List<BoundExpr> extra = new ArrayList<>();
    boolean from = update.from() != null;
    for (BoundExpr value : newValues) {
      if (from && value != null) {
        extra.add(value);
      }
    }
    ViewRows rows = ViewRows.collect(context, sources, where, extra);
    NewRow row = NewRow.allocatePair(context, table);
    rows.begin();
    rows.load(row.old());
    rows.load(row);
    int position = 0;
    for (int i = 0; i < newValues.length; i++) {
      BoundExpr value = newValues[i];
      if (value != null && from) {
        rows.loadExtra(position++, row.column(i));
      } else if (value != null) {
        context.exprs().codeCopy(value, row.column(i));
      }
    }
    triggers.before(row.triggerRegister(), conflict, rows.nextLabel());
    triggers.after(row.triggerRegister(), conflict, rows.nextLabel());
    rows.end();
  }

  private void row(
      TableAccess access, RowCollector.Loop collected, boolean keyChanges, boolean[] wanted) {
    NewRow row =
        triggers.isEmpty() ? NewRow.allocate(context, table) : NewRow.allocatePair(context, table);
    RowLocation current = context.location(source);
    if (!triggers.isEmpty()) {
      row.old().copyFrom(context, current);
    }
    newRow(collected, row);
    if (triggers.hasBefore()) {
      row.complete(context);
      triggers.before(row.triggerRegister(), conflict, collected.nextLabel);
      collected.seek(access);
      unchangedColumns(row, current);
    }
    RowConstraints constraints =
        new RowConstraints(
            context,
            access,
            row,
            collected.keyRegister,
            conflict,
            collected.nextLabel,
            changed,
            wanted,
            keyChanges);
    constraints.readLater = !triggers.isEmpty();
    constraints.check();
    if (constraints.movesDataCursor()) {
      // REPLACE may have moved the cursors, or removed the very row.
      collected.seek(access);
    }
    RowDeletion deletion =
        new RowDeletion(context, access, RowTriggers.none(context, table), conflict);
    deletion.indexEntries(wanted);
    if (keyChanges) {
      builder.add(Opcode.DELETE, access.dataCursor, OpFlags.ISUPDATE, 0);
      builder.setP5(0);
    }
    constraints.write(OpFlags.ISUPDATE);
    triggers.after(row.triggerRegister(), conflict, collected.nextLabel);
  }

  private void newRow(RowCollector.Loop collected, NewRow row) {
    unchangedColumns(row, context.location(source));
    for (int i = 0; i < newValues.length; i++) {
      BoundExpr value = newValues[i];
      if (value != null && i != table.rowidColumn) {
        context.exprs().codeCopy(value, row.column(i));
      }
    }
    if (table.hasRowid()) {
      if (newRowid != null) {
        context.exprs().codeCopy(newRowid, row.rowidRegister());
        builder.add(Opcode.MUST_BE_INT, row.rowidRegister());
        context.top().mayAbort = true;
      } else {
        builder.add(Opcode.COPY, collected.keyRegister, row.rowidRegister());
      }
      if (table.rowidColumn >= 0) {
        builder.add(Opcode.SOFT_NULL, row.column(table.rowidColumn));
      }
    }
  }

  /** Reads the columns that the statement leaves; a BEFORE trigger may have changed them. */
  private void unchangedColumns(NewRow row, RowLocation current) {
    for (int i = 0; i < newValues.length; i++) {
      if (newValues[i] != null || i == table.rowidColumn || table.column(i).isGenerated()) {
        continue;
      }
      int register = current.load(context, i, row.column(i));
      if (register != row.column(i)) {
        builder.add(Opcode.COPY, register, row.column(i));
      }
    }
  }
}
