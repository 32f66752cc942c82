package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.UpdateHook;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.DeepWalk;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Assignment;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Update;
import org.libsql4j.sql.ast.Upsert;
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
  private final ConflictResolution conflict;

  /** The table or view of the statement. */
  private final Table target;

  /** Its columns: the table itself or the shape of the view. */
  private final Table table;

  private final Source source;
  private final RowTriggers triggers;
  private final List<Source> sources = new ArrayList<>();

  /** The join of UPDATE FROM. */
  private final BoundSelect join = new BoundSelect();

  /** New value of each column, null where it stays. */
  private final @Nullable BoundExpr[] newValues;

  private final boolean[] changed;

  /** What Insert needs so that the loop can go on from the row. */
  private int position;

  /** New value of the rowid, null if it stays. */
  private @Nullable BoundExpr newRowid;

  private UpdateCodegen(
      CodeContext context,
      List<Assignment> assignments,
      ConflictResolution conflict,
      Table target,
      Source source) {
    this.context = context;
    this.builder = context.builder();
    this.conflict = conflict;
    this.target = target;
    this.table = source.table;
    this.source = source;
    this.triggers =
        RowTriggers.of(
            context, target, table, CreateTrigger.Event.UPDATE, assignedNames(assignments));
    this.newValues = new BoundExpr[table.columnCount()];
    this.changed = new boolean[table.columnCount()];
    this.join.cores.add(new BoundQuery());
  }

  private static List<String> assignedNames(List<Assignment> assignments) {
    List<String> names = new ArrayList<>();
    for (Assignment assignment : assignments) {
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
    if (update.with() != null) {
      context.resolver().enterWith(update.with());
    }
    Table target = context.environment().table(update.table());
    Source source = ViewRows.source(context, target, update.alias());
    if (target.isView()) {
      source = LimitedRows.view(context, source, update);
    }
    source.setHint(update.hint());
    Returning.begin(context, update.returning(), target, source.table, CreateTrigger.Event.UPDATE);
    UpdateCodegen codegen =
        new UpdateCodegen(context, update.assignments(), conflict, target, source);
    TableAccess.checkWritable(context, target, codegen.triggers);
    VirtualChangeCodegen.checkReturning(target, update.returning(), "UPDATE");
    codegen.code(update);
  }

  /**
   * Generates the DO UPDATE of an INSERT for the row at the data cursor.
   *
   * @param excluded the row that was to be inserted
   * @param nextLabel where to go if there is nothing to do
   */
  static void upsert(
      CodeContext context,
      TableAccess access,
      Source source,
      Source excluded,
      Upsert upsert,
      int nextLabel) {
    // The constraints' own ON CONFLICT does not count here.
    UpdateCodegen codegen =
        new UpdateCodegen(
            context, upsert.assignments(), ConflictResolution.ABORT, access.table, source);
    Scope scope = context.resolver().statementScope(List.of(source));
    scope.pseudoSources.add(excluded);
    codegen.assignments(upsert.assignments(), scope);
    BoundExpr where =
        upsert.where() == null ? null : context.resolver().exprs().scalar(upsert.where(), scope);
    codegen.markGenerated();
    context.locate(source, new RowLocation.TableCursor(access.table, access.dataCursor));
    if (where != null) {
      context.conditions().jumpIfFalse(where, nextLabel, true);
    }
    boolean keyChanges = codegen.keyChanges();
    context.top().multiWrite |= !codegen.changesNothingElse();
    boolean[] wanted = codegen.changedIndexes(access, keyChanges);
    codegen.row(access, ChangeCount.none(), access.loadKey(source), nextLabel, keyChanges, wanted);
  }

  private void code(Update update) {
    Scope scope;
    if (update.from() == null) {
      scope = context.resolver().statementScope(List.of(source));
      assignments(update.assignments(), scope);
    } else {
      checkNames(update.assignments());
      scope = context.resolver().queryScope(join);
      scope.sources.add(source);
      context.resolver().from(asOneTerm(update.from()), scope);
      checkSources(scope.sources);
      scope.allowAggregates = true;
      scope.allowWindows = true;
      assignments(update.assignments(), scope);
      scope.allowAggregates = false;
      scope.allowWindows = false;
      join.first().keepsOrder = true;
    }
    sources.addAll(scope.sources);
    Expr condition = LimitedRows.where(update, target);
    BoundExpr where =
        condition == null ? null : context.resolver().exprs().scalar(condition, scope);
    markGenerated();
    boolean collects = target.kind != Table.Kind.ORDINARY || update.from() != null;
    context.writeDatabase(context.databaseIndex(target), collects);
    ChangeCount count = context.countChanges("rows updated");
    if (target.virtual != null) {
      new VirtualChangeCodegen(context, target, target.virtual)
          .update(source, sources, where, newValues, newRowid, update.conflict(), count);
    } else if (target.isView()) {
      view(where, update.from() != null, count);
    } else if (update.from() == null) {
      plain(where, count);
    } else {
      from(where, count);
    }
  }

  /** Several joined terms are one subquery beside the updated table. */
  static FromClause asOneTerm(FromClause from) {
    if (from.terms().size() == 1) {
      return from;
    }
    FromItem nested = new FromItem.Nested(from, null, -1);
    return new FromClause(List.of(new FromClause.Term(null, nested, null, List.of())));
  }

  private void checkSources(List<Source> list) {
    for (Source other : list) {
      if (other != source && isSame(other)) {
        throw new LibsqlException(
            ResultCode.ERROR, "target object/alias may not appear in FROM clause: " + source.alias);
      }
      if (other.nested != null && other.subquery != null) {
        checkSources(other.subquery.first().sources);
      }
    }
  }

  private boolean isSame(Source other) {
    return other.table == target
        && other.alias != null
        && other.alias.equalsIgnoreCase(source.alias);
  }

  // ---- SET
  // -------------------------------------------------------------------------------------------

  private void assignments(List<Assignment> assignments, Scope scope) {
    for (Assignment assignment : assignments) {
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

  /** With FROM, wrong names of columns are told of before anything else. */
  private void checkNames(List<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      for (Identifier name : assignment.columns()) {
        int index = table.columnIndex(name.name());
        if (index >= 0) {
          checkWritable(table.column(index));
        } else if (!table.hasRowid() || !Table.isRowidName(name.name())) {
          throw noSuchColumn(name);
        }
      }
    }
  }

  private static void checkWritable(Column column) {
    if (column.isGenerated()) {
      throw new LibsqlException(
          ResultCode.ERROR, "cannot UPDATE generated column \"" + column.name() + "\"");
    }
  }

  private static LibsqlException noSuchColumn(Identifier name) {
    return new LibsqlException(
        ResultCode.ERROR, "no such column: " + name.name(), name.offset(), null);
  }

  private void assign(Identifier name, BoundExpr value) {
    int index = table.columnIndex(name.name());
    if (index < 0) {
      if (table.hasRowid() && Table.isRowidName(name.name())) {
        if (mayChange("ROWID")) {
          newRowid = value;
        }
        return;
      }
      throw noSuchColumn(name);
    }
    Column column = table.column(index);
    checkWritable(column);
    if (!mayChange(column.name())) {
      return;
    }
    if (index == table.rowidColumn) {
      newRowid = value;
    }
    newValues[index] = value;
    changed[index] = true;
  }

  private boolean mayChange(String column) {
    return context.allows(Authorizer.UPDATE, target.name, column, context.databaseIndex(target));
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

  /** Whether the rowid, or the primary key in its place, may change. */
  private boolean keyChanges() {
    Index key = table.withoutRowid ? table.primaryKeyIndex() : null;
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

  private void plain(@Nullable BoundExpr where, ChangeCount count) {
    boolean simple = changesNothingElse() && !keyChanges() && !mayReplace();
    WhereLoop loop = WherePlanner.plan(context, WhereRequest.ofChange(sources, where, simple));
    Index stepping = loop.isOnePass() ? loop.onePassIndex() : null;
    boolean single = loop.isOnePass() && loop.isSingleRow();
    if (!simple || !single) {
      context.top().multiWrite = true;
    }
    if (!loop.isOnePass() || (!single && stepping != null && isChanged(stepping))) {
      collected(loop, count);
      return;
    }
    loop.start();
    TableAccess access = new TableAccess(context, table, loop);
    boolean[] wanted = changedIndexes(access, keyChanges());
    access.openInside(loop, mayReplace() ? null : wanted);
    position = single ? 0 : OpFlags.SAVEPOSITION;
    row(access, count, access.loadKey(source), loop.continueLabel(), keyChanges(), wanted);
    loop.end();
  }

  /** Whether neither triggers nor foreign keys have anything to do. */
  private boolean changesNothingElse() {
    return triggers.isEmpty()
        && !new ForeignKeys(context, table).concerns(changed, newRowid != null);
  }

  /** Whether a conflict may be solved by removing other rows. */
  private boolean mayReplace() {
    if (conflict != ConflictResolution.DEFAULT) {
      return conflict == ConflictResolution.REPLACE;
    }
    if (table.rowidConflict == ConflictResolution.REPLACE) {
      return true;
    }
    for (Index index : table.indexes) {
      if (index.unique == ConflictResolution.REPLACE) {
        return true;
      }
    }
    return false;
  }

  private void collected(WhereLoop loop, ChangeCount count) {
    RowCollector rows = new RowCollector(context, table, 0);
    rows.open();
    loop.start();
    rows.add(source);
    loop.end();
    TableAccess access = new TableAccess(context, table);
    boolean[] wanted = changedIndexes(access, keyChanges());
    access.open(null);
    RowCollector.Loop collected = rows.loop();
    access.seek(collected.keyRegister, collected.nextLabel);
    context.locate(source, new RowLocation.TableCursor(table, access.dataCursor));
    row(access, count, collected.keyRegister, collected.nextLabel, keyChanges(), wanted);
    collected.end();
  }

  private void from(@Nullable BoundExpr where, ChangeCount count) {
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
    BoundQuery query = join.first();
    query.sources.addAll(sources);
    query.where = where;
    for (BoundExpr key : rows.keys(source)) {
      query.columns.add(new BoundQuery.Column(key, "", false));
    }
    for (BoundExpr value : extra) {
      query.columns.add(new BoundQuery.Column(value, "", false));
    }
    context.selects().code(join, new Destination.Code((first, n, end) -> rows.add(first)));
    TableAccess access = new TableAccess(context, table);
    boolean keyChanges = keyChanges();
    boolean[] wanted = changedIndexes(access, keyChanges);
    access.open(null);
    RowCollector.Loop collected = rows.loop();
    access.seek(collected.keyRegister, collected.nextLabel);
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
    row(access, count, collected.keyRegister, collected.nextLabel, keyChanges, wanted);
    collected.end();
  }

  /** Fires INSTEAD OF triggers for the rows of a view. */
  private void view(@Nullable BoundExpr where, boolean from, ChangeCount count) {
    List<BoundExpr> extra = new ArrayList<>();
    for (BoundExpr value : newValues) {
      if (from && value != null) {
        extra.add(value);
      }
    }
    ViewRows rows = ViewRows.collect(context, join, sources, where, extra);
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
    builder.add(
        Opcode.AFFINITY, row.column(0), table.columnCount(), 0, TableAccess.affinities(table));
    triggers.before(row.triggerRegister(), conflict, rows.nextLabel());
    count.add();
    triggers.after(row.triggerRegister(), conflict, rows.nextLabel());
    rows.end();
  }

  private void row(
      TableAccess access,
      ChangeCount count,
      int keyRegister,
      int nextLabel,
      boolean keyChanges,
      boolean[] wanted) {
    ForeignKeys foreignKeys = new ForeignKeys(context, table);
    boolean keysConcerned = foreignKeys.concerns(changed, newRowid != null);
    LibsqlException missingKey = keysConcerned ? foreignKeys.missingParentKey() : null;
    boolean looked = !triggers.isEmpty() || keysConcerned;
    NewRow row = looked ? NewRow.allocatePair(context, table) : NewRow.allocate(context, table);
    RowLocation current = context.location(source);
    if (looked) {
      row.old().copyFrom(context, current);
    }
    newRow(keyRegister, row);
    if (triggers.hasBefore()) {
      row.complete(context);
      triggers.before(row.triggerRegister(), conflict, nextLabel);
      access.seek(keyRegister, nextLabel);
      unchangedColumns(row, current);
    }
    RowConstraints constraints =
        new RowConstraints(
            context, access, row, keyRegister, conflict, nextLabel, changed, wanted, keyChanges);
    constraints.readLater = looked;
    constraints.check();
    if (constraints.movesDataCursor()) {
      // REPLACE may have moved the cursors, or removed the very row.
      access.seek(keyRegister, nextLabel);
    }
    if (keysConcerned) {
      foreignKeys.check(row.old(), null, changed, newRowid != null);
    }
    RowDeletion deletion =
        new RowDeletion(context, access, RowTriggers.none(context, table), conflict);
    PreUpdates.code(context, access, UpdateHook.Change.UPDATE, row);
    deletion.indexEntries(wanted);
    if (keyChanges || (keysConcerned && foreignKeys.removesOldRow(changed, newRowid != null))) {
      builder.add(Opcode.DELETE, access.dataCursor, OpFlags.ISUPDATE, 0);
      builder.setP5(0);
    }
    if (keysConcerned) {
      foreignKeys.check(null, row, changed, newRowid != null);
    }
    if (missingKey != null) {
      throw missingKey;
    }
    constraints.write(OpFlags.ISUPDATE | position);
    if (keysConcerned) {
      foreignKeys.actions(row.triggerRegister(), changed, newRowid != null);
    }
    count.add();
    triggers.after(row.triggerRegister(), conflict, nextLabel);
  }

  private void newRow(int keyRegister, NewRow row) {
    if (table.hasRowid() && newRowid != null) {
      // What is no rowid is told of before the errors of other values.
      context.exprs().codeCopy(newRowid, row.rowidRegister);
      builder.add(Opcode.MUST_BE_INT, row.rowidRegister);
      context.top().mayAbort = true;
    }
    unchangedColumns(row, context.location(source));
    for (int i = 0; i < newValues.length; i++) {
      BoundExpr value = newValues[i];
      if (value != null && i != table.rowidColumn) {
        context.exprs().codeCopy(value, row.column(i));
      }
    }
    if (table.hasRowid()) {
      if (newRowid == null) {
        builder.add(Opcode.COPY, keyRegister, row.rowidRegister);
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
