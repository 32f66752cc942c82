package org.libsql4j.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Row;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.vdbe.ExplainListing;
import org.libsql4j.vdbe.Program;

/** Statements that differ in literals only: the programs must be those that the compiler makes. */
class LiteralProgramsTest {
  private static final String SCHEMA =
      """
      CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT COLLATE NOCASE, c REAL, d);
      CREATE TABLE u(x TEXT PRIMARY KEY, y, z INT) WITHOUT ROWID;
      CREATE INDEX t_a ON t(a, b);
      CREATE INDEX t_b ON t(b DESC);
      CREATE INDEX u_y ON u(y);
      CREATE VIEW v AS SELECT a, b AS name, y FROM t JOIN u ON t.a = u.z WHERE t.c > 5.25;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50)
        INSERT INTO t SELECT i, i % 7, 'n' || (i % 5), i / 3.0, i % 3 FROM n;
      INSERT INTO u SELECT 'x' || id, b, a FROM t;
      """;

  private static final String[] COLUMNS = {
    "id", "a", "b", "c", "d", "t.a", "\"b\"", "x", "y", "z", "u.z", "rowid"
  };
  private static final String[] OPERATORS = {"=", "==", "<", "<=", ">", ">=", "<>", "!="};

  private final Connection connection = Database.openLocal(":memory:").connect();

  @BeforeEach
  void create() {
    connection.executeMultiple(SCHEMA);
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private @Nullable CompiledStatement likeOthers(String sql) {
    return connection.state().compiler().compileLikeOthers(connection.state(), sql);
  }

  private CompiledStatement compiled(String sql) {
    return connection.state().compiler().compile(connection.state(), sql, 0);
  }

  private List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    for (Row row : connection.query(sql).toList()) {
      rows.add(String.valueOf(row));
    }
    return rows;
  }

  /** All that EXPLAIN shows of a program, and its other properties. */
  private static List<String> listing(CompiledStatement compiled) {
    Program program = compiled.program();
    assertThat(program).isNotNull();
    List<String> lines = new ArrayList<>();
    lines.add(program.sql() + " " + compiled.tailOffset() + " " + program.readOnly());
    lines.add(program.registerCount() + " " + program.cursorCount());
    lines.add(program.resultColumns() + " " + program.parameterNames());
    ExplainListing rows =
        new ExplainListing(
            new Program(
                program.ops(),
                program.registerCount(),
                program.cursorCount(),
                program.resultColumns(),
                program.sql(),
                program.parameterNames(),
                true,
                1,
                false,
                false,
                List.of()));
    while (rows.step()) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < rows.resultCount(); i++) {
        line.append(rows.result(i).text()).append(' ');
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static String literal(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "'n" + random.nextInt(6) + "'";
      case 1 -> "'it''s " + random.nextInt(100) + "'";
      case 2 -> "-" + random.nextInt(50);
      case 3 -> String.valueOf(random.nextLong() >>> 8);
      case 4 -> random.nextInt(30) + ".5";
      case 5 -> random.nextInt(30) + "e" + random.nextInt(25);
      default -> String.valueOf(random.nextInt(50));
    };
  }

  private static String condition(Random random, String columns, int depth) {
    String column;
    do {
      column = COLUMNS[random.nextInt(COLUMNS.length)];
    } while (!columns.contains(" " + column.replace("\"", "") + " "));
    String comparison = column + OPERATORS[random.nextInt(OPERATORS.length)] + "#";
    return switch (depth > 2 ? 9 : random.nextInt(14)) {
      case 0, 1, 2 ->
          condition(random, columns, depth + 1) + " AND " + condition(random, columns, depth + 1);
      case 3, 4 -> "(" + condition(random, columns, depth + 1) + " OR " + comparison + ")";
      case 5 -> "NOT (" + comparison + ")";
      case 6 -> column + " BETWEEN 2 AND 30";
      case 7 -> column + " IN (1, 2, 'n3', #)";
      case 8 ->
          "EXISTS (SELECT 1 FROM u AS w WHERE w.z = "
              + column
              + " AND w.y <> # ORDER BY w.x LIMIT 3)";
      case 10 -> column + " LIKE 'n%'";
      case 11 -> column + " IN (SELECT z FROM u WHERE z > #)";
      case 12 -> column + " + 1 > #";
      default -> comparison;
    };
  }

