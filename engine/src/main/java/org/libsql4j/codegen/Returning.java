package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.resolve.SourceWalk;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * RETURNING: computes a row of the result for each row that changes, and hands them out when all
 * changes are done.
 */
final class Returning {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final List<ResultColumn> columns;
  private final Table table;
  private final Table rows;
  private final CreateTrigger.Event event;
  private final Source source;
  private final int cursor;
  private final int opening;

  /** The clause resolved: like that of an AFTER trigger, not before the first row is generated. */
  private @Nullable BoundQuery query;

  private Returning(
      CodeContext context,
      List<ResultColumn> columns,
      Table table,
      Table rows,
      CreateTrigger.Event event) {
    this.context = context;
    this.builder = context.builder();
    this.columns = columns;
    this.table = table;
    this.rows = rows;
    this.event = event;
    // Names with a schema mean nothing here.
    this.source = new Source(rows, table.name, "", null);
    this.cursor = builder.newCursor();
    this.opening = builder.add(Opcode.OPEN_EPHEMERAL, cursor);
  }

  /**
   * Prepares for the rows; does nothing if there is no RETURNING clause.
   *
   * @param rows the columns of the table; the shape of a view
   */
  static void begin(
      CodeContext context,
      List<ResultColumn> columns,
      Table table,
      Table rows,
      CreateTrigger.Event event) {
    if (!columns.isEmpty()) {
      context.returning = new Returning(context, columns, table, rows, event);
    }
  }

  private BoundQuery query() {
    BoundQuery known = query;
    if (known != null) {
      return known;
    }
    Scope scope = context.resolver().statementScope(List.of(source));
    BoundQuery resolved = context.resolver().returning(columns, scope);
    for (BoundQuery.Column column : resolved.columns) {
      context.resultColumns.add(ResultColumns.of(context, column));
      // What a subquery reads of the table is another thing after each row.
      SourceWalk.markReaders(column.expr(), table, source);
    }
    builder.op(opening).p2 = resolved.columns.size();
    query = resolved;
    return resolved;
  }

  /** Whether the rows of this change are to be returned: also those that an UPSERT updates. */
  boolean isMeant(Table changed, CreateTrigger.Event change) {
    boolean upsert = event == CreateTrigger.Event.INSERT && change == CreateTrigger.Event.UPDATE;
    return changed == table && (change == event || upsert);
  }

  /**
   * Computes the result for one row.
   *
   * @param firstRegister of OLD and NEW, see {@link TriggerPrograms}
   */
  void row(int firstRegister) {
    boolean old = event == CreateTrigger.Event.DELETE;
    context.locate(
        source, new NewRow(rows, old ? firstRegister : firstRegister + rows.columnCount() + 1));
    BoundQuery query = query();
    int count = query.columns.size();
    int first = builder.newRegisters(count);
    int record = builder.newRegister();
    int rowid = builder.newRegister();
    context.exprs().codeList(query.expressions(), first);
    builder.add(Opcode.MAKE_RECORD, first, count, record);
    builder.add(Opcode.NEW_ROWID, cursor, rowid);
    builder.add(Opcode.INSERT, cursor, record, rowid);
    builder.setP5(OpFlags.APPEND);
  }

  /** Hands out all rows. */
  void output() {
    int count = query().columns.size();
    int first = builder.newRegisters(count);
    int end = builder.newLabel();
    builder.add(Opcode.FK_CHECK, 1, cursor);
    int top = builder.add(Opcode.REWIND, cursor, end);
    for (int i = 0; i < count; i++) {
      builder.add(Opcode.COLUMN, cursor, i, first + i);
    }
    builder.add(Opcode.RESULT_ROW, first, count);
    builder.add(Opcode.NEXT, cursor, top + 1);
    builder.resolve(end);
  }
}
