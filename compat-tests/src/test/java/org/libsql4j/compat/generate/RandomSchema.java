package org.libsql4j.compat.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.libsql4j.compat.generate.TableModel.ColumnModel;

/** Tables with every affinity, collation and kind of key, indexes of every kind, and views. */
public final class RandomSchema {
  private static final List<String> TYPES =
      List.of(
          "INTEGER",
          "INT",
          "TEXT",
          "TEXT",
          "VARCHAR(20)",
          "REAL",
          "NUMERIC",
          "BLOB",
          "",
          "DECIMAL(9,2)",
          "FLOATING POINT",
          "BOOLEAN",
          "DATE");

  private static final List<String> STRICT_TYPES =
      List.of("INTEGER", "INT", "TEXT", "REAL", "BLOB", "ANY");

  private final Dice dice;
  private final RandomValues values;
  private final List<String> statements = new ArrayList<>();
  private final List<TableModel> tables = new ArrayList<>();
  private final List<TableModel> views = new ArrayList<>();

  public RandomSchema(Dice dice, RandomValues values) {
    this.dice = dice;
    this.values = values;
    statements.add("PRAGMA foreign_keys = " + dice.oneOf("ON", "ON", "OFF"));
    int count = dice.between(2, 4);
    for (int i = 0; i < count; i++) {
      addTable("t" + i);
    }
    for (int i = dice.below(3); i > 0; i--) {
      addView("v" + i);
    }
  }

  /** The statements that create everything. */
  public List<String> statements() {
    return statements;
  }

  public List<TableModel> tables() {
    return tables;
  }

  /** Views, which have no key. */
  public List<TableModel> views() {
    return views;
  }

  private void addTable(String name) {
    List<ColumnModel> columns = new ArrayList<>();
    List<String> definitions = new ArrayList<>();
    String key = "rowid";
    boolean hasRowid = true;
    boolean strict = dice.percent(10);
    String untyped = strict ? "ANY" : "";
    switch (dice.below(6)) {
      case 0, 1 -> {
        columns.add(new ColumnModel("id", "INTEGER", true));
        definitions.add("id INTEGER PRIMARY KEY" + (dice.percent(20) ? " AUTOINCREMENT" : ""));
      }
      case 2 -> {
        columns.add(new ColumnModel("k", "TEXT", true));
        definitions.add(
            "k TEXT" + collation() + " PRIMARY KEY" + (dice.percent(30) ? " NOT NULL" : ""));
      }
      case 3 -> {
        columns.add(new ColumnModel("p", "INT", true));
        columns.add(new ColumnModel("q", "", true));
        definitions.add("p INT");
        definitions.add(("q " + untyped).trim() + collation());
        definitions.add("PRIMARY KEY(p" + direction() + ", q" + direction() + ")");
        hasRowid = false;
        key = "p, q";
      }
      default -> {}
    }
    int more = dice.between(2, 4);
    int beforeKey = hasRowid ? definitions.size() : 2;
    for (int i = 0; i < more; i++) {
      String column = "abcd".substring(i, i + 1);
      String type = dice.oneOf(strict ? STRICT_TYPES : TYPES);
      String constraint = constraint(column);
      boolean constrained = strict || constraint.matches(".*(UNIQUE|NOT NULL|CHECK).*");
      columns.add(new ColumnModel(column, type, constrained));
      definitions.add(beforeKey++, (column + " " + type).trim() + collation() + constraint);
    }
    if (dice.percent(25)) {
      columns.add(new ColumnModel("g", "", false, true));
      definitions.add(
          beforeKey,
          (strict ? "g ANY AS (" : "g AS (")
              + dice.oneOf("typeof(a)", "length(a)", "coalesce(b, a)", "a || '!'", "a IS b")
              + ") "
              + dice.oneOf("STORED", "VIRTUAL"));
    }
    if (dice.percent(35) && !tables.isEmpty()) {
      addForeignKey(columns, definitions);
    }
    if (dice.percent(15)) {
      definitions.add("UNIQUE(a, b)");
      columns.replaceAll(c -> "ab".contains(c.name()) ? c.asConstrained() : c);
    }
    statements.add(
        "CREATE TABLE "
            + name
            + "("
            + String.join(", ", definitions)
            + ")"
            + (hasRowid ? "" : " WITHOUT ROWID")
            + (strict ? (hasRowid ? " STRICT" : ", STRICT") : ""));
    List<String> indexes = new ArrayList<>();
    tables.add(new TableModel(name, columns, key, hasRowid, indexes));
    for (int i = dice.below(4); i > 0; i--) {
      addIndex(tables.get(tables.size() - 1), name + "_i" + i);
    }
  }

