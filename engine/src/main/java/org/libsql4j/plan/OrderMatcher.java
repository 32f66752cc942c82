package org.libsql4j.plan;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundExprs;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;

/** Tells how far the order in which nested loops yield rows satisfies an ORDER BY. */
final class OrderMatcher {
  private final WhereTerms terms;
  private final IndexExpressions indexExpressions;
  private final List<BoundExpr.SortTerm> order;

  /** Whether terms may be taken in any order and direction (GROUP BY, DISTINCT). */
  private final boolean anyOrder;

  OrderMatcher(
      WhereTerms terms,
      IndexExpressions indexExpressions,
      List<BoundExpr.SortTerm> order,
      boolean anyOrder) {
    this.terms = terms;
    this.indexExpressions = indexExpressions;
    this.order = order;
    this.anyOrder = anyOrder;
  }

  /** Whether terms may be taken in any order and direction. */
  boolean ignoresOrder() {
    return anyOrder;
  }

  /** The same terms, to be satisfied one after the other and each in its direction. */
  OrderMatcher withOrder() {
    return new OrderMatcher(terms, indexExpressions, order, false);
  }

  /**
   * What was found.
   *
   * @param satisfied number of leading terms in order; all or nothing for GROUP BY and DISTINCT
   * @param reversed bit n is set if the loop over source n must run backwards
   * @param nullsApart bit n is set if the loop over source n must read NULLs at its other end
   * @param distinct whether no two rows agree in all terms
   */
  record Result(int satisfied, long reversed, long nullsApart, boolean distinct) {}

  Result match(List<AccessPath> loops) {
    int count = order.size();
    boolean[] done = new boolean[count];
    long reversed = 0;
    long nullsApart = 0;
    long outer = 0;
    boolean distinct = true;
    for (AccessPath loop : loops) {
      if (!distinct) {
        break;
      }
      Source source = terms.sources().get(loop.position);
      long self = 1L << loop.position;
      if (source.nullable) {
        // A row of NULLs comes after, or before, all rows of the match: no order.
        distinct = loop.oneRow;
        if (!distinct) {
          break;
        }
      }
      VirtualPlan virtual = loop.virtual;
      boolean oneRow = loop.oneRow || source.existence;
      if (virtual != null && !oneRow) {
        if (virtual.ordered()) {
          Arrays.fill(done, true);
        }
        distinct = false;
        break;
      }
      markConstants(loop, done, outer);
      if (oneRow) {
        markDependent(done, outer | self);
        outer |= self;
        continue;
      }
      if (source.subquery != null
          && (loop.kind == AccessPath.Kind.COROUTINE || loop.kind == AccessPath.Kind.TABLE_SCAN)) {
        matchSubquery(source, source.subquery, done);
        distinct = false;
        break;
      }
      if (loop.kind == AccessPath.Kind.AUTOMATIC_INDEX
          || loop.kind == AccessPath.Kind.MULTI_OR
          || (loop.index != null && loop.index.statistics.unordered())) {
        distinct = false;
        break;
      }
      int direction = matchColumns(loop, source, done);
      if (direction < 0) {
        reversed |= self;
      }
      if (lastLoopNullsApart) {
        nullsApart |= self;
      }
      distinct = lastLoopDistinct;
      if (distinct) {
        markDependent(done, outer | self);
      }
      outer |= self;
    }
    int satisfied = 0;
    if (anyOrder) {
      boolean all = true;
      for (boolean one : done) {
        all &= one;
      }
      satisfied = all ? count : 0;
    } else {
      while (satisfied < count && done[satisfied]) {
        satisfied++;
      }
    }
    return new Result(satisfied, reversed, nullsApart, distinct && satisfied == count);
  }

  private boolean lastLoopDistinct;
  private boolean lastLoopNullsApart;

  /** Terms whose value is fixed by an equality in WHERE are in order by themselves. */
  private void markConstants(AccessPath loop, boolean[] done, long ready) {
    for (int i = 0; i < done.length; i++) {
      BoundExpr expr = BoundExprs.skipCollate(order.get(i).expr());
      if (done[i] || !(expr instanceof BoundExpr.ColumnRef)) {
        if (!done[i] && BoundExprs.isConstant(expr)) {
          done[i] = true;
        }
        continue;
      }
      for (WhereTerm term : terms.all()) {
        if (term.kind.isEquality()
            && (term.onPosition < 0 || term.onPosition == loop.position)
            && term.left != null
            && ColumnConstraints.same(term.left, expr)
            && (term.rightMask & ~ready) == 0
            && sameCollation(order.get(i).expr(), term.collation)) {
          done[i] = true;
        }
      }
    }
  }

