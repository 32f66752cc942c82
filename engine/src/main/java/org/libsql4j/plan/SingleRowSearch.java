package org.libsql4j.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;

/**
 * The plan for the most frequent kind of statement: one table, and its rowid compared with a value.
 * No other way can be better than to search for that row, so none is looked at.
 */
final class SingleRowSearch {
  private SingleRowSearch() {}

  /** The plan with the estimates of a full search; null if the statement is of another kind. */
  static @Nullable JoinPlan plan(
      WhereTerms terms, OrderMatcher matcher, PlanOptions options, int orderTerms, int runs) {
    List<Source> sources = terms.sources();
    if (sources.size() != 1 || terms.isPart() || options.partOfOr()) {
      return null;
    }
    Source source = sources.get(0);
    Table table = source.table;
    if (source.subquery != null
        || source.hint != null
        || table.kind != Table.Kind.ORDINARY
        || !table.hasRowid()
        || terms.lastRightJoin() >= 0) {
      return null;
    }
    WhereTerm term = equality(terms, source);
    if (term == null) {
      return null;
    }
    AccessPath path = AccessPathBuilder.rowidSearch(term, 0, table.rowEstimate);
    new OutputEstimate(terms).adjust(path, table.rowEstimate);
    int rows = JoinOrderSolver.boundedRuns(runs) + path.rowsOut;
    return JoinOrderSolver.planOf(List.of(path), rows, matcher, orderTerms);
  }

  /** The first condition that compares the rowid with a value that does not depend on the table. */
  private static @Nullable WhereTerm equality(WhereTerms terms, Source source) {
    for (WhereTerm term : terms.all()) {
      if ((term.kind == WhereTerm.Kind.EQUAL || term.kind == WhereTerm.Kind.IS)
          && term.left instanceof BoundExpr.ColumnRef ref
          && ref.source() == source
          && (ref.column() < 0 || ref.column() == source.table.rowidColumn)
          && term.rightMask == 0
          && ColumnConstraints.usableAt(terms, term, source, 0)
          && ColumnConstraints.affinityFits(term, Affinity.INTEGER)) {
        return term;
      }
    }
    return null;
  }
}