  /** A column that refers to the key of a table that is there already, or to that of this one. */
  private void addForeignKey(List<ColumnModel> columns, List<String> definitions) {
    TableModel parent = dice.oneOf(tables);
    String key = parent.columns().get(0).name();
    if (!key.equals("id") && !key.equals("k")) {
      return;
    }
    columns.add(new ColumnModel("r", "", true));
    // Constraints of the table must stay behind the columns.
    definitions.add(
        0,
        "r "
            + dice.oneOf("INTEGER", "TEXT", "ANY")
            + " REFERENCES "
            + parent.name()
            + dice.oneOf("", "(" + key + ")")
            + dice.oneOf("", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT")
            + dice.oneOf("", " ON UPDATE CASCADE", " ON UPDATE SET NULL", " ON UPDATE SET DEFAULT")
            + dice.oneOf("", "", " DEFERRABLE INITIALLY DEFERRED"));
    ColumnModel last = columns.remove(columns.size() - 1);
    columns.add(0, last);
  }

  private String constraint(String column) {
    return switch (dice.below(14)) {
      case 0 -> " NOT NULL DEFAULT " + values.smallInteger();
      case 1 -> " UNIQUE";
      case 2 -> " DEFAULT " + dice.oneOf("'dflt'", "(1 + 2)", "-1.5", "NULL", "x'4142'");
      case 3 -> " CHECK (" + column + " <> 13)";
      case 4 -> " NOT NULL";
      case 5 -> " UNIQUE ON CONFLICT " + dice.oneOf("REPLACE", "IGNORE", "ABORT");
      default -> "";
    };
  }

  private String collation() {
    return dice.percent(25) ? " COLLATE " + dice.oneOf("NOCASE", "RTRIM", "BINARY") : "";
  }

  private String direction() {
    return dice.oneOf("", "", " ASC", " DESC");
  }

  private void addIndex(TableModel table, String name) {
    int terms = dice.between(1, 3);
    List<String> list = new ArrayList<>();
    for (int i = 0; i < terms; i++) {
      String column = dice.oneOf(table.columns()).name();
      String term =
          switch (dice.below(8)) {
            case 0 -> "lower(" + column + ")";
            case 1 -> column + " COLLATE NOCASE";
            case 2 -> "coalesce(" + column + ", 0)";
            default -> column;
          };
      list.add(term + direction());
    }
    boolean partial = dice.percent(20);
    String column = dice.oneOf(table.columns()).name();
    statements.add(
        "CREATE INDEX "
            + name
            + " ON "
            + table.name()
            + "("
            + String.join(", ", list)
            + ")"
            + (partial
                ? " WHERE " + column + dice.oneOf(" IS NOT NULL", " > 5", " = 'a'", " IS NULL")
                : ""));
    if (!partial) {
      table.indexes().add(name);
    }
  }

  private void addView(String name) {
    TableModel table = dice.oneOf(tables);
    List<ColumnModel> columns =
        table.columns().stream().filter(c -> dice.percent(70)).collect(Collectors.toList());
    if (columns.isEmpty()) {
      columns.add(table.columns().get(0));
    }
    String names = columns.stream().map(ColumnModel::name).collect(Collectors.joining(", "));
    String where = dice.percent(60) ? " WHERE " + columns.get(0).name() + " IS NOT NULL" : "";
    statements.add(
        "CREATE VIEW "
            + name
            + " AS SELECT "
            + (dice.percent(20) ? "DISTINCT " : "")
            + names
            + " FROM "
            + table.name()
            + where);
    views.add(new TableModel(name, columns, "", false, List.of()));
  }
}
