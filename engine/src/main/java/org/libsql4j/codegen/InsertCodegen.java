package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.SourceWalk;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.VirtualDefinition;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates INSERT and REPLACE. */
public final class InsertCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Insert insert;
  private final ConflictResolution conflict;

  /** The table or view of the statement. */
  private final Table target;

  /** Its columns: the table itself or the shape of the view. */
  private final Table table;

  private final RowTriggers triggers;

  /** For each column of the table its position among the values, or -1 for its default. */
  private final int[] valueOf;

  /** The ON CONFLICT clauses, or null. */
  private @Nullable UpsertClauses upserts;

  /** Position of a value meant for the rowid by one of its own names, or -1. */
  private int rowidValue = -1;

  private InsertCodegen(
      CodeContext context, Insert insert, ConflictResolution conflict, Table target, Table table) {
    this.context = context;
    this.builder = context.builder();
    this.insert = insert;
    this.conflict = conflict;
    this.target = target;
    this.table = table;
    this.triggers = RowTriggers.of(context, target, table, CreateTrigger.Event.INSERT, null);
    this.valueOf = new int[table.columnCount()];
  }

  public static void statement(CodeContext context, Insert insert) {
    step(context, insert, insert.conflict());
    context.endChange();
  }

  /**
   * Generates the statement as part of a trigger or as a whole, without its end.
   *
   * @param conflict what becomes of conflicts, whatever the statement says
   */
  static void step(CodeContext context, Insert insert, ConflictResolution conflict) {
    if (insert.with() != null) {
      context.resolver().enterWith(insert.with());
    }
    Table target = context.environment().table(insert.table());
    VirtualChangeCodegen.checkUpsert(target, insert);
    Table table = target.isView() ? context.resolver().viewShape(target) : target;
    Returning.begin(context, insert.returning(), target, table, CreateTrigger.Event.INSERT);
    InsertCodegen codegen = new InsertCodegen(context, insert, conflict, target, table);
    TableAccess.checkWritable(context, target, codegen.triggers);
    if (target.isView() && !insert.upserts().isEmpty()) {
      throw new LibsqlException(ResultCode.ERROR, "cannot UPSERT a view");
    }
    if (context.allows(Authorizer.INSERT, target.name, null, context.databaseIndex(target))) {
      codegen.code();
    }
  }

  private void code() {
    TransferCodegen transfer =
        triggers.isEmpty() && !PreUpdates.areWanted(context)
            ? TransferCodegen.of(context, insert, target, conflict)
            : null;
    if (transfer == null) {
      ordinary();
      return;
    }
    context.writeDatabase(context.databaseIndex(target), true);
    int done = builder.newLabel();
    transfer.code(context.autoincrement(table), done);
    if (transfer.needsEmptyTarget()) {
      ordinary();
    }
    builder.resolve(done);
  }

  private void ordinary() {
    boolean single = false;
    BoundSelect select = null;
    mapNames();
    if (insert.source() instanceof Insert.Source.Query query) {
      select = context.resolver().resolve(query.select());
      single = isSingleRow(select);
    } else {
      single = true;
    }
    checkCount(select == null ? 0 : select.columnCount());
    boolean many = !single || !isValues() || !triggers.isEmpty();
    context.writeDatabase(context.databaseIndex(target), many);
    TableAccess access = target.isView() ? null : new TableAccess(context, table);
    if (access != null && !insert.upserts().isEmpty()) {
      String alias = insert.alias() == null ? table.name : insert.alias().name();
      upserts = new UpsertClauses(context, access, alias, insert.upserts());
    }
    Autoincrement autoincrement = context.autoincrement(table);
    ChangeCount count = context.countChanges("rows inserted");
    if (select == null || single) {
      open(access);
      row(
          access,
          count,
          autoincrement,
          select == null ? List.of() : select.first().expressions(),
          builder.newLabel(),
          true);
    } else {
      rows(access, count, autoincrement, select);
    }
  }

  /** Whether the rows are written down: any other query counts as one that yields many. */
  private boolean isValues() {
    return !(insert.source() instanceof Insert.Source.Query query)
        || query.select().first() instanceof SelectCore.Values;
  }

  private static void open(@Nullable TableAccess access) {
    if (access != null) {
      access.open(null);
    }
  }

  /** Whether the source is VALUES with one row, or a SELECT without FROM and anything else. */
  private static boolean isSingleRow(BoundSelect select) {
    BoundQuery query = select.first();
    return !select.isCompound()
        && query.values == null
        && query.sources.isEmpty()
        && query.where == null
        && !query.aggregate
        && select.limit == null;
  }

  // ---- columns
  // ---------------------------------------------------------------------------------------

  private void checkCount(int valueCount) {
    int count = insert.columns().size();
    if (count == 0) {
      mapAll(valueCount);
    } else if (valueCount != count) {
      throw new LibsqlException(ResultCode.ERROR, valueCount + " values for " + count + " columns");
    }
  }

  private void mapNames() {
    Arrays.fill(valueOf, -1);
    List<Identifier> names = insert.columns();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).name();
      int column = table.columnIndex(name);
      if (column >= 0) {
        if (table.column(column).isGenerated()) {
          throw new LibsqlException(
              ResultCode.ERROR,
              "cannot INSERT into generated column \"" + table.column(column).name() + "\"");
        }
        if (valueOf[column] < 0) {
          valueOf[column] = i;
        }
      } else if (table.hasRowid() && Table.isRowidName(name)) {
        rowidValue = i;
      } else {
        throw new LibsqlException(
            ResultCode.ERROR, "table " + qualifiedName() + " has no column named " + name);
      }
    }
  }

  private void mapAll(int valueCount) {
    int next = 0;
    for (int i = 0; i < valueOf.length; i++) {
      Column column = table.column(i);
      if (!column.isGenerated() && !column.hidden()) {
        valueOf[i] = next++;
      }
    }
    if (insert.source() instanceof Insert.Source.DefaultValues) {
      Arrays.fill(valueOf, -1);
    } else if (next != valueCount) {
      throw new LibsqlException(
          ResultCode.ERROR,
          "table "
              + qualifiedName()
              + " has "
              + next
              + " columns but "
              + valueCount
              + " values were supplied");
    }
  }

  private String qualifiedName() {
    return insert.table().schema() == null
        ? insert.table().name().name()
        : insert.table().schema().name() + "." + insert.table().name().name();
  }

  // ---- many rows
  // ---------------------------------------------------------------------------------------

  private void rows(
      @Nullable TableAccess access,
      ChangeCount count,
      @Nullable Autoincrement autoincrement,
      BoundSelect select) {
    int width = select.columnCount();
    List<BoundExpr> values = new ArrayList<>();
    int next = builder.newLabel();
    int end = builder.newLabel();
    if (!triggers.isEmpty() || SourceWalk.reads(select, table)) {
      // The query must be complete before the first row, or a trigger, changes what it reads.
      int cursor = builder.newCursor();
      builder.add(Opcode.OPEN_EPHEMERAL, cursor, width);
      context.selects().code(select, new Destination.Table(cursor, null));
      open(access);
      int first = builder.newRegisters(width);
      int top = builder.add(Opcode.REWIND, cursor, end);
      for (int i = 0; i < width; i++) {
        builder.add(Opcode.COLUMN, cursor, i, first + i);
        values.add(valueRegister(select, i, first + i));
      }
      row(access, count, autoincrement, values, next, false);
      builder.resolve(next);
      builder.add(Opcode.NEXT, cursor, top + 1);
    } else {
      int yield = builder.newRegister();
      int first = builder.newRegisters(width);
      int init = builder.add(Opcode.INIT_COROUTINE, yield, 0, builder.currentAddress() + 1);
      List<List<BoundExpr>> written = select.first().values;
      if (written != null && !select.isCompound() && !select.first().constantRows) {
        builder.explainPlan(context.planParent, 0, "SCAN " + written.size() + "-ROW VALUES CLAUSE");
      }
      context.selects().code(select, new Destination.Coroutine(yield, first));
      builder.add(Opcode.END_COROUTINE, yield);
      builder.jumpHere(init);
      open(access);
      builder.resolve(next);
      builder.add(Opcode.YIELD, yield, end);
      for (int i = 0; i < width; i++) {
        values.add(valueRegister(select, i, first + i));
      }
      row(access, count, autoincrement, values, next, false);
      builder.add(Opcode.GOTO, 0, next);
    }
    builder.resolve(end);
  }

  private static BoundExpr valueRegister(BoundSelect select, int column, int register) {
    return new BoundExpr.Register(register, select.first().columns.get(column).expr());
  }

  // ---- one row
  // -----------------------------------------------------------------------------------------

  private void row(
      @Nullable TableAccess access,
      ChangeCount count,
      @Nullable Autoincrement autoincrement,
      List<BoundExpr> values,
      int nextLabel,
      boolean last) {
    if (table.virtual != null) {
      virtualRow(table.virtual, values, nextLabel);
      count.add();
      if (last) {
        builder.resolve(nextLabel);
      }
      return;
    }
    NewRow row = NewRow.allocate(context, table);
    for (int i = 0; i < valueOf.length; i++) {
      if (i == table.rowidColumn || table.column(i).isGenerated()) {
        continue;
      }
      if (valueOf[i] >= 0) {
        context.exprs().codeCopy(values.get(valueOf[i]), row.column(i));
      } else {
        codeDefault(context, table, i, row.column(i));
      }
    }
    if (triggers.hasBefore()) {
      before(row, values, nextLabel);
    }
    if (access != null) {
      write(access, autoincrement, row, values, nextLabel);
    } else {
      builder.add(Opcode.NULL, 0, row.rowidRegister);
    }
    count.add();
    triggers.after(row.triggerRegister(), conflict, nextLabel);
    if (last) {
      builder.resolve(nextLabel);
    }
  }

  /** Fires BEFORE triggers, which see a copy of the row: -1 is in place of a rowid to be chosen. */
  private void before(NewRow row, List<BoundExpr> values, int ignoreLabel) {
    NewRow shown = NewRow.allocate(context, table);
    BoundExpr rowid = rowidValue(values);
    if (rowid == null) {
      builder.add(Opcode.INTEGER, -1, shown.rowidRegister);
    } else {
      context.exprs().codeCopy(rowid, shown.rowidRegister);
      int given = builder.add(Opcode.NOT_NULL, shown.rowidRegister);
      builder.add(Opcode.INTEGER, -1, shown.rowidRegister);
      builder.jumpHere(given);
      builder.add(Opcode.MUST_BE_INT, shown.rowidRegister);
    }
    if (table.columnCount() > 0) {
      builder.add(Opcode.COPY, row.column(0), shown.column(0), table.columnCount() - 1);
    }
    if (!target.isView()) {
      shown.complete(context);
    }
    triggers.before(shown.triggerRegister(), conflict, ignoreLabel);
  }

  private void write(
      TableAccess access,
      @Nullable Autoincrement autoincrement,
      NewRow row,
      List<BoundExpr> values,
      int nextLabel) {
    boolean append = rowid(access, autoincrement, row, values);
    ForeignKeys foreignKeys = new ForeignKeys(context, table);
    // Even a rowid written as NULL counts as one that may replace a row, where it matters.
    boolean given = !append || (rowidValue(values) != null && foreignKeys.concernsRows());
    RowConstraints constraints =
        new RowConstraints(
            context,
            access,
            row,
            0,
            conflict,
            nextLabel,
            null,
            null,
            access.primaryKey != null || given);
    constraints.setUpserts(upserts);
    constraints.readLater = !triggers.isEmpty();
    if (table.rowidColumn >= 0) {
      builder.add(Opcode.SOFT_NULL, row.column(table.rowidColumn));
    }
    constraints.check();
    foreignKeys.check(null, row, null, false);
    constraints.write(
        access.primaryKey != null ? 0 : OpFlags.LASTROWID | (append ? OpFlags.APPEND : 0));
  }

  /** The value meant for the rowid, or null. */
  private @Nullable BoundExpr rowidValue(List<BoundExpr> values) {
    int position = table.rowidColumn >= 0 ? valueOf[table.rowidColumn] : -1;
    if (position < 0) {
      position = rowidValue;
    }
    return position < 0 ? null : values.get(position);
  }

  private void virtualRow(VirtualDefinition virtual, List<BoundExpr> values, int nextLabel) {
    // In front of the new row there is room for the old one, as RETURNING expects.
    int old = builder.newRegisters(table.columnCount() * 2 + 2);
    int first = old + table.columnCount();
    builder.add(Opcode.NULL, 0, first);
    if (rowidValue >= 0) {
      context.exprs().codeCopy(values.get(rowidValue), first + 1);
    } else if (virtual.keyColumn >= 0 && valueOf[virtual.keyColumn] >= 0) {
      context.exprs().codeCopy(values.get(valueOf[virtual.keyColumn]), first + 1);
    } else {
      builder.add(Opcode.NULL, 0, first + 1);
    }
    for (int i = 0; i < valueOf.length; i++) {
      if (valueOf[i] >= 0) {
        context.exprs().codeCopy(values.get(valueOf[i]), first + 2 + i);
      } else {
        codeDefault(context, table, i, first + 2 + i);
      }
    }
    VirtualChangeCodegen.update(context, virtual, first, table.columnCount() + 2, conflict, null);
    triggers.after(old, conflict, nextLabel);
  }

  /** Computes the rowid; answers whether it is surely new. */
  private boolean rowid(
      TableAccess access,
      @Nullable Autoincrement autoincrement,
      NewRow row,
      List<BoundExpr> values) {
    int register = row.rowidRegister;
    if (!table.hasRowid()) {
      return false;
    }
    int maximum = autoincrement == null ? 0 : autoincrement.maximumRegister();
    BoundExpr value = rowidValue(values);
    if (value == null || value instanceof BoundExpr.NullValue) {
      newRowid(access, register, maximum);
      return true;
    }
    context.exprs().codeCopy(value, register);
    int given = builder.add(Opcode.NOT_NULL, register);
    newRowid(access, register, maximum);
    builder.jumpHere(given);
    builder.add(Opcode.MUST_BE_INT, register);
    context.top().mayAbort = true;
    if (autoincrement != null) {
      autoincrement.step(builder, register);
    }
    return false;
  }

  private void newRowid(TableAccess access, int register, int maximum) {
    builder.add(Opcode.NEW_ROWID, access.dataCursor, register, maximum);
    builder.setP5(table.randomRowid ? 1 : 0);
  }

  /** Computes the default of a column. */
  static void codeDefault(CodeContext context, Table table, int index, int target) {
    Column column = table.column(index);
    if (column.defaultValue() == null) {
      context.builder().add(Opcode.NULL, 0, target);
      return;
    }
    Scope scope = new Scope(null, null, null, Scope.Place.DEFAULT);
    scope.owner = table;
    BoundExpr value = context.resolver().exprs().scalar(column.defaultValue(), scope);
    context.exprs().codeCopy(value, target);
  }
}
