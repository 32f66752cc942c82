package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;

/** Functions that an application adds: which one a call means, and where it may stand. */
class OwnFunctionsTest {
  private final Connection connection = Database.openLocal(":memory:").connect();

  @AfterEach
  void close() {
    connection.close();
  }

  private void add(String name, int argumentCount, String result, Flag... flags) {
    EnumSet<Flag> set = EnumSet.of(Flag.DETERMINISTIC);
    set.addAll(java.util.List.of(flags));
    connection.createFunction(
        FunctionDefinition.scalar(
            name, argumentCount, set, (context, arguments) -> context.result().setText(result)));
  }

  private Object value(String sql) {
    try (Rows rows = connection.query(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getObject(0);
    }
  }

  /** Even one that takes any number of arguments. */
  @Test
  void comeBeforeBuiltInOnes() {
    add("substr", -1, "own");
    add("->", 2, "arrow");
    add("like", -1, "1");
    assertThat(value("SELECT substr('abc', 1, 1)")).isEqualTo("own");
    assertThat(value("SELECT '[1]' -> 0")).isEqualTo("arrow");
    assertThat(value("SELECT '[1]' ->> 0")).isEqualTo(1L);
    assertThat(value("SELECT 'a' LIKE 'b'")).isEqualTo("1");
    connection.executeMultiple("CREATE TABLE t(a); INSERT INTO t VALUES('abc'); VACUUM");
  }

  @Test
  void haveNamesOfLimitedLength() {
    add("x".repeat(255), 0, "fine");
    assertThatThrownBy(() -> add("x".repeat(256), 0, "too long"))
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.MISUSE));
  }

  /** What belongs to the temporary database cannot have come with a file. */
  @Test
  void areSafeInTemporaryObjects() {
    add("direct", 1, "9", Flag.DIRECT_ONLY);
    add("plain", 1, "7");
    connection.executeMultiple("PRAGMA trusted_schema=OFF; CREATE TABLE m(a)");
    for (String function : new String[] {"direct", "plain"}) {
      connection.executeMultiple(
          String.join(
                  ";",
                  "DROP VIEW IF EXISTS v",
                  "DROP TABLE IF EXISTS t",
                  "CREATE TEMP VIEW v AS SELECT f(1)",
                  "CREATE TEMP TABLE t(a, b AS (f(a)), c DEFAULT(f(1)), CHECK(f(a) > 0))",
                  "CREATE INDEX temp.i ON t(f(a)) WHERE f(a)",
                  "CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO m VALUES(f(1)); END",
                  "INSERT INTO t(a) VALUES(1)")
              .replace("f(", function + "("));
      assertThat(value("SELECT b || c FROM t, v")).isIn("99", "77");
      for (String ddl :
          new String[] {
            "CREATE TABLE n(a, b AS (f(a)))",
            "CREATE TABLE n(a, CHECK(f(a)))",
            "CREATE INDEX i ON m(f(a))",
            "CREATE INDEX i ON m(a) WHERE f(a)"
          }) {
        assertThatThrownBy(() -> connection.execute(ddl.replace("f(", function + "(")))
            .hasMessage("unsafe use of " + function + "()");
      }
      connection.execute("CREATE VIEW w AS SELECT " + function + "(1)");
      assertThatThrownBy(() -> value("SELECT * FROM w"))
          .hasMessage("unsafe use of " + function + "()");
      connection.execute("DROP VIEW w");
    }
  }

  @Test
  void aStatementHasALengthLimit() {
    connection.state().setLimit(Limit.SQL_LENGTH, 20);
    assertThat(value("SELECT 'abcdefghijk'")).isEqualTo("abcdefghijk");
    assertThatThrownBy(() -> value("SELECT 'abcdefghijkl'"))
        .hasMessage("statement too long")
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.TOOBIG));
    assertThatThrownBy(() -> value("SELECT 'äöüäöüä'")).hasMessage("statement too long");
  }
}
