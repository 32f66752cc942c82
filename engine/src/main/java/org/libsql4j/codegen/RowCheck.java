package org.libsql4j.codegen;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.CheckConstraint;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the part of an integrity check that looks at every row of a table. */
final class RowCheck {
  // Bits of P5 of IsType.
  private static final int INTEGER = 0x01;
  private static final int REAL = 0x02;
  private static final int TEXT = 0x04;
  private static final int BLOB = 0x08;
  private static final int NULL = 0x10;

  private final IntegrityCheckCodegen report;
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table table;
  private final int database;
  private final boolean quick;
  private final @Nullable Index primaryKey;
  private final int cursor;
  private final int rowNumber;
  private final int value;
  private final Source row;
  private final RowLocation location;

  RowCheck(
      IntegrityCheckCodegen report, CodeContext context, Table table, int database, boolean quick) {
    this.report = report;
    this.context = context;
    this.builder = context.builder();
    this.table = table;
    this.database = database;
    this.quick = quick;
    this.primaryKey = table.withoutRowid ? table.primaryKeyIndex() : null;
    this.cursor = builder.newCursor();
    this.rowNumber = builder.newRegister();
    this.value = builder.newRegister();
    this.row = IndexKeys.sourceOf(table);
    this.location = new RowLocation.TableCursor(table, cursor);
    context.locate(row, location);
  }

  void code() {
    Object shape =
        primaryKey == null ? (Object) table.storedColumnCount() : KeyInfos.of(context, primaryKey);
    builder.add(Opcode.OPEN_READ, cursor, table.rootPage, database, shape);
    int[] indexCursors = openIndexes();
    int previousKey = 0;
    if (primaryKey != null && !quick) {
      previousKey = builder.newRegisters(primaryKey.keyColumnCount);
      builder.add(Opcode.NULL, 1, previousKey, previousKey + primaryKey.keyColumnCount - 1);
    }
    builder.add(Opcode.INTEGER, 0, rowNumber);
    int rewind = builder.add(Opcode.REWIND, cursor);
    int top = builder.add(Opcode.ADD_IMM, rowNumber, 1);
    parseWholeRecord();
    if (primaryKey != null && !quick) {
      keyOrder(primaryKey, previousKey);
    }
    columns();
    checks();
    if (!quick) {
      for (int i = 0; i < indexCursors.length; i++) {
        Index index = table.indexes.get(i);
        if (index != primaryKey) {
          indexEntry(index, indexCursors[i]);
        }
      }
    }
    builder.add(Opcode.NEXT, cursor, top);
    builder.jumpHere(rewind);
    builder.add(Opcode.CLOSE, cursor);
  }

  private int[] openIndexes() {
    int[] cursors = new int[quick ? 0 : table.indexes.size()];
    for (int i = 0; i < cursors.length; i++) {
      Index index = table.indexes.get(i);
      if (index != primaryKey) {
        cursors[i] = builder.newCursor();
        builder.add(
            Opcode.OPEN_READ, cursors[i], index.rootPage, database, KeyInfos.of(context, index));
      }
    }
    return cursors;
  }

  /** Reading the last column has the whole header looked at. */
  private void parseWholeRecord() {
    int last = primaryKey == null ? table.storedColumnCount() - 1 : primaryKey.columnCount() - 1;
    if (last >= 0) {
      builder.add(Opcode.COLUMN, cursor, last, value);
      builder.setP5(OpFlags.TYPEOFARG);
    }
  }

  /** The rows of a WITHOUT ROWID table ascend by their keys. */
  private void keyOrder(Index key, int previous) {
    int fine = builder.newLabel();
    builder.add(Opcode.IDX_GT, cursor, fine, previous, key.keyColumnCount);
    builder.add(Opcode.IS_NULL, previous, fine);
    report.reportText("row not in PRIMARY KEY order for " + table.name);
    builder.resolve(fine);
    for (int i = 0; i < key.keyColumnCount; i++) {
      builder.add(Opcode.COLUMN, cursor, i, previous + i);
    }
  }

  // ---- columns
  // ------------------------------------------------------------------------------------

  private void columns() {
    for (int i = 0; i < table.columnCount(); i++) {
      Column column = table.column(i);
      if (i == table.rowidColumn) {
        continue;
      }
      String type = column.declaredType().toUpperCase(Locale.ROOT);
      boolean typed =
          table.strict ? !type.equals("ANY") : column.affinity().compareTo(Affinity.BLOB) > 0;
      if (typed || column.notNull() != null) {
        column(i, column, typed, type);
      }
    }
  }

