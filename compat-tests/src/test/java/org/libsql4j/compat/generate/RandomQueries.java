package org.libsql4j.compat.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** SELECT statements over a generated schema. */
public final class RandomQueries {
  private final Dice dice;
  private final RandomExpressions expressions;
  private final List<TableModel> tables;
  private final List<TableModel> sources;
  private final RandomWindows windows;

  public RandomQueries(Dice dice, RandomExpressions expressions, RandomSchema schema) {
    this.dice = dice;
    this.expressions = expressions;
    this.tables = schema.tables();
    this.sources = new ArrayList<>(tables);
    sources.addAll(schema.views());
    this.windows = new RandomWindows(dice, expressions, tables);
  }

  public GeneratedSql next() {
    return switch (dice.below(10)) {
      case 0, 1 -> aggregate();
      case 2 -> compound();
      case 3 -> distinct();
      case 4 -> keyed();
      case 5 -> dice.percent(50) ? withClause() : recursive();
      case 6 -> windows.next();
      default -> plain();
    };
  }

  // ---- FROM
  // ---------------------------------------------------------------------------------------

  /** A FROM clause and the columns it offers. */
  private record From(String text, Scope scope, String order) {}

  private From from(int most) {
    Scope scope = new Scope(dice, tables);
    StringBuilder text = new StringBuilder();
    List<String> order = new ArrayList<>();
    int count = dice.percent(40) ? 1 : dice.between(1, most);
    boolean total = true;
    for (int i = 0; i < count; i++) {
      TableModel table = dice.percent(80) ? dice.oneOf(tables) : dice.oneOf(sources);
      String alias = "f" + i;
      Scope both = scope.inner();
      table.columns().forEach(c -> both.add(alias + "." + c.name()));
      String name = item(table) + " AS " + alias;
      if (i == 0) {
        text.append(" FROM ").append(name);
      } else {
        text.append(join(both, name));
      }
      table.columns().forEach(c -> scope.add(alias + "." + c.name()));
      total &= !table.key().isEmpty() && name.startsWith(table.name());
      for (String key : table.key().split(", ")) {
        order.add(alias + "." + key);
      }
    }
    return new From(text.toString(), scope, total ? String.join(", ", order) : "");
  }

  private String item(TableModel table) {
    if (dice.percent(85)) {
      return table.name();
    }
    Scope scope = new Scope(dice, List.of());
    table.columns().forEach(c -> scope.add(c.name()));
    return "(SELECT * FROM " + table.name() + " WHERE " + expressions.condition(scope) + ")";
  }

  private String join(Scope both, String name) {
    return switch (dice.below(10)) {
      case 0 -> ", " + name;
      case 1 -> " CROSS JOIN " + name;
      case 2, 3, 4 -> " LEFT JOIN " + name + " ON " + expressions.condition(both);
      case 5 -> " RIGHT JOIN " + name + " ON " + expressions.condition(both);
      case 6 -> " FULL JOIN " + name + " ON " + expressions.condition(both);
      default -> " JOIN " + name + " ON " + equality(both) + " AND " + expressions.condition(both);
    };
  }

  private String equality(Scope scope) {
    return scope.column() + " = " + scope.column();
  }

  private String where(Scope scope) {
    return dice.percent(70) ? " WHERE " + expressions.condition(scope) : "";
  }

  // ---- kinds of queries
  // ---------------------------------------------------------------------------

  private List<String> results(Scope scope) {
    return IntStream.range(0, dice.between(1, 4)).mapToObj(i -> expressions.any(scope)).toList();
  }

  private GeneratedSql plain() {
    From from = from(3);
    List<String> results = results(from.scope());
    String sql = "SELECT " + String.join(", ", results) + from.text() + where(from.scope());
    if (dice.percent(30)) {
      return new GeneratedSql(sql + " ORDER BY " + orderOf(results.size()), false, false);
    }
    return new GeneratedSql(sql, false, false);
  }

  private String orderOf(int columns) {
    List<String> terms =
        IntStream.rangeClosed(1, columns)
            .mapToObj(i -> i + direction())
            .collect(Collectors.toList());
    return String.join(", ", terms);
  }

  private String direction() {
    return dice.oneOf("", " ASC", " DESC", " DESC NULLS LAST", " NULLS FIRST", " NULLS LAST");
  }

  /** Ordered by the keys of all tables: the order is total, so LIMIT is decided. */
  private GeneratedSql keyed() {
    From from = from(2);
    String sql =
        "SELECT " + String.join(", ", results(from.scope())) + from.text() + where(from.scope());
    if (from.order().isEmpty()) {
      return new GeneratedSql(sql, false, false);
    }
    String first = dice.percent(50) ? from.scope().column() + direction() + ", " : "";
    sql += " ORDER BY " + first + from.order();
    if (dice.percent(70)) {
      sql += " LIMIT " + dice.below(12) + (dice.percent(50) ? " OFFSET " + dice.below(6) : "");
    }
    return new GeneratedSql(sql, true, false);
  }

