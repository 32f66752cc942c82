package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random window functions, aggregates with ORDER BY and common tables, on this engine and on the
 * real one. A failure names the seed.
 */
class RandomWindowsTest {
  private static final int QUERIES = 250;
  private static final String[] COLUMNS = {"id", "g", "x", "y", "s", "x", "g"};
  private static final String[] VALUES = {
    "NULL", "1", "2", "3", "5", "8", "2.5", "-1", "'a'", "'B'", "'b'", "x'01'", "10", "'2'"
  };
  private static final String[] UNITS = {"ROWS", "RANGE", "GROUPS"};
  private static final String[] EXCLUDES = {
    "", "", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES", " EXCLUDE NO OTHERS"
  };

  @TempDir Path directory;
  private Random random = new Random();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void behavesLikeTheRealEngine(long seed) throws Exception {
    random = new Random(seed);
    List<String> script = new ArrayList<>();
    script.add(
        "create table p(id integer primary key, g text, x int, y real, s text collate nocase)");
    int rows = 5 + random.nextInt(30);
    for (int i = 0; i < rows; i++) {
      script.add(
          "insert into p(g, x, y, s) values("
              + String.join(", ", value(), value(), value(), value())
              + ")");
    }
    for (int i = 0; i < QUERIES; i++) {
      script.add(query());
    }
    try (TwoEngines engines = new TwoEngines(directory)) {
      assertThat(engines.run(script)).as("seed %d", seed).isEmpty();
    }
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String value() {
    return pick(VALUES);
  }

  private String column() {
    return pick(COLUMNS);
  }

  private String query() {
    return switch (random.nextInt(8)) {
      case 0 -> orderedAggregate();
      case 1 -> commonTable();
      case 2 -> grouped();
      default -> windows("p");
    };
  }

  private String windows(String from) {
    StringBuilder sql = new StringBuilder("SELECT ");
    if (random.nextInt(8) == 0) {
      sql.append("DISTINCT ");
    }
    sql.append("id");
    boolean named = random.nextInt(3) == 0;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      sql.append(", ").append(call(named));
    }
    sql.append(" FROM ").append(from);
    if (random.nextInt(4) == 0) {
      sql.append(" WHERE ").append(column()).append(pick(" > ", " < ", " <> ")).append(value());
    }
    if (named) {
      sql.append(" WINDOW w AS (").append(window(true)).append(")");
    }
    if (random.nextInt(3) == 0) {
      sql.append(" ORDER BY ").append(pick("id", "id DESC", "-id"));
      if (random.nextBoolean()) {
        sql.append(" LIMIT ")
            .append(random.nextInt(8))
            .append(" OFFSET ")
            .append(random.nextInt(3));
      }
    }
    return sql.toString();
  }

  private String call(boolean named) {
    String over = named && random.nextBoolean() ? "w" : "(" + window(false) + ")";
    String filter = random.nextInt(5) == 0 ? " FILTER (WHERE " + column() + " > 2)" : "";
    return switch (random.nextInt(12)) {
      case 0 -> "row_number() OVER " + over;
      case 1 -> pick("rank", "dense_rank", "percent_rank", "cume_dist") + "() OVER " + over;
      case 2 -> "ntile(" + (1 + random.nextInt(4)) + ") OVER " + over;
      case 3 ->
          pick("lag", "lead") + "(" + column() + pick("", ", 2", ", 0, 'z'") + ") OVER " + over;
      case 4 -> pick("first_value", "last_value") + "(" + column() + ") OVER " + over;
      case 5 -> "nth_value(" + column() + ", " + (1 + random.nextInt(3)) + ") OVER " + over;
      case 6 -> pick("min", "max") + "(" + column() + ")" + filter + " OVER " + over;
      case 7 -> "count(*)" + filter + " OVER " + over;
      case 8 -> "sum(id)" + filter + " OVER " + over;
      case 9 -> "group_concat(" + column() + ")" + filter + " OVER " + over;
      case 10 -> "count(" + column() + ")" + filter + " OVER " + over + " + id";
      default -> "total(x + id)" + filter + " OVER " + over;
    };
  }

