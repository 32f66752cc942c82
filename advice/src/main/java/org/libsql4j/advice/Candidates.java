package org.libsql4j.advice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.advice.Candidate.Key;
import org.libsql4j.plan.PlanWatcher;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.plan.WhereTerms;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.DeepWalk;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.sql.ast.JoinOperator;

/**
 * Collects the indexes that might help, from what the planner is asked.
 *
 * <p>Which conditions of a join an index can use depends on the tables that are in outer loops. So
 * candidates are made for several sets of outer tables: none, the tables of each condition, all.
 */
final class Candidates implements PlanWatcher {
  /** More than these are hardly looked for by one statement, and take long to try. */
  private static final int MOST = 200;

  /** More columns than these hardly make an index better. */
  private static final int MOST_COLUMNS = 8;

  private final Set<Candidate> found = new LinkedHashSet<>();

  Set<Candidate> found() {
    return Collections.unmodifiableSet(found);
  }

  @Override
  public void planning(WhereTerms terms, List<BoundExpr.SortTerm> order) {
    List<Source> sources = terms.sources();
    for (int position = 0; position < sources.size(); position++) {
      Source source = sources.get(position);
      if (isIndexable(source)) {
        collect(source, position, List.of(terms.all()), order);
        for (WhereTerm term : terms.all()) {
          if ((term.mask >> position & 1) != 0) {
            for (BoundExpr part : term.disjuncts) {
              collect(source, 0, List.of(terms.part(source, part).all()), List.of());
            }
          }
        }
      }
    }
  }

  private static boolean isIndexable(Source source) {
    Table table = source.table;
    return source.subquery == null
        && table.kind == Table.Kind.ORDINARY
        && !table.isVirtual()
        && source.hint == null
        && !table.name.startsWith("sqlite_");
  }

  private void collect(
      Source source, int position, List<WhereTerm> terms, List<BoundExpr.SortTerm> order) {
    Map<Key, Long> equalities = new LinkedHashMap<>();
    Map<Key, Long> ranges = new LinkedHashMap<>();
    Set<Long> outers = new LinkedHashSet<>();
    outers.add(0L);
    long all = 0;
    for (WhereTerm term : terms) {
      boolean equality = term.kind.isEquality() || term.kind == WhereTerm.Kind.IN;
      boolean range = term.kind.isLowerBound() || term.kind.isUpperBound();
      boolean itself = (term.rightMask >> position & 1) != 0;
      BoundExpr left = !itself && isUsable(term, source, position) ? term.left : null;
      Key key = left == null || !(equality || range) ? null : key(source, left, term.collation);
      if (key != null) {
        (equality ? equalities : ranges).merge(key, term.rightMask, (a, b) -> a & b);
        outers.add(term.rightMask);
        all |= term.rightMask;
      }
    }
    outers.add(all);
    List<Key> sorted = sortKeys(source, order);
    for (long outer : outers) {
      List<Key> fixed = within(equalities, outer);
      add(source, fixed);
      for (Key range : within(ranges, outer)) {
        addWith(source, fixed, List.of(range));
      }
      addWith(source, fixed, sorted);
    }
  }

  /** On the right of an outer join only its own condition leads to rows. */
  private static boolean isUsable(WhereTerm term, Source source, int position) {
    boolean outer = source.join == JoinOperator.Kind.LEFT || source.join == JoinOperator.Kind.FULL;
    boolean nothing = term.right instanceof BoundExpr.NullValue && term.kind != WhereTerm.Kind.IS;
    return !nothing && (term.onPosition == position || (term.onPosition < 0 && !outer));
  }

  private static List<Key> within(Map<Key, Long> keys, long outer) {
    List<Key> list = new ArrayList<>();
    keys.forEach(
        (key, mask) -> {
          if ((mask & ~outer) == 0) {
            list.add(key);
          }
        });
    return list;
  }

  private void addWith(Source source, List<Key> fixed, List<Key> more) {
    List<Key> keys = new ArrayList<>(fixed);
    for (Key key : more) {
      if (fixed.stream().noneMatch(f -> f.value().equals(key.value()))) {
        keys.add(key);
      }
    }
    add(source, keys);
  }

  private void add(Source source, List<Key> keys) {
    String schema = source.schemaName;
    if (keys.isEmpty() || keys.size() > MOST_COLUMNS || found.size() >= MOST) {
      return;
    }
    Candidate candidate =
        new Candidate(
            schema == null ? "main" : schema,
            source.table.name,
            Collections.unmodifiableList(keys));
    if (!candidate.isThere(source.table)) {
      found.add(candidate);
    }
  }

  /** The order wanted, if an index of this table alone can give it. */
  private static List<Key> sortKeys(Source source, List<BoundExpr.SortTerm> order) {
    List<Key> keys = new ArrayList<>();
    for (BoundExpr.SortTerm term : order) {
      String collation =
          term.expr() instanceof BoundExpr.Collate collate ? collate.collation() : null;
      Key key = key(source, BoundExprs.skipOnlyCollate(term.expr()), collation);
      if (key == null) {
        return isRowid(source, term.expr()) ? keys : List.of();
      }
      keys.add(new Key(key.text(), key.collation(), term.descending()));
    }
    boolean backwards = !keys.isEmpty() && keys.stream().allMatch(Key::descending);
    if (!backwards) {
      return keys;
    }
    List<Key> ascending = new ArrayList<>(); // Read from its end, it serves as well.
    keys.forEach(key -> ascending.add(new Key(key.text(), key.collation(), false)));
    return ascending;
  }

  private static boolean isRowid(Source source, BoundExpr expr) {
    return expr instanceof BoundExpr.ColumnRef ref
        && ref.source() == source
        && (ref.column() < 0 || ref.column() == source.table.rowidColumn);
  }

  private static @Nullable Key key(Source source, BoundExpr expr, @Nullable String collation) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      if (ref.source() != source || isRowid(source, expr)) {
        return null;
      }
      String own = source.table.column(ref.column()).collation();
      boolean same = collation == null || collation.equalsIgnoreCase(own == null ? "BINARY" : own);
      String name = SqlNames.quoteIfNeeded(source.table.column(ref.column()).name());
      return new Key(name, same ? null : collation, false);
    }
    if (!isOf(source, expr)) {
      return null;
    }
    String text = BoundText.ofIndex(expr);
    boolean binary = collation == null || collation.equalsIgnoreCase("BINARY");
    return text == null ? null : new Key(text, binary ? null : collation, false);
  }

  /** Whether an expression reads columns of a source, and nothing else. */
  private static boolean isOf(Source source, BoundExpr expr) {
    boolean[] seen = new boolean[2];
    DeepWalk.expr(
        expr,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            seen[ref.source() == source && ref.column() >= 0 ? 0 : 1] = true;
          }
        });
    return seen[0] && !seen[1];
  }
}
