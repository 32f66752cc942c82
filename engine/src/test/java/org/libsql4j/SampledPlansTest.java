package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.connection.ConnectionFlag;

/** Plans for values, literal and bound, that the samples of sqlite_stat4 tell about. */
class SampledPlansTest {
  private static final List<String> SETUP =
      List.of(
          "CREATE TABLE t(a, b INT, c REAL, d TEXT COLLATE nocase, e)",
          "CREATE INDEX tab ON t(a, b)",
          "CREATE INDEX tc ON t(c DESC, a)",
          "CREATE INDEX td ON t(d)",
          "CREATE INDEX tbe ON t(b, e)",
          "CREATE INDEX tx ON t(a+b)",
          "CREATE INDEX tp ON t(e) WHERE b=17",
          "WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x<3000)"
              + " INSERT INTO t SELECT CASE WHEN x%10<7 THEN 5 ELSE x%97 END, (x*x)%311,"
              + " CASE WHEN x%4=0 THEN 2.5 ELSE x*0.37 END,"
              + " 'Row' || (x%200) || CASE WHEN x%3 THEN '' ELSE x END,"
              + " CASE WHEN x%5 THEN x%11 END FROM c",
          "CREATE TABLE w(p, q, r REAL, PRIMARY KEY(q, p)) WITHOUT ROWID",
          "WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x<500)"
              + " INSERT OR IGNORE INTO w SELECT x%50, CASE WHEN x%3 THEN x%4 ELSE x END, x%9 FROM c",
          "CREATE TABLE k(i INTEGER PRIMARY KEY, j REAL, x)",
          "CREATE INDEX kj ON k(j)",
          "CREATE INDEX kx ON k(x)",
          "INSERT INTO k SELECT rowid, rowid % 20, NULLIF(rowid % 7, 3) FROM t WHERE rowid<=100",
          "CREATE TABLE s(x, y)",
          "CREATE INDEX sx ON s(x) WHERE y=3",
          "CREATE TABLE l(x TEXT COLLATE nocase, y TEXT)",
          "CREATE INDEX lx ON l(x)",
          "CREATE INDEX ly ON l(y)",
          "ANALYZE");

  @TempDir Path directory;
  private java.sql.Connection real;
  private Connection ours;

  @BeforeEach
  void open() throws Exception {
    Path file = directory.resolve("samples.db");
    real = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (java.sql.Statement statement = real.createStatement()) {
      for (String sql : SETUP) {
        statement.execute(sql);
      }
    }
    ours = Database.openLocal(file.toString()).connect();
  }

  @AfterEach
  void close() throws Exception {
    real.close();
    ours.close();
  }

  @Test
  void literals() throws Exception {
    for (String query :
        List.of(
            "SELECT * FROM t WHERE a=5 AND b=3",
            "SELECT * FROM t WHERE a=5 AND d='row7'",
            "SELECT * FROM t WHERE a=6 AND d='row7'",
            "SELECT * FROM t WHERE a=5 AND c=2.5",
            "SELECT * FROM t WHERE a=6 AND c=2.5",
            "SELECT * FROM t WHERE a=6 AND c>1100",
            "SELECT * FROM t WHERE a=6 AND c>100",
            "SELECT * FROM t WHERE b>300 AND c<2",
            "SELECT * FROM t WHERE b>10 AND c<2",
            "SELECT * FROM t WHERE a IN (5, 6) AND b<5",
            "SELECT * FROM t WHERE a IN (6, 7) AND b<5",
            "SELECT * FROM t WHERE a=CAST('5' AS INT) AND b=7",
            "SELECT * FROM t WHERE a=abs(-6) AND b<20",
            "SELECT * FROM t WHERE d=upper('row7') AND b<20",
            "SELECT * FROM t WHERE e IS NULL AND b=5",
            "SELECT * FROM t WHERE b IS NOT NULL AND a IS NULL",
            "SELECT * FROM t WHERE d IS NOT NULL ORDER BY d",
            "SELECT * FROM t WHERE a+b=143",
            "SELECT * FROM t WHERE b BETWEEN 3 AND 4 AND a BETWEEN 7 AND 90",
            "SELECT * FROM w WHERE q=1 AND p>40",
            "SELECT * FROM w WHERE q=300 AND p>40",
            "SELECT * FROM w WHERE q IS NULL",
            "SELECT * FROM t WHERE b>2 AND b<9 AND b IS 5",
            "SELECT * FROM t WHERE b IN (7) ORDER BY e",
            "SELECT * FROM t, w WHERE t.b=w.q AND t.a=5 AND w.p=3",
            "SELECT * FROM t, w WHERE t.b=w.q AND t.a=6 AND w.p=3")) {
      compare(query);
    }
  }

