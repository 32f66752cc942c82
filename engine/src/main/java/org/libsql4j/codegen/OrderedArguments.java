package org.libsql4j.codegen;

import java.util.List;
import java.util.function.IntConsumer;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * The arguments of an aggregate with ORDER BY: collected in an ephemeral index until the group is
 * complete, then handed to the function in order. An entry holds the terms of the order, a sequence
 * number that keeps equal ones in the order in which they came, the arguments and, for functions
 * that look at them, the arguments' subtypes.
 */
final class OrderedArguments {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final BoundExpr.Aggregate aggregate;
  private final int cursor;
  private final int keyCount;
  private final int argumentCount;
  private final boolean subtypes;

  /** DISTINCT over the only term of the order: the index itself keeps duplicates out. */
  final boolean removesDuplicates;

  OrderedArguments(CodeContext context, BoundExpr.Aggregate aggregate) {
    this.context = context;
    this.builder = context.builder();
    this.aggregate = aggregate;
    this.cursor = builder.newCursor();
    this.keyCount = aggregate.orderBy().size();
    this.argumentCount = aggregate.arguments().size();
    this.removesDuplicates =
        aggregate.distinct()
            && keyCount == 1
            && aggregate.orderBy().get(0).expr().equals(aggregate.arguments().get(0));
    this.subtypes = aggregate.function().has(Flag.SUBTYPE);
  }

  private int width() {
    return keyCount + 1 + argumentCount * (subtypes ? 2 : 1);
  }

  private int comparedFields() {
    return removesDuplicates ? keyCount : keyCount + 1;
  }

  /** Begins a group. */
  void open() {
    KeyInfo order = KeyInfos.ofOrder(context, aggregate.orderBy(), width() - keyCount);
    builder.add(
        Opcode.OPEN_EPHEMERAL,
        cursor,
        width(),
        0,
        new KeyInfo(order.encoding(), comparedFields(), order.collations(), order.sortFlags()));
  }

  /**
   * Takes a row in.
   *
   * @param arguments first register of the arguments
   */
  void add(int arguments) {
    int base = builder.newRegisters(width());
    List<BoundExpr.SortTerm> terms = aggregate.orderBy();
    for (int i = 0; i < keyCount; i++) {
      int same = aggregate.arguments().indexOf(terms.get(i).expr());
      if (same >= 0) {
        builder.add(Opcode.COPY, arguments + same, base + i);
      } else {
        context.exprs().codeCopy(terms.get(i).expr(), base + i);
      }
    }
    builder.add(Opcode.SEQUENCE, cursor, base + keyCount);
    int first = base + keyCount + 1;
    for (int i = 0; i < argumentCount; i++) {
      builder.add(Opcode.COPY, arguments + i, first + i);
      if (subtypes) {
        builder.add(Opcode.GET_SUBTYPE, arguments + i, first + argumentCount + i);
      }
    }
    int record = builder.newRegister();
    builder.add(Opcode.MAKE_RECORD, base, width(), record);
    builder.add(Opcode.IDX_INSERT, cursor, record, base, comparedFields());
  }

  /** Generates the loop over the rows; {@code step} is given the first register of arguments. */
  void forEach(IntConsumer step) {
    int base = builder.newRegisters(Math.max(argumentCount, 1));
    int end = builder.newLabel();
    int top = builder.add(Opcode.REWIND, cursor, end);
    int subtype = subtypes ? builder.newRegister() : 0;
    for (int i = 0; i < argumentCount; i++) {
      builder.add(Opcode.COLUMN, cursor, keyCount + 1 + i, base + i);
      if (subtypes) {
        builder.add(Opcode.COLUMN, cursor, keyCount + 1 + argumentCount + i, subtype);
        builder.add(Opcode.SET_SUBTYPE, subtype, base + i);
      }
    }
    step.accept(base);
    builder.add(Opcode.NEXT, cursor, top + 1);
    builder.resolve(end);
  }
}