  private void column(int number, Column column, boolean typed, String type) {
    String name = table.name + "." + column.name();
    int bad = builder.newLabel();
    int fine = builder.newLabel();
    int loaded = location.load(context, number, value);
    boolean contentNeeded = typed && !table.strict && column.affinity() != Affinity.TEXT;
    if (!contentNeeded && builder.lastOp().opcode == Opcode.COLUMN) {
      builder.setP5(builder.lastOp().p5 | OpFlags.TYPEOFARG);
    }
    if (loaded != value) {
      builder.add(Opcode.COPY, loaded, value);
    }
    if (column.notNull() != null) {
      int present = builder.add(Opcode.NOT_NULL, value);
      builder.add(Opcode.STRING8, 0, report.message(), 0, "NULL value in " + name);
      builder.add(Opcode.GOTO, 0, bad);
      builder.jumpHere(present);
    }
    if (!typed) {
      builder.add(Opcode.GOTO, 0, fine);
    } else if (table.strict) {
      isType(strictMask(type), fine);
      builder.add(Opcode.STRING8, 0, report.message(), 0, "non-" + type + " value in " + name);
    } else if (column.affinity() == Affinity.TEXT) {
      isType(NULL | TEXT | BLOB, fine);
      builder.add(Opcode.STRING8, 0, report.message(), 0, "NUMERIC value in " + name);
    } else {
      isType(NULL | INTEGER | REAL | BLOB, fine);
      builder.add(Opcode.AFFINITY, value, 1, 0, String.valueOf(Affinity.NUMERIC.letter()));
      isType(NULL | TEXT | BLOB, fine);
      builder.add(Opcode.STRING8, 0, report.message(), 0, "TEXT value in " + name);
    }
    builder.resolve(bad);
    report.report();
    builder.resolve(fine);
  }

  private void isType(int mask, int label) {
    builder.add(Opcode.IS_TYPE, -1, label, value);
    builder.setP5(mask);
  }

  /** Bits of P5 of IsType for the values that a column of a STRICT table may have. */
  static int strictMask(String type) {
    return switch (type) {
      case "BLOB" -> NULL | BLOB;
      case "INT", "INTEGER" -> NULL | INTEGER;
      case "REAL" -> NULL | INTEGER | REAL;
      case "TEXT" -> NULL | TEXT;
      default -> NULL | INTEGER | REAL | TEXT | BLOB;
    };
  }

  private void checks() {
    if (table.checks.isEmpty()
        || context.connection().isSet(ConnectionFlag.IGNORE_CHECK_CONSTRAINTS)) {
      return;
    }
    int bad = builder.newLabel();
    int fine = builder.newLabel();
    for (CheckConstraint check : table.checks) {
      BoundExpr condition =
          context
              .resolver()
              .exprs()
              .scalar(check.expr(), Scope.over(Scope.Place.CHECK, List.of(row)));
      context.conditions().jumpIfFalse(condition, bad, false);
    }
    builder.add(Opcode.GOTO, 0, fine);
    builder.resolve(bad);
    report.reportText("CHECK constraint failed in " + table.name);
    builder.resolve(fine);
  }

  // ---- index entries
  // ------------------------------------------------------------------------------

  private void indexEntry(Index index, int indexCursor) {
    int next = builder.newLabel();
    int found = builder.newLabel();
    IndexKeys keys = new IndexKeys(context);
    keys.skipUnlessIncluded(row, index, next);
    int count = index.columnCount();
    int first = builder.newRegisters(count);
    keys.columns(row, index, count, first);
    builder.add(Opcode.FOUND, indexCursor, found, first, count);
    report.reportRow("row ", rowNumber, " missing from index " + index.name);
    builder.add(Opcode.GOTO, 0, next);
    builder.resolve(found);
    if (table.hasRowid()) {
      builder.add(Opcode.IDX_ROWID, indexCursor, value);
      int same = builder.add(Opcode.EQ, value, 0, first + count - 1);
      report.reportRow("rowid not at end-of-record for row ", rowNumber, " of index " + index.name);
      builder.jumpHere(same);
    }
    exactTexts(index, indexCursor, first);
    if (index.isUnique()) {
      unique(index, indexCursor, first);
    }
    builder.resolve(next);
  }

  /** Texts that only a collation takes for equal must be the same in table and index. */
  private void exactTexts(Index index, int indexCursor, int first) {
    int differ = builder.newLabel();
    boolean any = false;
    for (int i = 0; i < index.keyColumnCount; i++) {
      if (!index.collations[i].equalsIgnoreCase("BINARY")) {
        builder.add(Opcode.COLUMN, indexCursor, i, value);
        builder.add(Opcode.NE, value, differ, first + i, context.collation(null));
        any = true;
      }
    }
    if (!any) {
      builder.resolve(differ);
      return;
    }
    int same = builder.add(Opcode.GOTO);
    builder.resolve(differ);
    report.reportRow("row ", rowNumber, " values differ from index " + index.name);
    builder.jumpHere(same);
  }

  /** The entry after this one has another key, or there is a NULL in it. */
  private void unique(Index index, int indexCursor, int first) {
    int fine = builder.newLabel();
    for (int i = 0; i < index.keyColumnCount; i++) {
      int column = index.columns[i];
      if (column < 0 || !table.isNotNull(column)) {
        builder.add(Opcode.IS_NULL, first + i, fine);
      }
    }
    int more = builder.add(Opcode.NEXT, indexCursor);
    builder.add(Opcode.GOTO, 0, fine);
    builder.jumpHere(more);
    builder.add(Opcode.IDX_GT, indexCursor, fine, first, index.keyColumnCount);
    report.reportText("non-unique entry in index " + index.name);
    builder.resolve(fine);
  }
}
