package org.libsql4j.compat.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * Expressions over the columns of a scope.
 *
 * <p>What depends on the version of the real engine or on the order in which terms are evaluated is
 * left out by construction: numbers that were calculated are never made into text (the number of
 * digits), nothing overflows with an error, sums are of small numbers.
 */
public final class RandomExpressions {
  private static final int MAX_DEPTH = 3;

  /**
   * Without REAL: whether a large integer equals a column of REAL depends on the index that is
   * used, in SQLite too.
   */
  private static final List<String> CASTS = List.of("TEXT", "BLOB", "INTEGER", "NUMERIC");

  private final Dice dice;
  private final RandomValues values;
  private int aliases;

  public RandomExpressions(Dice dice, RandomValues values) {
    this.dice = dice;
    this.values = values;
  }

  public String any(Scope scope) {
    return any(scope, 0);
  }

  /** A condition for WHERE, ON or HAVING. */
  public String condition(Scope scope) {
    return condition(scope, 0);
  }

  private String any(Scope scope, int depth) {
    if (depth >= MAX_DEPTH) {
      return leaf(scope);
    }
    return switch (dice.below(12)) {
      case 0, 1, 2, 3 -> leaf(scope);
      case 4, 5 -> number(scope, depth + 1);
      case 6, 7 -> text(scope, depth + 1);
      case 8 -> "(" + condition(scope, depth + 1) + ")";
      case 9 -> choice(scope, depth + 1);
      case 10 -> scope.tables().isEmpty() ? leaf(scope) : scalarSubquery(scope, depth + 1);
      default -> dice.oneOf("typeof(", "quote(", "hex(") + leaf(scope) + ")";
    };
  }

  private String leaf(Scope scope) {
    return scope.isEmpty() || dice.percent(25) ? values.any() : scope.column();
  }

  private String number(Scope scope, int depth) {
    return switch (dice.below(11)) {
      case 0, 1 -> "(" + leaf(scope) + dice.oneOf(" + ", " - ") + leaf(scope) + ")";
      case 2 -> "(" + any(scope, depth) + " * " + dice.oneOf("2", "-1", "0.5", "0") + ")";
      case 3 -> "(" + any(scope, depth) + " / " + dice.oneOf("2", "4.0", "0", leaf(scope)) + ")";
      case 4 -> "(" + any(scope, depth) + " % " + dice.oneOf("7", "10", "0", "-3") + ")";
      case 5 -> "(" + any(scope, depth) + dice.oneOf(" & ", " | ") + leaf(scope) + ")";
      case 6 -> "(" + leaf(scope) + dice.oneOf(" << ", " >> ") + dice.between(-3, 5) + ")";
      case 7 -> dice.oneOf("-", "+", "~", "NOT ") + leaf(scope);
      case 8 -> "length(" + leaf(scope) + ")";
      case 9 -> "instr(" + leaf(scope) + ", " + leaf(scope) + ")";
      default -> dice.oneOf("unicode(", "sign(", "octet_length(") + leaf(scope) + ")";
    };
  }

  private String text(Scope scope, int depth) {
    String operand = depth < MAX_DEPTH && dice.percent(40) ? text(scope, depth + 1) : leaf(scope);
    return switch (dice.below(12)) {
      case 0 -> "(" + operand + " || " + leaf(scope) + ")";
      case 1 -> "upper(" + operand + ")";
      case 2 -> "lower(" + operand + ")";
      case 3 -> "substr(" + operand + ", " + dice.between(-4, 4) + ")";
      case 4 -> "substr(" + operand + ", " + dice.between(-4, 4) + ", " + dice.between(-2, 5) + ")";
      case 5 -> dice.oneOf("trim(", "ltrim(", "rtrim(") + operand + ")";
      case 6 -> dice.oneOf("trim(", "ltrim(", "rtrim(") + operand + ", 'ab1')";
      case 7 -> "replace(" + operand + ", 'a', " + leaf(scope) + ")";
      case 8 -> "CAST(" + leaf(scope) + " AS " + dice.oneOf(CASTS) + ")";
      case 9 -> "coalesce(" + operand + ", " + leaf(scope) + ", 'none')";
      case 10 -> "concat_ws('-', " + operand + ", " + leaf(scope) + ")";
      default -> "(" + operand + " COLLATE " + dice.oneOf("NOCASE", "RTRIM", "BINARY") + ")";
    };
  }