  private GeneratedSql distinct() {
    From from = from(2);
    List<String> results = results(from.scope());
    String sql =
        "SELECT DISTINCT " + String.join(", ", results) + from.text() + where(from.scope());
    return new GeneratedSql(
        dice.percent(40) ? sql + " ORDER BY " + orderOf(results.size()) : sql, false, true);
  }

  private GeneratedSql aggregate() {
    From from = from(2);
    List<String> groups = new ArrayList<>();
    for (int i = dice.below(3); i > 0; i--) {
      // Never what may be folded to an integer: the real engine takes that for a position.
      String column = from.scope().column();
      groups.add(
          dice.percent(80) ? column : dice.oneOf("lower(", "length(", "typeof(") + column + ")");
    }
    List<String> results = new ArrayList<>(groups);
    for (int i = dice.between(1, 3); i > 0; i--) {
      results.add(aggregate(from.scope()));
    }
    String sql = "SELECT " + String.join(", ", results) + from.text() + where(from.scope());
    if (!groups.isEmpty()) {
      sql += " GROUP BY " + String.join(", ", groups);
      if (dice.percent(30)) {
        sql += " HAVING count(*) > " + dice.below(3);
      }
    }
    if (dice.percent(30)) {
      sql += " ORDER BY " + orderOf(results.size());
    }
    return new GeneratedSql(sql, false, true);
  }

  private String aggregate(Scope scope) {
    String filter = dice.percent(10) ? " FILTER (WHERE " + expressions.condition(scope) + ")" : "";
    String call =
        switch (dice.below(10)) {
          case 0, 1 -> "count(*)";
          case 2 -> "count(" + scope.column() + ")";
          case 3 -> "count(DISTINCT " + scope.column() + ")";
          case 4, 5 -> "max(" + scope.column() + ")";
          case 6 -> "min(" + scope.column() + ")";
          case 7 -> "sum(length(" + scope.column() + "))";
          case 8 -> "total(" + scope.column() + " % 1000)";
          default -> "avg(length(" + scope.column() + "))";
        };
    return call + filter;
  }

  private GeneratedSql compound() {
    int width = dice.between(1, 3);
    StringBuilder sql = new StringBuilder();
    int parts = dice.between(2, 3);
    for (int i = 0; i < parts; i++) {
      From from = from(2);
      List<String> results = new ArrayList<>();
      for (int j = 0; j < width; j++) {
        results.add(expressions.any(from.scope()));
      }
      sql.append(i == 0 ? "" : dice.oneOf(" UNION ", " UNION ALL ", " EXCEPT ", " INTERSECT "));
      sql.append("SELECT ").append(String.join(", ", results)).append(from.text());
      sql.append(where(from.scope()));
    }
    if (dice.percent(40)) {
      sql.append(" ORDER BY ").append(orderOf(width));
    }
    return new GeneratedSql(sql.toString(), false, true);
  }

  private GeneratedSql withClause() {
    TableModel table = dice.oneOf(sources);
    Scope inner = new Scope(dice, tables);
    table.columns().forEach(c -> inner.add(c.name()));
    Scope outer = new Scope(dice, tables);
    outer.add("w1.x");
    outer.add("w1.y");
    outer.add("w2.x");
    return new GeneratedSql(
        "WITH w(x, y) AS "
            + dice.oneOf("", "MATERIALIZED ", "NOT MATERIALIZED ")
            + "(SELECT "
            + inner.column()
            + ", "
            + expressions.any(inner)
            + " FROM "
            + table.name()
            + where(inner)
            + ") SELECT w1.x, w2.y, "
            + expressions.any(outer)
            + " FROM w AS w1 "
            + dice.oneOf("JOIN", "LEFT JOIN")
            + " w AS w2 ON w1.x = w2."
            + dice.oneOf("x", "y")
            + where(outer),
        false,
        false);
  }

  /** A recursive common table of a bounded number of rows, joined with a table. */
  private GeneratedSql recursive() {
    TableModel table = dice.oneOf(tables);
    Scope step = new Scope(dice, List.of());
    step.add("r.n");
    step.add("r.v");
    Scope outer = new Scope(dice, tables);
    outer.add("r.n");
    outer.add("r.v");
    table.columns().forEach(c -> outer.add("f0." + c.name()));
    return new GeneratedSql(
        "WITH RECURSIVE r(n, v) AS (SELECT 1, "
            + expressions.any(new Scope(dice, List.of()))
            + dice.oneOf(" UNION ALL ", " UNION ")
            + "SELECT n + 1, "
            + expressions.any(step)
            + " FROM r WHERE n < "
            + dice.between(2, 12)
            + (dice.percent(20) ? " LIMIT " + dice.between(1, 8) : "")
            + ") SELECT r.n, "
            + expressions.any(outer)
            + " FROM r "
            + dice.oneOf("JOIN ", "LEFT JOIN ")
            + table.name()
            + " AS f0 ON "
            + dice.oneOf("r.n = ", "r.v = ")
            + "f0."
            + dice.oneOf(table.columns()).name()
            + where(outer),
        false,
        false);
  }
}
