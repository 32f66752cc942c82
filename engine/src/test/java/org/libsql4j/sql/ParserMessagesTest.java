package org.libsql4j.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.error.LibsqlException;

/** Messages of the grammar itself, word for word those of the real engine. */
class ParserMessagesTest {
  private static RealEngine real;

  @BeforeAll
  static void open() throws Exception {
    real = new RealEngine();
  }

  @AfterAll
  static void close() throws Exception {
    real.close();
  }

  static Stream<String> faulty() {
    return Stream.of(
        "SELECT * FORM t",
        "SELECT",
        "SELEC 1",
        "EXPLAIN",
        "EXPLAIN;",
        "EXPLAIN EXPLAIN SELECT 1",
        ";;; foo",
        "SELECT 1 FROM",
        "SELECT 'abc",
        "SELECT \"abc",
        "SELECT [abc",
        "SELECT `abc",
        "SELECT x'1",
        "SELECT x'123'",
        "SELECT x'zz'",
        "SELECT 12abc",
        "SELECT 0x",
        "SELECT 0xg",
        "SELECT 1e",
        "SELECT 1e+",
        "SELECT 1.2.3",
        "SELECT 1__0",
        "SELECT 1_",
        "SELECT 1._5",
        "SELECT !",
        "SELECT $",
        "SELECT $a(b",
        "SELECT #",
        "SELECT #1",
        "SELECT @",
        "SELECT \\",
        "\u000bSELECT 1",
        "SELECT {",
        "SELECT 1 /*",
        "SELECT /* abc",
        "SELECT ?0",
        "SELECT ?99999999999",
        "SELECT ?0 foo bar",
        "SELECT * FROM t1 ON 1",
        "SELECT * FROM t1 USING (a)",
        "SELECT * FROM (t1 ON 1), t2",
        "SELECT * FROM t1 LEFT INNER JOIN t2",
        "SELECT * FROM t1 INNER LEFT foo JOIN t2",
        "SELECT * FROM t1 LEFT foo t2",
        "SELECT * FROM t1 OUTER JOIN t2",
        "SELECT * FROM t1 left \"outer\" JOIN t2",
        "SELECT 1 ORDER BY 1 UNION SELECT 2",
        "SELECT 1 LIMIT 1 UNION ALL SELECT 2",
        "SELECT 1 LIMIT 1 EXCEPT SELECT 2 ORDER BY 1 INTERSECT SELECT 3",
        "SELECT (SELECT 1 LIMIT 1 UNION SELECT 2)",
        "WITH a AS (SELECT 1) SELECT * FROM a ORDER BY 1 LIMIT 1 UNION SELECT 2",
        "VALUES (1) ORDER BY 1",
        "SELECT 1 UNION VALUES (2) LIMIT 1",
        "SELECT sum(DISTINCT 1) OVER ()",
        "SELECT sum(1) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING)",
        "SELECT sum(1) OVER (ROWS 1 FOLLOWING)",
        "CREATE TABLE x1(a) foo",
        "CREATE TABLE x1(a) WITHOUT foo",
        "CREATE TABLE x1(a, b AS (1) foo)",
        "CREATE TABLE x1(a, FOREIGN KEY (a) REFERENCES t1(a, b))",
        "CREATE TABLE x1(a, FOREIGN KEY (a COLLATE nocase) REFERENCES t1)",
        "CREATE VIEW x1(a DESC) AS SELECT 1",
        "CREATE VIEW x1 AS SELECT ?",
        "CREATE TABLE if(a)",
        "CREATE TRIGGER x1 AFTER INSERT ON t1 BEGIN UPDATE main.t1 SET a = 1; END",
        "CREATE TRIGGER x1 AFTER INSERT ON t1 BEGIN INSERT INTO main.t1 VALUES (1); END",
        "CREATE TRIGGER x1 AFTER INSERT ON t1 BEGIN DELETE FROM t1 INDEXED BY i1; END",
        "CREATE TRIGGER x1 AFTER INSERT ON t1 BEGIN DELETE FROM t1 NOT INDEXED; END",
        "UPDATE t1 SET (a, b) = (1, 2, 3)",
        "UPDATE t1 SET (a, b) = 1",
        "INSERT INTO t1 SELECT * FROM t2 ON CONFLICT DO NOTHING",
        "PRAGMA x = -y",
        "SELECT cast FROM t1",
        "SELECT a FROM t1 INDEXED",
        "SELECT 1 AS",
        "CREATE VIRTUAL TABLE v USING m(a",
        "CREATE VIRTUAL TABLE v USING m(a;",
        "SELECT 1 FROM t1 WHERE a NOT 5",
        "SELECT " + "1+".repeat(1001) + "1",
        "SELECT " + "-".repeat(3) + " 1 FROM",
        "SELECT 1 " + "UNION SELECT 1 ".repeat(500));
  }

  @ParameterizedTest
  @MethodSource("faulty")
  void sameMessage(String sql) {
    String theirs = real.prepareError(sql);
    assertThat(theirs).isNotNull();
    // The JDBC driver's SQLite is built with another limit.
    String expected = theirs.replace("?250000", "?32766");
    assertThatThrownBy(() -> Parser.parseNext(sql, 0))
        .isInstanceOf(LibsqlException.class)
        .hasMessage(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a AS left FROM t1",
        "SELECT \"a\" \"b\" FROM t1 'c'",
        "CREATE TABLE x1(a), STRICT, STRICT",
        "SELECT a over FROM t1",
        "SELECT 1 window",
        "SELECT 1 filter",
        "SELECT max(a) filter FROM t1",
        "SELECT max(a) over FROM t1",
        "SELECT a key, a replace FROM t1 match",
        "CREATE TABLE x1(a INT GENERATED ALWAYS AS (1), b GENERATED ALWAYS AS (2) STORED)",
        "SELECT #a, @b::c(d), $e::f",
        "CREATE TABLE x1(abort, end, rowid, CHECK (1) CHECK (2))",
        "CREATE TABLE x1(a, CONSTRAINT y CONSTRAINT z, UNIQUE (a))",
        "WITH with AS (SELECT 1) SELECT * FROM with",
        "SELECT 1 \ufeff + 2",
        "SELECT \u00e9\u00e9 FROM (SELECT 1 AS \u00e9\u00e9)",
        "SELECT 1 /* open",
        "SELECT count(DISTINCT) FROM t1",
        "SELECT a IN () FROM t1",
        "SELECT 1 IN generate_series(1, 2)",
        "SELECT rows, range, groups FROM (SELECT 1 rows, 2 range, 3 groups)"
      })
  void noSyntaxError(String sql) {
    assertThat(RealEngine.isSyntaxMessage(real.prepareError(sql))).isFalse();
    assertThat(Parser.parseNext(sql, 0).statement()).isNotNull();
  }

  @Test
  void offsetsPointAtTheOffendingToken() {
    assertThatThrownBy(() -> Parser.parseNext("SELECT 1; SELECT FORM t x", 9))
        .hasMessage("near \"x\": syntax error")
        .extracting(e -> ((LibsqlException) e).sqlOffset())
        .isEqualTo(15);
  }
}
