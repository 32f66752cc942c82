package org.libsql4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where statements end. */
class SqlScannerTest {
  private final SqlText scanner = new SqlScanner();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1;",
        "select 1; ",
        "select 1; -- comment",
        "select ';''';",
        "select \"a;\" from [b;];",
        "/* ; */ select 1;",
        "select 1; /* ; */",
        "create trigger a after insert on b begin select 1; end;",
        "CREATE TEMP TRIGGER a after insert on b begin select 1; select ';'; /* */ END ;",
        "explain create trigger a after insert on b begin select 1; end;",
        "create table trigger_(a); ",
        "create index trigger on a(b);",
        ";",
        ""
      })
  void complete(String sql) {
    assertThat(scanner.isComplete(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "select 1; select",
        "select ';",
        "select ';'';",
        "select \";",
        "select 1 -- ;",
        "select 1 /* ;",
        "select 1; /* ;",
        "create trigger a after insert on b begin select 1;",
        "create trigger a after insert on b begin select 1; end",
        "create temporary trigger a after insert on b begin select case when 1 then 2 end;",
        "explain query plan create trigger a after insert on b begin select 1; ;"
      })
  void incomplete(String sql) {
    assertThat(scanner.isComplete(sql)).isFalse();
  }

  @Test
  void statementsEndAfterTheirSemicolon() {
    String sql = "select 1; ;select ';' ; create trigger t begin x; end; end;select 2";

    assertThat(scanner.statementEnd(sql, 0)).isEqualTo("select 1;".length());
    int second = scanner.statementEnd(sql, "select 1;".length());
    assertThat(sql.substring(0, second)).endsWith("';' ;");
    int third = scanner.statementEnd(sql, second);
    assertThat(sql.substring(second, third)).isEqualTo(" create trigger t begin x; end;");
    int fourth = scanner.statementEnd(sql, third);
    assertThat(sql.substring(third, fourth)).isEqualTo(" end;");
    assertThat(scanner.statementEnd(sql, fourth)).isEqualTo(sql.length());
  }

  @Test
  void blankIsWhatHoldsNoToken() {
    assertThat(scanner.isBlank(" -- a\n/* b */;\t", 0, 15)).isTrue();
    assertThat(scanner.isBlank("a", 0, 1)).isFalse();
    assertThat(scanner.isBlank("/* open", 0, 7)).isFalse();
  }
}
