package org.libsql4j.codegen;

import java.util.BitSet;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the code that hands one row to a destination. */
final class DestinationCodegen {
  private DestinationCodegen() {}

  /**
   * @param first first register of the row
   * @param count number of columns
   */
  static void row(
      CodeContext context, Destination destination, int first, int count, int breakLabel) {
    ProgramBuilder builder = context.builder();
    if (destination instanceof Destination.Output) {
      builder.add(Opcode.RESULT_ROW, first, count);
    } else if (destination instanceof Destination.Memory memory) {
      if (memory.first() != first) {
        builder.add(Opcode.COPY, first, memory.first(), count - 1);
      }
    } else if (destination instanceof Destination.Exists exists) {
      builder.add(Opcode.INTEGER, 1, exists.register());
    } else if (destination instanceof Destination.Set set) {
      set(builder, set, first, count);
    } else if (destination instanceof Destination.Except except) {
      builder.add(Opcode.IDX_DELETE, except.cursor(), first, count);
    } else if (destination instanceof Destination.Table table) {
      int record = builder.temporaryRegister();
      int rowid = builder.temporaryRegister();
      builder.add(Opcode.MAKE_RECORD, first, count, record, table.affinities());
      builder.add(Opcode.NEW_ROWID, table.cursor(), rowid);
      builder.add(Opcode.INSERT, table.cursor(), record, rowid);
      builder.setP5(OpFlags.APPEND);
      builder.releaseTemporary(rowid);
      builder.releaseTemporary(record);
    } else if (destination instanceof Destination.Coroutine coroutine) {
      if (coroutine.first() != first) {
        builder.add(Opcode.COPY, first, coroutine.first(), count - 1);
      }
      BitSet plain = coroutine.withoutSubtype();
      for (int i = plain.nextSetBit(0); i >= 0; i = plain.nextSetBit(i + 1)) {
        builder.add(Opcode.CLR_SUBTYPE, coroutine.first() + i);
      }
      builder.add(Opcode.YIELD, coroutine.yieldRegister());
    } else if (destination instanceof Destination.Code code) {
      code.consumer().row(first, count, breakLabel);
    }
  }

  private static void set(ProgramBuilder builder, Destination.Set set, int first, int count) {
    int record = builder.temporaryRegister();
    int skip = builder.newLabel();
    if (set.keepsFirst()) {
      builder.add(Opcode.FOUND, set.cursor(), skip, first, count);
    }
    builder.add(Opcode.MAKE_RECORD, first, count, record, set.affinities());
    builder.add(Opcode.IDX_INSERT, set.cursor(), record, first, count);
    builder.setP5(set.keepsFirst() ? OpFlags.USESEEKRESULT : 0);
    builder.resolve(skip);
    if (set.filter() != 0) {
      builder.add(Opcode.FILTER_ADD, set.filter(), 0, first, count);
    }
    builder.releaseTemporary(record);
  }
}
