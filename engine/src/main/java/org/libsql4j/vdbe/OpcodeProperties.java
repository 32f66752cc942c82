package org.libsql4j.vdbe;

import static org.libsql4j.vdbe.Opcode.*;

/** Properties of opcodes that the builder and EXPLAIN need. */
final class OpcodeProperties {
  private OpcodeProperties() {}

  private static final boolean[] JUMPS = new boolean[OPCODE_COUNT];

  static {
    int[] jumps = {
      V_FILTER,
      REMOTE,
      REMOTE_NEXT,
      INIT,
      GOTO,
      GOSUB,
      INIT_COROUTINE,
      YIELD,
      MUST_BE_INT,
      ONCE,
      IF,
      IF_NOT,
      IS_TYPE,
      IF_NULL_ROW,
      SEEK_LT,
      SEEK_LE,
      SEEK_GE,
      SEEK_GT,
      IF_NOT_OPEN,
      IF_NO_HOPE,
      NO_CONFLICT,
      NOT_FOUND,
      FOUND,
      SEEK_ROWID,
      NOT_EXISTS,
      LAST,
      IF_SIZE_BETWEEN,
      SORTER_SORT,
      SORT,
      REWIND,
      SORTER_NEXT,
      PREV,
      NEXT,
      IDX_LE,
      IDX_GT,
      IDX_LT,
      IDX_GE,
      ROW_SET_READ,
      ROW_SET_TEST,
      PROGRAM,
      FK_IF_ZERO,
      IF_POS,
      IF_NOT_ZERO,
      DECR_JUMP_ZERO,
      INCR_VACUUM,
      V_NEXT,
      FILTER,
      END_COROUTINE,
      ELSE_EQ,
      GE,
      GT,
      LE,
      LT,
      NE,
      EQ,
      IS_NULL,
      NOT_NULL,
      SEQUENCE_TEST,
      SEEK_SCAN,
      SORTER_COMPARE,
      Opcode.JUMP
    };
    for (int opcode : jumps) {
      JUMPS[opcode] = true;
    }
  }

  /** Whether P2 is an address. */
  static boolean isJump(int opcode) {
    return JUMPS[opcode];
  }
}
