package org.libsql4j.compat.files;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.libsql4j.compat.generate.Dice;
import org.libsql4j.compat.generate.RandomValues;

/**
 * An endless stream of statements that change a database.
 *
 * <p>Statements fail now and then (a constraint, a COMMIT without a BEGIN), on both engines alike.
 * What several rows' order would decide (which of two rows wins) is avoided: rows are chosen by key
 * wherever a constraint can be hit.
 */
final class ChangeGenerator {
  /** Off while our engine has no VACUUM. */
  private static final boolean VACUUM = Boolean.getBoolean("compat.files.vacuum");

  /** Off: real numbers as text have 17 digits in SQLite 3.54 and 15 in ours, as in 3.47. */
  private static final boolean REAL_TO_TEXT = false;

  private static final List<String> CONFLICTS =
      List.of("", "", "", " OR IGNORE", " OR REPLACE", " OR ABORT", " OR FAIL", " OR ROLLBACK");

  private final Dice dice;
  private final RandomValues values;
  private final List<TableShape> tables;
  private final List<TableShape> ownTables = new ArrayList<>();
  private final List<String> ownIndexes = new ArrayList<>();
  private boolean inTransaction;
  private int names;

  ChangeGenerator(long seed, List<TableShape> tables) {
    this.dice = new Dice(seed);
    this.values = new RandomValues(dice);
    this.tables = tables;
  }

  String next() {
    int choice = dice.below(1000);
    if (choice < 60) {
      return transaction();
    }
    if (choice < 66) {
      return createTable();
    }
    if (choice < 70 && !ownTables.isEmpty()) {
      TableShape table = ownTables.remove(dice.below(ownTables.size()));
      return "DROP TABLE " + (dice.percent(30) ? "IF EXISTS " : "") + table.name();
    }
    if (choice < 76) {
      return createIndex();
    }
    if (choice < 82 && !ownIndexes.isEmpty()) {
      return "DROP INDEX " + ownIndexes.remove(dice.below(ownIndexes.size()));
    }
    if (choice < 90) {
      return setting();
    }
    if (choice < 480) {
      return insert(table());
    }
    return choice < 740 ? update(table()) : delete(table());
  }

  private TableShape table() {
    return !ownTables.isEmpty() && dice.percent(10) ? dice.oneOf(ownTables) : dice.oneOf(tables);
  }

