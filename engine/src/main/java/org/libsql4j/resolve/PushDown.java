package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Affinity;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.JoinOperator;

/**
 * Repeats conditions on a subquery in FROM inside of the subquery, where they can use indexes and
 * leave fewer rows to be grouped, sorted or kept. They stay where they were as well.
 */
final class PushDown {
  private final Source source;
  private final BoundSelect subquery;

  private PushDown(Source source, BoundSelect subquery) {
    this.source = source;
    this.subquery = subquery;
  }

  /** Moves conditions into all subqueries of FROM. */
  static void apply(BoundQuery query) {
    for (Source source : query.sources) {
      if (source.join == JoinOperator.Kind.RIGHT || source.join == JoinOperator.Kind.FULL) {
        return;
      }
    }
    for (Source source : query.sources) {
      BoundSelect subquery = source.subquery;
      if (subquery == null || source.pushedDown || !isAllowed(source, subquery)) {
        continue;
      }
      source.pushedDown = true;
      PushDown push = new PushDown(source, subquery);
      if (source.join == JoinOperator.Kind.LEFT) {
        push.conditions(source.on);
      } else {
        push.conditions(query.where);
        push.conditions(source.on);
      }
    }
  }

  private static boolean isAllowed(Source source, BoundSelect subquery) {
    if (subquery.limit != null
        || subquery.recursion != null
        || (source.commonTable != null && source.commonTable.isMaterialized())) {
      return false;
    }
    boolean distinctOperator = !subquery.isUnionAll();
    for (BoundQuery core : subquery.cores) {
      if (core.values != null || core.windowStage != null) {
        return false;
      }
      for (int i = 0; i < core.columns.size(); i++) {
        BoundExpr expr = core.columns.get(i).expr();
        if (distinctOperator && !isBinary(expr)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isBinary(BoundExpr expr) {
    String name = ExprTypes.collation(expr).name();
    return name == null || name.equalsIgnoreCase("BINARY");
  }

  private void conditions(@Nullable BoundExpr condition) {
    if (condition instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      conditions(e.left());
      conditions(e.right());
    } else if (condition != null && isOnSourceAlone(condition)) {
      for (BoundQuery core : subquery.cores) {
        if (!windowsAllow(core, condition)) {
          return;
        }
      }
      source.adapted = true;
      subquery.cores.forEach(core -> push(core, condition));
    }
  }

  /** Whether the condition reads the subquery and nothing else, and always says the same. */
  private boolean isOnSourceAlone(BoundExpr condition) {
    boolean[] state = {true, false};
    BoundExprs.walk(
        condition,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            state[0] &= ref.source() == source && ref.column() >= 0 && isUniform(ref.column());
            state[1] = true;
          } else if (e instanceof BoundExpr.Call call) {
            state[0] &= call.function().has(Flag.DETERMINISTIC);
          } else if (BoundExprs.subquery(e) != null
              || e instanceof BoundExpr.Aggregate
              || e instanceof BoundExpr.WindowCall
              || e instanceof BoundExpr.IfNullRow
              || e instanceof BoundExpr.Register
              || e instanceof BoundExpr.Raise) {
            state[0] = false;
          }
        });
    return state[0] && state[1];
  }

  /** Whether all cores compute a column with the same affinity, so that it compares alike. */
  private boolean isUniform(int column) {
    Affinity affinity = source.table.affinity(column);
    for (BoundQuery core : subquery.cores) {
      if (ExprTypes.affinity(core.columns.get(column).expr()) != affinity) {
        return false;
      }
    }
    return true;
  }

  /** Window functions see all rows of a partition: only whole partitions may be left out. */
  private static boolean sameFor(List<BoundExpr> partition, BoundExpr expr) {
    return partition.contains(expr) && isBinary(expr);
  }

  private boolean windowsAllow(BoundQuery core, BoundExpr condition) {
    if (core.windowCalls.isEmpty()) {
      return true;
    }
    List<BoundExpr> partition = core.windowCalls.get(0).window().partitionBy();
    for (BoundExpr.WindowCall call : core.windowCalls) {
      if (!call.window().partitionBy().equals(partition)) {
        return false;
      }
    }
    boolean[] allowed = {true};
    BoundExprs.walk(
        condition,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            allowed[0] &= sameFor(partition, core.columns.get(ref.column()).expr());
          }
        });
    return allowed[0];
  }

  private void push(BoundQuery core, BoundExpr condition) {
    BoundExpr inside = new Replacement(core).expr(condition);
    if (core.aggregate) {
      core.having = core.having == null ? inside : FromResolver.and(core.having, inside);
    } else {
      core.where = core.where == null ? inside : FromResolver.and(core.where, inside);
    }
  }

  /** Puts what a core computes in place of the subquery's columns. */
  private final class Replacement {
    private final BoundQuery core;

    Replacement(BoundQuery core) {
      this.core = core;
    }

    BoundExpr expr(BoundExpr expr) {
      if (expr instanceof BoundExpr.ColumnRef ref && ref.source() == source) {
        BoundExpr column = core.columns.get(ref.column()).expr();
        return SubqueryFlattening.asColumn(new QueryCopy().expr(column), source, ref.column());
      }
      return BoundExprs.mapChildren(expr, this::expr);
    }
  }

  /** Moves conditions of HAVING that hold for whole groups to WHERE. */
  static void havingToWhere(BoundQuery query) {
    if (query.having == null || query.groupBy.isEmpty()) {
      return;
    }
    List<BoundExpr> stay = new ArrayList<>();
    splitHaving(query, query.having, stay);
    BoundExpr having = null;
    for (BoundExpr term : stay) {
      having = having == null ? term : FromResolver.and(having, term);
    }
    query.having = having;
  }

  private static void splitHaving(BoundQuery query, BoundExpr term, List<BoundExpr> stay) {
    if (term instanceof BoundExpr.Binary e && e.operator() == BinaryOperator.AND) {
      splitHaving(query, e.left(), stay);
      splitHaving(query, e.right(), stay);
    } else if (!BoundExprs.isConstant(term) && holdsForGroup(query.groupBy, term)) {
      query.where = query.where == null ? term : FromResolver.and(query.where, term);
    } else {
      stay.add(term);
    }
  }

  private static boolean holdsForGroup(List<BoundExpr> groupBy, BoundExpr expr) {
    if (groupBy.contains(expr) && isBinary(expr)) {
      return true;
    }
    if (expr instanceof BoundExpr.ColumnRef
        || expr instanceof BoundExpr.Aggregate
        || expr instanceof BoundExpr.WindowCall
        || expr instanceof BoundExpr.Register
        || expr instanceof BoundExpr.IfNullRow
        || expr instanceof BoundExpr.Raise
        || BoundExprs.subquery(expr) != null
        || (expr instanceof BoundExpr.Call call && !call.function().has(Flag.DETERMINISTIC))) {
      return false;
    }
    for (BoundExpr child : BoundExprs.children(expr)) {
      if (!holdsForGroup(groupBy, child)) {
        return false;
      }
    }
    return true;
  }
}