  @Test
  void filtersBeforeSearches() throws Exception {
    for (String query :
        List.of(
            "SELECT count(*) FROM t JOIN w ON t.e=w.q AND w.r>4",
            "SELECT count(*) FROM t LEFT JOIN w ON t.e=w.q AND w.r>4",
            "SELECT count(*), sum(w.r) FROM t LEFT JOIN w ON t.e=w.q WHERE w.r>4",
            "SELECT count(*) FROM t LEFT JOIN w ON t.e=w.q AND w.p IS NOT 3",
            "SELECT count(*) FROM t, w WHERE w.q IN (t.e, 5) AND w.r=3",
            "SELECT count(*) FROM t CROSS JOIN k WHERE k.i=t.d AND k.j>50",
            "SELECT count(*) FROM t CROSS JOIN k WHERE k.i=t.b AND k.j>50",
            "SELECT count(*) FROM t CROSS JOIN k WHERE k.i=t.c AND k.j IN (1, 2.5)",
            "SELECT count(*) FROM t CROSS JOIN k WHERE k.j=t.e AND k.x>2",
            "SELECT count(*) FROM t CROSS JOIN k WHERE k.x=t.e AND k.j<>3",
            "SELECT count(*) FROM t CROSS JOIN k WHERE k.x IS t.e AND k.j<3")) {
      compare(query);
      compareRows(query);
    }
  }

  @Test
  void boundValues() throws Exception {
    for (Object value : new Object[] {5L, 6L, 7.5, "5", "x", null}) {
      compare("SELECT * FROM t WHERE a=? AND d='row7'", value);
      compare("SELECT * FROM t WHERE a=? AND b<20", value);
      compare("SELECT * FROM t WHERE a IN (?, 7) AND b<20", value);
      compare("SELECT * FROM t WHERE a=6 AND c>?", value);
      compare("SELECT * FROM t WHERE a=6 AND b BETWEEN ? AND 20", value);
    }
    for (long value : new long[] {0, 100, 290, 310, 900}) {
      compare("SELECT * FROM t WHERE b>? AND c<2", value);
      compare("SELECT * FROM t WHERE b>=?1 AND b<?1+1 AND c<2", value);
      compare("SELECT * FROM t WHERE +e=5 AND b>?1 AND b<?2", value, value + 5);
    }
  }

  @Test
  void valuesOfPartialIndexesAndPatterns() throws Exception {
    for (Object value : new Object[] {3L, 3.0, 4L, "3", null}) {
      compare("SELECT * FROM s WHERE x=8 AND y=?", value);
    }
    for (Object value : new Object[] {"abc%", "%abc", "abc", "", 5L, null}) {
      compare("SELECT * FROM l WHERE x LIKE ?", value);
      compare("SELECT * FROM l WHERE y GLOB ?", value);
    }
  }

  @Test
  void planFollowsTheValue() {
    try (Statement statement =
        ours.prepare("EXPLAIN QUERY PLAN SELECT * FROM s WHERE x=8 AND y=?")) {
      assertThat(lines(statement)).containsExactly("SCAN s");
      for (int i = 0; i < 3; i++) {
        statement.bind(1, 3);
        assertThat(lines(statement)).containsExactly("SEARCH s USING INDEX sx (x=?)");
        statement.bind(1, 4);
        assertThat(lines(statement)).containsExactly("SCAN s");
      }
      assertThat(statement.recompilations()).isEqualTo(6);
    }
  }