  private String window(boolean simple) {
    StringBuilder sql = new StringBuilder();
    if (random.nextInt(2) == 0) {
      sql.append("PARTITION BY ").append(column());
      if (random.nextInt(4) == 0) {
        sql.append(", ").append(column());
      }
    }
    boolean one = true;
    if (random.nextInt(6) != 0) {
      sql.append(" ORDER BY ").append(order());
      if (random.nextInt(3) == 0) {
        sql.append(", ").append(order());
        one = false;
      }
    } else {
      one = false;
    }
    if (!simple && random.nextInt(3) != 0) {
      sql.append(frame(one));
    }
    return sql.toString();
  }

  private String order() {
    return column() + pick("", "", " DESC", " NULLS LAST", " DESC NULLS FIRST");
  }

  private String frame(boolean oneTerm) {
    String unit = pick(UNITS);
    boolean distances = oneTerm || !unit.equals("RANGE");
    int start = random.nextInt(distances ? 4 : 2);
    String from =
        switch (start) {
          case 0 -> "UNBOUNDED PRECEDING";
          case 1 -> "CURRENT ROW";
          case 2 -> random.nextInt(4) + " PRECEDING";
          default -> random.nextInt(4) + " FOLLOWING";
        };
    int end = random.nextInt(distances ? 4 : 2);
    String to =
        switch (end) {
          case 0 -> "UNBOUNDED FOLLOWING";
          case 1 -> "CURRENT ROW";
          case 2 -> random.nextInt(4) + " FOLLOWING";
          default -> random.nextInt(4) + " PRECEDING";
        };
    return " " + unit + " BETWEEN " + from + " AND " + to + pick(EXCLUDES);
  }

  private String orderedAggregate() {
    String distinct = random.nextInt(3) == 0 ? "DISTINCT " : "";
    String filter = random.nextInt(4) == 0 ? " FILTER (WHERE x > 1)" : "";
    String term = distinct.isEmpty() ? order() + ", id" : "s";
    String call =
        "group_concat(" + distinct + (distinct.isEmpty() ? column() : "s") + " ORDER BY " + term;
    return random.nextBoolean()
        ? "SELECT " + call + ")" + filter + " FROM p"
        : "SELECT g, " + call + ")" + filter + ", count(*) FROM p GROUP BY g";
  }

  private String grouped() {
    return "SELECT g, sum(id), "
        + pick("rank()", "sum(sum(id))", "row_number()", "lag(count(*))")
        + " OVER (ORDER BY "
        + pick("g", "sum(id), g", "count(*) DESC, g")
        + ") FROM p GROUP BY g";
  }

  private String commonTable() {
    return switch (random.nextInt(4)) {
      case 0 ->
          "WITH RECURSIVE c(n) AS (SELECT "
              + random.nextInt(4)
              + pick(" UNION ", " UNION ALL ")
              + "SELECT n + "
              + (1 + random.nextInt(3))
              + " FROM c WHERE n < "
              + random.nextInt(20)
              + pick("", " LIMIT 5", " LIMIT 3 OFFSET 1")
              + ") SELECT n, (SELECT count(*) FROM p WHERE x < n) FROM c";
      case 1 ->
          "WITH RECURSIVE c(n, d) AS (SELECT id, 0 FROM p WHERE id < 3 UNION SELECT (n * 7) % 13, d"
              + " + 1 FROM c WHERE d < "
              + random.nextInt(6)
              + pick("", " ORDER BY 1", " ORDER BY 2 DESC, 1", " ORDER BY n DESC LIMIT 6")
              + ") SELECT * FROM c";
      case 2 -> "WITH q AS (" + windows("p") + ") SELECT count(*) FROM q a, q b WHERE a.id <= b.id";
      default ->
          "WITH q AS "
              + pick("", "MATERIALIZED ", "NOT MATERIALIZED ")
              + "(SELECT id, g, x, y, s FROM p WHERE "
              + column()
              + " IS NOT NULL) "
              + windows("q");
    };
  }
}
