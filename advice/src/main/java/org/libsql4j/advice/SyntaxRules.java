package org.libsql4j.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.ExprChildren;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.sql.ast.Statement;

/** What the text of a statement tells by itself. */
final class SyntaxRules extends SyntaxWalk {
  private static final Set<String> AGGREGATES =
      Set.of("count", "sum", "total", "avg", "min", "max", "group_concat", "string_agg");

  /** Fewer rows than these are quickly passed over. */
  private static final long SMALL_OFFSET = 100;

  private static final int SHOWN_CHARACTERS = 60;

  private final String sql;
  private final Catalog catalog;
  private final Set<Hint> hints = new LinkedHashSet<>();

  SyntaxRules(String sql, Catalog catalog) {
    this.sql = sql;
    this.catalog = catalog;
  }

  List<Hint> check(Statement statement) {
    walk(statement);
    return new ArrayList<>(hints);
  }

  /** The text from a place on, as far as it fits on a line. */
  private String textFrom(int offset) {
    if (offset < 0 || offset >= sql.length()) {
      return "";
    }
    String rest = sql.substring(offset).replaceAll("\\s+", " ").trim();
    return rest.length() <= SHOWN_CHARACTERS ? rest : rest.substring(0, SHOWN_CHARACTERS) + "…";
  }

  @Override
  void expr(Expr expr) {
    Select inner = subquery(expr);
    if (expr instanceof Expr.Subquery && inner != null && mayGiveMore(inner)) {
      hints.add(
          new Hint(
              Hint.Kind.SUBQUERY_TAKES_ANY_ROW,
              "(" + textFrom(inner.offset()),
              "a subquery as a value takes the first row that it finds: say which with ORDER BY and"
                  + " LIMIT 1, or with max() or min()"));
    }
    boolean test = inner != null && !(expr instanceof Expr.Subquery) && inner.limit() == null;
    if (inner != null && test && !inner.orderBy().isEmpty()) {
      hints.add(
          new Hint(
              Hint.Kind.USELESS_ORDER,
              textFrom(inner.offset()),
              "ORDER BY within IN or EXISTS changes nothing"));
    }
    if (expr instanceof Expr.Binary e) {
      count(e, e.left(), e.right());
      count(e, e.right(), e.left());
    }
  }

  @Override
  void query(Select select) {
    Expr offset = select.limit() == null ? null : select.limit().offset();
    boolean large =
        offset != null
            && !(offset instanceof Expr.IntegerLiteral number && number.value() < SMALL_OFFSET);
    if (large) {
      hints.add(
          new Hint(
              Hint.Kind.LARGE_OFFSET,
              "OFFSET",
              "OFFSET reads the rows before and throws them away: go on behind the last row that was"
                  + " seen instead, with WHERE (column, id) > (?, ?) and the same ORDER BY"));
    }
  }

  // ---- count(*) > 0

  private void count(Expr.Binary comparison, Expr side, Expr other) {
    boolean zeroOrOne =
        other instanceof Expr.IntegerLiteral number && (number.value() == 0 || number.value() == 1);
    if (comparison.operator().isComparison()
        && zeroOrOne
        && side instanceof Expr.Subquery subquery
        && comparison.operator() != BinaryOperator.IS
        && isCount(subquery.select())) {
      hints.add(
          new Hint(
              Hint.Kind.COUNT_FOR_EXISTENCE,
              "(" + textFrom(subquery.select().offset()),
              "all rows are counted to know whether there is one: use EXISTS"));
    }
  }

  private static boolean isCount(Select select) {
    return onlyColumn(select) instanceof Expr.FunctionCall call
        && call.name().name().equalsIgnoreCase("count");
  }

  private static @Nullable Expr onlyColumn(Select select) {
    return select.first() instanceof SelectCore.Query query
            && query.columns().size() == 1
            && query.columns().get(0) instanceof ResultColumn.Expression column
        ? column.expr()
        : null;
  }

  // ---- subqueries as values

  private boolean mayGiveMore(Select select) {
    if (select.limit() != null
        || !select.compounds().isEmpty()
        || !(select.first() instanceof SelectCore.Query query)
        || query.from() == null) {
      return false;
    }
    boolean aggregate =
        query.groupBy().isEmpty()
            && query.columns().stream()
                .anyMatch(c -> c instanceof ResultColumn.Expression e && isAggregate(e.expr()));
    return !aggregate && !findsOne(query);
  }

  private static boolean isAggregate(Expr expr) {
    if (expr instanceof Expr.FunctionCall call && call.over() == null) {
      String name = call.name().name().toLowerCase(Locale.ROOT);
      boolean scalar = call.arguments().size() > 1 && (name.equals("min") || name.equals("max"));
      if (!scalar && (AGGREGATES.contains(name) || name.startsWith("json_group"))) {
        return true;
      }
    }
    return ExprChildren.of(expr).stream().anyMatch(SyntaxRules::isAggregate);
  }

  /** Whether a table is searched by all columns of a unique key. What is not known passes. */
  private boolean findsOne(SelectCore.Query query) {
    if (query.from() == null
        || query.from().terms().size() != 1
        || !(query.from().terms().get(0).item() instanceof FromItem.Table item)) {
      return query.from() != null && query.from().terms().size() > 1;
    }
    String schema = item.name().schema() == null ? null : item.name().schema().name();
    Table table = catalog.table(schema, item.name().name().name());
    if (table == null || table.isVirtual() || table.isView()) {
      return true;
    }
    Set<Integer> fixed = new LinkedHashSet<>();
    equalColumns(query.where(), table, fixed);
    boolean byRowid = fixed.contains(-1) || fixed.contains(table.rowidColumn);
    return (byRowid && table.hasRowid())
        || table.indexes.stream().anyMatch(i -> i.isUnique() && isFixed(i, fixed));
  }

  private static boolean isFixed(Index index, Set<Integer> fixed) {
    for (int i = 0; i < index.keyColumnCount; i++) {
      if (!fixed.contains(index.columns[i])) {
        return false;
      }
    }
    return !index.isPartial();
  }

  private static void equalColumns(@Nullable Expr where, Table table, Set<Integer> fixed) {
    if (where instanceof Expr.Binary e && e.operator() == BinaryOperator.AND) {
      equalColumns(e.left(), table, fixed);
      equalColumns(e.right(), table, fixed);
    } else if (where instanceof Expr.Binary e
        && (e.operator() == BinaryOperator.EQ || e.operator() == BinaryOperator.IS)) {
      addColumn(e.left(), table, fixed);
      addColumn(e.right(), table, fixed);
    }
  }

  private static void addColumn(Expr expr, Table table, Set<Integer> fixed) {
    if (expr instanceof Expr.ColumnRef ref) {
      int column = table.columnIndex(ref.column().name());
      if (column >= 0 || Table.isRowidName(ref.column().name())) {
        fixed.add(column);
      }
    }
  }
}
