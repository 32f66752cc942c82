package org.libsql4j.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.QueryPlan;

/** Indexes that are proposed are ones that the planner then uses; hints name what is doubtful. */
class AdviceTest {
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.inMemory().connect();
    connection.executeMultiple(
        "CREATE TABLE t(a, b, c, d TEXT COLLATE NOCASE, e INTEGER);"
            + "CREATE TABLE u(x INTEGER PRIMARY KEY, y, z NOT NULL);"
            + "CREATE INDEX td ON t(d); CREATE INDEX te ON t(e);"
            + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
            + " INSERT INTO t SELECT i, i % 10, i % 3, 'x' || i, i FROM n;");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private List<String> indexes(String sql) {
    return Advisor.of(connection).advise(sql).indexes().stream()
        .map(IndexAdvice::sql)
        .collect(Collectors.toList());
  }

  private List<Hint.Kind> hints(String sql) {
    return Advisor.of(connection).advise(sql).hints().stream()
        .map(Hint::kind)
        .collect(Collectors.toList());
  }

  @Test
  void proposesIndexes() {
    assertThat(indexes("SELECT * FROM t WHERE a = 1"))
        .containsExactly("CREATE INDEX t_idx_00000061 ON t(a)");
    assertThat(indexes("SELECT * FROM t WHERE a = 1 AND b = 2 AND c > 3 ORDER BY d"))
        .containsExactly("CREATE INDEX t_idx_033e95fe ON t(a, b, c)");
    assertThat(indexes("SELECT * FROM t WHERE b = 1 OR c = 2"))
        .containsExactlyInAnyOrder(
            "CREATE INDEX t_idx_00000062 ON t(b)", "CREATE INDEX t_idx_00000063 ON t(c)");
    assertThat(indexes("SELECT * FROM t ORDER BY b, c DESC"))
        .containsExactly("CREATE INDEX t_idx_095e5ff0 ON t(b, c DESC)");
    assertThat(indexes("SELECT b, count(*) FROM t GROUP BY b, c"))
        .containsExactly("CREATE INDEX t_idx_00012681 ON t(b, c)");
    assertThat(indexes("UPDATE t SET a = 2 WHERE b = 3"))
        .containsExactly("CREATE INDEX t_idx_00000062 ON t(b)");
    assertThat(indexes("SELECT * FROM t LEFT JOIN u ON u.y = t.a WHERE t.b = 1 AND u.z IS NULL"))
        .containsExactlyInAnyOrder(
            "CREATE INDEX t_idx_00000062 ON t(b)", "CREATE INDEX u_idx_00000079 ON u(y)");
    assertThat(indexes("SELECT * FROM t WHERE lower(d) = 'a'"))
        .containsExactly("CREATE INDEX t_idx_22c4de96 ON t(lower(d))");
  }

  @Test
  void proposesNothingWhereNothingHelps() {
    assertThat(indexes("SELECT a FROM t")).isEmpty();
    assertThat(indexes("SELECT * FROM t WHERE d = 'x'")).isEmpty();
    assertThat(indexes("SELECT * FROM u WHERE x = 5")).isEmpty();
    assertThat(indexes("CREATE TABLE v(a)")).isEmpty();
    assertThat(indexes("SELECT 1")).isEmpty();
    assertThat(indexes("SELECT * FROM t WHERE d LIKE '%x'")).isEmpty();
  }

  @Test
  void theProposedIndexesAreUsedOnceTheyExist() {
    for (String sql :
        List.of(
            "SELECT * FROM t, u WHERE t.a = u.y AND t.b = 3 AND u.z < 5 ORDER BY u.y DESC",
            "SELECT * FROM t WHERE a IN (SELECT z FROM u WHERE y = t.b)",
            "SELECT * FROM t t1 JOIN t t2 ON t1.a = t2.b WHERE t1.c = 5",
            "DELETE FROM t WHERE c BETWEEN 3 AND 5 AND b = 1")) {
      Advice advice = Advisor.of(connection).advise(sql);
      assertThat(advice.indexes()).as(sql).isNotEmpty();
      assertThat(advice.expectedSpeedup()).as(sql).isGreaterThan(1);
      connection.begin();
      advice.indexes().forEach(index -> connection.execute(index.sql()));
      String plan = connection.explain(sql).toString();
      assertThat(plan).isEqualTo(advice.advisedPlan().toString());
      advice.indexes().forEach(index -> assertThat(plan).contains(index.name()));
      connection.rollback();
    }
  }

