package org.libsql4j.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;

/**
 * The plan for the most frequent kind of statement: one table, and its rowid or all columns of a
 * unique index compared with values. No other way can be better than to search for that row, so
 * none is looked at.
 */
final class SingleRowSearch {
  /** Unique indexes of more columns are rare. */
  private static final int MOST_COLUMNS = 3;

  private SingleRowSearch() {}

  /** The plan with the estimates of a full search; null if the statement is of another kind. */
  static @Nullable JoinPlan plan(
      WhereTerms terms,
      IndexExpressions indexExpressions,
      PlanOptions options,
      int orderTerms,
      int runs) {
    List<Source> sources = terms.sources();
    if (sources.size() != 1 || terms.isPart() || options.partOfOr()) {
      return null;
    }
    Source source = sources.get(0);
    Table table = source.table;
    if (source.subquery != null
        || source.hint != null
        || table.kind != Table.Kind.ORDINARY
        || terms.lastRightJoin() >= 0) {
      return null;
    }
    AccessPath path = byRowid(terms, source);
    if (path == null) {
      Index index = uniqueIndex(terms, source);
      path =
          index == null
              ? null
              : new AccessPathBuilder(terms, indexExpressions, options).build(source, index);
    }
    if (path == null) {
      return null;
    }
    int rows = JoinOrderSolver.boundedRuns(runs) + path.rowsOut;
    // One row is in any order; SQLite sorts its group nevertheless.
    return new JoinPlan(List.of(path), orderTerms, 0, 0, false, true, rows);
  }

  private static @Nullable AccessPath byRowid(WhereTerms terms, Source source) {
    Table table = source.table;
    WhereTerm term = table.hasRowid() ? rowidEquality(terms, source) : null;
    if (term == null) {
      return null;
    }
    AccessPath path = AccessPathBuilder.rowidSearch(term, 0, table.rowEstimate);
    new OutputEstimate(terms).adjust(path, table.rowEstimate);
    return path;
  }

  /** The first condition that compares the rowid with a value that does not depend on the table. */
  private static @Nullable WhereTerm rowidEquality(WhereTerms terms, Source source) {
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

  /**
   * The first unique index all of whose columns are compared with values; null if there is none.
   */
  private static @Nullable Index uniqueIndex(WhereTerms terms, Source source) {
    for (Index index : source.table.indexes) {
      if (index.isUnique() && !index.isPartial() && isSearched(terms, source, index)) {
        return index;
      }
    }
    return null;
  }

  private static boolean isSearched(WhereTerms terms, Source source, Index index) {
    if (index.keyColumnCount > MOST_COLUMNS) {
      return false;
    }
    for (int i = 0; i < index.keyColumnCount; i++) {
      if (index.columns[i] < 0 || !isCompared(terms, source, index, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCompared(WhereTerms terms, Source source, Index index, int position) {
    int column = index.columns[position];
    for (WhereTerm term : terms.all()) {
      if ((term.kind == WhereTerm.Kind.EQUAL
              || (term.kind == WhereTerm.Kind.IS && index.uniqueNotNull))
          && term.left instanceof BoundExpr.ColumnRef ref
          && ref.source() == source
          && ref.column() == column
          && term.rightMask == 0
          && index.collations[position].equalsIgnoreCase(term.collation)
          && ColumnConstraints.usableAt(terms, term, source, 0)
          && ColumnConstraints.affinityFits(term, source.table.affinity(column))) {
        return true;
      }
    }
    return false;
  }
}
