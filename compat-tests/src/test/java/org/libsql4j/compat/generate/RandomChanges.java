package org.libsql4j.compat.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.libsql4j.compat.generate.TableModel.ColumnModel;

/** INSERT, UPDATE, DELETE and transaction statements over a generated schema. */
public final class RandomChanges {
  private static final List<String> CONFLICTS =
      List.of("", "", "", "", " OR IGNORE", " OR REPLACE", " OR ABORT", " OR FAIL", " OR ROLLBACK");

  private final Dice dice;
  private final RandomValues values;
  private final RandomExpressions expressions;
  private final List<TableModel> tables;
  private boolean inTransaction;

  public RandomChanges(
      Dice dice, RandomValues values, RandomExpressions expressions, RandomSchema schema) {
    this.dice = dice;
    this.values = values;
    this.expressions = expressions;
    this.tables = schema.tables();
  }

  public String next() {
    TableModel table = dice.oneOf(tables);
    return switch (dice.below(12)) {
      case 0, 1, 2, 3, 4 -> insert(table);
      case 5, 6, 7 -> update(table);
      case 8, 9 -> delete(table);
      case 10 -> transaction();
      default -> dice.percent(40) ? copy(table) : upsert(table);
    };
  }

  /** An INSERT of some rows. */
  public String insert(TableModel table) {
    List<ColumnModel> columns = new ArrayList<>(table.storable());
    if (dice.percent(25) && columns.size() > 1) {
      columns.remove(dice.below(columns.size()));
    }
    StringBuilder sql =
        new StringBuilder(dice.percent(10) ? "REPLACE" : "INSERT" + dice.oneOf(CONFLICTS));
    sql.append(" INTO ")
        .append(table.name())
        .append('(')
        .append(names(columns))
        .append(") VALUES ");
    for (int i = dice.percent(60) ? 1 : dice.between(2, 8); i > 0; i--) {
      sql.append('(');
      sql.append(columns.stream().map(this::value).collect(Collectors.joining(", ")));
      sql.append(i == 1 ? ")" : "), ");
    }
    return sql.toString();
  }

  /** An INSERT of one row that says what becomes of a conflict. */
  private String upsert(TableModel table) {
    List<ColumnModel> columns = table.storable();
    ColumnModel first = columns.get(0);
    ColumnModel set = dice.oneOf(columns);
    String target =
        dice.oneOf("", "(" + (table.key().equals("rowid") ? first.name() : table.key()) + ") ");
    String action =
        target.isEmpty() || dice.percent(30)
            ? "DO NOTHING"
            : "DO UPDATE SET "
                + set.name()
                + " = "
                + dice.oneOf("excluded." + set.name(), value(set), set.name())
                + (dice.percent(30) ? " WHERE " + expressions.condition(scope(table)) : "");
    return "INSERT INTO "
        + table.name()
        + "("
        + names(columns)
        + ") VALUES ("
        + columns.stream().map(this::value).collect(Collectors.joining(", "))
        + ") ON CONFLICT "
        + target
        + action
        + (dice.percent(30) ? returning(table) : "");
  }

  private String returning(TableModel table) {
    return " RETURNING " + dice.oneOf("*", table.columns().get(0).name() + " AS x, typeof(a)");
  }

  /** A rowid is small: after the largest one the engine throws dice itself. */
  private String value(ColumnModel column) {
    return column.name().equals("id")
        ? dice.oneOf("NULL", values.smallInteger(), "'12'", "7.0", "'x'", "-" + dice.below(100000))
        : values.of(column.type());
  }

  private static String names(List<ColumnModel> columns) {
    return columns.stream().map(ColumnModel::name).collect(Collectors.joining(", "));
  }

  /** Rows of a table into itself, with other keys. */
  private String copy(TableModel table) {
    List<ColumnModel> columns =
        table.storable().stream().filter(c -> !c.name().equals("id")).toList();
    return "INSERT OR IGNORE INTO "
        + table.name()
        + "("
        + names(columns)
        + ") SELECT "
        + columns.stream()
            .map(c -> c.constrained() ? values.of(c.type()) : c.name())
            .collect(Collectors.joining(", "))
        + " FROM "
        + table.name()
        + " WHERE "
        + expressions.condition(scope(table))
        + " ORDER BY "
        + table.key()
        + " LIMIT 5";
  }

  private Scope scope(TableModel table) {
    Scope scope = new Scope(dice, tables);
    table.columns().forEach(c -> scope.add(table.name() + "." + c.name()));
    return scope;
  }

  private String update(TableModel table) {
    ColumnModel column = dice.oneOf(table.storable());
    String value =
        dice.percent(60) || column.type().contains("REAL")
            ? value(column)
            : dice.oneOf(
                column.name() + " || 'x'",
                "substr(" + column.name() + ", 2)",
                "NULL",
                "coalesce(" + column.name() + ", 1)");
    String set = column.name() + " = " + value;
    ColumnModel second = dice.oneOf(table.storable());
    boolean constrained = column.constrained();
    if (dice.percent(30) && !second.equals(column)) {
      set =
          dice.percent(50)
              ? set + ", " + second.name() + " = " + value(second)
              : "("
                  + column.name()
                  + ", "
                  + second.name()
                  + ") = ("
                  + value
                  + ", "
                  + value(second)
                  + ")";
      constrained |= second.constrained();
    }
    return "UPDATE"
        + (constrained ? dice.oneOf(CONFLICTS) : "")
        + " "
        + table.name()
        + " SET "
        + set
        + " WHERE "
        + (constrained ? oneRow(table) : expressions.condition(scope(table)));
  }

  /** The row with the smallest key that meets a condition. */
  private String oneRow(TableModel table) {
    return "("
        + table.key()
        + ") = (SELECT "
        + table.key()
        + " FROM "
        + table.name()
        + " WHERE "
        + expressions.condition(scope(table))
        + " ORDER BY "
        + table.key()
        + " LIMIT 1)";
  }

  private String delete(TableModel table) {
    return "DELETE FROM "
        + table.name()
        + " WHERE "
        + (dice.percent(20)
            ? expressions.condition(scope(table))
                + " ORDER BY "
                + table.key()
                + " LIMIT "
                + dice.below(4)
            : deleted(table));
  }

  private String deleted(TableModel table) {
    return (dice.percent(40)
            ? oneRow(table)
            : expressions.condition(scope(table)) + " AND " + expressions.condition(scope(table)))
        + (dice.percent(15) ? returning(table) : "");
  }

  private String transaction() {
    if (!inTransaction) {
      inTransaction = true;
      return dice.oneOf("BEGIN", "SAVEPOINT a");
    }
    switch (dice.below(6)) {
      case 0, 1:
        inTransaction = false;
        return "COMMIT";
      case 2:
        inTransaction = false;
        return "ROLLBACK";
      case 3:
        return "SAVEPOINT " + dice.oneOf("a", "b");
      case 4:
        return "ROLLBACK TO " + dice.oneOf("a", "b");
      default:
        return "RELEASE " + dice.oneOf("a", "b");
    }
  }
}