  @Test
  void samplesAndStatistics() {
    Advice advice = Advisor.of(connection).advise("SELECT * FROM t WHERE b = 1 AND a = 2", 100);
    assertThat(advice.candidates()).extracting(IndexAdvice::statistics).containsExactly("300 30 1");
    assertThatThrownBy(() -> Advisor.of(connection).advise("SELECT 1", 101))
        .hasMessage("value out of range: 101");
    connection.execute("ANALYZE");
    advice = Advisor.of(connection).advise("SELECT * FROM t WHERE b = 1");
    assertThat(advice.candidates()).extracting(IndexAdvice::statistics).containsExactly("300 10");
    assertThat(advice.indexes()).isNotEmpty();
  }

  @Test
  void attachedTemporaryAndOwnThings() {
    connection.executeMultiple(
        "ATTACH ':memory:' AS other; CREATE TABLE other.o(p, q); CREATE TEMP TABLE w(r, s);"
            + "CREATE VIEW v AS SELECT a, d FROM t;");
    assertThat(indexes("SELECT * FROM o WHERE q = 1"))
        .containsExactly("CREATE INDEX other.o_idx_00000071 ON o(q)");
    assertThat(indexes("SELECT * FROM w WHERE s = 1"))
        .containsExactly("CREATE INDEX \"temp\".w_idx_00000073 ON w(s)");
    assertThat(indexes("SELECT * FROM v WHERE a = 1"))
        .containsExactly("CREATE INDEX t_idx_00000061 ON t(a)");
  }

  @Test
  void errorsAreThoseOfTheStatement() {
    assertThatThrownBy(() -> Advisor.of(connection).advise("SELECT * FROM nosuch"))
        .hasMessage("no such table: nosuch");
    assertThatThrownBy(() -> Advisor.of(connection).advise("SELEC"))
        .hasMessageContaining("near \"SELEC\": syntax error");
  }

  @Test
  void tellsOfComputedColumns() {
    for (String condition :
        List.of("lower(d) = 'a'", "e + 1 = 5", "date(a) = '2020-01-01'", "CAST(a AS TEXT) = 'x'")) {
      assertThat(hints("SELECT * FROM t WHERE " + condition))
          .as(condition)
          .containsExactly(Hint.Kind.COMPUTED_COLUMN);
    }
    assertThat(
            Advisor.of(connection)
                .advise("SELECT * FROM t WHERE e + 1 = 5")
                .hints()
                .get(0)
                .message())
        .contains("the index te cannot be used", "move the arithmetic");
    connection.execute("CREATE INDEX tl ON t(lower(d))");
    assertThat(hints("SELECT * FROM t WHERE lower(d) = 'a'")).isEmpty();
    assertThat(hints("SELECT * FROM t WHERE a = lower('A') AND b = e + 1")).isEmpty();
  }

  @Test
  void tellsOfPatterns() {
    assertThat(hints("SELECT * FROM t WHERE d LIKE '%x'"))
        .containsExactly(Hint.Kind.LEADING_WILDCARD);
    assertThat(hints("SELECT * FROM t WHERE d LIKE ?"))
        .containsExactly(Hint.Kind.PATTERN_WITHOUT_INDEX);
    assertThat(hints("SELECT * FROM t WHERE d LIKE 'x%'")).isEmpty();
    connection.execute("CREATE TABLE s(f TEXT); ");
    connection.execute("CREATE INDEX sf ON s(f)");
    assertThat(hints("SELECT * FROM s WHERE f LIKE 'x%'"))
        .containsExactly(Hint.Kind.PATTERN_WITHOUT_INDEX);
    assertThat(hints("SELECT * FROM s WHERE f GLOB 'x*'")).isEmpty();
  }

  @Test
  void tellsOfTypes() {
    assertThat(hints("SELECT * FROM t JOIN u ON t.d = u.x"))
        .containsExactly(Hint.Kind.TYPE_MISMATCH);
    assertThat(hints("SELECT * FROM t WHERE e = 'abc'")).containsExactly(Hint.Kind.TYPE_MISMATCH);
    assertThat(hints("SELECT * FROM t WHERE a = '5'")).containsExactly(Hint.Kind.TYPE_MISMATCH);
    assertThat(hints("SELECT * FROM t WHERE e = '5' AND a = 'x' AND d = 5")).isEmpty();
    assertThat(hints("SELECT * FROM t WHERE a = NULL")).containsExactly(Hint.Kind.NULL_COMPARISON);
    assertThat(hints("SELECT * FROM t WHERE a IS NULL")).isEmpty();
  }

