package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.VirtualDefinition;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;
import org.libsql4j.vtab.RiskLevel;
import org.libsql4j.vtab.WritableTable;

/**
 * Generates changes of virtual tables. The rows are collected first, because a table need not bear
 * to be changed while it is walked over.
 */
final class VirtualChangeCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;
  private final VirtualDefinition virtual;

  VirtualChangeCodegen(CodeContext context, Table table, VirtualDefinition virtual) {
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    this.virtual = virtual;
  }

  /** Checks that a statement may change the table. */
  static void checkWritable(CodeContext context, Table table, VirtualDefinition virtual) {
    if (virtual.instance().writable() == null) {
      throw new LibsqlException(ResultCode.ERROR, "table " + table.name + " may not be modified");
    }
    if (context.isTrigger() && !context.environment().temporary) {
      boolean trusted = context.connection().isSet(ConnectionFlag.TRUSTED_SCHEMA);
      RiskLevel allowed = trusted ? RiskLevel.NORMAL : RiskLevel.INNOCUOUS;
      if (virtual.instance().riskLevel().compareTo(allowed) > 0) {
        throw new LibsqlException(
            ResultCode.ERROR, "unsafe use of virtual table \"" + table.name + "\"");
      }
    }
  }

  /** Only INSERT can return rows of virtual tables. */
  static void checkReturning(Table table, List<ResultColumn> returning, String statement) {
    if (table.isVirtual() && !returning.isEmpty()) {
      throw new LibsqlException(
          ResultCode.ERROR, statement + " RETURNING is not available on virtual tables");
    }
  }

  static void checkUpsert(Table table, Insert insert) {
    if (table.isVirtual() && !insert.upserts().isEmpty()) {
      throw new LibsqlException(
          ResultCode.ERROR, "UPSERT not implemented for virtual table \"" + table.name + "\"");
    }
  }

  /** Lets the table take part in the transaction. */
  static void begin(CodeContext context, VirtualDefinition virtual) {
    context.builder().add(Opcode.V_BEGIN, 0, 0, 0, virtual.instance());
    VirtualLoops.useDatabases(context, virtual);
    context.top().mayAbort = true;
  }

  /**
   * Generates one change.
   *
   * @param first register of the old key, followed by the new rowid and the columns
   * @param unchanged columns that were left out, or null
   */
  static void update(
      CodeContext context,
      VirtualDefinition virtual,
      int first,
      int count,
      ConflictResolution conflict,
      boolean @Nullable [] unchanged) {
    ProgramBuilder builder = context.builder();
    if (unchanged != null) {
      builder.add(Opcode.NOOP, 0, 0, 0, unchanged);
    }
    builder.add(Opcode.V_UPDATE, count > 1 ? 1 : 0, count, first, virtual.instance());
    builder.setP5(
        conflict == ConflictResolution.DEFAULT ? OpFlags.OE_ABORT : ConflictCodes.of(conflict));
  }

  // ---- DELETE
  // ---------------------------------------------------------------------------------------

  void delete(Source source, @Nullable BoundExpr where, ChangeCount changes) {
    int rows = builder.newCursor();
    builder.add(Opcode.OPEN_EPHEMERAL, rows, 1);
    WhereLoop loop = WherePlanner.begin(context, WhereRequest.of(List.of(source), where));
    int key = builder.newRegister();
    context.exprs().codeCopy(new BoundExpr.ColumnRef(source, virtual.keyColumn), key);
    store(rows, key, 1);
    loop.end();
    begin(context, virtual);
    int end = builder.newLabel();
    int top = builder.add(Opcode.REWIND, rows, end);
    builder.add(Opcode.COLUMN, rows, 0, key);
    update(context, virtual, key, 1, ConflictResolution.ABORT, null);
    changes.add();
    builder.add(Opcode.NEXT, rows, top + 1);
    builder.resolve(end);
  }

  private void store(int rows, int first, int count) {
    int record = builder.newRegister();
    int rowid = builder.newRegister();
    builder.add(Opcode.MAKE_RECORD, first, count, record);
    builder.add(Opcode.NEW_ROWID, rows, rowid);
    builder.add(Opcode.INSERT, rows, record, rowid);
    builder.setP5(OpFlags.APPEND);
  }

  // ---- UPDATE
  // ---------------------------------------------------------------------------------------

  /**
   * @param source the table itself among the sources
   * @param newValues new value of each column, null where it stays
   * @param newRowid new value of the rowid, null if it stays
   */
  void update(
      Source source,
      List<Source> sources,
      @Nullable BoundExpr where,
      @Nullable BoundExpr[] newValues,
      @Nullable BoundExpr newRowid,
      ConflictResolution conflict,
      ChangeCount changes) {
    int count = table.columnCount() + 2;
    int first = builder.newRegisters(count);
    int rows = builder.newCursor();
    builder.add(Opcode.OPEN_EPHEMERAL, rows, count);
    boolean[] unchanged = unchanged(newValues);
    if (sources.size() > 1) {
      BoundQuery query = new BoundQuery();
      query.sources.addAll(sources);
      context.selects().froms().prepare(query);
    }
    WhereLoop loop = WherePlanner.begin(context, WhereRequest.of(sources, where));
    for (int i = 0; i < newValues.length; i++) {
      BoundExpr value = newValues[i];
      if (unchanged != null && unchanged[i]) {
        builder.add(Opcode.NULL, 0, first + 2 + i);
      } else {
        context
            .exprs()
            .codeCopy(value == null ? new BoundExpr.ColumnRef(source, i) : value, first + 2 + i);
      }
    }
    keys(source, newValues, newRowid, first);
    store(rows, first, count);
    loop.end();
    begin(context, virtual);
    int end = builder.newLabel();
    int top = builder.add(Opcode.REWIND, rows, end);
    for (int i = 0; i < count; i++) {
      builder.add(Opcode.COLUMN, rows, i, first + i);
    }
    update(context, virtual, first, count, conflict, unchanged);
    changes.add();
    builder.add(Opcode.NEXT, rows, top + 1);
    builder.resolve(end);
  }

  private void keys(
      Source source, @Nullable BoundExpr[] newValues, @Nullable BoundExpr newRowid, int first) {
    context.exprs().codeCopy(new BoundExpr.ColumnRef(source, virtual.keyColumn), first);
    BoundExpr newKey = virtual.keyColumn >= 0 ? newValues[virtual.keyColumn] : newRowid;
    if (newKey == null) {
      builder.add(Opcode.COPY, first, first + 1);
    } else {
      context.exprs().codeCopy(newKey, first + 1);
    }
  }

  private boolean @Nullable [] unchanged(@Nullable BoundExpr[] newValues) {
    WritableTable writable = virtual.instance().writable();
    if (writable == null || !writable.omitsUnchangedColumns()) {
      return null;
    }
    boolean[] unchanged = new boolean[newValues.length];
    for (int i = 0; i < unchanged.length; i++) {
      unchanged[i] = newValues[i] == null && i != virtual.keyColumn;
    }
    return unchanged;
  }
}
