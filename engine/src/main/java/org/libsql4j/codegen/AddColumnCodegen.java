package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.alter.ColumnText;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.CheckConstraint;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.TableBuilder;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.AlterTable;
import org.libsql4j.sql.ast.ColumnConstraint;
import org.libsql4j.sql.ast.ColumnDefinition;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates ALTER TABLE ADD COLUMN. Rows that are there already read as the default. */
final class AddColumnCodegen {
  /** The schema format from which on rows may be shorter than the table. */
  private static final int FORMAT_WITH_DEFAULTS = 3;

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;
  private final int database;

  AddColumnCodegen(CodeContext context, Table table, int database) {
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    this.database = database;
  }

  void code(AlterTable.Action.AddColumn action) {
    if (table.isView()) {
      throw DdlNames.error("Cannot add a column to a view");
    }
    if (table.kind == Table.Kind.VIRTUAL) {
      throw DdlNames.error("virtual tables may not be altered");
    }
    ColumnDefinition definition = action.column();
    if (table.columnIndex(definition.name().name()) >= 0) {
      throw DdlNames.error("duplicate column name: " + definition.name().name());
    }
    for (ColumnConstraint constraint : definition.constraints()) {
      if (constraint instanceof ColumnConstraint.PrimaryKey) {
        throw DdlNames.error("Cannot add a PRIMARY KEY column");
      }
      if (constraint instanceof ColumnConstraint.Unique) {
        throw DdlNames.error("Cannot add a UNIQUE column");
      }
    }
    String sql = ColumnText.add(String.valueOf(table.sql), trimmed(action.text()));
    Table changed = build(sql);
    try {
      new SchemaExpressionCheck(context).table(changed);
    } catch (LibsqlException e) {
      throw afterwards(e);
    }
    checkExistingRows(changed);
    write(sql);
    if (needsRowCheck(changed)) {
      checkRows(changed);
    }
  }

  /** A definition without what ends the statement. */
  static String trimmed(String text) {
    int end = text.length();
    while (end > 0
        && (text.charAt(end - 1) == ';' || Character.isWhitespace(text.charAt(end - 1)))) {
      end--;
    }
    return text.substring(0, end);
  }

  private Table build(String sql) {
    CreateTable create = (CreateTable) Parser.parseStored(sql);
    try {
      return TableBuilder.build(
          create,
          (CreateTable.Body.Definition) create.body(),
          DdlNames.schema(context, database),
          false,
          context.connection().limit(Limit.COLUMN),
          table.rootPage);
    } catch (LibsqlException e) {
      throw e.getMessage().contains(" datatype for ") ? afterwards(e) : e;
    }
  }

  /** An error that is found when the changed definition is read. */
  private LibsqlException afterwards(LibsqlException e) {
    return DdlNames.error(
        SchemaVerifier.Phase.ADD_COLUMN.message("table", table.name, e.getMessage()));
  }

  // ---- what must not be if there are rows
  // -----------------------------------------------------------

  private void checkExistingRows(Table changed) {
    Column column = changed.column(changed.columnCount() - 1);
    if (column.isGenerated()) {
      if (column.generated() == Column.Generated.STORED) {
        failIfNotEmpty("cannot add a STORED column");
      }
      return;
    }
    Expr defaultValue = column.defaultValue();
    boolean isNull = defaultValue == null || defaultValue instanceof Expr.NullLiteral;
    boolean refers =
        changed.foreignKeys.stream()
            .anyMatch(
                key ->
                    key.childColumns().length == 1
                        && key.childColumns()[0] == changed.columnCount() - 1);
    if (context.connection().isSet(ConnectionFlag.FOREIGN_KEYS) && refers && !isNull) {
      failIfNotEmpty("Cannot add a REFERENCES column with non-NULL default value");
    }
    if (column.notNull() != null && isNull) {
      failIfNotEmpty("Cannot add a NOT NULL column with default value NULL");
    }
    if (!isNull && !isConstant(defaultValue)) {
      failIfNotEmpty("Cannot add a column with non-constant default");
    }
  }

