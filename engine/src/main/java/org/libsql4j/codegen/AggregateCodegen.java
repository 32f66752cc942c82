package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates queries with aggregate functions or GROUP BY. */
final class AggregateCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;

  AggregateCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  void code(
      BoundQuery query, List<BoundExpr.SortTerm> orderBy, Destination destination, Limits limits) {
    Map<BoundExpr, Integer> known = context.saveKnown();
    if (query.groupBy.isEmpty()) {
      withoutGroups(query, orderBy, destination, limits);
    } else {
      new GroupByCodegen(context, query, orderBy, destination, limits).code();
    }
    context.restoreKnown(known);
    // A guess: 100 groups.
    context.selects().estimateRows(query.groupBy.isEmpty() ? 0 : 66);
  }

  private void withoutGroups(
      BoundQuery query, List<BoundExpr.SortTerm> orderBy, Destination destination, Limits limits) {
    AccumulatorCodegen accumulators = new AccumulatorCodegen(context, query, orderBy);
    if (!countOnly(query, accumulators)) {
      accumulators.open();
      accumulators.reset();
      loop(query, accumulators);
    }
    accumulators.finish();
    accumulators.publish();
    RowOutput output =
        new RowOutput(context, query, List.of(), query.distinct, destination, limits);
    output.open();
    int end = builder.newLabel();
    if (query.having != null) {
      context.conditions().jumpIfFalse(query.having, end, true);
    }
    output.row(end);
    builder.resolve(end);
    output.close();
  }

  private void loop(BoundQuery query, AccumulatorCodegen accumulators) {
    if (query.sources.isEmpty()) {
      int end = builder.newLabel();
      if (query.where != null) {
        context.conditions().jumpIfFalse(query.where, end, true);
      }
      accumulators.update();
      builder.resolve(end);
      return;
    }
    BoundExpr.@Nullable Aggregate extreme = soleExtreme(query);
    WhereRequest request;
    if (extreme != null) {
      BoundExpr.SortTerm term =
          new BoundExpr.SortTerm(
              extreme.arguments().get(0), extreme.function().has(Flag.MAX), null);
      request =
          new WhereRequest(
              query.sources, query.where, List.of(term), WhereRequest.Purpose.MIN_MAX, -1);
    } else {
      request = withoutOrder(query, accumulators);
    }
    WhereLoop loop = WherePlanner.begin(context, request);
    if (loop.isDistinct()) {
      accumulators.dropDistinct();
    }
    accumulators.update();
    if (extreme != null && loop.orderedTerms() > 0) {
      // NULLs sort first and do not count, so the first row with a value is the last one looked at.
      int temporary = builder.temporaryRegister();
      int value = context.exprs().code(extreme.arguments().get(0), temporary);
      builder.add(Opcode.NOT_NULL, value, loop.breakLabel());
      builder.releaseTemporary(temporary);
    }
    loop.end();
  }

  private static WhereRequest withoutOrder(BoundQuery query, AccumulatorCodegen accumulators) {
    BoundExpr.@Nullable Aggregate distinct = accumulators.soleDistinct();
    if (distinct == null) {
      return WhereRequest.of(query.sources, query.where);
    }
    List<BoundExpr.SortTerm> terms = new ArrayList<>();
    for (BoundExpr argument : distinct.arguments()) {
      terms.add(new BoundExpr.SortTerm(argument, false, null));
    }
    return new WhereRequest(query.sources, query.where, terms, WhereRequest.Purpose.DISTINCT, -1);
  }

  /** The only aggregate, if it is min(x) or max(x). */
  private static BoundExpr.@Nullable Aggregate soleExtreme(BoundQuery query) {
    if (query.aggregates.size() != 1) {
      return null;
    }
    BoundExpr.Aggregate aggregate = query.aggregates.get(0);
    boolean extreme = aggregate.function().has(Flag.MIN) || aggregate.function().has(Flag.MAX);
    return extreme && aggregate.arguments().size() == 1 && aggregate.filter() == null
        ? aggregate
        : null;
  }

  /** Answers {@code SELECT count(*) FROM table} from the B-tree's pages alone. */
  private boolean countOnly(BoundQuery query, AccumulatorCodegen accumulators) {
    if (query.sources.size() != 1
        || query.where != null
        || query.aggregates.size() != 1
        || query.having != null) {
      return false;
    }
    BoundExpr.Aggregate aggregate = query.aggregates.get(0);
    if (query.columns.size() != 1 || !query.columns.get(0).expr().equals(aggregate)) {
      return false;
    }
    Source source = query.sources.get(0);
    Table table = source.table;
    if (!aggregate.function().has(Flag.COUNT)
        || !aggregate.arguments().isEmpty()
        || aggregate.filter() != null
        || source.subquery != null
        || table.kind != Table.Kind.ORDINARY
        || source.recursive
        || accumulators.hasBareColumns()) {
      return false;
    }
    int database = context.databaseIndex(table);
    context.useDatabase(database);
    int cursor = builder.newCursor();
    Index best = source.hint == null ? smallestIndex(table) : null;
    if (best == null) {
      builder.add(Opcode.OPEN_READ, cursor, table.rootPage, database, 1);
    } else {
      builder.add(Opcode.OPEN_READ, cursor, best.rootPage, database, KeyInfos.of(context, best));
    }
    builder.add(Opcode.COUNT, cursor, accumulators.registerOf(aggregate));
    builder.add(Opcode.CLOSE, cursor);
    builder.explainPlan(
        context.planParent,
        0,
        "SCAN "
            + source
            + (best == null || best.isPrimaryKeyOfWithoutRowid()
                ? ""
                : " USING COVERING INDEX " + best.name));
    accumulators.answered(aggregate);
    return true;
  }

  private static @Nullable Index smallestIndex(Table table) {
    Index best = table.withoutRowid ? table.primaryKeyIndex() : null;
    for (Index index : table.indexes) {
      if (!index.isPartial()
          && !index.isPrimaryKeyOfWithoutRowid()
          && !index.statistics.unordered()
          && index.statistics.rowSize() < table.rowSize
          && (best == null || index.statistics.rowSize() < best.statistics.rowSize())) {
        best = index;
      }
    }
    return best;
  }

  /** All columns that must survive a sort by the GROUP BY terms. */
  static List<BoundExpr.ColumnRef> neededColumns(AggregateColumns columns) {
    Set<BoundExpr.ColumnRef> all = new LinkedHashSet<>(columns.arguments);
    all.addAll(columns.bare);
    return new ArrayList<>(all);
  }
}