  private static String query(Random random) {
    String where;
    return switch (random.nextInt(10)) {
      case 6 -> "INSERT INTO t VALUES(NULL, #, #, #, x'00')";
      case 7 ->
          "INSERT OR REPLACE INTO t(id, a, b, c) VALUES(#, # + 1, -#, #), (#, #, #, #)"
              + " ON CONFLICT DO UPDATE SET a = 3, c = # WHERE a <> # RETURNING a = 3, b";
      case 8 -> {
        where = condition(random, " id a b c d t.a rowid ", 0);
        yield "UPDATE t SET a = #, b = #, c = -#, d = # + 1 WHERE " + where;
      }
      case 9 -> {
        where = condition(random, " x y z u.z ", 0);
        yield "DELETE FROM u WHERE " + where + " RETURNING x, y = 5";
      }
      case 0 -> {
        where = condition(random, " x y z u.z ", 0);
        yield "SELECT x, y = 3 FROM u WHERE " + where + " ORDER BY y, x";
      }
      case 1 -> {
        where = condition(random, " id a b c d t.a x y z u.z ", 0);
        yield "SELECT id, x FROM t JOIN u ON u.z = t.a WHERE " + where + " ORDER BY 1, 2 LIMIT 40";
      }
      case 2 -> {
        where = condition(random, " id a b c d t.a ", 0);
        yield "SELECT b, count(*), sum(c) FROM t WHERE "
            + where
            + " GROUP BY b HAVING count(*) > 1";
      }
      case 3 -> {
        where = condition(random, " a y ", 0);
        yield "SELECT * FROM v WHERE " + where + ";";
      }
      case 4 -> {
        where = condition(random, " id a b c d t.a x y z u.z ", 0);
        yield "SELECT id, y FROM t LEFT JOIN u ON x = 'x' || id WHERE " + where + " -- the end";
      }
      default -> {
        where = condition(random, " id a b c d t.a rowid ", 0);
        yield "SELECT *, (SELECT max(z) FROM u WHERE z < 4) FROM t WHERE " + where;
      }
    };
  }

  private static String fill(String query, Random random) {
    StringBuilder text = new StringBuilder();
    for (char c : query.toCharArray()) {
      text.append(c == '#' ? literal(random) : String.valueOf(c));
    }
    return text.toString();
  }

