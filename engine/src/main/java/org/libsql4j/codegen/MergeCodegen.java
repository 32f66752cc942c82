package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.plan.LogEst;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Generates compound queries with ORDER BY: the last core and all before it are coroutines that
 * yield rows in order, which are merged. Where duplicates matter the order is extended to all
 * columns, so that equal rows come one after the other.
 */
final class MergeCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final BoundSelect select;
  private final Select.CompoundOperator operator;
  private final List<BoundExpr.SortTerm> order;
  private final int width;
  private int rows;

  /** One of the two coroutines: its registers. */
  private record Side(int yield, int row, int keys) {}

  MergeCodegen(CodeContext context, BoundSelect select) {
    this.context = context;
    this.builder = context.builder();
    this.select = select;
    this.operator = select.operators.get(select.operators.size() - 1);
    this.width = select.columnCount();
    this.order = new ArrayList<>(select.orderBy);
    if (operator != Select.CompoundOperator.UNION_ALL) {
      extendOrder();
    }
  }

  private void extendOrder() {
    for (int column = 1; column <= width; column++) {
      int number = column;
      // A term with a collation of its own may put different rows together.
      if (order.stream()
          .noneMatch(t -> column(t) == number && collation(t).equalsIgnoreCase(natural(number)))) {
        order.add(new BoundExpr.SortTerm(new BoundExpr.IntegerValue(number), false, null));
      }
    }
  }

  /** The 1-based number of the column that a term sorts by. */
  private static int column(BoundExpr.SortTerm term) {
    BoundExpr expr = term.expr() instanceof BoundExpr.Collate c ? c.operand() : term.expr();
    return (int) ((BoundExpr.IntegerValue) expr).value();
  }

  /** The order in terms of what a core computes, by the collations of the whole query. */
  private List<BoundExpr.SortTerm> orderOf(BoundQuery core) {
    List<BoundExpr.SortTerm> terms = new ArrayList<>();
    for (BoundExpr.SortTerm term : order) {
      int column = column(term) - 1;
      String collation = collation(term);
      BoundExpr own = core.columns.get(column).expr();
      String ownCollation = context.collation(ExprTypes.collation(own).name()).name();
      BoundExpr expr =
          collation.equalsIgnoreCase(ownCollation) ? own : new BoundExpr.Collate(own, collation);
      terms.add(new BoundExpr.SortTerm(expr, term.descending(), term.nulls()));
    }
    return terms;
  }

  /** The order for the cores before the last, which alone may compare by other collations. */
  private List<BoundExpr.SortTerm> orderWithCollations() {
    List<BoundExpr.SortTerm> terms = new ArrayList<>();
    for (BoundExpr.SortTerm term : order) {
      BoundExpr number = new BoundExpr.IntegerValue(column(term));
      BoundExpr expr = new BoundExpr.Collate(number, collation(term));
      terms.add(new BoundExpr.SortTerm(expr, term.descending(), term.nulls()));
    }
    return terms;
  }

  private String collation(BoundExpr.SortTerm term) {
    return term.expr() instanceof BoundExpr.Collate collate
        ? collate.collation()
        : natural(column(term));
  }

  /** The collation by which values of a column, numbered from 1, are duplicates. */
  private String natural(int column) {
    BoundExpr like = CompoundCodegen.withCollation(select, select.cores.size() - 1, column - 1);
    return context.collation(ExprTypes.collation(like).name()).name();
  }

  private KeyInfo keyInfo() {
    List<BoundExpr.SortTerm> terms = new ArrayList<>();
    for (BoundExpr.SortTerm term : order) {
      BoundExpr expr = new BoundExpr.Collate(new BoundExpr.NullValue(), collation(term));
      terms.add(new BoundExpr.SortTerm(expr, term.descending(), term.nulls()));
    }
    return KeyInfos.ofOrder(context, terms, 0);
  }

  void code(Destination destination, Limits limits) {
    int parent = context.planParent;
    int plan = builder.explainPlan(parent, 0, "MERGE (" + operator.sql() + ")");
    context.planParent = builder.explainPlan(plan, 0, "LEFT");
    Side left = side(limits, true);
    context.planParent = builder.explainPlan(plan, 0, "RIGHT");
    Side right = side(limits, false);
    context.planParent = parent;
    merge(left, right, destination, limits);
    context.selects().estimateRows(rows);
  }

  /** Generates one side as a coroutine. */
  private Side side(Limits limits, boolean left) {
    Side side =
        new Side(
            builder.newRegister(), builder.newRegisters(width), builder.newRegisters(order.size()));
    Limits own = sideLimits(limits);
    int init = builder.add(Opcode.INIT_COROUTINE, side.yield, 0, builder.currentAddress() + 1);
    Destination destination = new Destination.Coroutine(side.yield, side.row);
    int count = select.cores.size() - 1;
    if (!left) {
      BoundQuery core = select.cores.get(count);
      context.selects().core(core, orderOf(core), destination, own);
    } else if (count == 1) {
      context.selects().core(select.first(), orderOf(select.first()), destination, own);
    } else {
      BoundSelect prefix = select.prefix(count);
      prefix.number = select.number;
      prefix.orderBy = orderWithCollations();
      new MergeCodegen(context, prefix).code(destination, own);
    }
    rows = LogEst.add(rows, context.selects().rowEstimate());
    builder.resolve(own.endLabel);
    builder.add(Opcode.END_COROUTINE, side.yield);
    builder.jumpHere(init);
    return side;
  }

  /** Of UNION ALL no side needs to yield more rows than are wanted in all. */
  private Limits sideLimits(Limits limits) {
    if (!limits.isLimited() || operator != Select.CompoundOperator.UNION_ALL) {
      return Limits.none(context);
    }
    int register = builder.newRegister();
    builder.add(Opcode.COPY, limits.total(), register);
    long known = limits.offset == 0 ? limits.known : -1;
    return new Limits(register, 0, builder.newLabel(), known, known);
  }

  /** The next row of a side; goes to a label if there is none. */
  private void next(Side side, int finished) {
    builder.add(Opcode.YIELD, side.yield, finished);
    for (int i = 0; i < order.size(); i++) {
      builder.add(Opcode.COPY, side.row + column(order.get(i)) - 1, side.keys + i);
    }
  }

  private void merge(Side left, Side right, Destination destination, Limits limits) {
    boolean both =
        operator == Select.CompoundOperator.UNION_ALL || operator == Select.CompoundOperator.UNION;
    boolean leftRest = operator != Select.CompoundOperator.INTERSECT;
    int row = builder.newRegisters(width);
    int out = builder.newLabel();
    int outReturn = builder.newRegister();
    int end = builder.newLabel();
    int restOfLeft = builder.newLabel();
    int restOfRight = builder.newLabel();
    int leftEmpty = builder.newLabel();
    int compare = builder.newLabel();
    int seen = 0;
    if (operator != Select.CompoundOperator.UNION_ALL) {
      seen = builder.newRegister();
      builder.add(Opcode.INTEGER, 0, seen);
    }
    next(left, both ? leftEmpty : end);
    next(right, leftRest ? restOfLeft : end);
    builder.resolve(compare);
    int less = builder.newLabel();
    int equal = builder.newLabel();
    int greater = builder.newLabel();
    builder.add(Opcode.COMPARE, left.keys, right.keys, order.size(), keyInfo());
    builder.add(Opcode.JUMP, less, equal, greater);
    builder.resolve(equal);
    if (operator == Select.CompoundOperator.UNION_ALL
        || operator == Select.CompoundOperator.INTERSECT) {
      emit(left, row, outReturn, out);
    }
    next(left, both ? restOfRight : end);
    builder.add(Opcode.GOTO, 0, compare);
    builder.resolve(less);
    if (leftRest) {
      emit(left, row, outReturn, out);
    }
    next(left, both ? restOfRight : end);
    builder.add(Opcode.GOTO, 0, compare);
    builder.resolve(greater);
    if (both) {
      emit(right, row, outReturn, out);
    }
    next(right, leftRest ? restOfLeft : end);
    builder.add(Opcode.GOTO, 0, compare);
    builder.resolve(leftEmpty);
    next(right, end);
    builder.resolve(restOfRight);
    rest(right, row, outReturn, out, end);
    builder.resolve(restOfLeft);
    rest(left, row, outReturn, out, end);
    builder.resolve(out);
    output(row, seen, outReturn, destination, limits);
    builder.resolve(end);
  }

  private void emit(Side side, int row, int outReturn, int out) {
    builder.add(Opcode.COPY, side.row, row, width - 1);
    builder.add(Opcode.GOSUB, outReturn, out);
  }

  private void rest(Side side, int row, int outReturn, int out, int end) {
    int loop = builder.currentAddress();
    emit(side, row, outReturn, out);
    builder.add(Opcode.YIELD, side.yield, end);
    builder.add(Opcode.GOTO, 0, loop);
  }

  /** The subroutine that hands a row on, unless it is equal to the one before. */
  private void output(int row, int seen, int outReturn, Destination destination, Limits limits) {
    int leave = builder.newLabel();
    if (seen != 0) {
      int previous = builder.newRegisters(width);
      int first = builder.newLabel();
      builder.add(Opcode.IF_NOT, seen, first, 1);
      KeyInfo key = CompoundCodegen.rowKey(context, select, select.cores.size() - 1);
      builder.add(Opcode.COMPARE, previous, row, width, key);
      int next = builder.currentAddress() + 1;
      builder.add(Opcode.JUMP, next, leave, next);
      builder.resolve(first);
      builder.add(Opcode.COPY, row, previous, width - 1);
      builder.add(Opcode.INTEGER, 1, seen);
    }
    limits.skip(builder, leave);
    DestinationCodegen.row(context, destination, row, width, limits.endLabel);
    if (destination instanceof Destination.Exists) {
      builder.add(Opcode.GOTO, 0, limits.endLabel);
    } else {
      limits.count(builder, limits.endLabel);
    }
    builder.resolve(leave);
    builder.add(Opcode.RETURN, outReturn);
  }
}
