package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.UpdateHook;
import org.libsql4j.error.ResultCode;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Scope;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.CheckConstraint;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateTrigger;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates the checks of a new row, then writes it: NOT NULL, CHECK, the rowid, unique indexes.
 * Checks that may replace rows come last, so that a failure of another one leaves them in place.
 */
final class RowConstraints {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final TableAccess access;
  private final Table table;
  private final NewRow row;
  private final Source source;

  /** Register of the rowid before an UPDATE (or first of the old primary key), 0 for INSERT. */
  private final int oldKey;

  /** What the statement says of conflicts; DEFAULT leaves it to the constraint. */
  private final ConflictResolution override;

  private final int ignoreLabel;

  /** For UPDATE: which columns change; null means all. */
  private final boolean @Nullable [] changed;

  /** For UPDATE: which indexes change; null means all. */
  private final boolean @Nullable [] changedIndexes;

  private final boolean rowidMayChange;
  private final int[] recordRegisters;
  private final int[] keyRegisters;

  /** Rows in conflict are deleted, by way of the data cursor. */
  private boolean replaces;

  /** The ON CONFLICT clauses of an INSERT, or null. */
  private @Nullable UpsertClauses upserts;

  /** The data cursor was sent to where the new row belongs. */
  private boolean seeksRowid;

  /** What fires when a row in conflict is deleted: only with recursive_triggers. */
  private final RowTriggers replaceTriggers;

  /** Register that becomes true when such triggers or foreign keys' actions have run, or 0. */
  private int triggersHaveRun;

  /** The checks are made a second time, where nothing but an error is possible. */
  private boolean checksAgain;

  /** Whether somebody looks at the row after it was written. */
  boolean readLater;

  RowConstraints(
      CodeContext context,
      TableAccess access,
      NewRow row,
      int oldKey,
      ConflictResolution override,
      int ignoreLabel,
      boolean @Nullable [] changed,
      boolean @Nullable [] changedIndexes,
      boolean rowidMayChange) {
    this.context = context;
    this.builder = context.builder();
    this.access = access;
    this.table = access.table;
    this.row = row;
    this.oldKey = oldKey;
    this.override = override;
    this.ignoreLabel = ignoreLabel;
    this.changed = changed;
    this.changedIndexes = changedIndexes;
    this.rowidMayChange = rowidMayChange;
    this.source = IndexKeys.sourceOf(table);
    this.recordRegisters = new int[access.indexes.size()];
    this.keyRegisters = new int[access.indexes.size()];
    this.replaceTriggers =
        context.connection().isSet(ConnectionFlag.RECURSIVE_TRIGGERS)
            ? RowTriggers.of(context, table, table, CreateTrigger.Event.DELETE, null)
            : RowTriggers.none(context, table);
    context.locate(source, row);
  }

  void setUpserts(@Nullable UpsertClauses upserts) {
    this.upserts = upserts;
  }

  /** Whether the data cursor may have been moved away from the row, to one that it replaces. */
  boolean movesDataCursor() {
    return rowidMayChange || replaces;
  }

  /** Generates all checks; the row's columns have been computed. */
  void check() {
    if (!replaceTriggers.isEmpty() || new ForeignKeys(context, table).concernsRows()) {
      triggersHaveRun = builder.newRegister();
      builder.add(Opcode.INTEGER, 0, triggersHaveRun);
    }
    boolean generated = table.hasGeneratedColumns();
    applyAffinities();
    if (table.strict && generated) {
      row.checkTypes(context, false);
    }
    row.computeGenerated(context);
    if (notNull(false)) {
      applyAffinities();
      row.computeGenerated(context);
    }
    notNull(true);
    // A row that is ignored for its rowid is not looked at any further: types come after it, unless
    // CHECK constraints or generated columns need them before.
    boolean typesFirst = table.strict && (!table.checks.isEmpty() || generated);
    if (typesFirst) {
      row.checkTypes(context);
    }
    checkExpressions();
    List<Runnable> later = new ArrayList<>();
    boolean rowidChecked = rowidMayChange && table.hasRowid();
    boolean typesPending = table.strict && !typesFirst;
    for (Index index : checkOrder(rowidChecked)) {
      if (typesPending && index != null) {
        row.checkTypes(context);
        typesPending = false;
      }
      uniqueness(index, later);
    }
    if (typesPending) {
      row.checkTypes(context);
    }
    if (rowidReplacesLast()) {
      later.add(() -> rowid(ConflictResolution.REPLACE));
    }
    for (Runnable check : later) {
      check.run();
    }
    if (triggersHaveRun != 0 && replaces) {
      checkAgain();
    }
  }

