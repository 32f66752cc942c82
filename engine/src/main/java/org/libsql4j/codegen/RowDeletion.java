package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.UpdateHook;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the removal of the row under a cursor, its index entries first, and its triggers. */
final class RowDeletion {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final TableAccess access;
  private final Source row;
  private final RowTriggers triggers;
  private final ConflictResolution conflict;
  private final ForeignKeys foreignKeys;

  /**
   * @param triggers for DELETE
   * @param conflict what the statement says of conflicts, for the triggers
   */
  RowDeletion(
      CodeContext context, TableAccess access, RowTriggers triggers, ConflictResolution conflict) {
    this.context = context;
    this.builder = context.builder();
    this.access = access;
    this.triggers = triggers;
    this.conflict = conflict;
    this.row = IndexKeys.sourceOf(access.table);
    this.foreignKeys = new ForeignKeys(context, access.table);
  }

  /** Removes the entries of the current row from the indexes where {@code wanted} says so. */
  void indexEntries(boolean @Nullable [] wanted) {
    RowLocation location = new RowLocation.TableCursor(access.table, access.dataCursor);
    context.locate(row, location);
    IndexKeys keys = new IndexKeys(context);
    for (int i = 0; i < access.indexCursors.length; i++) {
      if (wanted != null && !wanted[i]) {
        continue;
      }
      Index index = access.indexes.get(i);
      int skip = builder.newLabel();
      keys.skipUnlessIncluded(row, index, skip);
      int count = index.uniqueNotNull ? index.keyColumnCount : index.columnCount();
      int first = builder.newRegisters(index.columnCount());
      keys.columns(row, index, count, first);
      builder.add(Opcode.IDX_DELETE, access.indexCursors[i], first, count);
      builder.setP5(1);
      builder.resolve(skip);
    }
  }

  /**
   * Removes the current row with its index entries.
   *
   * @param countChange whether changes() counts it
   */
  void row(boolean countChange) {
    row(countChange, null);
  }

  /**
   * Removes the current row with its index entries.
   *
   * @param countChange whether changes() counts it
   * @param loop the loop whose cursors are at the row and which goes on from there; or null
   */
  void row(boolean countChange, @Nullable WhereLoop loop) {
    int end = builder.newLabel();
    boolean looked = !triggers.isEmpty() || foreignKeys.concernsRows();
    NewRow old = looked ? NewRow.allocate(context, access.table) : null;
    if (old != null) {
      old.copyFrom(context, new RowLocation.TableCursor(access.table, access.dataCursor));
      if (triggers.hasBefore()) {
        triggers.before(old.rowidRegister, conflict, end);
        seekAgain(old, end);
      }
      foreignKeys.check(old, null, null, false);
    }
    int stepping = loop == null ? -1 : loop.onePassIndexCursor();
    boolean[] others = new boolean[access.indexCursors.length];
    for (int i = 0; i < others.length; i++) {
      others[i] = access.indexCursors[i] != stepping;
    }
    indexEntries(others);
    PreUpdates.code(context, access, UpdateHook.Change.DELETE, null);
    builder.add(
        Opcode.DELETE, access.dataCursor, countChange ? OpFlags.NCHANGE : 0, 0, access.table);
    if (stepping >= 0) {
      builder.setP5(OpFlags.AUXDELETE);
      builder.add(Opcode.DELETE, stepping);
    }
    if (loop != null && !loop.isSingleRow()) {
      builder.setP5(OpFlags.SAVEPOSITION);
    }
    if (old != null) {
      foreignKeys.actions(old.rowidRegister, null, false);
      triggers.after(old.rowidRegister, conflict, end);
    }
    builder.resolve(end);
  }

  /** A trigger may have moved the cursor, or removed the row. */
  private void seekAgain(NewRow old, int missing) {
    Index key = access.primaryKey;
    if (key == null) {
      builder.add(Opcode.NOT_EXISTS, access.dataCursor, missing, old.rowidRegister);
      return;
    }
    int first = builder.newRegisters(key.keyColumnCount);
    for (int i = 0; i < key.keyColumnCount; i++) {
      builder.add(Opcode.COPY, old.column(key.columns[i]), first + i);
    }
    builder.add(Opcode.NOT_FOUND, access.dataCursor, missing, first, key.keyColumnCount);
  }
}