  @Test
  void tellsOfJoinsAndSubqueries() {
    assertThat(hints("SELECT * FROM t, u")).containsExactly(Hint.Kind.CROSS_PRODUCT);
    assertThat(hints("SELECT * FROM t, u WHERE t.e = u.x AND t.a = 1"))
        .doesNotContain(Hint.Kind.CROSS_PRODUCT);
    assertThat(hints("SELECT * FROM t WHERE a NOT IN (SELECT y FROM u)"))
        .containsExactly(Hint.Kind.NOT_IN_WITH_NULLS);
    assertThat(hints("SELECT * FROM t WHERE a NOT IN (SELECT z FROM u)")).isEmpty();
    assertThat(hints("SELECT * FROM t WHERE a NOT IN (SELECT y FROM u WHERE y IS NOT NULL)"))
        .isEmpty();
    assertThat(hints("SELECT (SELECT y FROM u WHERE z = t.a) FROM t"))
        .containsExactly(Hint.Kind.SUBQUERY_TAKES_ANY_ROW);
    assertThat(
            hints(
                "SELECT (SELECT y FROM u WHERE x = 1), (SELECT max(y) FROM u),"
                    + " (SELECT y FROM u ORDER BY z LIMIT 1) FROM t LIMIT 1"))
        .doesNotContain(Hint.Kind.SUBQUERY_TAKES_ANY_ROW);
    assertThat(hints("SELECT 1 WHERE (SELECT count(*) FROM u) > 0"))
        .containsExactly(Hint.Kind.COUNT_FOR_EXISTENCE);
    assertThat(hints("SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE z = 1 ORDER BY y)"))
        .contains(Hint.Kind.USELESS_ORDER);
    assertThat(hints("SELECT * FROM t LIMIT 10 OFFSET 5000"))
        .containsExactly(Hint.Kind.LARGE_OFFSET);
    assertThat(hints("SELECT * FROM t LIMIT 10 OFFSET 10")).isEmpty();
    assertThat(hints("SELECT * FROM t WHERE d = \"hello\""))
        .containsExactly(Hint.Kind.QUOTED_STRING);
    assertThat(hints("SELECT * FROM t WHERE e = 1 OR d LIKE '%x'"))
        .containsExactly(Hint.Kind.OR_WITHOUT_INDEX);
    assertThat(hints("SELECT a || b AS s FROM t ORDER BY random()"))
        .containsExactly(Hint.Kind.SORT);
  }

  @Test
  void nothingIsChanged() {
    long before = connection.queryOne("SELECT count(*) FROM sqlite_schema").getLong(0);
    Advisor.of(connection).advise("SELECT * FROM t WHERE a = 1 ORDER BY b", 50);
    assertThat(connection.queryOne("SELECT count(*) FROM sqlite_schema").getLong(0))
        .isEqualTo(before);
    assertThat(connection.isAutoCommit()).isTrue();
  }

  @Test
  void listenersAreNotToldOfTheCopy() {
    int before = CountingListener.opened;
    assertThat(before).isPositive();
    Advisor.of(connection).advise("SELECT * FROM t WHERE a = 1");
    assertThat(CountingListener.opened).isEqualTo(before);
  }

  @Test
  void plansHaveEstimates() {
    QueryPlan scan = connection.explain("SELECT * FROM t WHERE a = 1");
    QueryPlan search = connection.explain("SELECT * FROM t WHERE e = 1");
    assertThat(scan.nodes().get(0).cost()).isGreaterThan(100 * search.nodes().get(0).cost());
    assertThat(search.nodes().get(0).rows()).isBetween(5.0, 20.0);
    assertThat(search.estimatedCost()).isLessThan(scan.estimatedCost());
    QueryPlan sorted = connection.explain("SELECT * FROM t WHERE e = 1 ORDER BY b");
    assertThat(sorted.usesTemporaryBtree()).isTrue();
    assertThat(sorted.estimatedCost()).isGreaterThan(search.estimatedCost());
  }
}