  /** Triggers of rows that were replaced may have added others in conflict: an error then. */
  private void checkAgain() {
    checksAgain = true;
    int ok = builder.newLabel();
    builder.add(Opcode.IF_NOT, triggersHaveRun, ok);
    if (table.hasRowid()) {
      rowid(ConflictResolution.ABORT);
    }
    if (access.primaryKey != null && rowidMayChange) {
      primaryKey(ConflictResolution.ABORT);
    }
    for (int i = 0; i < recordRegisters.length; i++) {
      if (recordRegisters[i] != 0 && access.indexes.get(i).isUnique()) {
        int different = builder.newLabel();
        if (access.indexes.get(i).isPartial()) {
          builder.add(Opcode.IS_NULL, recordRegisters[i], different);
        }
        unique(i, ConflictResolution.ABORT, different);
        builder.resolve(different);
      }
    }
    builder.resolve(ok);
  }

  /**
   * Removes the row under the data cursor, which is in the way of the new one.
   *
   * @param pinned whether triggers may not change the table meanwhile
   */
  private void replace(boolean pinned) {
    context.top().multiWrite = true;
    replaces = true;
    if (pinned) {
      builder.add(Opcode.CURSOR_LOCK, access.dataCursor);
    }
    new RowDeletion(context, access, replaceTriggers, ConflictResolution.REPLACE).row(false);
    if (pinned) {
      builder.add(Opcode.CURSOR_UNLOCK, access.dataCursor);
    }
    if (triggersHaveRun != 0) {
      builder.add(Opcode.INTEGER, 1, triggersHaveRun);
    }
  }

  /** The uniqueness constraints in the order of their checks; null is the rowid. */
  private List<@Nullable Index> checkOrder(boolean rowidChecked) {
    if (upserts != null) {
      return upserts.order(rowidChecked);
    }
    List<@Nullable Index> order = new ArrayList<>();
    if (rowidChecked) {
      order.add(null);
    }
    order.addAll(table.indexes);
    return order;
  }

  private void uniqueness(@Nullable Index index, List<Runnable> later) {
    if (index == null) {
      if (!rowidReplacesLast()) {
        rowid(action(table.rowidConflict));
      }
      return;
    }
    if (index == access.primaryKey) {
      if (rowidMayChange) {
        primaryKey(null);
      }
      return;
    }
    int number = access.indexes.indexOf(index);
    if (changedIndexes != null && !changedIndexes[number]) {
      return;
    }
    if (index.unique == ConflictResolution.REPLACE
        && override == ConflictResolution.DEFAULT
        && clause(index) == null) {
      allocate(number);
      later.add(() -> index(number));
    } else {
      index(number);
    }
  }

  /** A rowid declared to REPLACE does so when all other checks have passed. */
  private boolean rowidReplacesLast() {
    return rowidMayChange
        && table.hasRowid()
        && override == ConflictResolution.DEFAULT
        && action(table.rowidConflict) == ConflictResolution.REPLACE
        && clause(null) == null;
  }

  /** The ON CONFLICT clause for a constraint, or null. */
  private UpsertClauses.@Nullable Clause clause(@Nullable Index index) {
    return upserts == null || checksAgain ? null : upserts.of(index);
  }

  private ConflictResolution action(@Nullable ConflictResolution own) {
    if (override != ConflictResolution.DEFAULT) {
      return override;
    }
    return own == null || own == ConflictResolution.DEFAULT ? ConflictResolution.ABORT : own;
  }

  /** Not where MakeRecord, which does the same, is the only one that looks at the row. */
  private void applyAffinities() {
    boolean looked =
        readLater
            || PreUpdates.areWanted(context)
            || access.primaryKey != null
            || !access.indexes.isEmpty()
            || !table.checks.isEmpty()
            || table.hasGeneratedColumns();
    if (looked && table.columnCount() > 0 && !table.strict) {
      builder.add(
          Opcode.AFFINITY, row.column(0), table.columnCount(), 0, TableAccess.affinities(table));
    }
  }

