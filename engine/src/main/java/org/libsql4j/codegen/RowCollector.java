package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * The rows that a DELETE or UPDATE is about to change, collected before the first change: their
 * keys and, for UPDATE FROM, values computed with them.
 */
final class RowCollector {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final @Nullable Index key;
  private final int keyCount;
  private final int extraCount;
  private final int cursor;

  /** Register of a row set, where keys are rowids and nothing else is kept; else 0. */
  private final int rowSet;

  RowCollector(CodeContext context, Table table, int extraCount) {
    this.context = context;
    this.builder = context.builder();
    this.key = table.withoutRowid ? table.primaryKeyIndex() : null;
    this.keyCount = key == null ? 1 : key.keyColumnCount;
    this.extraCount = extraCount;
    boolean simple = key == null && extraCount == 0;
    this.rowSet = simple ? builder.newRegister() : 0;
    this.cursor = simple ? -1 : builder.newCursor();
  }

  void open() {
    if (rowSet != 0) {
      builder.add(Opcode.NULL, 0, rowSet);
    } else if (key == null) {
      builder.add(Opcode.OPEN_EPHEMERAL, cursor, keyCount + extraCount);
    } else {
      builder.add(
          Opcode.OPEN_EPHEMERAL,
          cursor,
          keyCount + extraCount,
          0,
          KeyInfos.ofKeyColumns(context, key, extraCount));
    }
  }

  /** The keys of the current row of a source. */
  List<BoundExpr> keys(Source source) {
    List<BoundExpr> keys = new ArrayList<>();
    for (int i = 0; i < keyCount; i++) {
      keys.add(new BoundExpr.ColumnRef(source, key == null ? -1 : key.columns[i]));
    }
    return keys;
  }

  /** Takes in the current row of a source. */
  void add(Source source) {
    int first = builder.newRegisters(keyCount);
    context.exprs().codeList(keys(source), first);
    if (rowSet != 0) {
      builder.add(Opcode.ROW_SET_ADD, rowSet, first);
    } else {
      add(first);
    }
  }

  /**
   * Takes in a row: its keys and the extra values are in registers. There is one change a row,
   * however often UPDATE FROM joins it: the last one counts.
   */
  void add(int first) {
    int record = builder.newRegister();
    // An aggregate without rows has one of NULLs.
    int none = extraCount > 0 ? builder.add(Opcode.IS_NULL, first) : -1;
    builder.add(Opcode.MAKE_RECORD, first, keyCount + extraCount, record);
    if (key == null) {
      builder.add(Opcode.INSERT, cursor, record, first);
    } else {
      builder.add(Opcode.IDX_INSERT, cursor, record, first, keyCount);
    }
    if (none >= 0) {
      builder.jumpHere(none);
    }
  }

  /** The loop over the collected rows. */
  final class Loop {
    final int keyRegister;
    final int nextLabel;
    private final int endLabel;
    private final int top;

    Loop() {
      keyRegister = builder.newRegisters(keyCount);
      nextLabel = builder.newLabel();
      endLabel = builder.newLabel();
      if (rowSet != 0) {
        top = builder.currentAddress();
        builder.add(Opcode.ROW_SET_READ, rowSet, endLabel, keyRegister);
      } else {
        top = builder.add(Opcode.REWIND, cursor, endLabel) + 1;
        for (int i = 0; i < keyCount; i++) {
          builder.add(Opcode.COLUMN, cursor, i, keyRegister + i);
        }
      }
    }

    /** Loads an extra value. */
    void loadExtra(int index, int target) {
      builder.add(Opcode.COLUMN, cursor, keyCount + index, target);
    }

    void end() {
      builder.resolve(nextLabel);
      if (rowSet != 0) {
        builder.add(Opcode.GOTO, 0, top);
      } else {
        builder.add(Opcode.NEXT, cursor, top);
      }
      builder.resolve(endLabel);
    }
  }

  Loop loop() {
    return new Loop();
  }
}
