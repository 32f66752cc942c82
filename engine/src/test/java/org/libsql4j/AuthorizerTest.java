package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** What the authorizer is asked, and what its answers do. */
class AuthorizerTest {
  private final List<String> asked = new ArrayList<>();
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.inMemory().connect();
    connection.execute("CREATE TABLE t(a, b)");
    connection.execute("INSERT INTO t VALUES (1, 2)");
    connection.execute("CREATE VIEW v AS SELECT a + b AS s FROM t");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  /** Answers one action on a name with an answer, everything else with yes; notes all. */
  private void answer(int action, String name, int answer) {
    asked.clear();
    connection.setAuthorizer(
        (code, first, second, database, trigger) -> {
          asked.add(code + " " + first + " " + second + " " + database + " " + trigger);
          boolean meant = name.equals(first) || name.equals(second);
          return code == action && meant ? answer : Authorizer.OK;
        });
  }

  private List<String> ask(String sql) {
    answer(-1, "", Authorizer.OK);
    connection.executeMultiple(sql);
    return asked;
  }

  private String value(String sql) {
    try (Rows rows = connection.query(sql)) {
      return rows.next() ? String.valueOf(rows.getString(0)) : "no row";
    }
  }

  private void refuses(String sql, String message) {
    assertThatThrownBy(() -> connection.execute(sql))
        .isInstanceOfSatisfying(
            LibsqlException.class,
            e -> {
              assertThat(e.resultCode()).isEqualTo(ResultCode.AUTH);
              assertThat(e).hasMessage(message);
            });
  }

  @Test
  void asksForEachPartOfAQuery() {
    assertThat(ask("SELECT s FROM v"))
        .containsExactly(
            "21 null null null null",
            "20 t a main v",
            "20 t b main v",
            "20 v s main null",
            "21 null null null v");
  }

  @Test
  void asksForChangesAndDefinitions() {
    assertThat(ask("UPDATE t SET b = a + 1"))
        .containsExactly("20 t a main null", "23 t b main null");
    assertThat(ask("INSERT INTO t VALUES (3, 4)")).containsExactly("18 t null main null");
    assertThat(ask("DELETE FROM t")).containsExactly("9 t null main null");
    assertThat(ask("BEGIN; SAVEPOINT s; RELEASE s; COMMIT"))
        .containsExactly(
            "22 BEGIN null null null",
            "32 BEGIN s null null",
            "32 RELEASE s null null",
            "22 COMMIT null null null");
    assertThat(ask("CREATE INDEX i ON t(a)")).contains("1 i t main null", "27 i null main null");
    assertThat(ask("DROP INDEX i")).contains("10 i t main null");
    assertThat(ask("PRAGMA main.user_version = 3")).containsExactly("19 user_version 3 main null");
    assertThat(ask("ATTACH ':memory:' AS x; DETACH x"))
        .containsExactly("24 :memory: null null null", "25 x null null null");
  }

  @Test
  void deniesWithAMessage() {
    answer(Authorizer.READ, "b", Authorizer.DENY);
    refuses("SELECT b FROM t", "access to t.b is prohibited");
    refuses("SELECT s FROM v", "access to t.b is prohibited");
    answer(Authorizer.FUNCTION, "abs", Authorizer.DENY);
    refuses("SELECT abs(a) FROM t", "not authorized to use function: abs");
    answer(Authorizer.CREATE_TABLE, "n", Authorizer.DENY);
    refuses("CREATE TABLE n(x)", "not authorized");
    connection.setAuthorizer((code, first, second, database, trigger) -> 77);
    assertThatThrownBy(() -> connection.execute("SELECT 1")).hasMessage("authorizer malfunction");
  }

  @Test
  void leavesOutWhatIsIgnored() {
    answer(Authorizer.READ, "b", Authorizer.IGNORE);
    assertThat(value("SELECT b FROM t")).isEqualTo("null");
    answer(Authorizer.UPDATE, "b", Authorizer.IGNORE);
    connection.execute("UPDATE t SET a = 9, b = 9");
    answer(Authorizer.INSERT, "t", Authorizer.IGNORE);
    connection.execute("INSERT INTO t VALUES (5, 6)");
    connection.setAuthorizer(null);
    assertThat(value("SELECT a || ' ' || b || ' ' || count(*) FROM t")).isEqualTo("9 2 1");
    connection.setAuthorizer(
        (code, first, second, database, trigger) ->
            code == Authorizer.SELECT ? Authorizer.IGNORE : Authorizer.OK);
    assertThat(value("SELECT a FROM t")).isEqualTo("no row");
  }
}
