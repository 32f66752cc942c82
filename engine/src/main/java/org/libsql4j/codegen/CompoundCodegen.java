package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.plan.LogEst;
import org.libsql4j.record.Collation;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates UNION, UNION ALL, EXCEPT and INTERSECT.
 *
 * <p>All but UNION ALL collect rows in an ephemeral index over all columns, which removes
 * duplicates. An ORDER BY sorts what comes out.
 */
final class CompoundCodegen {
  private final CodeContext context;

  /** Estimated rows of the cores generated so far, as LogEst. */
  private int rows;

  private final ProgramBuilder builder;

  CompoundCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  void code(BoundSelect select, Destination destination, Limits limits) {
    if (!select.orderBy.isEmpty() && select.cores.stream().allMatch(core -> core.values == null)) {
      new MergeCodegen(context, select).code(destination, limits);
      return;
    }
    int parent = context.planParent;
    int outerRows = rows;
    rows = 0;
    context.planParent = builder.explainPlan(parent, 0, "COMPOUND QUERY");
    if (select.orderBy.isEmpty()) {
      part(select, select.cores.size() - 1, limited(destination, limits), limits);
    } else {
      ordered(select, destination, limits);
    }
    context.planParent = parent;
    context.selects().estimateRows(rows);
    rows = outerRows;
  }

  /** A destination that applies OFFSET and LIMIT before the real one. */
  private Destination limited(Destination destination, Limits limits) {
    if (!limits.isLimited() && !(destination instanceof Destination.Exists)) {
      return destination;
    }
    return new Destination.Code(
        (first, count, unused) -> {
          int next = builder.newLabel();
          limits.skip(builder, next);
          DestinationCodegen.row(context, destination, first, count, limits.endLabel);
          if (destination instanceof Destination.Exists) {
            builder.add(Opcode.GOTO, 0, limits.endLabel);
          } else {
            limits.count(builder, limits.endLabel);
          }
          builder.resolve(next);
        });
  }

  private void ordered(BoundSelect select, Destination destination, Limits limits) {
    int count = select.columnCount();
    int row = builder.newRegisters(count);
    List<BoundExpr> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BoundExpr like = withCollation(select, select.cores.size() - 1, i);
      columns.add(new BoundExpr.Register(row + i, like));
    }
    List<BoundExpr.SortTerm> terms = new ArrayList<>();
    for (BoundExpr.SortTerm term : select.orderBy) {
      BoundExpr expr = term.expr();
      String collation = null;
      if (expr instanceof BoundExpr.Collate collate) {
        collation = collate.collation();
        expr = collate.operand();
      }
      BoundExpr column = columns.get((int) ((BoundExpr.IntegerValue) expr).value() - 1);
      terms.add(
          new BoundExpr.SortTerm(
              collation == null ? column : new BoundExpr.Collate(column, collation),
              term.descending(),
              term.nulls()));
    }
    SortCodegen sorter = new SortCodegen(context, terms, columns, limits);
    sorter.open();
    Destination collect =
        new Destination.Code(
            (first, n, unused) -> {
              builder.add(Opcode.COPY, first, row, n - 1);
              sorter.push(columns);
            });
    Limits unlimited = Limits.none(context);
    part(select, select.cores.size() - 1, collect, unlimited);
    builder.resolve(unlimited.endLabel);
    sorter.output(
        row,
        next -> limits.skip(builder, next),
        () -> {
          DestinationCodegen.row(context, destination, row, count, limits.endLabel);
          if (destination instanceof Destination.Exists) {
            builder.add(Opcode.GOTO, 0, limits.endLabel);
          } else if (!sorter.countsLimit()) {
            limits.count(builder, limits.endLabel);
          }
        });
  }

  /**
   * An expression with the collation that a column of cores 0 to {@code last} compares by: leftmost
   * core first.
   */
  static BoundExpr withCollation(BoundSelect select, int last, int column) {
    for (BoundQuery core : select.cores.subList(0, last + 1)) {
      BoundExpr expr = core.columns.get(column).expr();
      if (ExprTypes.collation(expr).name() != null) {
        return expr;
      }
    }
    return select.first().columns.get(column).expr();
  }

  /** Describes rows of cores 0 to {@code last} as keys that are compared as a whole. */
  static KeyInfo rowKey(CodeContext context, BoundSelect select, int last) {
    int count = select.columnCount();
    @Nullable Collation[] collations = new Collation[count];
    for (int i = 0; i < count; i++) {
      collations[i] = context.collation(ExprTypes.collation(withCollation(select, last, i)).name());
    }
    return new KeyInfo(context.connection().encoding, count, collations, null);
  }

  /** Generates cores 0 to {@code last}. */
  private void part(BoundSelect select, int last, Destination destination, Limits limits) {
    if (last == 0) {
      core(select.first(), destination, "LEFT-MOST SUBQUERY");
      return;
    }
    BoundQuery right = select.cores.get(last);
    Select.CompoundOperator operator = select.operators.get(last - 1);
    String name = operator.sql();
    if (operator == Select.CompoundOperator.UNION_ALL) {
      part(select, last - 1, destination, limits);
      core(right, destination, name);
      return;
    }
    int cursor = open(select, last);
    int other = operator == Select.CompoundOperator.INTERSECT ? open(select, last) : -1;
    part(select, last - 1, new Destination.Set(cursor, null, 0, true), limits);
    Destination rest =
        operator == Select.CompoundOperator.EXCEPT
            ? new Destination.Except(cursor)
            : new Destination.Set(other < 0 ? cursor : other, null, 0);
    core(right, rest, name + " USING TEMP B-TREE");
    loop(select, cursor, destination, limits, other);
  }

  private void core(BoundQuery query, Destination destination, String plan) {
    int parent = context.planParent;
    context.planParent = builder.explainPlan(parent, 0, plan);
    Limits none = Limits.none(context);
    context.selects().core(query, List.of(), destination, none);
    builder.resolve(none.endLabel);
    context.planParent = parent;
    rows = LogEst.add(rows, context.selects().rowEstimate());
  }

  private int open(BoundSelect select, int last) {
    int cursor = builder.newCursor();
    builder.add(
        Opcode.OPEN_EPHEMERAL, cursor, select.columnCount(), 0, rowKey(context, select, last));
    return cursor;
  }

  /** Hands the collected rows on; with {@code other} only those that are there too. */
  private void loop(
      BoundSelect select, int cursor, Destination destination, Limits limits, int other) {
    int count = select.columnCount();
    int first = builder.newRegisters(count);
    int end = builder.newLabel();
    int next = builder.newLabel();
    int top = builder.add(Opcode.REWIND, cursor, end);
    for (int i = 0; i < count; i++) {
      builder.add(Opcode.COLUMN, cursor, i, first + i);
    }
    if (other >= 0) {
      builder.add(Opcode.NOT_FOUND, other, next, first, count);
    }
    DestinationCodegen.row(context, destination, first, count, limits.endLabel);
    builder.resolve(next);
    builder.add(Opcode.NEXT, cursor, top + 1);
    builder.resolve(end);
  }
}
