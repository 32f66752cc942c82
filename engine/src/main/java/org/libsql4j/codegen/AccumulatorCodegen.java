package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the life of accumulators: reset, a step per row, the result. */
final class AccumulatorCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final BoundQuery query;
  private final AggregateColumns columns;
  private final Map<BoundExpr.Aggregate, Integer> registers = new LinkedHashMap<>();
  private final Map<BoundExpr.ColumnRef, Integer> bareRegisters = new LinkedHashMap<>();
  private final Map<BoundExpr.Aggregate, Integer> distinctCursors = new LinkedHashMap<>();
  private final Map<BoundExpr.Aggregate, OrderedArguments> ordered = new LinkedHashMap<>();
  private final List<Integer> openDistinct = new ArrayList<>();
  private int distinctPlan;
  private final Set<BoundExpr.Aggregate> answered = new HashSet<>();
  private final int first;
  private final int count;

  /** Register that tells whether the bare columns of this group have been taken. */
  private final int bareTaken;

  AccumulatorCodegen(CodeContext context, BoundQuery query, List<BoundExpr.SortTerm> orderBy) {
    this.context = context;
    this.builder = context.builder();
    this.query = query;
    this.columns = new AggregateColumns(query, orderBy);
    this.count = query.aggregates.size() + columns.bare.size();
    this.first = builder.newRegisters(Math.max(count, 1));
    int register = first;
    for (BoundExpr.Aggregate aggregate : query.aggregates) {
      if (isOrdered(aggregate)) {
        ordered.put(aggregate, new OrderedArguments(context, aggregate));
      }
      registers.put(aggregate, register++);
    }
    for (BoundExpr.ColumnRef ref : columns.bare) {
      bareRegisters.put(ref, register++);
    }
    this.bareTaken = columns.bare.isEmpty() ? 0 : builder.newRegister();
  }

  boolean hasBareColumns() {
    return !columns.bare.isEmpty();
  }

  AggregateColumns columns() {
    return columns;
  }

  int registerOf(BoundExpr.Aggregate aggregate) {
    Integer register = registers.get(aggregate);
    if (register == null) {
      throw new IllegalStateException("aggregate of another query");
    }
    return register;
  }

  /** The register holds the result already. */
  void answered(BoundExpr.Aggregate aggregate) {
    answered.add(aggregate);
  }

  /** Allocates what DISTINCT needs; before any loop. */
  void open() {
    for (BoundExpr.Aggregate aggregate : query.aggregates) {
      OrderedArguments order = ordered.get(aggregate);
      if (order != null) {
        builder.explainPlan(
            context.planParent,
            0,
            "USE TEMP B-TREE FOR " + aggregate.function().name() + "(ORDER BY)");
      }
      if (aggregate.distinct() && (order == null || !order.removesDuplicates)) {
        int plan =
            builder.explainPlan(
                context.planParent,
                0,
                "USE TEMP B-TREE FOR " + aggregate.function().name() + "(DISTINCT)");
        if (aggregate.equals(soleDistinct())) {
          distinctPlan = plan;
        }
        distinctCursors.put(aggregate, builder.newCursor());
      }
    }
  }

  /** The only aggregate, if duplicates must be removed from its argument; else null. */
  BoundExpr.@Nullable Aggregate soleDistinct() {
    if (query.aggregates.size() != 1) {
      return null;
    }
    BoundExpr.Aggregate aggregate = query.aggregates.get(0);
    return aggregate.distinct() ? aggregate : null;
  }

  /** There are no duplicates of the sole aggregate's argument after all. */
  void dropDistinct() {
    distinctCursors.clear();
    openDistinct.forEach(builder::changeToNoop);
    openDistinct.clear();
    builder.cancelPlan(distinctPlan);
  }

  /** Starts a new group. */
  void reset() {
    if (count > 0) {
      builder.add(Opcode.NULL, 0, first, first + count - 1);
    }
    if (bareTaken != 0) {
      builder.add(Opcode.INTEGER, 0, bareTaken);
    }
    for (Map.Entry<BoundExpr.Aggregate, Integer> entry : distinctCursors.entrySet()) {
      KeyInfo key = KeyInfos.of(context, entry.getKey().arguments());
      openDistinct.add(builder.add(Opcode.OPEN_EPHEMERAL, entry.getValue(), 0, 0, key));
    }
    for (OrderedArguments arguments : ordered.values()) {
      arguments.open();
    }
  }

  /** Takes the current row in. */
  void update() {
    int skipLoad = 0;
    boolean needsHit = !columns.bare.isEmpty();
    boolean hasExtreme = false;
    boolean sometimes = true;
    for (BoundExpr.Aggregate aggregate : query.aggregates) {
      hasExtreme |= isExtreme(aggregate);
      sometimes &= !isExtreme(aggregate) || aggregate.filter() != null;
    }
    if (needsHit && hasExtreme) {
      skipLoad = builder.newRegister();
      if (sometimes) {
        // Rows that no min() or max() looks at count as the first of the group only.
        builder.add(Opcode.COPY, bareTaken, skipLoad);
      } else {
        builder.add(Opcode.INTEGER, 0, skipLoad);
      }
    }
    Map<BoundExpr, Integer> known = context.saveKnown();
    boolean shares = sharedColumns().load();
    for (BoundExpr.Aggregate aggregate : query.aggregates) {
      step(aggregate, skipLoad);
    }
    if (shares) {
      context.restoreKnown(known);
    }
    if (!needsHit) {
      return;
    }
    int skip = builder.newLabel();
    // With min() or max() the row of the extreme counts, otherwise the first row of the group.
    builder.add(Opcode.IF, skipLoad != 0 ? skipLoad : bareTaken, skip);
    for (Map.Entry<BoundExpr.ColumnRef, Integer> entry : bareRegisters.entrySet()) {
      context.exprs().codeCopy(entry.getKey(), entry.getValue());
    }
    builder.add(Opcode.INTEGER, 1, bareTaken);
    builder.resolve(skip);
  }

  private SharedColumns sharedColumns() {
    SharedColumns shared = new SharedColumns(context, query.sources);
    for (BoundExpr.Aggregate aggregate : query.aggregates) {
      aggregate.arguments().forEach(shared::add);
      shared.add(aggregate.filter());
    }
    return shared;
  }

  private static boolean isExtreme(BoundExpr.Aggregate aggregate) {
    return aggregate.function().has(Flag.MIN) || aggregate.function().has(Flag.MAX);
  }

  private void step(BoundExpr.Aggregate aggregate, int skipLoad) {
    int skip = builder.newLabel();
    if (aggregate.filter() != null) {
      context.conditions().jumpIfFalse(aggregate.filter(), skip, true);
    }
    List<BoundExpr> arguments = aggregate.arguments();
    int base = arguments.isEmpty() ? 0 : builder.newRegisters(arguments.size());
    if (aggregate.function().has(Flag.SUBTYPE)) {
      context.indexedExpressions().withSubtypes(() -> context.exprs().codeList(arguments, base));
    } else {
      context.exprs().codeList(arguments, base);
    }
    Integer distinct = distinctCursors.get(aggregate);
    if (distinct != null) {
      builder.add(Opcode.FOUND, distinct, skip, base, arguments.size());
      int record = builder.temporaryRegister();
      builder.add(Opcode.MAKE_RECORD, base, arguments.size(), record);
      builder.add(Opcode.IDX_INSERT, distinct, record, base, arguments.size());
      builder.setP5(OpFlags.USESEEKRESULT);
      builder.releaseTemporary(record);
    }
    OrderedArguments order = ordered.get(aggregate);
    if (order != null) {
      order.add(base);
    } else {
      step(aggregate, base, skipLoad);
    }
    builder.resolve(skip);
  }

  private void step(BoundExpr.Aggregate aggregate, int base, int skipLoad) {
    List<BoundExpr> arguments = aggregate.arguments();
    if (aggregate.function().has(Flag.NEEDS_COLLATION)) {
      builder.add(
          Opcode.COLL_SEQ,
          isExtreme(aggregate) ? skipLoad : 0,
          0,
          0,
          collationOf(context, arguments));
    }
    builder.add(Opcode.AGG_STEP, 0, base, registerOf(aggregate), aggregate.function());
    builder.setP5(arguments.size());
  }

  /** Whether the order of rows matters; it does not to count(), min() and max(). */
  private static boolean isOrdered(BoundExpr.Aggregate aggregate) {
    return !aggregate.orderBy().isEmpty()
        && !isExtreme(aggregate)
        && !aggregate.function().has(Flag.COUNT);
  }

  /** The collation that a function compares its arguments by: that of the first that has one. */
  static Collation collationOf(CodeContext context, List<BoundExpr> arguments) {
    for (BoundExpr argument : arguments) {
      String name = ExprTypes.collation(argument).name();
      if (name != null) {
        return context.collation(name);
      }
    }
    return context.collation(null);
  }

  /** Turns accumulators into results. */
  void finish() {
    if (!ordered.isEmpty()) {
      ordered.forEach((aggregate, order) -> order.forEach(base -> step(aggregate, base, 0)));
    }
    for (Map.Entry<BoundExpr.Aggregate, Integer> entry : registers.entrySet()) {
      BoundExpr.Aggregate aggregate = entry.getKey();
      if (!answered.contains(aggregate)) {
        builder.add(
            Opcode.AGG_FINAL,
            entry.getValue(),
            aggregate.arguments().size(),
            0,
            aggregate.function());
      }
    }
  }

  /** Makes results and bare columns readable for the expressions that follow. */
  void publish() {
    for (Map.Entry<BoundExpr.Aggregate, Integer> entry : registers.entrySet()) {
      context.know(entry.getKey(), entry.getValue());
    }
    for (Map.Entry<BoundExpr.ColumnRef, Integer> entry : bareRegisters.entrySet()) {
      context.know(entry.getKey(), entry.getValue());
    }
  }
}
