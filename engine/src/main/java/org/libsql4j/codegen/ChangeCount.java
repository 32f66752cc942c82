package org.libsql4j.codegen;

import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ResultColumn;

/** Generates the row that PRAGMA count_changes makes of INSERT, UPDATE and DELETE. */
final class ChangeCount {
  private final CodeContext context;
  private final String name;

  /** Register of the count, 0 if none is wanted. */
  private int register;

  /**
   * @param name of the result column
   * @param hasResult whether the statement has a result of its own
   */
  ChangeCount(CodeContext context, String name, boolean hasResult) {
    this.context = context;
    this.name = name;
    if (context.connection().isSet(ConnectionFlag.COUNT_CHANGES)
        && !context.isTrigger()
        && !hasResult) {
      register = context.builder().newRegister();
      context.builder().add(Opcode.INTEGER, 0, register);
    }
  }

  /** Register to which a Clear adds, or -1 if it only counts for changes(). */
  int registerOfClear() {
    return register == 0 ? -1 : register;
  }

  /** Counts one row. */
  void add() {
    if (register != 0) {
      context.builder().add(Opcode.ADD_IMM, register, 1);
    }
  }

  /** Puts out the count. */
  void end() {
    if (register != 0) {
      context.resultColumns.add(ResultColumn.ofExpression(name));
      context.builder().add(Opcode.RESULT_ROW, register, 1);
    }
  }
}
