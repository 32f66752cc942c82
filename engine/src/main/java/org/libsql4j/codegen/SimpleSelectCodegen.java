package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.plan.LogEst;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates a query without aggregates. */
final class SimpleSelectCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;

  SimpleSelectCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  void code(
      BoundQuery query, List<BoundExpr.SortTerm> orderBy, Destination destination, Limits limits) {
    if (query.distinct && DistinctRows.areDistinct(query)) {
      query.distinct = false;
    }
    RowOutput output = new RowOutput(context, query, orderBy, query.distinct, destination, limits);
    output.open();
    if (query.sources.isEmpty()) {
      output.dropSorter();
      context.selects().estimateRows(0);
      builder.explainPlan(context.planParent, 0, "SCAN CONSTANT ROW");
      int end = builder.newLabel();
      if (query.where != null) {
        context.conditions().jumpIfFalse(query.where, end, true);
      }
      output.row(end);
      builder.resolve(end);
      output.close();
      return;
    }
    WhereLoop loop = WherePlanner.begin(context, request(query, orderBy, limits));
    if (!orderBy.isEmpty() && loop.orderedTerms() >= orderBy.size()) {
      output.dropSorter();
    } else if (!query.distinct || !orderBy.isEmpty()) {
      output.setOrderedTerms(loop.orderedTerms());
    }
    if (query.distinct && loop.isDistinct()) {
      output.dropDistinct();
    } else if (query.distinct && loop.isDistinctOrdered()) {
      output.distinctByOrder();
    }
    output.explainDistinct();
    output.row(loop.continueLabel());
    loop.end();
    output.close();
    context.selects().estimateRows(loop.rows());
  }

  private static WhereRequest request(
      BoundQuery query, List<BoundExpr.SortTerm> orderBy, Limits limits) {
    if (query.distinct && orderBy.isEmpty()) {
      List<BoundExpr.SortTerm> columns = new ArrayList<>();
      for (BoundExpr expr : query.expressions()) {
        columns.add(new BoundExpr.SortTerm(expr, false, null));
      }
      return new WhereRequest(
          query.sources,
          query.where,
          columns,
          WhereRequest.Purpose.DISTINCT,
          limitRows(limits),
          query.expressions());
    }
    return new WhereRequest(
        query.sources,
        query.where,
        orderBy,
        WhereRequest.Purpose.ORDER_BY,
        limitRows(limits),
        query.sources.size() < 2 ? null : query.expressions());
  }

  private static int limitRows(Limits limits) {
    return limits.expected < 0 ? -1 : LogEst.of(limits.expected);
  }
}
