package org.libsql4j;

import java.util.List;

/** Adds up what the steps of a plan cost. */
final class PlanCost {
  /** How many rows the loops so far give together. */
  private double rows = 1;

  private double cost;

  /** Steps side by side: loops are in each other, the first one outermost. */
  double of(List<QueryPlan.Node> nodes) {
    for (QueryPlan.Node node : nodes) {
      add(node);
    }
    return cost;
  }

  private void add(QueryPlan.Node node) {
    String detail = node.detail();
    if (node.rows() > 0) {
      cost += node.setupCost() + rows * node.cost();
      rows *= node.rows();
    } else if (detail.startsWith("USE TEMP B-TREE")) {
      double part = detail.contains("LAST") ? 0.5 : 1;
      cost += part * rows * Math.max(1, Math.log(rows) / Math.log(2));
    } else if (detail.equals("MULTI-INDEX OR")) {
      addDisjunction(node);
    } else {
      double inner = new PlanCost().of(node.children());
      cost += detail.startsWith("CORRELATED") ? Math.max(1, rows) * inner : inner;
    }
  }

  private void addDisjunction(QueryPlan.Node node) {
    double found = 0;
    for (QueryPlan.Node part : node.children()) {
      PlanCost inner = new PlanCost();
      cost += rows * inner.of(part.children());
      found += inner.rows;
    }
    rows *= Math.max(1, found);
  }
}