  // ---- NOT NULL and CHECK
  // ----------------------------------------------------------------------------

  /**
   * Checks NOT NULL in two passes: the first puts defaults in the place of NULLs, the second checks
   * those, and the generated columns that may depend on them.
   *
   * @return whether a default may have taken the place of a NULL
   */
  private boolean notNull(boolean second) {
    boolean replaced = false;
    for (int i = 0; i < table.columnCount(); i++) {
      Column column = table.column(i);
      boolean generated = column.isGenerated();
      if (column.notNull() == null
          || (generated && !second)
          || i == table.rowidColumn
          || (changed != null && !changed[i] && !generated)) {
        continue;
      }
      ConflictResolution action = action(column.notNull());
      if (action == ConflictResolution.REPLACE) {
        if (!second && column.defaultValue() != null) {
          int present = builder.add(Opcode.NOT_NULL, row.column(i));
          InsertCodegen.codeDefault(context, table, i, row.column(i));
          builder.jumpHere(present);
          replaced = true;
          continue;
        }
        if (second && !generated && column.defaultValue() == null) {
          continue;
        }
        action = ConflictResolution.ABORT;
      } else if (second && !generated) {
        continue;
      }
      if (action == ConflictResolution.IGNORE) {
        builder.add(Opcode.IS_NULL, row.column(i), ignoreLabel);
        continue;
      }
      noteAbort(action);
      builder.add(
          Opcode.HALT_IF_NULL,
          ResultCode.CONSTRAINT_NOTNULL.code(),
          ConflictCodes.of(action),
          row.column(i),
          table.name + "." + column.name());
      builder.setP5(OpFlags.CONSTRAINT_NOT_NULL);
    }
    return replaced;
  }

  private void checkExpressions() {
    if (context.connection().isSet(ConnectionFlag.IGNORE_CHECK_CONSTRAINTS)) {
      return;
    }
    for (CheckConstraint check : table.checks) {
      BoundExpr expr =
          context
              .resolver()
              .exprs()
              .scalar(check.expr(), Scope.over(Scope.Place.CHECK, List.of(source)));
      int ok = builder.newLabel();
      context.inPurePlace(
          "a CHECK constraint", () -> context.conditions().jumpIfTrue(expr, ok, true));
      ConflictResolution action =
          override == ConflictResolution.DEFAULT || override == ConflictResolution.REPLACE
              ? ConflictResolution.ABORT
              : override;
      if (action == ConflictResolution.IGNORE) {
        builder.add(Opcode.GOTO, 0, ignoreLabel);
      } else {
        halt(ResultCode.CONSTRAINT_CHECK, action, check.label(), OpFlags.CONSTRAINT_CHECK);
      }
      builder.resolve(ok);
    }
  }

  private void noteAbort(ConflictResolution action) {
    if (action == ConflictResolution.ABORT) {
      context.top().mayAbort = true;
    }
  }

  private void halt(ResultCode code, ConflictResolution action, String text, int kind) {
    noteAbort(action);
    builder.add(Opcode.HALT, code.code(), ConflictCodes.of(action), 0, text);
    builder.setP5(kind);
  }

  // ---- rowid and primary key
  // ---------------------------------------------------------------------------

  private void rowid(ConflictResolution action) {
    int ok = builder.newLabel();
    if (oldKey != 0) {
      builder.add(Opcode.EQ, row.rowidRegister, ok, oldKey);
      builder.setP5('C');
    }
    seeksRowid = oldKey == 0;
    builder.add(Opcode.NOT_EXISTS, access.dataCursor, ok, row.rowidRegister);
    UpsertClauses.Clause clause = clause(null);
    if (upserts != null && clause != null) {
      upsert(upserts, clause);
      builder.resolve(ok);
      return;
    }
    if (action == ConflictResolution.IGNORE) {
      builder.add(Opcode.GOTO, 0, ignoreLabel);
    } else if (action == ConflictResolution.REPLACE) {
      replace(false);
    } else {
      boolean named = table.rowidColumn >= 0;
      halt(
          named ? ResultCode.CONSTRAINT_PRIMARYKEY : ResultCode.CONSTRAINT_ROWID,
          action,
          table.name + "." + (named ? table.column(table.rowidColumn).name() : "rowid"),
          OpFlags.CONSTRAINT_UNIQUE);
    }
    builder.resolve(ok);
  }

