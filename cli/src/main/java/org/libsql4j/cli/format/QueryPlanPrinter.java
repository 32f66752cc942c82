package org.libsql4j.cli.format;

import java.util.ArrayList;
import java.util.List;

/** The rows of EXPLAIN QUERY PLAN as a tree. */
public final class QueryPlanPrinter implements RowPrinter {
  private record Step(String id, String parent, String detail) {}

  private final TextSink out;
  private final List<Step> steps = new ArrayList<>();

  public QueryPlanPrinter(TextSink out) {
    this.out = out;
  }

  @Override
  public void begin(List<String> columnNames) {}

  @Override
  public void row(List<Cell> cells) {
    steps.add(new Step(cells.get(0).text(), cells.get(1).text(), cells.get(3).text()));
  }

  @Override
  public void end() {
    out.println("QUERY PLAN");
    print("0", "", steps.size());
  }

  /** Prints the steps below one; no deeper than there are steps, should they name each other. */
  private void print(String parent, String prefix, int depth) {
    List<Step> children = steps.stream().filter(s -> s.parent().equals(parent)).toList();
    for (int i = 0; i < children.size() && depth > 0; i++) {
      boolean last = i == children.size() - 1;
      out.println(prefix + (last ? "`--" : "|--") + children.get(i).detail());
      print(children.get(i).id(), prefix + (last ? "   " : "|  "), depth - 1);
    }
  }
}