  private boolean isConstant(@Nullable Expr defaultValue) {
    if (defaultValue == null) {
      return true;
    }
    BoundExpr bound =
        context
            .resolver()
            .exprs()
            .resolve(defaultValue, new Scope(null, null, null, Scope.Place.DEFAULT));
    return bound instanceof BoundExpr.NullValue || ColumnDefaults.value(bound) != null;
  }

  private void failIfNotEmpty(String message) {
    context.useDatabase(database);
    int cursor = open(table);
    int empty = builder.add(Opcode.REWIND, cursor);
    fail(message);
    builder.jumpHere(empty);
    builder.add(Opcode.CLOSE, cursor);
  }

  private int open(Table shape) {
    int cursor = builder.newCursor();
    Index key = shape.withoutRowid ? shape.primaryKeyIndex() : null;
    Object p4 = key == null ? (Object) shape.storedColumnCount() : KeyInfos.of(context, key);
    builder.add(Opcode.OPEN_READ, cursor, shape.rootPage, database, p4);
    return cursor;
  }

  private void fail(String message) {
    context.top().mayAbort = true;
    builder.add(Opcode.HALT, ResultCode.ERROR.code(), ConflictCodes.ABORT, 0, message);
  }

  // ---- the change
  // -----------------------------------------------------------------------------------

  private void write(String sql) {
    SchemaWriter writer = new SchemaWriter(context, database);
    writer
        .rows()
        .where(SchemaTable.TYPE, "table")
        .where(SchemaTable.NAME, table.name)
        .update(first -> builder.add(Opcode.STRING8, 0, first + SchemaTable.SQL, 0, sql));
    int format = builder.newRegister();
    builder.add(Opcode.READ_COOKIE, database, format, Btree.FILE_FORMAT);
    builder.add(Opcode.ADD_IMM, format, 1 - FORMAT_WITH_DEFAULTS);
    int newEnough = builder.add(Opcode.IF_POS, format);
    builder.add(Opcode.SET_COOKIE, database, Btree.FILE_FORMAT, FORMAT_WITH_DEFAULTS);
    builder.jumpHere(newEnough);
    writer.changeCookie();
    writer.parseAll(SchemaVerifier.Phase.ADD_COLUMN);
  }

  private boolean needsRowCheck(Table changed) {
    Column column = changed.column(changed.columnCount() - 1);
    return changed.checks.size() > table.checks.size()
        || (column.isGenerated() && column.notNull() != null)
        || changed.strict;
  }

  /** The new column of the rows that are there must satisfy its constraints. */
  private void checkRows(Table changed) {
    int number = changed.columnCount() - 1;
    Column column = changed.column(number);
    int cursor = open(changed);
    int rewind = builder.add(Opcode.REWIND, cursor);
    Source row = IndexKeys.sourceOf(changed);
    RowLocation location = new RowLocation.TableCursor(changed, cursor);
    context.locate(row, location);
    for (CheckConstraint check : changed.checks) {
      BoundExpr condition =
          context
              .resolver()
              .exprs()
              .scalar(check.expr(), Scope.over(Scope.Place.CHECK, List.of(row)));
      int fine = builder.newLabel();
      context.conditions().jumpIfTrue(condition, fine, true);
      fail("CHECK constraint failed");
      builder.resolve(fine);
    }
    int value = builder.newRegister();
    if (column.notNull() != null || changed.strict) {
      int loaded = location.load(context, number, value);
      if (loaded != value) {
        builder.add(Opcode.COPY, loaded, value);
      }
    }
    if (changed.strict && column.affinity() != Affinity.BLOB) {
      checkType(column, value);
    }
    if (column.notNull() != null) {
      int present = builder.add(Opcode.NOT_NULL, value);
      fail("NOT NULL constraint failed");
      builder.jumpHere(present);
    }
    builder.add(Opcode.NEXT, cursor, rewind + 1);
    builder.jumpHere(rewind);
    builder.add(Opcode.CLOSE, cursor);
  }

  private void checkType(Column column, int value) {
    int fine = builder.add(Opcode.IS_TYPE, -1, 0, value);
    builder.setP5(RowCheck.strictMask(column.declaredType()));
    fail("type mismatch on DEFAULT");
    builder.jumpHere(fine);
  }
}
