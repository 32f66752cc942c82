package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.OrderingTerm;
import org.libsql4j.sql.ast.UnaryOperator;

/** Resolves ORDER BY and GROUP BY, where numbers and aliases mean result columns. */
final class OrderResolver {
  /** A larger number is an error in any query, even if only names are looked up. */
  private static final int MAX_COLUMN_NUMBER = 0xffff;

  private final ExprResolver exprs;

  OrderResolver(ExprResolver exprs) {
    this.exprs = exprs;
  }

  private void checkCount(int terms, String clause) {
    if (terms > exprs.environment().connection().limit(Limit.COLUMN)) {
      throw CompileEnvironment.error("too many terms in " + clause + " clause");
    }
  }

  List<BoundExpr.SortTerm> simple(List<OrderingTerm> terms, BoundSelect bound, Scope scope) {
    checkCount(terms.size(), "ORDER BY");
    BoundQuery query = bound.first();
    List<BoundExpr.SortTerm> out = new ArrayList<>(terms.size());
    scope.aliases = query.columns;
    scope.allowAggregates = true;
    scope.aggregatesMisused = !query.aggregate;
    scope.allowWindows = true;
    for (int i = 0; i < terms.size(); i++) {
      OrderingTerm term = terms.get(i);
      BoundExpr expr = simpleTerm(term.expr(), query, scope, i, "ORDER");
      out.add(new BoundExpr.SortTerm(expr, term.descending(), term.nulls()));
    }
    return out;
  }

  private static void checkGroupTerm(BoundExpr expr) {
    BoundExprs.walk(
        expr,
        e -> {
          if (e instanceof BoundExpr.Aggregate) {
            throw CompileEnvironment.error(
                "aggregate functions are not allowed in the GROUP BY clause");
          }
          if (e instanceof BoundExpr.WindowCall call) {
            throw CompileEnvironment.error(
                "misuse of window function " + call.function().name() + "()");
          }
        });
  }

  List<BoundExpr> groupBy(List<Expr> terms, BoundQuery query, Scope scope) {
    checkCount(terms.size(), "GROUP BY");
    List<BoundExpr> out = new ArrayList<>(terms.size());
    for (int i = 0; i < terms.size(); i++) {
      BoundExpr expr = groupTerm(terms.get(i), query, scope, i);
      if (!(expr instanceof BoundExpr.ColumnRef)) {
        checkGroupTerm(expr);
      }
      out.add(expr);
    }
    return out;
  }

  private BoundExpr groupTerm(Expr expr, BoundQuery query, Scope scope, int index) {
    boolean allowed = scope.allowAggregates;
    scope.allowAggregates = true;
    try {
      Integer number = columnNumber(expr);
      if (number != null) {
        return column(number, query, index, "GROUP");
      }
      return exprs.scalar(expr, scope);
    } finally {
      scope.allowAggregates = allowed;
    }
  }

  private BoundExpr simpleTerm(Expr expr, BoundQuery query, Scope scope, int index, String clause) {
    Integer number = columnNumber(expr);
    if (number != null) {
      return column(number, query, index, clause);
    }
    String collation = null;
    Expr inner = expr;
    while (inner instanceof Expr.Collate collate) {
      collation = collation == null ? collate.collation().name() : collation;
      inner = collate.operand();
    }
    BoundQuery.Column aliased = byAlias(inner, query);
    if (aliased != null) {
      return collation == null ? aliased.expr() : new BoundExpr.Collate(aliased.expr(), collation);
    }
    Integer inside = collation == null ? null : columnNumber(inner);
    if (inside != null && collation != null) {
      return new BoundExpr.Collate(column(inside, query, index, clause), collation);
    }
    return exprs.scalar(expr, scope);
  }

  private static BoundQuery.@Nullable Column byAlias(Expr expr, BoundQuery query) {
    if (expr instanceof Expr.ColumnRef ref && ref.table() == null) {
      for (BoundQuery.Column column : query.columns) {
        if (column.hasAlias() && column.name().equalsIgnoreCase(ref.column().name())) {
          return column;
        }
      }
    }
    return null;
  }

