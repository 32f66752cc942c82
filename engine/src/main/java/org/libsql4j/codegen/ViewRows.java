package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * The rows of a view that an UPDATE or DELETE is meant for, collected before the first INSTEAD OF
 * trigger fires.
 */
final class ViewRows {
  private final ProgramBuilder builder;
  private final Source view;
  private final int cursor;
  private final int nextLabel;
  private final int endLabel;
  private int top;

  private ViewRows(CodeContext context, Source view) {
    this.builder = context.builder();
    this.view = view;
    this.cursor = builder.newCursor();
    this.nextLabel = builder.newLabel();
    this.endLabel = builder.newLabel();
  }

  /** The table or view that a statement changes, as a row source. */
  static Source source(CodeContext context, Table target, @Nullable Identifier alias) {
    String name = alias == null ? target.name : alias.name();
    String schema = context.environment().schemaName(target);
    if (!target.isView()) {
      return new Source(target, name, schema, null);
    }
    return new Source(
        context.resolver().viewShape(target), name, schema, context.resolver().viewQuery(target));
  }

  /**
   * Generates the collection.
   *
   * @param select a query with one empty core, to be filled in
   * @param sources the view first, then those of UPDATE FROM
   * @param extra values to be kept with each row
   */
  static ViewRows collect(
      CodeContext context,
      BoundSelect select,
      List<Source> sources,
      @Nullable BoundExpr where,
      List<BoundExpr> extra) {
    Source view = sources.get(0);
    ViewRows rows = new ViewRows(context, view);
    BoundQuery query = select.first();
    query.sources.addAll(sources);
    query.where = where;
    for (int i = 0; i < view.table.columnCount(); i++) {
      view.use(i);
      addColumn(query, new BoundExpr.ColumnRef(view, i));
    }
    for (BoundExpr value : extra) {
      addColumn(query, value);
    }
    context.builder().add(Opcode.OPEN_EPHEMERAL, rows.cursor, query.columns.size());
    context.selects().code(select, new Destination.Table(rows.cursor, null));
    context.locate(view, new RowLocation.EphemeralCursor(rows.cursor, 0));
    return rows;
  }

  private static void addColumn(BoundQuery query, BoundExpr value) {
    query.columns.add(new BoundQuery.Column(value, "", false));
  }

  /** Begins the loop over the rows. */
  void begin() {
    top = builder.add(Opcode.REWIND, cursor, endLabel) + 1;
  }

  /** Copies the current row of the view. */
  void load(NewRow target) {
    builder.add(Opcode.NULL, 0, target.rowidRegister);
    for (int i = 0; i < view.table.columnCount(); i++) {
      builder.add(Opcode.COLUMN, cursor, i, target.column(i));
    }
  }

  /** Loads an extra value. */
  void loadExtra(int index, int target) {
    builder.add(Opcode.COLUMN, cursor, view.table.columnCount() + index, target);
  }

  /** Where to go from a row to the next. */
  int nextLabel() {
    return nextLabel;
  }

  /** Ends the loop. */
  void end() {
    builder.resolve(nextLabel);
    builder.add(Opcode.NEXT, cursor, top);
    builder.resolve(endLabel);
  }
}
