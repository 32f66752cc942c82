package org.libsql4j.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * The way of a row from the loop to the destination: DISTINCT, then the sorter if the order is not
 * there yet, then OFFSET, the destination, LIMIT.
 */
final class RowOutput {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final BoundQuery query;
  private final Destination destination;
  private final Limits limits;
  private final boolean distinct;
  private final int orderTerms;
  private int orderedTerms;
  private @Nullable SortCodegen sorter;
  private int distinctCursor = -1;
  private int firstRegister;
  private int openDistinct = -1;

  /** For rows in order: register that tells whether there was a row before; else 0. */
  private int seenRegister;

  private int previousRegister;

  /**
   * @param distinct whether duplicates must be removed here
   */
  RowOutput(
      CodeContext context,
      BoundQuery query,
      List<BoundExpr.SortTerm> orderBy,
      boolean distinct,
      Destination destination,
      Limits limits) {
    this.context = context;
    this.builder = context.builder();
    this.query = query;
    this.destination = destination;
    this.limits = limits;
    this.distinct = distinct;
    this.orderTerms = orderBy.size();
    boolean sorted = orderBy.isEmpty() || ignoresOrder(destination, limits);
    this.sorter = sorted ? null : new SortCodegen(context, orderBy, query.expressions(), limits);
  }

  /** Whether the destination does not care about the order. */
  private static boolean ignoresOrder(Destination destination, Limits limits) {
    return destination instanceof Destination.Exists
        || (!limits.isLimited()
            && (destination instanceof Destination.Set
                || destination instanceof Destination.Except));
  }

  /** The rows come in order after all. */
  void dropSorter() {
    if (sorter != null) {
      sorter.drop();
      sorter = null;
    }
  }

  /** Opens what is needed before the loop. */
  void open() {
    if (sorter != null) {
      sorter.open();
    }
    if (distinct) {
      distinctCursor = builder.newCursor();
      openDistinct =
          builder.add(
              Opcode.OPEN_EPHEMERAL,
              distinctCursor,
              0,
              0,
              KeyInfos.of(context, query.expressions()));
      builder.setP5(8);
    }
    // Not the registers of a Memory destination: rows that DISTINCT or OFFSET drops must not be
    // seen there.
    firstRegister =
        destination instanceof Destination.Coroutine coroutine
            ? coroutine.first()
            : builder.newRegisters(query.columns.size());
  }

  /** The DISTINCT table turned out not to be needed. */
  void dropDistinct() {
    if (openDistinct >= 0) {
      builder.changeToNoop(openDistinct);
      openDistinct = -1;
    }
  }

  /** Equal rows come one after the other: each is compared with the one before it. */
  void distinctByOrder() {
    if (openDistinct >= 0) {
      seenRegister = builder.newRegister();
      previousRegister = builder.newRegisters(query.columns.size());
      builder.replace(openDistinct, Opcode.INTEGER, 0, seenRegister);
    }
  }

  /** Says in the query plan what DISTINCT needs. */
  void explainDistinct() {
    if (openDistinct >= 0 && seenRegister == 0) {
      builder.explainPlan(context.planParent, 0, "USE TEMP B-TREE FOR DISTINCT");
    }
  }

  /** Generates what happens to the current row. */
  void row(int continueLabel) {
    row(query.expressions(), continueLabel);
  }

  void row(List<BoundExpr> values, int continueLabel) {
    int count = values.size();
    if (sorter != null) {
      if (distinctCursor >= 0 && openDistinct >= 0) {
        context.exprs().codeList(values, firstRegister);
        checkDistinct(count, continueLabel);
        sorter.pushWithValues(firstRegister, count);
      } else {
        sorter.push(values);
      }
      return;
    }
    if (limits.offset != 0 && openDistinct < 0) {
      limits.skip(builder, continueLabel);
    }
    int first = needsValues() ? valuesInRegisters(values) : firstRegister;
    if (openDistinct >= 0) {
      checkDistinct(count, continueLabel);
      limits.skip(builder, continueLabel);
    }
    emit(first, count, true);
  }

  private boolean needsValues() {
    return !(destination instanceof Destination.Exists);
  }

  private int valuesInRegisters(List<BoundExpr> values) {
    if (destination instanceof Destination.Output && openDistinct < 0) {
      context.exprs().codeResult(values, firstRegister);
    } else {
      context.exprs().codeList(values, firstRegister);
    }
    return firstRegister;
  }

  private void checkDistinct(int count, int continueLabel) {
    if (seenRegister != 0) {
      int first = builder.newLabel();
      builder.add(Opcode.IF_NOT, seenRegister, first, 1);
      builder.add(
          Opcode.COMPARE,
          previousRegister,
          firstRegister,
          count,
          KeyInfos.of(context, query.expressions()));
      int next = builder.currentAddress() + 1;
      builder.add(Opcode.JUMP, next, continueLabel, next);
      builder.resolve(first);
      builder.add(Opcode.COPY, firstRegister, previousRegister, count - 1);
      builder.add(Opcode.INTEGER, 1, seenRegister);
      return;
    }
    builder.add(Opcode.FOUND, distinctCursor, continueLabel, firstRegister, count);
    int record = builder.temporaryRegister();
    builder.add(Opcode.MAKE_RECORD, firstRegister, count, record);
    builder.add(Opcode.IDX_INSERT, distinctCursor, record, firstRegister, count);
    builder.setP5(OpFlags.USESEEKRESULT);
    builder.releaseTemporary(record);
  }

  private String unsorted() {
    int rest = orderTerms - orderedTerms;
    if (orderedTerms <= 0 || rest <= 0) {
      return "";
    }
    return rest == 1 ? "LAST TERM OF " : "LAST " + rest + " TERMS OF ";
  }

  /** Says how many of the leading terms of ORDER BY the rows satisfy before they are sorted. */
  void setOrderedTerms(int count) {
    orderedTerms = count;
  }

  /** Hands the row in registers to the destination, then counts it. */
  private void emit(int first, int count, boolean countsLimit) {
    DestinationCodegen.row(context, destination, first, count, limits.endLabel);
    boolean once = destination instanceof Destination.Exists;
    if (once) {
      builder.add(Opcode.GOTO, 0, limits.endLabel);
    } else if (countsLimit) {
      limits.count(builder, limits.endLabel);
    }
  }

  /** Generates what follows the loop: the rows from the sorter. */
  void close() {
    if (sorter == null) {
      return;
    }
    boolean countsLimit = !sorter.countsLimit();
    if (builder.queryPlanWanted) {
      builder.explainPlan(context.planParent, 0, "USE TEMP B-TREE FOR " + unsorted() + "ORDER BY");
    }
    sorter.output(
        firstRegister,
        next -> limits.skip(builder, next),
        () -> emit(firstRegister, query.columns.size(), countsLimit));
  }
}