  /** Texts of the same shape come by chance: many with values from a small set. */
  @Test
  void areWhatTheCompilerMakes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int like = 0;
    for (int i = 0; i < 400; i++) {
      String query = query(random);
      for (int j = 0; j < 12; j++) {
        String sql = fill(query, random);
        CompiledStatement found = likeOthers(sql);
        if (found != null) {
          like++;
          assertThat(listing(found)).as("seed %d: %s", seed, sql).isEqualTo(listing(compiled(sql)));
        }
      }
    }
    assertThat(like).as("seed %d", seed).isGreaterThan(400);
  }

  private void assertLike(String first, String second, String third, boolean like) {
    likeOthers(first);
    likeOthers(first);
    likeOthers(second);
    CompiledStatement found = likeOthers(third);
    assertThat(found != null).as(third).isEqualTo(like);
    if (found != null) {
      assertThat(listing(found)).isEqualTo(listing(compiled(third)));
    }
  }

  @Test
  void areForTextsOfOneShape() {
    assertLike(
        "SELECT b FROM t WHERE id=1 AND a<>-5",
        "SELECT b FROM t WHERE id=2 AND a<>-6",
        "SELECT b FROM t WHERE id=37 AND a<>-38",
        true);
    assertThat(rows("SELECT b FROM t WHERE id=37 AND a<>-38")).containsExactly("{b=n2}");
    assertThat(rows("SELECT b FROM t WHERE id=38 AND a<>-38")).containsExactly("{b=n3}");
    assertLike(
        "SELECT a FROM t WHERE b = 'n1'",
        "SELECT a FROM t WHERE b = 'n2'",
        "SELECT a FROM t WHERE b = 'it''s'",
        true);
    assertLike(
        "SELECT a FROM t WHERE b = 'one' OR b = 'two'",
        "SELECT a FROM t WHERE b = 'two' OR b = 'three'",
        "SELECT a FROM t WHERE b = 'four' OR b = 'four'",
        false);
  }

  @Test
  void areNotWhereAValueMeansMore() {
    String[] differing = {
      "SELECT a FROM t ORDER BY %d",
      "SELECT a FROM t LIMIT %d",
      "SELECT a = %d FROM t",
      "SELECT (SELECT count(*) FROM t WHERE a = %d) FROM u",
      "SELECT a FROM t WHERE a = ?1 AND b = %d",
      "SELECT a FROM t WHERE a = %d; SELECT 2",
      "SELECT a FROM t WHERE a = %d + 1",
      "SELECT a FROM t WHERE a = %d COLLATE nocase",
      "SELECT a FROM t WHERE a = %1$d AND b IN (%1$d, 7)",
      "EXPLAIN SELECT a FROM t WHERE a = %d",
      "WITH n AS (SELECT 1) SELECT a FROM t WHERE a = %d",
      "INSERT INTO t(a) SELECT %d",
      "INSERT INTO t(a) VALUES(1) RETURNING a = %d",
      "UPDATE t SET a = a + %d",
      "VALUES(%d)",
      "CREATE TABLE IF NOT EXISTS t(a DEFAULT %d)",
      "PRAGMA user_version = %d",
    };
    for (String sql : differing) {
      for (int i = 1; i < 5; i++) {
        assertThat(likeOthers(String.format(sql, i))).as(sql).isNull();
      }
    }
  }

  @Test
  void areNotWhereIndexesAreForSomeValuesOnly() {
    connection.execute("CREATE INDEX u_z ON u(z) WHERE z > 10");
    assertLike(
        "SELECT x FROM u WHERE z > 5",
        "SELECT x FROM u WHERE z > 6",
        "SELECT x FROM u WHERE z > 20",
        false);
  }

  @Test
  void followSchemaAndSettings() {
    String sql = "SELECT d FROM t WHERE a = ";
    assertLike(sql + 1, sql + 2, sql + 3, true);
    connection.execute("DROP INDEX t_a");
    assertThat(likeOthers(sql + 4)).isNull();
    assertLike(sql + 5, sql + 6, sql + 7, true);
    connection.setAuthorizer(
        (action, first, second, database, trigger) ->
            "d".equals(second) ? Authorizer.DENY : Authorizer.OK);
    assertThatThrownBy(() -> connection.query(sql + 8)).hasMessageContaining("prohibited");
  }

  /** Programs that are shared look different, and must not get in between. */
  @Test
  void areMadeByEachConnectionToAFile(@TempDir Path folder) {
    String file = folder.resolve("a.db").toString();
    try (Connection first = Database.openLocal(file).connect()) {
      first.executeMultiple(SCHEMA);
    }
    for (int i = 0; i < 8; i++) {
      try (Connection each = Database.openLocal(file).connect()) {
        for (int j = 0; j < 6; j++) {
          each.query("SELECT a, 'x' FROM t WHERE b = 'n" + j + i + "' AND id > " + j).close();
        }
        CompiledStatement found =
            each.state()
                .compiler()
                .compileLikeOthers(
                    each.state(), "SELECT a, 'x' FROM t WHERE b = 'other' AND id > 9");
        assertThat(found).as("connection %d", i).isNotNull();
      }
    }
  }

  @Test
  void areSwitchedOffWithTheCache() {
    connection.statementCacheSize(0);
    for (int i = 0; i < 5; i++) {
      rows("SELECT d FROM t WHERE a = " + i);
    }
    assertThat(likeOthers("SELECT d FROM t WHERE a = 9")).isNull();
    assertThat(likeOthers("SELECT d FROM t WHERE a = 10")).isNull();
  }
}
