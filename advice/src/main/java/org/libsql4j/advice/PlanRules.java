package org.libsql4j.advice;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.QueryPlan;

/** What a plan tells of the statement. */
final class PlanRules {
  private PlanRules() {}

  static List<Hint> check(QueryPlan plan) {
    List<Hint> hints = new ArrayList<>();
    for (QueryPlan.Node node : plan.allNodes()) {
      if (node.detail().equals("USE TEMP B-TREE FOR ORDER BY")) {
        hints.add(
            new Hint(
                Hint.Kind.SORT,
                node.detail(),
                "all rows are found and sorted before the first one is there: no index has them in"
                    + " the order wanted"));
      }
      if (node.detail().startsWith("CORRELATED") && scans(node.children())) {
        hints.add(
            new Hint(
                Hint.Kind.REPEATED_SUBQUERY,
                node.detail(),
                "a subquery reads a table from end to end for every row around it: give it an index"
                    + " to search by, or join the table"));
      }
    }
    return hints;
  }

  private static boolean scans(List<QueryPlan.Node> nodes) {
    return nodes.stream().anyMatch(node -> node.isFullScan() || scans(node.children()));
  }
}