  /**
   * @param imposed resolution in place of that of the statement or the key, or null
   */
  private void primaryKey(@Nullable ConflictResolution imposed) {
    Index key = access.primaryKey;
    if (key == null) {
      return;
    }
    int first = builder.newRegisters(key.keyColumnCount);
    for (int i = 0; i < key.keyColumnCount; i++) {
      builder.add(Opcode.COPY, row.column(key.columns[i]), first + i);
    }
    int ok = builder.newLabel();
    builder.add(Opcode.NO_CONFLICT, access.dataCursor, ok, first, key.keyColumnCount);
    if (oldKey != 0) {
      skipIfSameKey(key, access.dataCursor, key, ok);
    }
    conflict(key, access.dataCursor, imposed == null ? action(key.unique) : imposed, ok);
    builder.resolve(ok);
  }

  /** Jumps if the entry under a cursor belongs to the row that is being updated. */
  private void skipIfSameKey(Index key, int cursor, Index entry, int label) {
    int different = builder.newLabel();
    int column = builder.newRegister();
    for (int i = 0; i < key.keyColumnCount; i++) {
      builder.add(Opcode.COLUMN, cursor, entry.positionOf(key.columns[i]), column);
      boolean last = i == key.keyColumnCount - 1;
      builder.add(
          last ? Opcode.EQ : Opcode.NE,
          oldKey + i,
          last ? label : different,
          column,
          context.collation(key.collations[i]));
      builder.setP5(OpFlags.NULLEQ);
    }
    builder.resolve(different);
  }

  // ---- unique indexes
  // ------------------------------------------------------------------------------------

  private void allocate(int number) {
    if (recordRegisters[number] == 0) {
      recordRegisters[number] = builder.newRegister();
      keyRegisters[number] = builder.newRegisters(access.indexes.get(number).columnCount());
    }
  }

  private void index(int number) {
    Index index = access.indexes.get(number);
    allocate(number);
    int record = recordRegisters[number];
    int first = keyRegisters[number];
    int ok = builder.newLabel();
    IndexKeys keys = new IndexKeys(context);
    if (index.isPartial()) {
      builder.add(Opcode.NULL, 0, record);
      keys.skipUnlessIncluded(source, index, ok);
    }
    keys.columns(source, index, index.columnCount(), first);
    builder.add(
        Opcode.MAKE_RECORD,
        first,
        index.columnCount(),
        record,
        IndexKeys.affinities(context, source, index));
    if (index.isUnique()) {
      unique(number, action(index.unique), ok);
    }
    builder.resolve(ok);
  }

  /** Looks for another row with the key of an index that was computed before. */
  private void unique(int number, ConflictResolution action, int ok) {
    Index index = access.indexes.get(number);
    int cursor = access.indexCursors[number];
    builder.add(Opcode.NO_CONFLICT, cursor, ok, keyRegisters[number], index.keyColumnCount);
    if (oldKey != 0) {
      if (access.primaryKey == null) {
        int rowid = builder.newRegister();
        builder.add(Opcode.IDX_ROWID, cursor, rowid);
        builder.add(Opcode.EQ, rowid, ok, oldKey);
        builder.setP5('C');
      } else {
        skipIfSameKey(access.primaryKey, cursor, index, ok);
      }
    }
    conflict(index, cursor, action, ok);
  }

  /** What happens when the cursor stands on another row's entry with the same key. */
  private void conflict(Index index, int cursor, ConflictResolution action, int okLabel) {
    UpsertClauses.Clause clause = clause(index);
    if (upserts != null && clause != null) {
      if (!clause.upsert().doNothing() && cursor != access.dataCursor) {
        int missing = builder.newLabel();
        int found = builder.newLabel();
        seekRow(index, cursor, missing);
        builder.add(Opcode.GOTO, 0, found);
        builder.resolve(missing);
        upserts.corrupt();
        builder.resolve(found);
      }
      upsert(upserts, clause);
      return;
    }
    if (action == ConflictResolution.IGNORE) {
      builder.add(Opcode.GOTO, 0, ignoreLabel);
    } else if (action == ConflictResolution.REPLACE) {
      seekRow(index, cursor, okLabel);
      replace(oldKey != 0 && replaceTriggers.hasTriggers());
    } else {
      halt(
          index.origin == Index.Origin.PRIMARY_KEY
              ? ResultCode.CONSTRAINT_PRIMARYKEY
              : ResultCode.CONSTRAINT_UNIQUE,
          action,
          IndexKeys.uniqueColumns(index),
          OpFlags.CONSTRAINT_UNIQUE);
    }
  }