  /** The number if the expression is an integer, perhaps with signs in front; else null. */
  private static @Nullable Integer columnNumber(Expr expr) {
    if (expr instanceof Expr.IntegerLiteral literal) {
      return literal.value() == (int) literal.value() ? (Integer) (int) literal.value() : null;
    }
    if (expr instanceof Expr.Unary unary) {
      Integer number = columnNumber(unary.operand());
      if (number != null && unary.operator() == UnaryOperator.PLUS) {
        return number;
      }
      if (number != null && unary.operator() == UnaryOperator.NEGATE) {
        return -number;
      }
    }
    return null;
  }

  /** The result column of a number; nothing if it only matters that there could be one. */
  private BoundExpr column(int number, BoundQuery query, int index, String clause) {
    checkRange(number, query.columns.size(), index, clause);
    return number > query.columns.size()
        ? new BoundExpr.NullValue()
        : query.columns.get(number - 1).expr();
  }

  private void checkRange(int number, int columns, int index, String clause) {
    int most = exprs.environment().onlyNames ? MAX_COLUMN_NUMBER : columns;
    if (number < 1 || number > most) {
      throw CompileEnvironment.error(
          ordinal(index + 1)
              + " "
              + clause
              + " BY term out of range - should be between 1 and "
              + columns);
    }
  }

  /** 1st, 2nd, 3rd, 4th and so on. */
  static String ordinal(int n) {
    int tens = n % 100;
    String suffix = "th";
    if (tens < 11 || tens > 13) {
      suffix =
          switch (n % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
          };
    }
    return n + suffix;
  }

  /** Terms of a compound query: column numbers, see {@link BoundSelect#orderBy}. */
  List<BoundExpr.SortTerm> compound(
      List<OrderingTerm> terms, BoundSelect bound, @Nullable Scope outer) {
    checkCount(terms.size(), "ORDER BY");
    List<BoundExpr.SortTerm> out = new ArrayList<>(terms.size());
    for (int i = 0; i < terms.size(); i++) {
      OrderingTerm term = terms.get(i);
      String collation = null;
      Expr expr = term.expr();
      while (expr instanceof Expr.Collate collate) {
        collation = collation == null ? collate.collation().name() : collation;
        expr = collate.operand();
      }
      int column = compoundColumn(expr, bound, outer, i);
      BoundExpr number = new BoundExpr.IntegerValue(column);
      out.add(
          new BoundExpr.SortTerm(
              collation == null ? number : new BoundExpr.Collate(number, collation),
              term.descending(),
              term.nulls()));
    }
    return out;
  }

  private int compoundColumn(Expr expr, BoundSelect bound, @Nullable Scope outer, int index) {
    Integer number = columnNumber(expr);
    if (number != null) {
      checkRange(number, bound.columnCount(), index, "ORDER");
      return Math.min(number, bound.columnCount());
    }
    for (BoundQuery query : bound.cores) {
      if (expr instanceof Expr.ColumnRef ref && ref.table() == null) {
        for (int c = 0; c < query.columns.size(); c++) {
          BoundQuery.Column column = query.columns.get(c);
          if (column.hasAlias() && column.name().equalsIgnoreCase(ref.column().name())) {
            return c + 1;
          }
        }
      }
      int same = sameExpression(expr, query, bound, outer);
      if (same >= 0) {
        return same + 1;
      }
    }
    throw CompileEnvironment.error(
        ordinal(index + 1) + " ORDER BY term does not match any column in the result set");
  }

  /** Resolves a copy of the expression in the core's own scope and looks for an equal column. */
  private int sameExpression(
      Expr expr, BoundQuery query, BoundSelect bound, @Nullable Scope outer) {
    Scope scope = new Scope(outer, bound, query, Scope.Place.QUERY);
    scope.sources.addAll(query.sources);
    scope.allowAggregates = query.aggregate;
    int aggregates = query.aggregates.size();
    BoundExpr resolved;
    try {
      resolved = exprs.resolve(expr, scope);
    } catch (LibsqlException e) {
      if (String.valueOf(e.getMessage()).startsWith("no such table: ")) {
        throw e;
      }
      return -1;
    } finally {
      query.aggregates.subList(aggregates, query.aggregates.size()).clear();
    }
    if (expr instanceof Expr.FunctionCall && resolved instanceof BoundExpr.NullValue) {
      return -1; // An unknown function, where only names matter.
    }
    for (int c = 0; c < query.columns.size(); c++) {
      if (query.columns.get(c).expr().equals(resolved)) {
        return c;
      }
    }
    return -1;
  }
}
