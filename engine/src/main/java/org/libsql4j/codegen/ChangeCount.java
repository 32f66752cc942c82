package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;
import org.libsql4j.vdbe.ResultColumn;

/** Generates the row that PRAGMA count_changes makes of INSERT, UPDATE and DELETE. */
final class ChangeCount {
  private static final ChangeCount NONE = new ChangeCount(null, 0);

  private final @Nullable ProgramBuilder builder;
  private final int register;

  private ChangeCount(@Nullable ProgramBuilder builder, int register) {
    this.builder = builder;
    this.register = register;
  }

  /** For statements that do not count. */
  static ChangeCount none() {
    return NONE;
  }

  /**
   * Begins to count.
   *
   * @param name of the result column
   */
  static ChangeCount begin(CodeContext context, String name) {
    ProgramBuilder builder = context.builder();
    int register = builder.newRegister();
    builder.add(Opcode.INTEGER, 0, register);
    context.resultColumns.add(ResultColumn.ofExpression(name));
    return new ChangeCount(builder, register);
  }

  /** Register to which a Clear adds, or -1 if it only counts for changes(). */
  int registerOfClear() {
    return builder == null ? -1 : register;
  }

  /** Counts one row. */
  void add() {
    if (builder != null) {
      builder.add(Opcode.ADD_IMM, register, 1);
    }
  }

  /** Puts out the count. */
  void end() {
    if (builder != null) {
      builder.add(Opcode.RESULT_ROW, register, 1);
    }
  }
}