  private String transaction() {
    if (!inTransaction) {
      inTransaction = true;
      return dice.oneOf("BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "SAVEPOINT s0");
    }
    switch (dice.below(8)) {
      case 0, 1:
        inTransaction = false;
        return "COMMIT";
      case 2:
        inTransaction = false;
        return "ROLLBACK";
      case 3, 4:
        return "SAVEPOINT s" + dice.below(3);
      case 5:
        return "RELEASE s" + dice.below(3);
      default:
        return "ROLLBACK TO s" + dice.below(3);
    }
  }

  private String createTable() {
    if (ownTables.size() > 4) {
      return "SELECT count(*) FROM " + dice.oneOf(ownTables).name();
    }
    String name = "own" + names++;
    boolean hasRowid = dice.percent(60);
    ownTables.add(
        new TableShape(
            name,
            List.of(
                new TableShape.Column("a", "INTEGER", true),
                new TableShape.Column("b", "TEXT", true),
                new TableShape.Column("c", "", false)),
            List.of("a"),
            hasRowid,
            List.of()));
    return hasRowid
        ? "CREATE TABLE " + name + "(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c DEFAULT 7)"
        : "CREATE TABLE IF NOT EXISTS "
            + name
            + "(a INTEGER, b TEXT, c NOT NULL DEFAULT 'c', PRIMARY KEY(a, b)) WITHOUT ROWID";
  }

  private String createIndex() {
    if (ownIndexes.size() > 3) {
      return "REINDEX " + dice.oneOf(ownIndexes);
    }
    TableShape table = table();
    String name = "own_index" + names++;
    ownIndexes.add(name);
    String column = dice.oneOf(table.columns()).name();
    return switch (dice.below(4)) {
      case 0 -> "CREATE INDEX " + name + " ON " + table.name() + "(" + column + " DESC)";
      case 1 ->
          "CREATE INDEX "
              + name
              + " ON "
              + table.name()
              + "("
              + column
              + ") WHERE "
              + column
              + " > 10";
      case 2 ->
          "CREATE INDEX "
              + name
              + " ON "
              + table.name()
              + "(typeof("
              + column
              + "), "
              + column
              + " COLLATE NOCASE)";
      default ->
          "CREATE INDEX IF NOT EXISTS "
              + name
              + " ON "
              + table.name()
              + "("
              + table.columns().stream()
                  .map(TableShape.Column::name)
                  .limit(3)
                  .collect(Collectors.joining(", "))
              + ")";
    };
  }

  private String setting() {
    return switch (dice.below(8)) {
      case 0, 1 -> VACUUM ? "VACUUM" : "PRAGMA encoding";
      case 2, 3 -> "PRAGMA incremental_vacuum(" + dice.below(20) + ")";
      case 4 -> "PRAGMA user_version = " + dice.below(1000);
      case 5 -> "PRAGMA application_id = " + dice.below(1000);
      case 6 -> "SELECT type, name, sql FROM sqlite_schema ORDER BY name";
      default -> "REINDEX";
    };
  }

  // ---- rows
  // ---------------------------------------------------------------------------------------

  private String insert(TableShape table) {
    String verb = dice.percent(10) ? "REPLACE" : "INSERT" + dice.oneOf(CONFLICTS);
    if (dice.percent(3)) {
      return "INSERT OR IGNORE INTO "
          + table.name()
          + "("
          + names(table.columns())
          + ") SELECT "
          + table.columns().stream().map(this::changed).collect(Collectors.joining(", "))
          + " FROM "
          + table.name()
          + " WHERE "
          + range(table)
          + " ORDER BY "
          + table.identity();
    }
    List<TableShape.Column> columns = new ArrayList<>(table.columns());
    if (dice.percent(20) && columns.size() > 2) {
      columns.remove(dice.below(columns.size()));
    }
    StringBuilder sql = new StringBuilder(verb + " INTO " + table.name());
    sql.append('(').append(names(columns)).append(") VALUES ");
    int rows = dice.percent(80) ? 1 : dice.between(2, 6);
    for (int i = 0; i < rows; i++) {
      sql.append(i == 0 ? "(" : ", (");
      sql.append(columns.stream().map(c -> value(table, c)).collect(Collectors.joining(", ")));
      sql.append(')');
    }
    return sql.toString();
  }

  private static String names(List<TableShape.Column> columns) {
    return columns.stream().map(TableShape.Column::name).collect(Collectors.joining(", "));
  }

  private String changed(TableShape.Column column) {
    boolean number = column.type().contains("INT") && column.unique();
    return number ? "abs(" + column.name() + ") % 4000 + " + dice.below(3000) : column.name();
  }

  private String value(TableShape table, TableShape.Column column) {
    if (column.unique() && column.type().contains("INT") && !dice.percent(5)) {
      return dice.percent(30) ? "NULL" : Integer.toString(dice.below(7000));
    }
    return values.of(column.type());
  }

  private String update(TableShape table) {
    TableShape.Column column = dice.oneOf(table.columns());
    String assignment =
        column.name() + " = " + (dice.percent(60) ? value(table, column) : expression(column));
    if (dice.percent(30)) {
      TableShape.Column other = dice.oneOf(table.columns());
      if (!other.equals(column)) {
        assignment += ", " + other.name() + " = " + value(table, other);
        column = other.unique() ? other : column;
      }
    }
    boolean single = column.unique() || assignment.contains(",");
    return "UPDATE"
        + (single ? dice.oneOf(CONFLICTS) : "")
        + " "
        + table.name()
        + " SET "
        + assignment
        + " WHERE "
        + (single ? oneRow(table) : range(table));
  }

  private String expression(TableShape.Column column) {
    String operand =
        REAL_TO_TEXT
            ? column.name()
            : "iif(typeof(" + column.name() + ") = 'real', 'real', " + column.name() + ")";
    return switch (dice.below(5)) {
      case 0 -> operand + " || 'x'";
      case 1 -> "substr(" + operand + ", 2)";
      case 2 -> "nullif(" + column.name() + ", 5)";
      case 3 -> "coalesce(" + column.name() + ", 0)";
      default -> values.longText();
    };
  }

  private String delete(TableShape table) {
    String where = dice.percent(85) ? range(table) : byValue(table);
    return "DELETE FROM " + table.name() + " WHERE " + where;
  }

  private String byValue(TableShape table) {
    TableShape.Column column = dice.oneOf(table.columns());
    return column.name() + " = " + values.of(column.type());
  }

  private String oneRow(TableShape table) {
    return table.hasRowid()
        ? "rowid = " + dice.below(7000)
        : "("
            + table.identity()
            + ") = (SELECT "
            + table.identity()
            + " FROM "
            + table.name()
            + " WHERE "
            + lowerBound(table)
            + " ORDER BY "
            + table.identity()
            + " LIMIT 1)";
  }

  private String range(TableShape table) {
    if (!table.hasRowid()) {
      return oneRow(table);
    }
    int first = dice.below(7000);
    return "rowid BETWEEN " + first + " AND " + (first + dice.below(12));
  }

  private String lowerBound(TableShape table) {
    String first = table.keyColumns().get(0);
    String type =
        table.columns().stream()
            .filter(c -> c.name().equals(first))
            .findFirst()
            .map(TableShape.Column::type)
            .orElse("");
    return first
        + (dice.percent(50) ? " >= " : " <= ")
        + (type.contains("INT") ? Integer.toString(dice.below(250)) : values.word());
  }
}
