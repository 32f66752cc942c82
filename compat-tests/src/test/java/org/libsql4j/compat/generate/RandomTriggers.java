package org.libsql4j.compat.generate;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.compat.generate.TableModel.ColumnModel;

/**
 * Triggers that write down what they see.
 *
 * <p>They change only their log: in which order rows are changed is not decided by SQL, so what
 * comes out must not depend on it.
 */
public final class RandomTriggers {
  /** Where triggers write. */
  public static final String LOG = "log";

  private final Dice dice;
  private final RandomExpressions expressions;

  public RandomTriggers(Dice dice, RandomExpressions expressions) {
    this.dice = dice;
    this.expressions = expressions;
  }

  /** The log and some triggers on the tables and views. */
  public List<String> statements(RandomSchema schema) {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE TABLE " + LOG + "(name TEXT, x, y, n INTEGER DEFAULT 1)");
    int count = 0;
    for (TableModel table : schema.tables()) {
      for (int i = dice.below(3); i > 0; i--) {
        statements.add(trigger("tr" + count++, table, dice.oneOf("BEFORE", "AFTER", "AFTER")));
      }
    }
    for (TableModel view : schema.views()) {
      if (dice.percent(50)) {
        statements.add(trigger("tr" + count++, view, "INSTEAD OF"));
      }
    }
    return statements;
  }

  private String trigger(String name, TableModel table, String time) {
    String event = dice.oneOf("INSERT", "UPDATE", "DELETE");
    ColumnModel column = dice.oneOf(table.columns());
    Scope scope = new Scope(dice, List.of());
    if (!event.equals("INSERT")) {
      table.columns().forEach(c -> scope.add("old." + c.name()));
    }
    if (!event.equals("DELETE")) {
      // What is calculated is not there before the row is.
      List<ColumnModel> seen = time.equals("BEFORE") ? table.storable() : table.columns();
      seen.stream().filter(c -> !isRowidBefore(c, time)).forEach(c -> scope.add("new." + c.name()));
    }
    String of =
        event.equals("UPDATE") && dice.percent(40) && !time.equals("INSTEAD OF")
            ? " OF " + column.name()
            : "";
    return "CREATE TRIGGER "
        + name
        + " "
        + time
        + " "
        + event
        + of
        + " ON "
        + table.name()
        + (scope.isEmpty() || dice.percent(60) ? "" : " WHEN " + expressions.condition(scope))
        + " BEGIN "
        + body(name, scope)
        + " END";
  }

  /** Before a row is there its automatic rowid is not known. */
  private static boolean isRowidBefore(ColumnModel column, String time) {
    return time.equals("BEFORE") && column.name().equals("id");
  }

  private String body(String name, Scope scope) {
    String first = scope.isEmpty() ? "1" : expressions.any(scope);
    String second = scope.isEmpty() ? "2" : scope.column();
    String insert =
        "INSERT INTO log(name, x, y) VALUES ('" + name + "', " + first + ", " + second + ");";
    return switch (dice.below(6)) {
      case 0 -> insert + " UPDATE log SET n = n + 1 WHERE name = '" + name + "';";
      case 1 -> insert + " DELETE FROM log WHERE name = '" + name + "' AND n > 20;";
      case 2 ->
          scope.isEmpty()
              ? insert
              : "SELECT RAISE("
                  + dice.oneOf("IGNORE", "ABORT, 'stop'")
                  + ") WHERE "
                  + expressions.condition(scope)
                  + " AND "
                  + expressions.condition(scope)
                  + "; "
                  + insert;
      case 3 -> "INSERT INTO log(name, x) SELECT '" + name + "', count(*) FROM log; " + insert;
      default -> insert;
    };
  }
}
