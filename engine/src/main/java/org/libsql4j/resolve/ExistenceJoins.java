package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.JoinOperator;

/**
 * Makes joins of EXISTS: {@code SELECT … FROM a WHERE EXISTS (SELECT … FROM b WHERE b.x = a.y)}
 * becomes a join of a and b in which the loop over b ends with its first match. So b takes its
 * place in the order of the joins, indexes can be made for it, and nothing is prepared anew for
 * each row of a.
 *
 * <p>Done where EXISTS has to be true for a row to be in the result, and asks for rows of one table
 * that no aggregate or limit changes the number of. An EXISTS within such a one stays as it is: a
 * loop that ends with its first match must not be around another one that looks at this match.
 */
final class ExistenceJoins {
  private final BoundQuery query;
  private boolean changed;

  private ExistenceJoins(BoundQuery query) {
    this.query = query;
  }

  /** Rewrites a query; answers whether it has changed. */
  static boolean make(BoundQuery query) {
    BoundExpr where = query.where;
    if (where == null
        || !hasExistence(where)
        || query.sources.stream().anyMatch(source -> source.existence)) {
      return false;
    }
    ExistenceJoins joins = new ExistenceJoins(query);
    query.where = joins.remove(where);
    return joins.changed;
  }

  private static boolean hasExistence(BoundExpr condition) {
    return condition instanceof BoundExpr.Exists
        || (condition instanceof BoundExpr.Binary e
            && e.operator() == BinaryOperator.AND
            && (hasExistence(e.left()) || hasExistence(e.right())));
  }

  /** The condition with those of EXISTS in place of it; null if nothing is left. */
  private @Nullable BoundExpr remove(BoundExpr condition) {
    if (condition instanceof BoundExpr.Exists exists && isJoinable(exists.select())) {
      return join(exists.select().first());
    }
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      BoundExpr left = remove(e.left());
      BoundExpr right = remove(e.right());
      if (left == e.left() && right == e.right()) {
        return condition;
      }
      return left == null ? right : right == null ? left : FromResolver.and(left, right);
    }
    return condition;
  }

  private boolean isJoinable(BoundSelect select) {
    BoundQuery inner = select.first();
    if (select.isCompound()
        || select.limit != null
        || select.offset != null
        || inner.values != null
        || inner.aggregate
        || inner.windowStage != null
        || inner.sources.size() != 1
        || query.sources.size() >= SubqueryFlattening.MOST_SOURCES) {
      return false;
    }
    Source source = inner.sources.get(0);
    return source.subquery == null
        && !source.recursive
        && (source.table.kind == Table.Kind.ORDINARY || source.table.isVirtual());
  }

  private @Nullable BoundExpr join(BoundQuery inner) {
    Source source = inner.sources.get(0);
    source.existence = true;
    source.join = JoinOperator.Kind.COMMA;
    source.position = query.sources.size();
    List<Source> sources = new ArrayList<>(query.sources);
    sources.add(source);
    query.sources = sources;
    changed = true;
    BoundExpr condition = inner.where;
    if (source.on != null) {
      condition = condition == null ? source.on : FromResolver.and(source.on, condition);
      source.on = null;
    }
    return condition;
  }
}
