package org.libsql4j.codegen;

import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** LIMIT and OFFSET of a query in registers. */
final class Limits {
  /** Register that counts down to 0, or 0 if there is no limit. */
  final int limit;

  /** Register of the rows still to skip, or 0; the register after it holds limit+offset. */
  final int offset;

  /** Where to go when the limit is reached; resolved at the end of the query. */
  final int endLabel;

  /** The limit if it is a constant, else -1. */
  final long known;

  /** The limit as far as the planner may know it now, or -1. */
  final long expected;

  Limits(int limit, int offset, int endLabel, long known, long expected) {
    this.limit = limit;
    this.offset = offset;
    this.endLabel = endLabel;
    this.known = known;
    this.expected = expected;
  }

  static Limits none(CodeContext context) {
    return new Limits(0, 0, context.builder().newLabel(), -1, -1);
  }

  /** LIMIT 1. */
  static Limits one(CodeContext context) {
    ProgramBuilder builder = context.builder();
    int limit = builder.newRegister();
    builder.add(Opcode.INTEGER, 1, limit);
    return new Limits(limit, 0, builder.newLabel(), 1, 1);
  }

  static Limits code(CodeContext context, BoundSelect select) {
    BoundExpr limitExpr = select.limit;
    if (limitExpr == null) {
      return none(context);
    }
    ProgramBuilder builder = context.builder();
    int end = builder.newLabel();
    int limit = builder.newRegister();
    long known = -1;
    if (limitExpr instanceof BoundExpr.IntegerValue value && value.value() == (int) value.value()) {
      known = value.value();
      builder.add(Opcode.INTEGER, (int) value.value(), limit);
      if (value.value() == 0) {
        builder.add(Opcode.GOTO, 0, end);
      }
    } else {
      context.exprs().codeCopy(limitExpr, limit);
      builder.add(Opcode.MUST_BE_INT, limit);
      builder.add(Opcode.IF_NOT, limit, end);
    }
    int offset = 0;
    if (select.offset != null) {
      offset = builder.newRegisters(2);
      context.exprs().codeCopy(select.offset, offset);
      builder.add(Opcode.MUST_BE_INT, offset);
      builder.add(Opcode.OFFSET_LIMIT, limit, offset + 1, offset);
    }
    long expected = known;
    if (limitExpr instanceof BoundExpr.Parameter parameter && !select.orderBy.isEmpty()) {
      expected = context.peekedValues().limit(parameter);
    }
    return new Limits(limit, offset, end, known, expected);
  }

  boolean isLimited() {
    return limit != 0;
  }

  /** Register with the number of rows to be produced before OFFSET skips some. */
  int total() {
    return offset == 0 ? limit : offset + 1;
  }

  /** Skips the row if OFFSET says so. */
  void skip(ProgramBuilder builder, int continueLabel) {
    if (offset != 0) {
      builder.add(Opcode.IF_POS, offset, continueLabel, 1);
    }
  }

  /** Leaves after the last row. */
  void count(ProgramBuilder builder, int breakLabel) {
    if (limit != 0) {
      builder.add(Opcode.DECR_JUMP_ZERO, limit, breakLabel);
    }
  }
}
