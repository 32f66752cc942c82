package org.libsql4j.compat.generate;

import java.util.List;

/**
 * SELECT statements with window functions.
 *
 * <p>Windows are ordered by a key, so that frames of rows and the order of values are decided;
 * where they are ordered by anything else, only functions are used to which the order of peers is
 * all the same.
 */
final class RandomWindows {
  private static final List<String> EXCLUSIONS =
      List.of("", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES");

  private final Dice dice;
  private final RandomExpressions expressions;
  private final List<TableModel> tables;

  RandomWindows(Dice dice, RandomExpressions expressions, List<TableModel> tables) {
    this.dice = dice;
    this.expressions = expressions;
    this.tables = tables;
  }

  GeneratedSql next() {
    TableModel table = dice.oneOf(tables);
    Scope scope = new Scope(dice, tables);
    table.columns().forEach(c -> scope.add(c.name()));
    String named = dice.percent(30) ? window(table, scope, true) : "";
    StringBuilder sql = new StringBuilder("SELECT ").append(table.key());
    for (int i = dice.between(1, 3); i > 0; i--) {
      sql.append(", ");
      if (!named.isEmpty() && dice.percent(50)) {
        sql.append(decided(scope)).append(" OVER w");
      } else if (dice.percent(70)) {
        sql.append(decided(scope)).append(" OVER (").append(window(table, scope, true)).append(')');
      } else {
        sql.append(ofPeers(scope))
            .append(" OVER (")
            .append(window(table, scope, false))
            .append(')');
      }
    }
    sql.append(" FROM ").append(table.name());
    if (dice.percent(50)) {
      sql.append(" WHERE ").append(expressions.condition(scope));
    }
    if (!named.isEmpty()) {
      sql.append(" WINDOW w AS (").append(named).append(')');
    }
    return new GeneratedSql(sql.append(" ORDER BY ").append(table.key()).toString(), true, false);
  }

  /** A function whose result may depend on the order of rows. */
  private String decided(Scope scope) {
    String column = scope.column();
    return switch (dice.below(12)) {
      case 0 -> "row_number()";
      case 1 -> "lag(" + column + ", " + dice.below(4) + ", 'none')";
      case 2 -> "lead(" + column + dice.oneOf("", ", 2") + ")";
      case 3 -> "first_value(" + column + ")";
      case 4 -> "last_value(" + column + ")";
      case 5 -> "nth_value(" + column + ", " + dice.between(1, 4) + ")";
      case 6 -> "ntile(" + dice.between(1, 5) + ")";
      case 7 -> "group_concat(typeof(" + column + "), ',')";
      default -> ofPeers(scope);
    };
  }

  /** A function for which peers may come in any order. */
  private String ofPeers(Scope scope) {
    String column = scope.column();
    String filter = dice.percent(15) ? " FILTER (WHERE " + expressions.condition(scope) + ")" : "";
    return switch (dice.below(9)) {
      case 0 -> "rank()";
      case 1 -> "dense_rank()";
      case 2 -> "percent_rank()";
      case 3 -> "cume_dist()";
      case 4 -> "count(" + dice.oneOf("*", column) + ")" + filter;
      case 5 -> "sum(length(" + column + "))" + filter;
      case 6 -> "max(length(" + column + "))" + filter;
      case 7 -> "min(typeof(" + column + "))" + filter;
      default -> "total(length(" + column + "))" + filter;
    };
  }

  private String window(TableModel table, Scope scope, boolean total) {
    String partition =
        dice.percent(50)
            ? "PARTITION BY " + dice.oneOf(scope.column(), "typeof(" + scope.column() + ")") + " "
            : "";
    if (!total) {
      boolean ordered = dice.percent(80);
      return partition
          + (ordered ? "ORDER BY " + scope.column() + dice.oneOf("", " DESC") + " " : "")
          + frame(dice.oneOf("RANGE", ordered ? "GROUPS" : "RANGE"), false);
    }
    boolean oneKey = !table.key().contains(",");
    String order = dice.percent(30) ? scope.column() + dice.oneOf(" DESC", "") + ", " : "";
    boolean number = oneKey && order.isEmpty() && !table.key().equals("k");
    return partition
        + "ORDER BY "
        + order
        + table.key()
        + " "
        + frame(dice.oneOf("ROWS", "ROWS", "GROUPS", "RANGE"), number);
  }

  /**
   * @param distance whether a RANGE may be given as a distance
   */
  private String frame(String unit, boolean distance) {
    if (dice.percent(25)) {
      return "";
    }
    boolean offsets = !unit.equals("RANGE") || distance;
    String exclusion = dice.oneOf(EXCLUSIONS);
    return switch (dice.below(offsets ? 7 : 4)) {
      case 0 -> unit + " UNBOUNDED PRECEDING" + exclusion;
      case 1 -> unit + " BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING" + exclusion;
      case 2 -> unit + " BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING" + exclusion;
      case 3 -> unit + " CURRENT ROW" + exclusion;
      case 4 -> unit + " " + dice.below(4) + " PRECEDING" + exclusion;
      case 5 ->
          unit
              + " BETWEEN "
              + dice.below(4)
              + " PRECEDING AND "
              + dice.below(4)
              + dice.oneOf(" PRECEDING", " FOLLOWING")
              + exclusion;
      default ->
          unit
              + " BETWEEN "
              + dice.below(3)
              + " FOLLOWING AND "
              + dice.oneOf("UNBOUNDED FOLLOWING", dice.below(5) + " FOLLOWING")
              + exclusion;
    };
  }
}
