package org.libsql4j.codegen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.CheckConstraint;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Insert;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * {@code INSERT INTO a SELECT * FROM b} between tables that are alike: entries are copied as they
 * are, from table to table and from index to index.
 *
 * <p>Alike means that whatever b holds, a may hold: the same columns, constraints that are no
 * stricter, and for each index of a one of b. If conflicts are possible nevertheless, entries are
 * copied only into an empty table, and the usual code follows for one that is not.
 */
final class TransferCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Table target;
  private final Table source;
  private final ConflictResolution conflict;

  /** For each index of the target the one of the source. */
  private final Map<Index, Index> indexes = new HashMap<>();

  private boolean unique;

  private TransferCodegen(
      CodeContext context, Table target, Table source, ConflictResolution conflict) {
    this.context = context;
    this.builder = context.builder();
    this.target = target;
    this.source = source;
    this.conflict = conflict;
  }

  /**
   * The transfer for an INSERT without triggers, or null if it is none.
   *
   * @param conflict what the statement says of conflicts
   */
  static @Nullable TransferCodegen of(
      CodeContext context, Insert insert, Table target, ConflictResolution conflict) {
    if (insert.with() != null
        || !insert.columns().isEmpty()
        || !insert.upserts().isEmpty()
        || target.kind != Table.Kind.ORDINARY
        || !(insert.source() instanceof Insert.Source.Query query)
        || context.connection().isSet(ConnectionFlag.COUNT_CHANGES)
        || context.connection().hooks().preUpdate() != null) {
      return null;
    }
    Table source = wholeTable(context, query.select());
    if (source == null || source == target) {
      return null;
    }
    ConflictResolution resolution = conflict;
    if (resolution == ConflictResolution.DEFAULT && target.rowidColumn >= 0) {
      resolution = target.rowidConflict;
    }
    TransferCodegen transfer = new TransferCodegen(context, target, source, resolution);
    return transfer.isPossible() ? transfer : null;
  }

  /** The table of {@code SELECT * FROM table}, or null. */
  private static @Nullable Table wholeTable(CodeContext context, Select select) {
    if (select.with() != null
        || !select.compounds().isEmpty()
        || !select.orderBy().isEmpty()
        || select.limit() != null
        || !(select.first() instanceof SelectCore.Query query)
        || query.distinct()
        || query.from() == null
        || query.from().terms().size() != 1
        || query.where() != null
        || !query.groupBy().isEmpty()
        || query.having() != null
        || query.columns().size() != 1
        || !(query.columns().get(0) instanceof ResultColumn.Star)
        || !(query.from().terms().get(0).item() instanceof FromItem.Table item)
        || item.hint() != null) {
      return null;
    }
    Table table = context.environment().findTable(item.name());
    return table == null || table.kind != Table.Kind.ORDINARY ? null : table;
  }

  // ---- whether the tables are alike
  // ------------------------------------------------------------------

  private boolean isPossible() {
    boolean keysEnforced = context.connection().isSet(ConnectionFlag.FOREIGN_KEYS);
    if (target.withoutRowid != source.withoutRowid
        || target.columnCount() != source.columnCount()
        || target.rowidColumn != source.rowidColumn
        || (target.strict && !source.strict)
        || (keysEnforced && !target.foreignKeys.isEmpty())) {
      return false;
    }
    for (int i = 0; i < target.columnCount(); i++) {
      if (!isCompatible(i)) {
        return false;
      }
    }
    for (Index index : target.indexes) {
      Index like = null;
      for (Index candidate : source.indexes) {
        like = like == null && isCompatible(index, candidate) ? candidate : like;
      }
      if (like == null) {
        return false;
      }
      unique |= index.isUnique();
      indexes.put(index, like);
    }
    return hasSameChecks();
  }

  private boolean isCompatible(int column) {
    Column to = target.column(column);
    Column from = source.column(column);
    if (to.generated() != from.generated()
        || to.affinity() != from.affinity()
        || !sameCollation(to.collation(), from.collation())
        || (to.notNull() != null && from.notNull() == null)) {
      return false;
    }
    if (to.isGenerated()) {
      return sameExpr(to.generatedExpr(), from.generatedExpr(), Scope.Place.GENERATED);
    }
    // Of records that are too short for a column its default counts, which is part of the table.
    return column == 0 || Objects.equals(to.defaultText(), from.defaultText());
  }

  private static boolean sameCollation(@Nullable String a, @Nullable String b) {
    return (a == null ? "BINARY" : a).equalsIgnoreCase(b == null ? "BINARY" : b);
  }

  private boolean isCompatible(Index to, Index from) {
    if (to.keyColumnCount != from.keyColumnCount
        || to.columnCount() != from.columnCount()
        || to.unique != from.unique
        || to.isPrimaryKeyOfWithoutRowid() != from.isPrimaryKeyOfWithoutRowid()) {
      return false;
    }
    for (int i = 0; i < to.keyColumnCount; i++) {
      if (to.columns[i] != from.columns[i]
          || to.descending[i] != from.descending[i]
          || !sameCollation(to.collations[i], from.collations[i])) {
        return false;
      }
      if (to.columns[i] == Index.EXPRESSION
          && !sameExpr(to.expressions[i], from.expressions[i], Scope.Place.INDEX_EXPRESSION)) {
        return false;
      }
    }
    return sameExpr(to.where, from.where, Scope.Place.PARTIAL_INDEX);
  }

  private boolean hasSameChecks() {
    List<CheckConstraint> to = target.checks;
    List<CheckConstraint> from = source.checks;
    if (to.isEmpty()) {
      return true;
    }
    boolean same = to.size() == from.size();
    for (int i = 0; same && i < to.size(); i++) {
      same = sameExpr(to.get(i).expr(), from.get(i).expr(), Scope.Place.CHECK);
    }
    return same;
  }

  /** Whether expressions of both tables are the same, columns taken by their numbers. */
  private boolean sameExpr(@Nullable Expr to, @Nullable Expr from, Scope.Place place) {
    if (to == null || from == null) {
      return to == null && from == null;
    }
    Source toRow = IndexKeys.sourceOf(target);
    Source fromRow = IndexKeys.sourceOf(source);
    BoundExpr toBound = context.resolver().exprs().scalar(to, Scope.over(place, List.of(toRow)));
    BoundExpr fromBound =
        context.resolver().exprs().scalar(from, Scope.over(place, List.of(fromRow)));
    return toBound.equals(moved(fromBound, toRow));
  }

  private static BoundExpr moved(BoundExpr expr, Source row) {
    return expr instanceof BoundExpr.ColumnRef ref
        ? new BoundExpr.ColumnRef(row, ref.column())
        : BoundExprs.mapChildren(expr, e -> moved(e, row));
  }

  // ---- code
  // --------------------------------------------------------------------------------------------

  /** Whether a table that is not empty needs the usual code. */
  boolean needsEmptyTarget() {
    return (target.rowidColumn < 0 && !target.indexes.isEmpty())
        || unique
        || (conflict != ConflictResolution.DEFAULT
            && conflict != ConflictResolution.ABORT
            && conflict != ConflictResolution.ROLLBACK);
  }

  /**
   * Generates the transfer.
   *
   * @param doneLabel where to go from here if the usual code follows
   */
  void code(@Nullable Autoincrement autoincrement, int doneLabel) {
    TableAccess access = new TableAccess(context, target);
    int notEmpty = builder.newLabel();
    int from = builder.newCursor();
    context.useDatabase(context.databaseIndex(source));
    access.openData();
    if (needsEmptyTarget()) {
      int empty = builder.add(Opcode.REWIND, access.dataCursor);
      builder.add(Opcode.GOTO, 0, notEmpty);
      builder.jumpHere(empty);
    }
    if (target.hasRowid()) {
      rows(access, from, autoincrement);
    }
    builder.add(Opcode.CLOSE, access.dataCursor);
    for (Index index : target.indexes) {
      Index like = indexes.get(index);
      if (like != null) {
        entries(index, like);
      }
    }
    if (needsEmptyTarget()) {
      builder.add(Opcode.GOTO, 0, doneLabel);
      builder.resolve(notEmpty);
      builder.add(Opcode.CLOSE, access.dataCursor);
    }
  }

  private void rows(TableAccess access, int from, @Nullable Autoincrement autoincrement) {
    int rowid = builder.newRegister();
    int data = builder.newRegister();
    int end = builder.newLabel();
    builder.add(
        Opcode.OPEN_READ,
        from,
        source.rootPage,
        context.databaseIndex(source),
        source.storedColumnCount());
    int top = builder.add(Opcode.REWIND, from, end) + 1;
    if (target.rowidColumn >= 0) {
      builder.add(Opcode.ROWID, from, rowid);
      int fresh = builder.add(Opcode.NOT_EXISTS, access.dataCursor, 0, rowid);
      context.top().mayAbort = true;
      builder.add(
          Opcode.HALT,
          ResultCode.CONSTRAINT_PRIMARYKEY.code(),
          ConflictCodes.of(conflict),
          0,
          target.name + "." + target.column(target.rowidColumn).name());
      builder.setP5(OpFlags.CONSTRAINT_UNIQUE);
      builder.jumpHere(fresh);
      if (autoincrement != null) {
        autoincrement.step(builder, rowid);
      }
    } else if (target.indexes.isEmpty()) {
      builder.add(Opcode.NEW_ROWID, access.dataCursor, rowid);
      builder.setP5(target.randomRowid ? 1 : 0);
    } else {
      builder.add(Opcode.ROWID, from, rowid);
    }
    builder.add(Opcode.ROW_CELL, access.dataCursor, from, rowid);
    builder.add(Opcode.INSERT, access.dataCursor, data, rowid, target);
    builder.setP5(OpFlags.NCHANGE | OpFlags.LASTROWID | OpFlags.APPEND | OpFlags.PREFORMAT);
    builder.add(Opcode.NEXT, from, top);
    builder.resolve(end);
    builder.add(Opcode.CLOSE, from);
  }

  private void entries(Index to, Index like) {
    int from = builder.newCursor();
    int cursor = builder.newCursor();
    int record = builder.newRegister();
    int end = builder.newLabel();
    boolean isTable = to.isPrimaryKeyOfWithoutRowid();
    builder.add(
        Opcode.OPEN_READ,
        from,
        isTable ? source.rootPage : like.rootPage,
        context.databaseIndex(source),
        KeyInfos.of(context, like));
    builder.add(
        Opcode.OPEN_WRITE,
        cursor,
        isTable ? target.rootPage : to.rootPage,
        context.databaseIndex(target),
        KeyInfos.of(context, to));
    builder.setP5(OpFlags.BULKCSR);
    int top = builder.add(Opcode.REWIND, from, end) + 1;
    builder.add(Opcode.ROW_DATA, from, record);
    builder.add(Opcode.IDX_INSERT, cursor, record);
    builder.setP5(OpFlags.APPEND | (isTable ? OpFlags.NCHANGE : 0));
    builder.add(Opcode.NEXT, from, top);
    builder.resolve(end);
    builder.add(Opcode.CLOSE, from);
    builder.add(Opcode.CLOSE, cursor);
  }
}
