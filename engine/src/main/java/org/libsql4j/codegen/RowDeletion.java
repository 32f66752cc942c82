package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the removal of the row under a cursor, its index entries first. */
final class RowDeletion {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final TableAccess access;
  private final Source row;

  RowDeletion(CodeContext context, TableAccess access) {
    this.context = context;
    this.builder = context.builder();
    this.access = access;
    this.row = IndexKeys.sourceOf(access.table);
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
   * @param savePosition whether Next still works afterwards
   */
  void row(boolean countChange, boolean savePosition) {
    indexEntries(null);
    builder.add(
        Opcode.DELETE, access.dataCursor, countChange ? OpFlags.NCHANGE : 0, 0, access.table);
    builder.setP5(savePosition ? OpFlags.SAVEPOSITION : 0);
  }
}
