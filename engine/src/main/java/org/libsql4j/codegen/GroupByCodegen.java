package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.Source;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates GROUP BY: rows in the order of the terms, from an index or a sorter, and a subroutine
 * that puts a finished group out.
 */
final class GroupByCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final BoundQuery query;
  private final List<BoundExpr.SortTerm> orderBy;
  private final Destination destination;
  private final Limits limits;
  private final AccumulatorCodegen accumulators;
  private final int termCount;

  GroupByCodegen(
      CodeContext context,
      BoundQuery query,
      List<BoundExpr.SortTerm> orderBy,
      Destination destination,
      Limits limits) {
    this.context = context;
    this.builder = context.builder();
    this.query = query;
    this.orderBy = orderBy;
    this.destination = destination;
    this.limits = limits;
    this.accumulators = new AccumulatorCodegen(context, query, orderBy);
    this.termCount = query.groupBy.size();
  }

  /** Whether the groups in the order of the terms satisfy ORDER BY. */
  private boolean orderFollowsGroups() {
    if (orderBy.isEmpty() || orderBy.size() != termCount) {
      return false;
    }
    for (int i = 0; i < orderBy.size(); i++) {
      if (!orderBy.get(i).expr().equals(query.groupBy.get(i))) {
        return false;
      }
    }
    return true;
  }

  private List<BoundExpr.SortTerm> sortTerms(boolean follow) {
    List<BoundExpr.SortTerm> terms = new ArrayList<>();
    for (int i = 0; i < termCount; i++) {
      terms.add(
          follow && i < orderBy.size()
              ? orderBy.get(i)
              : new BoundExpr.SortTerm(query.groupBy.get(i), false, null));
    }
    return terms;
  }

  void code() {
    boolean follow = orderFollowsGroups();
    List<BoundExpr.SortTerm> terms = sortTerms(follow);
    RowOutput output = new RowOutput(context, query, orderBy, query.distinct, destination, limits);
    output.open();
    accumulators.open();
    int useFlag = builder.newRegister();
    int outputReturn = builder.newRegister();
    int resetReturn = builder.newRegister();
    int outputRoutine = builder.newLabel();
    int resetRoutine = builder.newLabel();
    int end = builder.newLabel();
    int previous = builder.newRegisters(termCount);
    int current = builder.newRegisters(termCount);
    builder.add(Opcode.INTEGER, 0, useFlag);
    builder.add(Opcode.NULL, 0, previous, previous + termCount - 1);
    builder.add(Opcode.GOSUB, resetReturn, resetRoutine);

    int sorter = builder.newCursor();
    List<BoundExpr.ColumnRef> columns = AggregateCodegen.neededColumns(accumulators.columns());
    int width = termCount + columns.size();
    int openSorter =
        builder.add(
            Opcode.SORTER_OPEN, sorter, width, 0, KeyInfos.ofOrder(context, terms, columns.size()));
    WhereLoop loop = begin(terms);
    if (loop != null && loop.orderedTerms() >= termCount) {
      builder.changeToNoop(openSorter);
      if (follow && loop.isSorted()) {
        output.dropSorter();
      }
      output.explainDistinct();
      codeCurrent(current);
      compareAndUpdate(
          previous, current, terms, outputReturn, outputRoutine, resetReturn, resetRoutine);
      builder.add(Opcode.INTEGER, 1, useFlag);
      loop.end();
    } else {
      if (follow) {
        output.dropSorter();
      }
      builder.explainPlan(
          context.planParent,
          0,
          query.distinctAsGroups ? "USE TEMP B-TREE FOR DISTINCT" : "USE TEMP B-TREE FOR GROUP BY");
      output.explainDistinct();
      int noRow = builder.newLabel();
      if (loop == null && query.where != null) {
        context.conditions().jumpIfFalse(query.where, noRow, true);
      }
      int base = builder.newRegisters(width);
      context.exprs().codeList(query.groupBy, base);
      for (int i = 0; i < columns.size(); i++) {
        context.exprs().codeCopy(columns.get(i), base + termCount + i);
      }
      int record = builder.newRegister();
      builder.add(Opcode.MAKE_RECORD, base, width, record);
      builder.add(Opcode.SORTER_INSERT, sorter, record, base, width);
      if (loop != null) {
        loop.end();
      }
      builder.resolve(noRow);
      fromSorter(
          sorter,
          width,
          columns,
          previous,
          current,
          terms,
          new int[] {outputReturn, outputRoutine, resetReturn, resetRoutine, useFlag, end});
    }
    builder.add(Opcode.GOSUB, outputReturn, outputRoutine);
    builder.add(Opcode.GOTO, 0, end);
    outputRoutine(output, previous, useFlag, outputReturn, outputRoutine);
    builder.resolve(resetRoutine);
    accumulators.reset();
    builder.add(Opcode.INTEGER, 0, useFlag);
    builder.add(Opcode.RETURN, resetReturn);
    builder.resolve(end);
    output.close();
  }

  private @Nullable WhereLoop begin(List<BoundExpr.SortTerm> terms) {
    if (query.sources.isEmpty()) {
      return null;
    }
    return WherePlanner.begin(
        context,
        new WhereRequest(query.sources, query.where, terms, WhereRequest.Purpose.GROUP_BY, -1));
  }

  private void codeCurrent(int current) {
    context.exprs().codeList(query.groupBy, current);
  }

  private void compareAndUpdate(
      int previous,
      int current,
      List<BoundExpr.SortTerm> terms,
      int outputReturn,
      int outputRoutine,
      int resetReturn,
      int resetRoutine) {
    builder.add(Opcode.COMPARE, previous, current, termCount, KeyInfos.ofOrder(context, terms, 0));
    int address = builder.currentAddress();
    int same = builder.newLabel();
    builder.add(Opcode.JUMP, address + 1, same, address + 1);
    builder.add(Opcode.GOSUB, outputReturn, outputRoutine);
    builder.add(Opcode.COPY, current, previous, termCount - 1);
    builder.add(Opcode.GOSUB, resetReturn, resetRoutine);
    builder.resolve(same);
    accumulators.update();
  }

  private void fromSorter(
      int sorter,
      int width,
      List<BoundExpr.ColumnRef> columns,
      int previous,
      int current,
      List<BoundExpr.SortTerm> terms,
      int[] routines) {
    int end = routines[5];
    int pseudo = builder.newCursor();
    int row = builder.newRegister();
    builder.add(Opcode.OPEN_PSEUDO, pseudo, row, width);
    int empty = builder.newLabel();
    int top = builder.add(Opcode.SORTER_SORT, sorter, empty);
    builder.add(Opcode.SORTER_DATA, sorter, row, pseudo);
    for (int i = 0; i < termCount; i++) {
      builder.add(Opcode.COLUMN, pseudo, i, current + i);
    }
    Map<Source, RowLocation> saved = readFromSorter(pseudo, columns);
    compareAndUpdate(previous, current, terms, routines[0], routines[1], routines[2], routines[3]);
    saved.forEach(context::locate);
    builder.add(Opcode.INTEGER, 1, routines[4]);
    builder.add(Opcode.SORTER_NEXT, sorter, top + 1);
    int done = builder.newLabel();
    builder.add(Opcode.GOTO, 0, done);
    builder.resolve(empty);
    builder.add(Opcode.GOTO, 0, end);
    builder.resolve(done);
  }

  /** Redirects the query's columns to the sorted rows; answers where they were before. */
  private Map<Source, RowLocation> readFromSorter(int pseudo, List<BoundExpr.ColumnRef> columns) {
    Map<Source, Map<Integer, Integer>> positions = new IdentityHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      positions
          .computeIfAbsent(columns.get(i).source(), s -> new HashMap<>())
          .put(columns.get(i).column(), termCount + i);
    }
    Map<Source, RowLocation> saved = new IdentityHashMap<>();
    for (Source source : query.sources) {
      RowLocation before = context.locationOrNull(source);
      if (before != null) {
        saved.put(source, before);
      }
      Map<Integer, Integer> map = positions.getOrDefault(source, Map.of());
      context.locate(
          source,
          (c, column, target) -> {
            Integer position = map.get(column);
            if (position == null) {
              throw new IllegalStateException("column not in sorter");
            }
            c.builder().add(Opcode.COLUMN, pseudo, position, target);
            return target;
          });
    }
    return saved;
  }

  private void outputRoutine(
      RowOutput output, int previous, int useFlag, int outputReturn, int outputRoutine) {
    int leave = builder.newLabel();
    builder.resolve(outputRoutine);
    builder.add(Opcode.IF_NOT, useFlag, leave, 1);
    accumulators.finish();
    Map<BoundExpr, Integer> known = context.saveKnown();
    for (int i = 0; i < termCount; i++) {
      context.know(query.groupBy.get(i), previous + i);
    }
    accumulators.publish();
    if (query.having != null) {
      context.conditions().jumpIfFalse(query.having, leave, true);
    }
    output.row(leave);
    context.restoreKnown(known);
    builder.resolve(leave);
    builder.add(Opcode.RETURN, outputReturn);
  }
}
