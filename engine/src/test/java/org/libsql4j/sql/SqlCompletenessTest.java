package org.libsql4j.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sqlite3_complete()} and {@code sqlite3_keyword_check()}. */
class SqlCompletenessTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ";",
        "SELECT 1;",
        "SELECT 1; -- x",
        "SELECT 1; /* y */",
        "x';';",
        "CREATE TABLE trigger(a);",
        "CREATE TEMP TRIGGER t BEGIN SELECT 1; END;",
        "EXPLAIN CREATE TRIGGER t BEGIN SELECT 1; SELECT 2;\nEND;",
        "SELECT [a;] ; ",
        "select ';'';';",
        "/* ; */ select 1;",
        "create temp trigger a after insert on b begin select ';'; /* */ end ;"
      })
  void complete(String sql) {
    assertThat(SqlCompleteness.isComplete(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1",
        "SELECT ';",
        "SELECT 1; x",
        "/* ;",
        "-- ;",
        "CREATE TRIGGER t BEGIN SELECT 1;",
        "CREATE TRIGGER t BEGIN SELECT 1; END",
        "CREATE TEMPORARY TRIGGER t BEGIN SELECT 1; END x;",
        "select 1; /* ;",
        "select 1 -- ;",
        "create trigger a after insert on b begin select case when 1 then 2 end;"
      })
  void incomplete(String sql) {
    assertThat(SqlCompleteness.isComplete(sql)).isFalse();
  }

  @Test
  void statementsEndAfterTheirSemicolon() {
    String sql = "select 1; ;select ';' ; create trigger t begin x; end; end;select 2";

    int first = SqlCompleteness.statementEnd(sql, 0);
    assertThat(sql.substring(0, first)).isEqualTo("select 1;");
    int second = SqlCompleteness.statementEnd(sql, first);
    assertThat(sql.substring(first, second)).isEqualTo(" ;");
    int third = SqlCompleteness.statementEnd(sql, second);
    assertThat(sql.substring(second, third)).isEqualTo("select ';' ;");
    int fourth = SqlCompleteness.statementEnd(sql, third);
    assertThat(sql.substring(third, fourth)).isEqualTo(" create trigger t begin x; end;");
    int fifth = SqlCompleteness.statementEnd(sql, fourth);
    assertThat(sql.substring(fourth, fifth)).isEqualTo(" end;");
    assertThat(SqlCompleteness.statementEnd(sql, fifth)).isEqualTo(sql.length());
  }

  @Test
  void blankIsWhatHoldsNoStatement() {
    assertThat(SqlCompleteness.isBlank(" -- a\n/* b */;\t")).isTrue();
    assertThat(SqlCompleteness.isBlank("-- a")).isTrue();
    assertThat(SqlCompleteness.isBlank("a")).isFalse();
    assertThat(SqlCompleteness.isBlank("/* open")).isFalse();
  }

  @Test
  void keywords() {
    assertThat(Keywords.isKeyword("SeLeCt")).isTrue();
    assertThat(Keywords.isKeyword("abort")).isTrue();
    assertThat(Keywords.isKeyword("selects")).isFalse();
    assertThat(Keywords.isReservedKeyword("select")).isTrue();
    assertThat(Keywords.isReservedKeyword("abort")).isFalse();
    assertThat(Keywords.isReservedKeyword("left")).isFalse();
    for (int i = 0; i < Keywords.count(); i++) {
      assertThat(Keywords.isKeyword(Keywords.name(i))).isTrue();
    }
  }
}
