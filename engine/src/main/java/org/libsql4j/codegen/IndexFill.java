package org.libsql4j.codegen;

import org.libsql4j.error.ResultCode;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the filling of an index from its table, for CREATE INDEX and REINDEX. */
final class IndexFill {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Index index;
  private final Table table;
  private final int database;

  IndexFill(CodeContext context, int database, Index index) {
    this.context = context;
    this.builder = context.builder();
    this.index = index;
    this.table = index.table;
    this.database = database;
  }

  /** Fills a new index, whose root page is in a register. */
  void fillNew(int rootRegister) {
    fill(rootRegister, true);
  }

  /** Empties the index and fills it again. */
  void refill() {
    fill(index.rootPage, false);
  }

  private void fill(int root, boolean isRegister) {
    KeyInfo keyInfo = KeyInfos.of(context, index);
    int sorter = builder.newCursor();
    int record = builder.newRegister();
    builder.add(Opcode.SORTER_OPEN, sorter, 0, index.keyColumnCount, keyInfo);
    collect(sorter, record);
    if (!isRegister) {
      builder.add(Opcode.CLEAR, root, database);
    }
    int cursor = builder.newCursor();
    builder.add(Opcode.OPEN_WRITE, cursor, root, database, keyInfo);
    builder.setP5(OpFlags.BULKCSR | (isRegister ? OpFlags.P2ISREG : 0));
    int empty = builder.add(Opcode.SORTER_SORT, sorter);
    int top;
    if (index.isUnique()) {
      int first = builder.add(Opcode.GOTO);
      top = builder.currentAddress();
      int different = builder.newLabel();
      builder.add(Opcode.SORTER_COMPARE, sorter, different, record, index.keyColumnCount);
      uniqueViolation();
      builder.resolve(different);
      builder.jumpHere(first);
    } else {
      top = builder.currentAddress();
    }
    context.top().mayAbort = true;
    builder.add(Opcode.SORTER_DATA, sorter, record, cursor);
    if (keepsScanOrder()) {
      builder.add(Opcode.SEEK_END, cursor);
      builder.add(Opcode.IDX_INSERT, cursor, record);
      builder.setP5(OpFlags.USESEEKRESULT);
    } else {
      builder.add(Opcode.IDX_INSERT, cursor, record);
    }
    builder.add(Opcode.SORTER_NEXT, sorter, top);
    builder.jumpHere(empty);
    builder.add(Opcode.CLOSE, cursor);
    builder.add(Opcode.CLOSE, sorter);
  }

  /**
   * Whether entries with equal keys come in the order of the index. The sorter leaves them in that
   * of the table, which differs if the primary key descends: its columns at the end of the index
   * ascend.
   */
  private boolean keepsScanOrder() {
    Index key = table.withoutRowid ? table.primaryKeyIndex() : null;
    if (key == null || key == index) {
      return true;
    }
    for (int i = 0; i < key.keyColumnCount; i++) {
      if (key.descending[i]) {
        return false;
      }
    }
    return true;
  }

  /** Puts the entries of all rows into the sorter. */
  private void collect(int sorter, int record) {
    int cursor = builder.newCursor();
    Index key = table.primaryKeyIndex();
    Object shape =
        table.withoutRowid && key != null
            ? KeyInfos.of(context, key)
            : (Object) table.storedColumnCount();
    builder.add(Opcode.OPEN_READ, cursor, table.rootPage, database, shape);
    int rewind = builder.add(Opcode.REWIND, cursor);
    Source row = IndexKeys.sourceOf(table);
    context.locate(row, new RowLocation.TableCursor(table, cursor));
    IndexKeys keys = new IndexKeys(context);
    int skip = builder.newLabel();
    keys.skipUnlessIncluded(row, index, skip);
    int first = builder.newRegisters(index.columnCount());
    keys.columns(row, index, index.columnCount(), first);
    // The affinities have whole real numbers stored as integers, as they are in the table.
    builder.add(
        Opcode.MAKE_RECORD,
        first,
        index.columnCount(),
        record,
        IndexKeys.affinities(context, row, index));
    builder.add(Opcode.SORTER_INSERT, sorter, record);
    builder.resolve(skip);
    builder.add(Opcode.NEXT, cursor, rewind + 1);
    builder.jumpHere(rewind);
    builder.add(Opcode.CLOSE, cursor);
  }

  private void uniqueViolation() {
    ResultCode code =
        index.origin == Index.Origin.PRIMARY_KEY
            ? ResultCode.CONSTRAINT_PRIMARYKEY
            : ResultCode.CONSTRAINT_UNIQUE;
    builder.add(Opcode.HALT, code.code(), ConflictCodes.ABORT, 0, IndexKeys.uniqueColumns(index));
    builder.setP5(OpFlags.CONSTRAINT_UNIQUE);
  }
}
