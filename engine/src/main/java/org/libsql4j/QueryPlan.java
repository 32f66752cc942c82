package org.libsql4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.plan.LogEst;
import org.libsql4j.vdbe.Program;

/**
 * How a statement would be run, as EXPLAIN QUERY PLAN says; see {@link Connection#explain}.
 *
 * @param nodes the steps at the top
 */
public record QueryPlan(List<Node> nodes) {
  /**
   * A step of a plan.
   *
   * @param detail in SQLite's words, for example {@code SEARCH t USING INDEX i (a=?)}
   * @param cost of a loop: what one run of it is expected to cost, in steps from a row to the next;
   *     0 of other steps
   * @param setupCost of a loop: what is to be done before its first run, for example making an
   *     automatic index; 0 of other steps
   * @param rows of a loop: how many rows one run of it is expected to give; 0 of other steps
   * @param children the steps that it consists of
   */
  public record Node(
      String detail, double cost, double setupCost, double rows, List<Node> children) {
    /** Whether all rows of a table are looked at, without an index that covers the query. */
    public boolean isFullScan() {
      return detail.startsWith("SCAN ") && !detail.contains(" USING ") && !isGiven();
    }

    /** Rows of VALUES, subqueries and virtual tables, for which there is no other way. */
    private boolean isGiven() {
      return detail.equals("SCAN CONSTANT ROW") || detail.contains("VIRTUAL TABLE INDEX");
    }

    /** Whether rows are sorted or collected in a temporary B-tree. */
    public boolean usesTemporaryBtree() {
      return detail.startsWith("USE TEMP B-TREE");
    }

    /** Whether an index is made for this query alone. */
    public boolean usesAutomaticIndex() {
      return detail.contains(" USING AUTOMATIC ");
    }

    /** The table or alias that is scanned or searched, or null. */
    public @Nullable String table() {
      if (!detail.startsWith("SCAN ") && !detail.startsWith("SEARCH ")) {
        return null;
      }
      int start = detail.indexOf(' ') + 1;
      int end = detail.indexOf(' ', start);
      return detail.substring(start, end < 0 ? detail.length() : end);
    }
  }

  /** All steps, each before those that it consists of. */
  public List<Node> allNodes() {
    List<Node> all = new ArrayList<>();
    collect(nodes, all);
    return Collections.unmodifiableList(all);
  }

  private static void collect(List<Node> nodes, List<Node> all) {
    for (Node node : nodes) {
      all.add(node);
      collect(node.children(), all);
    }
  }

  /** The tables and aliases that are read from end to end. */
  public List<String> fullScans() {
    List<String> tables = new ArrayList<>();
    for (Node node : allNodes()) {
      String table = node.isFullScan() ? node.table() : null;
      if (table != null) {
        tables.add(table);
      }
    }
    return tables;
  }

  /** Whether rows are sorted or collected in a temporary B-tree anywhere. */
  public boolean usesTemporaryBtree() {
    for (Node node : allNodes()) {
      if (node.usesTemporaryBtree()) {
        return true;
      }
    }
    return false;
  }

  /**
   * What the statement is expected to cost, in steps from a row to the next: the costs of its loops
   * with how often they run, and of sorting. Good for comparing two plans of one statement, and for
   * little else.
   */
  public double estimatedCost() {
    return new PlanCost().of(nodes);
  }

  /** Makes a tree of what a server answers, which has no estimates. */
  static QueryPlan ofRows(List<Row> rows) {
    int unknown = Program.QueryPlanNode.UNKNOWN;
    List<Program.QueryPlanNode> nodes = new ArrayList<>();
    for (Row row : rows) {
      String detail = String.valueOf(row.getString(3));
      nodes.add(
          new Program.QueryPlanNode(
              (int) row.getLong(0), (int) row.getLong(1), 0, detail, unknown, unknown));
    }
    return of(nodes);
  }

  /** Makes a tree of the rows of EXPLAIN QUERY PLAN. */
  static QueryPlan of(List<Program.QueryPlanNode> rows) {
    return new QueryPlan(children(rows, 0));
  }

  private static List<Node> children(List<Program.QueryPlanNode> rows, int parent) {
    List<Node> nodes = new ArrayList<>();
    for (Program.QueryPlanNode row : rows) {
      if (row.parent() == parent) {
        boolean loop = row.rows() != Program.QueryPlanNode.UNKNOWN;
        nodes.add(
            new Node(
                row.detail(),
                loop ? LogEst.toDouble(row.estimate()) : 0,
                loop && row.setup() > 0 ? LogEst.toDouble(row.setup()) : 0,
                loop ? LogEst.toDouble(row.rows()) : 0,
                children(rows, row.id())));
      }
    }
    return Collections.unmodifiableList(nodes);
  }

  /** The plan as a tree, as the shell shows it. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("QUERY PLAN\n");
    print(nodes, "", out);
    return out.toString();
  }

  private static void print(List<Node> nodes, String indent, StringBuilder out) {
    for (int i = 0; i < nodes.size(); i++) {
      boolean last = i == nodes.size() - 1;
      out.append(indent).append(last ? "`--" : "|--").append(nodes.get(i).detail()).append('\n');
      print(nodes.get(i).children(), indent + (last ? "   " : "|  "), out);
    }
  }
}
