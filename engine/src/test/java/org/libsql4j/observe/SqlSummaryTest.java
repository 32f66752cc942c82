package org.libsql4j.observe;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What metrics and traces show of a statement's text. */
class SqlSummaryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1 | SELECT",
        ";; -- comment\u0020SELECT | ''",
        "/* a */ insert into t values(1) | INSERT",
        "with a as (select 1), b(x) as (values(')')) delete from t | DELETE",
        "WITH RECURSIVE \"select\" AS (SELECT 1) UPDATE t SET a = 1 | UPDATE",
        "WITH x | WITH",
        "PRAGMA user_version | PRAGMA",
        "frobnicate | OTHER",
        "BEGIN | BEGIN",
        "EXPLAIN SELECT 1 | EXPLAIN",
        "values (1) | VALUES",
        "'x' | OTHER",
      })
  void operations(String sql, String operation) {
    assertThat(SqlSummary.operation(sql)).isEqualTo(operation.isEmpty() ? "OTHER" : operation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "SELECT 'it''s', 12, 1.5e-3, .5, 0xFF FROM t1 | SELECT ?, ?, ?, ?, ? FROM t1",
        "SELECT x'0102', X'', \"a'b\", [c'1'], `d 2` | SELECT ?, ?, \"a'b\", [c'1'], `d 2`",
        "SELECT ?, ?12, :a1, @b2, $c3 | SELECT ?, ?12, :a1, @b2, $c3",
        "SELECT a/* 'secret' */+1 | SELECT a +?",
        "SELECT a - -1 | SELECT a - -?",
        "INSERT INTO t VALUES ('open | INSERT INTO t VALUES (?",
        "SELECT null, true, x.y, x | SELECT null, true, x.y, x",
      })
  void values(String sql, String shown) {
    assertThat(SqlSummary.withoutValues(sql)).isEqualTo(shown);
  }

  @Test
  void commentsToTheEndOfTheLine() {
    assertThat(SqlSummary.withoutValues("SELECT 1 -- 'secret\nFROM t --x"))
        .isEqualTo("SELECT ?  FROM t  ");
    assertThat(SqlSummary.operation("-- select\nDROP TABLE t")).isEqualTo("DROP");
    assertThat(SqlSummary.operation("")).isEqualTo("OTHER");
    assertThat(SqlSummary.withoutValues("")).isEmpty();
  }

  @Property(tries = 500)
  void anyTextGivesAnAnswer(
      @ForAll @CharRange(from = 1, to = 255) @StringLength(max = 40) String x) {
    assertThat(SqlSummary.operation(x)).isNotEmpty();
    assertThat(SqlSummary.operation("WITH " + x)).isNotEmpty();
    String shown = SqlSummary.withoutValues(x);
    assertThat(SqlSummary.withoutValues(shown)).isNotNull();
    assertThat(shown.length()).isLessThanOrEqualTo(x.length() + 1);
  }
}
