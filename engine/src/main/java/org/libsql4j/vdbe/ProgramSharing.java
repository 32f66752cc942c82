package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;

/** Whether a program can be run by several connections at the same time. */
public final class ProgramSharing {
  private ProgramSharing() {}

  /** Whether the schema had to be read to compile a program. */
  public static boolean needsSchema(Program program) {
    for (Op op : program.ops()) {
      if (op.opcode == Opcode.TRANSACTION && op.p5 != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Makes a program that was not run yet one that never changes again and refers to nothing of the
   * connection that it was compiled by.
   *
   * @param model the schema that all of those connections have
   * @param encoding of their databases
   * @return false if that is impossible; the program is good for its own connection then
   */
  public static boolean prepare(Program program, Schema model, TextEncoding encoding) {
    if (program.peeked() || program.explain() != 0 || !program.assumptions().isEmpty()) {
      return false;
    }
    for (Op op : program.ops()) {
      if (!canShare(op.p4, model)) {
        return false;
      }
    }
    for (Op op : program.ops()) {
      if (op.p4 instanceof Table table) {
        op.p4 = model.table(table.name);
      } else if (op.p4 instanceof String text && isText(op)) {
        op.p4 = text.getBytes(encoding.charset());
      }
    }
    return true;
  }

  private static boolean isText(Op op) {
    return op.opcode == Opcode.STRING8 || op.opcode == Opcode.STRING;
  }

  private static boolean canShare(@Nullable Object p4, Schema model) {
    return p4 == null
        || p4 instanceof String
        || p4 instanceof Number
        || p4 instanceof KeyInfo
        || p4 instanceof byte[]
        || p4 instanceof int[]
        || p4 instanceof Mem
        || p4 instanceof Collation
        || p4 instanceof FunctionDefinition
        || p4 instanceof PureCall
        || p4 instanceof Table table && model.table(table.name) != null && !table.isVirtual();
  }
}