  private String choice(Scope scope, int depth) {
    return switch (dice.below(6)) {
      case 0 ->
          "CASE WHEN "
              + condition(scope, depth)
              + " THEN "
              + any(scope, depth)
              + " ELSE "
              + leaf(scope)
              + " END";
      case 1 ->
          "CASE "
              + leaf(scope)
              + " WHEN "
              + leaf(scope)
              + " THEN "
              + leaf(scope)
              + " WHEN "
              + values.any()
              + " THEN "
              + leaf(scope)
              + " END";
      case 2 -> "iif(" + condition(scope, depth) + ", " + leaf(scope) + ", " + leaf(scope) + ")";
      case 3 -> "nullif(" + leaf(scope) + ", " + leaf(scope) + ")";
      case 4 -> dice.oneOf("min(", "max(") + leaf(scope) + ", " + leaf(scope) + ")";
      default -> "ifnull(" + any(scope, depth) + ", " + leaf(scope) + ")";
    };
  }

  private String condition(Scope scope, int depth) {
    if (depth < MAX_DEPTH && dice.percent(25)) {
      return "("
          + condition(scope, depth + 1)
          + dice.oneOf(" AND ", " AND ", " OR ")
          + condition(scope, depth + 1)
          + ")";
    }
    String left = dice.percent(70) ? leaf(scope) : any(scope, depth + 1);
    return switch (dice.below(20)) {
      case 0, 1, 2, 3, 4 -> left + dice.oneOf(" = ", " = ", " <> ", " == ", " != ") + leaf(scope);
      case 5, 6, 7 -> left + dice.oneOf(" < ", " <= ", " > ", " >= ") + leaf(scope);
      case 8 ->
          left + dice.oneOf(" IS NULL", " NOTNULL", " IS NOT NULL", " IS TRUE", " IS NOT FALSE");
      case 9 -> left + dice.oneOf(" IS ", " IS NOT ", " IS NOT DISTINCT FROM ") + leaf(scope);
      case 10, 11 -> left + not() + " BETWEEN " + leaf(scope) + " AND " + leaf(scope);
      case 12, 13 -> left + not() + " IN (" + list(scope) + ")";
      case 14 ->
          left
              + not()
              + " LIKE "
              + dice.oneOf("'a%'", "'%b%'", "'_'", "'W%1'", "'%\\%%' ESCAPE '\\'");
      case 15 -> left + not() + " GLOB " + dice.oneOf("'a*'", "'*[0-9]'", "'[^a-c]*'", "'?'");
      case 16 ->
          "("
              + leaf(scope)
              + ", "
              + leaf(scope)
              + ")"
              + dice.oneOf(" = ", " < ", " >= ", " IS ")
              + "("
              + leaf(scope)
              + ", "
              + leaf(scope)
              + ")";
      case 17 -> scope.tables().isEmpty() ? left : inSubquery(left, scope, depth + 1);
      case 18 ->
          scope.tables().isEmpty()
              ? left
              : not() + " EXISTS (SELECT 1" + fromWhere(scope, depth) + ")";
      default -> left + (dice.percent(50) ? " COLLATE NOCASE" : "") + " = " + leaf(scope);
    };
  }

  private String not() {
    return dice.percent(30) ? " NOT" : "";
  }

  private String list(Scope scope) {
    List<String> items = new ArrayList<>();
    for (int i = dice.below(5); i >= 0; i--) {
      items.add(dice.percent(80) ? values.any() : leaf(scope));
    }
    return dice.percent(3) ? "" : String.join(", ", items);
  }

  private String inSubquery(String left, Scope scope, int depth) {
    TableModel table = dice.oneOf(scope.tables());
    if (dice.percent(20)) {
      String column = dice.oneOf(table.columns()).name();
      return "("
          + left
          + ", "
          + leaf(scope)
          + ")"
          + not()
          + " IN (SELECT "
          + column
          + ", "
          + dice.oneOf(table.columns()).name()
          + " FROM "
          + table.name()
          + ")";
    }
    return left
        + not()
        + " IN (SELECT "
        + dice.oneOf(table.columns()).name()
        + " FROM "
        + table.name()
        + (dice.percent(50) ? " WHERE " + condition(of(table, scope, table.name()), depth) : "")
        + ")";
  }

  private String scalarSubquery(Scope scope, int depth) {
    if (dice.percent(50)) {
      return "(SELECT count(*)" + fromWhere(scope, depth) + ")";
    }
    TableModel table = dice.oneOf(scope.tables());
    return "(SELECT "
        + dice.oneOf("max", "min")
        + "(typeof("
        + dice.oneOf(table.columns()).name()
        + ")) FROM "
        + table.name()
        + ")";
  }

  private String fromWhere(Scope scope, int depth) {
    TableModel table = dice.oneOf(scope.tables());
    String alias = "s" + aliases++;
    return " FROM "
        + table.name()
        + " AS "
        + alias
        + " WHERE "
        + condition(of(table, scope, alias), Math.max(depth, 1));
  }

  private static Scope of(TableModel table, Scope outer, String alias) {
    Scope scope = outer.inner();
    for (TableModel.ColumnModel column : table.columns()) {
      scope.add(alias + "." + column.name());
    }
    return scope;
  }
}
