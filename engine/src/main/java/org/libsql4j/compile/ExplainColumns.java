package org.libsql4j.compile;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.vdbe.ResultColumn;

/** The result columns of EXPLAIN and EXPLAIN QUERY PLAN. */
final class ExplainColumns {
  private ExplainColumns() {}

  static final List<ResultColumn> PROGRAM =
      named("addr", "opcode", "p1", "p2", "p3", "p4", "p5", "comment");

  static final List<ResultColumn> QUERY_PLAN = named("id", "parent", "notused", "detail");

  private static List<ResultColumn> named(String... names) {
    List<ResultColumn> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(ResultColumn.ofExpression(name));
    }
    return List.copyOf(columns);
  }
}