  /** The rows of a subquery come in its own order. */
  private void matchSubquery(Source source, BoundSelect subquery, boolean[] done) {
    for (BoundExpr.SortTerm given : subquery.orderBy) {
      int column = resultColumn(subquery, given.expr());
      if (column < 0) {
        return;
      }
      BoundExpr expr = new BoundExpr.ColumnRef(source, column);
      String collation = ExprTypes.collation(expr).name();
      int term = find(expr, collation == null ? "BINARY" : collation, done);
      if (term < 0) {
        return;
      }
      BoundExpr.SortTerm wanted = order.get(term);
      if (!anyOrder
          && (wanted.descending() != given.descending() || wanted.nullsBig() != given.nullsBig())) {
        return;
      }
      done[term] = true;
    }
  }

  /** The column of a subquery that a term of its order sorts by; -1 if it is none. */
  private static int resultColumn(BoundSelect subquery, BoundExpr expr) {
    if (subquery.isCompound()) {
      return expr instanceof BoundExpr.IntegerValue number ? (int) number.value() - 1 : -1;
    }
    return subquery.first().expressions().indexOf(expr);
  }

  /** Once rows of the outer loops are unique, terms that read only them are in order. */
  private void markDependent(boolean[] done, long ready) {
    for (int i = 0; i < done.length; i++) {
      long mask = terms.maskOf(order.get(i).expr());
      if (!done[i] && mask != 0 && (mask & ~ready) == 0) {
        done[i] = true;
      }
    }
  }

  private static boolean sameCollation(BoundExpr expr, @Nullable String collation) {
    String own = ExprTypes.collation(expr).name();
    return collation == null || collation.equalsIgnoreCase(own == null ? "BINARY" : own);
  }

  /** Matches the columns of a loop; answers its direction: 1 forwards, -1 backwards. */
  private int matchColumns(AccessPath loop, Source source, boolean[] done) {
    Table table = source.table;
    Index index = loop.index;
    int direction = 0;
    lastLoopDistinct = false;
    lastLoopNullsApart = false;
    if (index == null) {
      if (!table.hasRowid() || table.kind != Table.Kind.ORDINARY) {
        return 1;
      }
      int term = find(new BoundExpr.ColumnRef(source, -1), "BINARY", done);
      if (term >= 0) {
        done[term] = true;
        lastLoopDistinct = true;
        direction = order.get(term).descending() && !anyOrder ? -1 : 1;
      }
      return direction == 0 ? 1 : direction;
    }
    int columns = index.columnCount();
    boolean complete = true;
    boolean nullPossible = false;
    for (int i = 0; i < columns; i++) {
      if (i >= loop.skipped && i < loop.prefix()) {
        WhereTerm.Kind kind = loop.equalities.get(i - loop.skipped).kind;
        if (kind != WhereTerm.Kind.IN) {
          nullPossible |=
              kind == WhereTerm.Kind.IS_NULL
                  || (kind == WhereTerm.Kind.IS
                      && canBeNull(indexExpressions.column(source, index, i)));
          continue;
        }
        if (loop.equalities.get(i - loop.skipped).field >= 0) {
          complete = false;
          break;
        }
        // The values of IN are taken in their order.
      }
      BoundExpr expr = BoundExprs.skipOnlyCollate(indexExpressions.column(source, index, i));
      int term = find(expr, index.collations[i], done);
      if (term < 0) {
        complete = i >= index.keyColumnCount && index.isUnique() && !nullPossible;
        break;
      }
      BoundExpr.SortTerm sort = order.get(term);
      if (!anyOrder) {
        if (sort.nullsBig() && canBeNull(expr)) {
          if (i != loop.prefix()) {
            complete = false;
            break;
          }
          lastLoopNullsApart = loop.lower == null && loop.upper == null;
        }
        int wanted = sort.descending() == index.descending[i] ? 1 : -1;
        if (direction == 0) {
          direction = wanted;
        } else if (direction != wanted) {
          complete = false;
          break;
        }
      }
      done[term] = true;
      nullPossible |= canBeNull(expr);
    }
    lastLoopDistinct = complete;
    return direction == 0 ? 1 : direction;
  }

  private static boolean canBeNull(BoundExpr expr) {
    return !(expr instanceof BoundExpr.ColumnRef ref)
        || (ref.column() >= 0 && !ref.source().table.isNotNull(ref.column()));
  }

  /** The term that sorts by an expression: the next one, or any one for GROUP BY; -1 if none. */
  private int find(BoundExpr expr, String collation, boolean[] done) {
    for (int i = 0; i < done.length; i++) {
      if (done[i]) {
        continue;
      }
      BoundExpr wanted = BoundExprs.skipCollate(order.get(i).expr());
      boolean matches =
          ColumnConstraints.same(wanted, expr)
              && (isRowid(expr) || sameCollation(order.get(i).expr(), collation));
      if (matches) {
        return i;
      }
      if (!anyOrder) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isRowid(BoundExpr expr) {
    return expr instanceof BoundExpr.ColumnRef ref
        && (ref.column() < 0 || ref.column() == ref.source().table.rowidColumn);
  }
}
