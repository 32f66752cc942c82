package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.plan.LogEst;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.CompoundOrder;
import org.libsql4j.resolve.QueryOptimizer;
import org.libsql4j.resolve.UnionFlattening;
import org.libsql4j.resolve.WindowRewrite;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;
import org.libsql4j.vdbe.ResultColumn;

/** Generates queries. */
public final class SelectCodegen {
  private final CodeContext context;
  private int rowEstimate;
  private final ProgramBuilder builder;
  private final SubqueryCodegen subqueries;
  private final FromCodegen froms;
  private final CompoundCodegen compounds;
  private final SimpleSelectCodegen simple;
  private final AggregateCodegen aggregates;

  SelectCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
    this.subqueries = new SubqueryCodegen(context);
    this.froms = new FromCodegen(context);
    this.compounds = new CompoundCodegen(context);
    this.simple = new SimpleSelectCodegen(context);
    this.aggregates = new AggregateCodegen(context);
  }

  SubqueryCodegen subqueries() {
    return subqueries;
  }

  FromCodegen froms() {
    return froms;
  }

  /** The number by which EXPLAIN QUERY PLAN calls a subquery. */
  int numberOf(BoundSelect select) {
    if (select.number == 0) {
      select.number = context.environment().newSelectNumber();
    }
    return select.number;
  }

  /** Generates the query; its rows go to the destination. */
  public void code(BoundSelect select, Destination destination) {
    CompoundOrder.rewrite(context.environment(), select);
    UnionFlattening.flatten(select);
    code(select, destination, Limits.code(context, select));
  }

  /** Generates a query of which only the first row is wanted. */
  void codeSingleRow(BoundSelect select, Destination destination) {
    if (destination instanceof Destination.Exists) {
      // Nobody looks at the columns. Even an OFFSET counts all rows, as in SQLite.
      for (BoundQuery core : select.cores) {
        core.distinct = false;
      }
    }
    CompoundOrder.rewrite(context.environment(), select);
    UnionFlattening.flatten(select);
    Limits limits = select.limit == null ? Limits.one(context) : Limits.code(context, select);
    code(select, destination, limits);
  }

  /** Estimated number of rows, as LogEst, of the query that was generated last. */
  int rowEstimate() {
    return rowEstimate;
  }

  /** The rows of the core that has just been generated. */
  void estimateRows(int rows) {
    rowEstimate = rows;
  }

  private void code(BoundSelect select, Destination destination, Limits limits) {
    WindowRewrite.rewrite(context.environment(), select);
    if (select.recursion != null) {
      new RecursiveCodegen(context, select, select.recursion).code(destination, limits);
    } else if (select.isCompound()) {
      compounds.code(select, destination, limits);
    } else {
      core(select.first(), select.orderBy, destination, limits);
    }
    builder.resolve(limits.endLabel);
    if (limits.known >= 0) {
      rowEstimate = Math.min(rowEstimate, LogEst.of(limits.known));
    }
  }

  /** Generates one core with its order and limits. */
  void core(
      BoundQuery query, List<BoundExpr.SortTerm> orderBy, Destination destination, Limits limits) {
    if (query.values != null) {
      values(query, orderBy, destination, limits);
      return;
    }
    if (query.windowStage != null) {
      new WindowCodegen(context, query, query.windowStage).code(orderBy, destination, limits);
      return;
    }
    QueryOptimizer.optimize(query, orderBy, limits.offset != 0);
    if (query.distinct && !query.aggregate && isSelectList(query, orderBy)) {
      // Groups come out in order and without duplicates: one sort for both.
      query.distinct = false;
      query.aggregate = true;
      query.distinctAsGroups = true;
      query.groupBy.addAll(query.expressions());
    }
    froms.prepare(query);
    if (query.aggregate) {
      aggregates.code(query, orderBy, destination, limits);
    } else {
      simple.code(query, orderBy, destination, limits);
    }
  }

  private static boolean isSelectList(BoundQuery query, List<BoundExpr.SortTerm> orderBy) {
    List<BoundExpr> columns = query.expressions();
    if (orderBy.size() != columns.size() || query.sources.isEmpty()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!orderBy.get(i).expr().equals(columns.get(i)) || BoundExprs.isConstant(columns.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void values(
      BoundQuery query, List<BoundExpr.SortTerm> orderBy, Destination destination, Limits limits) {
    List<List<BoundExpr>> rows = query.values;
    if (rows == null) {
      throw new IllegalStateException("no VALUES");
    }
    rowEstimate = LogEst.of(rows.size());
    if (query.constantRows) {
      builder.explainPlan(context.planParent, 0, "SCAN " + rows.size() + " CONSTANT ROWS");
    } else if (!(destination instanceof Destination.Coroutine)) {
      builder.explainPlan(context.planParent, 0, "SCAN " + rows.size() + "-ROW VALUES CLAUSE");
    }
    RowOutput output = new RowOutput(context, query, orderBy, false, destination, limits);
    output.open();
    for (List<BoundExpr> row : rows) {
      int next = builder.newLabel();
      output.row(row, next);
      builder.resolve(next);
    }
    output.close();
  }

  /** The columns of the result as the caller of the statement sees them. */
  public List<ResultColumn> resultColumns(BoundSelect select) {
    List<ResultColumn> out = new ArrayList<>();
    for (BoundQuery.Column column : select.first().columns) {
      out.add(ResultColumns.of(context, column));
    }
    return out;
  }

  /** Generates the query as a statement of its own. */
  public void statement(BoundSelect select) {
    code(select, new Destination.Output());
    builder.add(Opcode.HALT);
  }
}
