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
        "SELECT [a;] ; "
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
        "CREATE TEMPORARY TRIGGER t BEGIN SELECT 1; END x;"
      })
  void incomplete(String sql) {
    assertThat(SqlCompleteness.isComplete(sql)).isFalse();
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
