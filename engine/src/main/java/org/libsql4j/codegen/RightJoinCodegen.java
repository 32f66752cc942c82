package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates the parts of RIGHT and FULL JOIN: an ephemeral index remembers which rows on the right
 * matched, and a second loop runs the body for the others with NULLs on the left.
 */
final class RightJoinCodegen {
  private RightJoinCodegen() {}

  /** Number of columns that identify a row: those of the primary key, or the rowid. */
  private static int keyWidth(LoopLevel level) {
    Index key = keyIndex(level);
    return key == null ? 1 : key.keyColumnCount;
  }

  private static Index keyIndexOf(Table table) {
    Index key = table.primaryKeyIndex();
    if (key == null) {
      throw new IllegalStateException("WITHOUT ROWID table without primary key");
    }
    return key;
  }

  private static @Nullable Index keyIndex(LoopLevel level) {
    return level.source.table.withoutRowid
            && level.source.subquery == null
            && !level.source.table.isVirtual()
        ? keyIndexOf(level.source.table)
        : null;
  }

  static void open(CodeContext context, LoopLevel level) {
    ProgramBuilder builder = context.builder();
    level.matchCursor = builder.newCursor();
    level.returnRegister = builder.newRegister();
    int width = keyWidth(level);
    Index key = keyIndex(level);
    Collation[] collations = new Collation[width];
    for (int i = 0; i < width; i++) {
      collations[i] = context.collation(key == null ? null : key.collations[i]);
    }
    builder.add(
        Opcode.OPEN_EPHEMERAL,
        level.matchCursor,
        width,
        0,
        new KeyInfo(context.connection().encoding, width, collations, null));
  }

  private static int key(CodeContext context, LoopLevel level) {
    ProgramBuilder builder = context.builder();
    int width = keyWidth(level);
    int first = builder.newRegisters(width);
    if (level.source.recursive) {
      builder.add(Opcode.INTEGER, 1, first); // There is only one row.
      return first;
    }
    Index key = keyIndex(level);
    for (int i = 0; i < width; i++) {
      int column = key == null ? VirtualLoops.keyColumn(level.source.table) : key.columns[i];
      int register = context.location(level.source).load(context, column, first + i);
      if (register != first + i) {
        builder.add(Opcode.COPY, register, first + i);
      }
    }
    return first;
  }

  static void recordMatch(CodeContext context, LoopLevel level) {
    ProgramBuilder builder = context.builder();
    int width = keyWidth(level);
    int first = key(context, level);
    int found = builder.add(Opcode.FOUND, level.matchCursor, 0, first, width);
    int record = builder.newRegister();
    builder.add(Opcode.MAKE_RECORD, first, width, record);
    builder.add(Opcode.IDX_INSERT, level.matchCursor, record, first, width);
    builder.setP5(OpFlags.USESEEKRESULT);
    builder.jumpHere(found);
  }

  /** From here to the end of the loop is what unmatched rows run too. */
  static void beginBody(CodeContext context, LoopLevel level) {
    ProgramBuilder builder = context.builder();
    builder.add(Opcode.BEGIN_SUBRTN, 0, level.returnRegister);
    level.subroutineAddress = builder.currentAddress();
    level.bodyNextLabel = builder.newLabel();
  }

  /** The loop over the rows that no row on the left matched. */
  static void unmatchedRows(CodeContext context, LoopLevel level, List<LoopLevel> levels) {
    ProgramBuilder builder = context.builder();
    PlanText.explainUnmatched(context, level);
    for (LoopLevel outer : levels) {
      if (outer == level) {
        break;
      }
      if (outer.tableCursor >= 0) {
        builder.add(Opcode.NULL_ROW, outer.tableCursor);
      }
      if (outer.indexCursor >= 0 && outer.indexCursor != outer.tableCursor) {
        builder.add(Opcode.NULL_ROW, outer.indexCursor);
      }
    }
    AccessPath virtual = level.unmatchedPath;
    if (virtual != null) {
      unmatchedVirtualRows(context, level, virtual);
      return;
    }
    int cursor = level.tableCursor >= 0 ? level.tableCursor : level.indexCursor;
    int end = builder.newLabel();
    int next = builder.newLabel();
    boolean single = level.source.recursive;
    int top = single ? 0 : builder.add(Opcode.REWIND, cursor, end);
    int first = key(context, level);
    builder.add(Opcode.FOUND, level.matchCursor, next, first, keyWidth(level));
    builder.add(Opcode.GOSUB, level.returnRegister, level.subroutineAddress);
    builder.resolve(next);
    if (!single) {
      builder.add(Opcode.NEXT, cursor, top + 1);
    }
    builder.resolve(end);
  }

  private static void unmatchedVirtualRows(CodeContext context, LoopLevel level, AccessPath path) {
    ProgramBuilder builder = context.builder();
    int end = builder.newLabel();
    int next = builder.newLabel();
    int top =
        VirtualLoops.search(
            context,
            path,
            level.tableCursor,
            () -> end,
            (term, target) -> VirtualLoops.value(context, term, target));
    if (path.virtual != null) {
      for (int i = 0; i < path.virtual.arguments().size(); i++) {
        if (!path.virtual.omit()[i]) {
          context.conditions().jumpIfFalse(path.virtual.arguments().get(i).expr, next, true);
        }
      }
    }
    int first = key(context, level);
    builder.add(Opcode.FOUND, level.matchCursor, next, first, keyWidth(level));
    builder.add(Opcode.GOSUB, level.returnRegister, level.subroutineAddress);
    builder.resolve(next);
    builder.add(Opcode.V_NEXT, level.tableCursor, top);
    builder.resolve(end);
  }
}
