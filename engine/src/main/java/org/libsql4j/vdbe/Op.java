package org.libsql4j.vdbe;

import org.jspecify.annotations.Nullable;

/** One instruction. Filled in while the program is built, never changed afterwards. */
public final class Op {
  /** A constant of {@link Opcode}. */
  public final int opcode;

  /**
   * What the interpreter's switch looks at: the opcode, or one of the combinations below. Set when
   * the program is finished.
   */
  int code;

  /** One of those that {@link ValueRun} executes, several at once. */
  static final int VALUES = Opcode.OPCODE_COUNT;

  /** Which of those it is; 0 if none. Set when the program is finished. */
  int valueKind;

  /** A Next whose loop starts with conditions that jump back to it. */
  static final int FILTERED_NEXT = Opcode.OPCODE_COUNT + 1;

  /** How it is executed, unless the interpreter's own switch does. */
  final Action action;

  /** For comparisons: the outcomes that jump, bits of {@link ComparisonOps}. */
  final int outcomes;

  public int p1;

  /** A jump target for jumping opcodes: an address once the program is built. */
  public int p2;

  public int p3;
  public @Nullable Object p4;

  /** For Column: the last field that following instructions are about to read of the same row. */
  int lastField;

  /** For Column: nothing but the ResultRow that follows looks at the register it sets. */
  boolean onlyForResult;

  /** For {@link #FILTERED_NEXT}: address after the conditions that the loop starts with. */
  int conditionsEnd;

  /** 16 bits of flags. */
  public int p5;

  /** What EXPLAIN shows in its last column besides the synopsis, or null. */
  public @Nullable String comment;

  Op(int opcode, int p1, int p2, int p3, @Nullable Object p4) {
    this(opcode, Actions.of(opcode), p1, p2, p3, p4);
  }

  /** An instruction that is executed otherwise than usual. */
  Op(int opcode, Action action, int p1, int p2, int p3, @Nullable Object p4) {
    this.opcode = opcode;
    this.code = opcode;
    this.action = action;
    this.outcomes = ComparisonOps.outcomes(opcode);
    this.p1 = p1;
    this.p2 = p2;
    this.p3 = p3;
    this.p4 = p4;
  }

  /**
   * A copy that loads another value of the same kind.
   *
   * @param value a Long for Integer and Int64, a Double for Real, a String for String8
   */
  Op loading(Object value) {
    boolean small = opcode == Opcode.INTEGER;
    Op copy = new Op(opcode, action, small ? ((Long) value).intValue() : p1, p2, p3, p4);
    if (!small) {
      copy.p4 = value;
    }
    copy.code = code;
    copy.valueKind = valueKind;
    copy.lastField = lastField;
    copy.onlyForResult = onlyForResult;
    copy.conditionsEnd = conditionsEnd;
    copy.p5 = p5;
    copy.comment = comment;
    return copy;
  }
}
