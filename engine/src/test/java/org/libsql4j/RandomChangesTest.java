package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random changes of random tables with indexes, constraints and foreign keys, on this engine and on
 * the real one: rows, counts and errors must be the same. Where the order in which rows change
 * matters, no index may decide it. A failure names the seed.
 */
class RandomChangesTest {
  private static final int STATEMENTS = 120;
  private static final String[] TYPES = {"", "INT", "TEXT", "REAL", "NUMERIC", "BLOB"};
  private static final String[] CONFLICTS = {
    "", "", "", " OR REPLACE", " OR IGNORE", " OR FAIL", " OR ABORT"
  };
  private static final String[] OWN_CONFLICTS = {
    "", "", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE", " ON CONFLICT FAIL"
  };
  private static final String[] ACTIONS = {
    "", " CASCADE", " SET NULL", " SET DEFAULT", " RESTRICT", " NO ACTION"
  };
  private static final String[] COMPARISONS = {"=", "<", ">", "<=", ">=", "<>", "IS"};

  @TempDir Path directory;
  private Random random = new Random();
  private final List<String> script = new ArrayList<>();
  private final List<RandomTable> tables = new ArrayList<>();

  /** What the statements must know of a table; {@code keys} can be referred to. */
  private record RandomTable(
      String name, List<String> columns, List<List<String>> keys, boolean withoutRowid) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 112, 149})
  void behavesLikeTheRealEngine(long seed) throws Exception {
    random = new Random(seed);
    script.add("PRAGMA synchronous=OFF");
    script.add("PRAGMA foreign_keys=" + random.nextInt(2));
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      table("t" + i);
    }
    for (int i = 0; i < STATEMENTS; i++) {
      script.add(change());
      RandomTable table = pick(tables);
      script.add(
          "!sorted SELECT *, changes(), total_changes(), last_insert_rowid() FROM " + table.name);
    }
    script.add("PRAGMA foreign_key_check");
    script.add("ROLLBACK");
    script.add("!check");
    try (TwoEngines engines = new TwoEngines(directory)) {
      assertThat(engines.run(script)).as("seed %d", seed).isEmpty();
    }
  }

  // ---- tables
  // ------------------------------------------------------------------------------------------

  private void table(String name) {
    List<String> columns = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    List<List<String>> keys = new ArrayList<>();
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      columns.add("c" + i);
      parts.add(column("c" + i));
    }
    if (chance(25)) {
      parts.add(
          "g AS ("
              + pick(columns)
              + "||'-'||"
              + pick(columns)
              + ")"
              + (chance(50) ? " STORED" : ""));
    }
    boolean withoutRowid = chance(35);
    if (!withoutRowid && chance(50)) {
      columns.add(0, "id");
      parts.add(0, "id INTEGER PRIMARY KEY" + (chance(30) ? " ON CONFLICT REPLACE" : ""));
      keys.add(List.of("id"));
    } else if (withoutRowid || chance(40)) {
      List<String> key = some(columns, 2);
      parts.add("PRIMARY KEY(" + String.join(",", key) + ")");
      keys.add(key);
    }
    if (!tables.isEmpty() && chance(60)) {
      foreignKey(columns, parts);
    }
    script.add(
        "CREATE TABLE "
            + name
            + "("
            + String.join(", ", parts)
            + ")"
            + (withoutRowid ? " WITHOUT ROWID" : ""));
    for (int i = random.nextInt(3); i > 0; i--) {
      index(name, name + "_" + i, columns, keys);
    }
    tables.add(new RandomTable(name, columns, keys, withoutRowid));
  }

  private String column(String name) {
    StringBuilder sql = new StringBuilder(name).append(' ').append(pick(TYPES));
    if (chance(15)) {
      sql.append(" COLLATE NOCASE");
    }
    if (chance(20)) {
      sql.append(" DEFAULT ").append(value());
    }
    if (chance(10)) {
      sql.append(" NOT NULL").append(pick(OWN_CONFLICTS));
    }
    if (chance(15)) {
      sql.append(" UNIQUE").append(pick(OWN_CONFLICTS));
    }
    if (chance(10)) {
      sql.append(" CHECK(").append(name).append(" IS NOT 7)");
    }
    return sql.toString();
  }

  private void foreignKey(List<String> columns, List<String> parts) {
    RandomTable parent = pick(tables);
    if (parent.keys.isEmpty()) {
      return;
    }
    List<String> key = pick(parent.keys);
    if (key.size() > columns.size()) {
      return;
    }
    List<String> mine = new ArrayList<>(columns);
    Collections.shuffle(mine, random);
    String onDelete = pick(ACTIONS);
    String onUpdate = pick(ACTIONS);
    parts.add(
        "FOREIGN KEY("
            + String.join(",", mine.subList(0, key.size()))
            + ") REFERENCES "
            + parent.name
            + "("
            + String.join(",", key)
            + ")"
            + (onDelete.isEmpty() ? "" : " ON DELETE" + onDelete)
            + (onUpdate.isEmpty() ? "" : " ON UPDATE" + onUpdate)
            + (chance(30) ? " DEFERRABLE INITIALLY DEFERRED" : ""));
  }

  private void index(String table, String name, List<String> columns, List<List<String>> keys) {
    List<String> key = some(columns, 2);
    boolean unique = chance(40);
    boolean partial = chance(20);
    boolean expression = chance(15);
    script.add(
        "CREATE "
            + (unique ? "UNIQUE " : "")
            + "INDEX "
            + name
            + " ON "
            + table
            + "("
            + String.join(chance(30) ? " DESC," : ",", key)
            + (expression ? "," + key.get(0) + "||'z'" : "")
            + ")"
            + (partial ? " WHERE " + key.get(0) + " IS NOT NULL" : ""));
    if (unique && !partial && !expression) {
      keys.add(key);
    }
  }

  // ---- changes
  // -----------------------------------------------------------------------------------------

  private String change() {
    RandomTable table = pick(tables);
    int kind = random.nextInt(100);
    if (kind < 45) {
      return insert(table);
    }
    if (kind < 75) {
      return update(table);
    }
    if (kind < 94) {
      return "DELETE FROM " + table.name + " WHERE " + condition(table);
    }
    if (kind < 95) {
      return "DELETE FROM " + table.name;
    }
    return pick(
        new String[] {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a"});
  }

  private String insert(RandomTable table) {
    List<String> columns = chance(50) ? some(table.columns, 9) : table.columns;
    StringBuilder sql = new StringBuilder("INSERT").append(pick(CONFLICTS)).append(" INTO ");
    sql.append(table.name).append('(').append(String.join(",", columns)).append(") ");
    if (chance(25)) {
      RandomTable source = pick(tables);
      List<String> values = new ArrayList<>();
      columns.forEach(c -> values.add(pick(source.columns)));
      sql.append("SELECT ").append(String.join(",", values)).append(" FROM ").append(source.name);
      sql.append(" NOT INDEXED WHERE ").append(condition(source)).append(" ORDER BY ");
      sql.append(String.join(",", source.columns));
    } else {
      sql.append("VALUES");
      for (int i = random.nextInt(3); i >= 0; i--) {
        List<String> values = new ArrayList<>();
        columns.forEach(c -> values.add(value()));
        sql.append('(').append(String.join(",", values)).append(i == 0 ? ")" : "),");
      }
    }
    return sql.append(chance(20) ? upsert(table) : "").toString();
  }

  private String upsert(RandomTable table) {
    String target =
        table.keys.isEmpty() || chance(30) ? "" : "(" + String.join(",", pick(table.keys)) + ")";
    if (chance(30)) {
      return " ON CONFLICT" + target + " DO NOTHING";
    }
    String value = chance(50) ? expression(table) : "excluded." + pick(table.columns);
    return " ON CONFLICT" + target + " DO UPDATE SET " + pick(table.columns) + "=" + value;
  }

  private String update(RandomTable table) {
    List<String> sets = new ArrayList<>();
    for (String column : some(table.columns, 2)) {
      sets.add(column + "=" + expression(table));
    }
    String limit =
        chance(10)
            ? " ORDER BY " + String.join(",", table.columns) + " LIMIT " + random.nextInt(4)
            : "";
    return "UPDATE"
        + pick(CONFLICTS)
        + " "
        + table.name
        + " NOT INDEXED SET "
        + String.join(", ", sets)
        + " WHERE "
        + condition(table)
        + limit;
  }

  private String condition(RandomTable table) {
    String column = !table.withoutRowid && chance(15) ? "rowid" : pick(table.columns);
    int kind = random.nextInt(100);
    if (kind < 40) {
      return column + " " + pick(COMPARISONS) + " " + value();
    }
    if (kind < 55) {
      return column + " IN (" + value() + "," + value() + "," + value() + ")";
    }
    if (kind < 65) {
      return column + " BETWEEN " + value() + " AND " + value();
    }
    if (kind < 78) {
      return condition(table) + " AND " + condition(table);
    }
    if (kind < 84) {
      return column + " IN (SELECT " + pick(table.columns) + " FROM " + table.name + ")";
    }
    return column + " IS NOT NULL";
  }

  private String expression(RandomTable table) {
    String column = pick(table.columns);
    return switch (random.nextInt(6)) {
      case 0 -> column;
      case 1 -> column + "+1";
      case 2 -> column + "||'q'";
      case 3 -> "(SELECT max(" + column + ") FROM " + table.name + ")";
      default -> value();
    };
  }

  private String value() {
    int kind = random.nextInt(10);
    if (kind < 5) {
      return Integer.toString(random.nextInt(16) - 3);
    }
    if (kind < 7) {
      return pick(new String[] {"'a'", "'b'", "'A'", "'c'", "'5'", "'07'", "' x'"});
    }
    if (kind < 8) {
      return "NULL";
    }
    return kind < 9 ? (random.nextInt(15) - 4) / 2.0 + "" : "x'0" + random.nextInt(4) + "'";
  }

  // ---- chances
  // -----------------------------------------------------------------------------------------

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String pick(String[] list) {
    return list[random.nextInt(list.length)];
  }

  private List<String> some(List<String> columns, int max) {
    List<String> shuffled = new ArrayList<>(columns);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, 1 + random.nextInt(Math.min(max, columns.size()))));
  }
}