  /** Does what an ON CONFLICT clause says with the row that the data cursor is at. */
  private void upsert(UpsertClauses all, UpsertClauses.Clause clause) {
    if (!clause.upsert().doNothing()) {
      all.update(clause, row, ignoreLabel);
    }
    builder.add(Opcode.GOTO, 0, ignoreLabel);
  }

  /** Moves the data cursor to the row of the index entry under a cursor. */
  private void seekRow(Index index, int cursor, int missing) {
    if (cursor == access.dataCursor) {
      return;
    }
    Index key = access.primaryKey;
    if (key == null) {
      int rowid = builder.newRegister();
      builder.add(Opcode.IDX_ROWID, cursor, rowid);
      builder.add(Opcode.NOT_EXISTS, access.dataCursor, missing, rowid);
      return;
    }
    int first = builder.newRegisters(key.keyColumnCount);
    for (int i = 0; i < key.keyColumnCount; i++) {
      builder.add(Opcode.COLUMN, cursor, index.positionOf(key.columns[i]), first + i);
    }
    builder.add(Opcode.NOT_FOUND, access.dataCursor, missing, first, key.keyColumnCount);
  }

  // ---- writing
  // ---------------------------------------------------------------------------------------------

  /**
   * Generates the writing of the checked row.
   *
   * @param flags P5 of Insert besides the count of changes
   */
  void write(int flags) {
    if ((flags & OpFlags.ISUPDATE) == 0) {
      PreUpdates.code(context, access, UpdateHook.Change.INSERT, row);
    }
    for (int i = 0; i < recordRegisters.length; i++) {
      if (recordRegisters[i] == 0) {
        continue;
      }
      Index index = access.indexes.get(i);
      int skip = builder.newLabel();
      if (index.isPartial()) {
        builder.add(Opcode.IS_NULL, recordRegisters[i], skip);
      }
      builder.add(
          Opcode.IDX_INSERT,
          access.indexCursors[i],
          recordRegisters[i],
          keyRegisters[i],
          index.uniqueNotNull ? index.keyColumnCount : index.columnCount());
      builder.resolve(skip);
    }
    if (access.primaryKey != null) {
      writeWithoutRowid(access.primaryKey, flags);
    } else {
      writeWithRowid(flags);
    }
  }

  private void writeWithoutRowid(Index key, int flags) {
    int count = key.columnCount();
    int first = builder.newRegisters(count);
    for (int i = 0; i < count; i++) {
      builder.add(Opcode.COPY, row.column(key.columns[i]), first + i);
    }
    int record = builder.newRegister();
    builder.add(Opcode.MAKE_RECORD, first, count, record, access.recordAffinities());
    builder.add(Opcode.IDX_INSERT, access.dataCursor, record, first, key.keyColumnCount);
    builder.setP5(OpFlags.NCHANGE | (flags & OpFlags.SAVEPOSITION));
  }

  private void writeWithRowid(int flags) {
    int record = builder.newRegister();
    int first = row.column(0);
    if (table.rowidColumn >= 0) {
      builder.add(Opcode.SOFT_NULL, row.column(table.rowidColumn));
    }
    int stored = table.storedColumnCount();
    if (stored != table.columnCount()) {
      first = builder.newRegisters(stored);
      for (int i = 0; i < table.columnCount(); i++) {
        if (table.storageIndex(i) >= 0) {
          builder.add(Opcode.COPY, row.column(i), first + table.storageIndex(i));
        }
      }
    }
    builder.add(Opcode.MAKE_RECORD, first, stored, record, access.recordAffinities());
    builder.add(Opcode.INSERT, access.dataCursor, record, row.rowidRegister, access.table);
    int seek = seeksRowid && !replaces ? OpFlags.USESEEKRESULT : 0;
    builder.setP5(OpFlags.NCHANGE | flags | seek);
  }
}