  /** A partial index that some values allow must not be used for others. */
  @Test
  void rowsAreThoseOfTheValue() {
    ours.execute("INSERT INTO s VALUES(8,3),(8,4),(8,3),(8,NULL)");
    String sql = "SELECT count(*) FROM s WHERE x=8 AND y=?";
    try (Statement statement = ours.prepare(sql)) {
      for (int i = 0; i < 3; i++) {
        assertThat(count(statement, 3L)).isEqualTo(2);
        assertThat(count(statement, 4L)).isEqualTo(1);
        assertThat(count(statement, null)).isZero();
      }
      assertThat(count(statement, 3L)).isEqualTo(2);
      try (Statement other = ours.prepare(sql)) {
        assertThat(other.step()).isTrue();
        assertThat(other.getLong(0)).isZero();
        assertThat(count(other, 4L)).isEqualTo(1);
      }
      statement.clearBindings();
      statement.reset();
      assertThat(statement.step()).isTrue();
      assertThat(statement.getLong(0)).isZero();
    }
  }

  @Test
  void valuesWithTheSameEstimatesShareAPlan() {
    try (Statement statement = ours.prepare("SELECT count(*) FROM t WHERE a=6 AND b>?")) {
      for (long value = 100; value < 110; value++) {
        count(statement, value);
      }
      assertThat(statement.recompilations()).isLessThan(4);
    }
  }

  @Test
  void stablePlansDoNotDependOnValues() {
    ours.set(ConnectionFlag.ENABLE_QPSG, true);
    try (Statement statement =
        ours.prepare("EXPLAIN QUERY PLAN SELECT * FROM s WHERE x=8 AND y=?")) {
      statement.bind(1, 3);
      assertThat(lines(statement)).containsExactly("SCAN s");
      assertThat(statement.recompilations()).isZero();
    }
  }

  @Test
  void withoutStat4ThereAreNoSamples() {
    try (Connection plain =
        Database.builder(directory.resolve("samples.db").toString())
            .stat4(false)
            .build()
            .connect()) {
      assertThat(count(plain, "sqlite_stat4")).isPositive();
      plain.execute("ANALYZE");
      assertThat(count(plain, "sqlite_stat4")).isZero();
      plain.execute("DROP TABLE sqlite_stat4");
      plain.execute("ANALYZE");
      assertThat(count(plain, "sqlite_schema WHERE name='sqlite_stat4'")).isZero();
    }
  }

  private static long count(Connection connection, String from) {
    try (Statement statement = connection.prepare("SELECT count(*) FROM " + from)) {
      statement.step();
      return statement.getLong(0);
    }
  }

  private static long count(Statement statement, Object value) {
    statement.reset();
    statement.bindObject(1, value);
    assertThat(statement.step()).isTrue();
    long count = statement.getLong(0);
    statement.reset();
    return count;
  }

  private void compare(String query, Object... values) throws SQLException {
    List<String> expected = new ArrayList<>();
    String sql = "EXPLAIN QUERY PLAN " + query;
    try (PreparedStatement statement = real.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          expected.add(rows.getString(4));
        }
      }
    }
    try (Statement statement = ours.prepare(sql)) {
      statement.bindAll(values);
      assertThat(lines(statement)).as(query + " " + List.of(values.length)).isEqualTo(expected);
    }
  }

  private void compareRows(String query) throws SQLException {
    try (java.sql.Statement theirs = real.createStatement();
        ResultSet rows = theirs.executeQuery(query);
        Statement statement = ours.prepare(query)) {
      assertThat(rows.next()).isTrue();
      assertThat(statement.step()).isTrue();
      assertThat(statement.getString(0)).as(query).isEqualTo(rows.getString(1));
    }
  }

  private static List<String> lines(Statement statement) {
    List<String> lines = new ArrayList<>();
    while (statement.step()) {
      lines.add(statement.getString(3));
    }
    return lines;
  }
}
