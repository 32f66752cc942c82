package org.libsql4j.vtab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;
import org.libsql4j.error.LibsqlException;

/** What modules of an application are asked and told. */
class VirtualTableTest {
  private final ListModule module = new ListModule();
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.inMemory().connect();
    connection.createModule("list", module);
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private List<String> query(String sql) {
    List<String> out = new ArrayList<>();
    try (Rows rows = connection.query(sql)) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < rows.columnCount(); i++) {
          row.append(i == 0 ? "" : "|").append(rows.getString(i));
        }
        out.add(row.toString());
      }
    }
    return out;
  }

  private void table() {
    connection.execute("CREATE VIRTUAL TABLE t USING list(x, y z)");
    connection.execute("INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    module.log.clear();
  }

  private List<String> log(String start) {
    return module.log.stream().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void createsConnectsAndDestroys() {
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS t USING list(x, y z)");
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS t USING list(x, y z)");
    assertThat(module.log).containsExactly("create t[x, y z]", "sync", "commit");
    assertThat(query("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"))
        .containsExactly("table|t|t|0|CREATE VIRTUAL TABLE t USING list(x, y z)");
    connection.execute("DROP TABLE t");
    assertThat(module.log).contains("destroy");
    assertThat(query("SELECT * FROM sqlite_schema")).isEmpty();
  }

  @Test
  void reportsConstructorsThatFail() {
    module.failure = "SQL logic error";
    fails("CREATE VIRTUAL TABLE t USING list", "vtable constructor failed: t");
    module.failure = "no luck";
    fails("CREATE VIRTUAL TABLE t USING list", "no luck");
    module.failure = null;
    module.schema = "";
    fails("CREATE VIRTUAL TABLE t USING list", "vtable constructor did not declare schema: t");
    module.schema = "CREATE TABLE";
    fails("CREATE VIRTUAL TABLE t USING list", "vtable constructor failed: t");
    fails("CREATE VIRTUAL TABLE t USING none", "no such module: none");
    module.kind = Module.Kind.EPONYMOUS_ONLY;
    fails("CREATE VIRTUAL TABLE t USING list", "no such module: list");
    assertThat(query("SELECT * FROM sqlite_schema")).isEmpty();
  }

  private void fails(String sql, String message) {
    assertThatThrownBy(() -> connection.execute(sql))
        .isInstanceOf(LibsqlException.class)
        .hasMessage(message);
  }

  @Test
  void changesRows() {
    table();
    assertThat(connection.execute("UPDATE t SET b = b || '!' WHERE a > 1")).isEqualTo(2);
    assertThat(connection.execute("DELETE FROM t WHERE a = 1")).isEqualTo(1);
    connection.execute("INSERT INTO t(rowid, a, b) VALUES (10, 10, 'ten')");
    assertThat(connection.lastInsertRowid()).isEqualTo(10);
    connection.execute("UPDATE t SET rowid = 11 WHERE rowid = 10");
    connection.execute("INSERT INTO t SELECT a + 100, b FROM t");
    assertThat(query("SELECT rowid, * FROM t"))
        .containsExactly(
            "2|2|two!", "3|3|three!", "11|10|ten", "12|102|two!", "13|103|three!", "14|110|ten");
    connection.execute("DELETE FROM t");
    assertThat(query("SELECT * FROM t")).isEmpty();
  }

  @Test
  void resolvesConflicts() {
    module.constraints = true;
    table();
    fails("INSERT INTO t(rowid, a) VALUES (1, 5)", "rowid is taken");
    assertThat(connection.execute("INSERT OR IGNORE INTO t(rowid, a) VALUES (1, 5)")).isZero();
    connection.execute("REPLACE INTO t(rowid, a, b) VALUES (1, 5, 'five')");
    assertThat(query("SELECT a, b FROM t WHERE rowid = 1")).containsExactly("5|five");
    assertThat(log("INSERT")).containsExactly("INSERT ABORT", "INSERT IGNORE", "INSERT REPLACE");
  }

  @Test
  void takesPartInTransactions() {
    table();
    connection.execute("BEGIN");
    connection.execute("INSERT INTO t VALUES (4, 'four')");
    connection.execute("SAVEPOINT s");
    connection.execute("DELETE FROM t WHERE a = 4");
    connection.execute("ROLLBACK TO s");
    connection.execute("RELEASE s");
    connection.execute("COMMIT");
    module.log.removeIf(line -> line.startsWith("best") || line.startsWith("filter"));
    assertThat(module.log)
        .containsExactly(
            "begin",
            "INSERT ABORT",
            "savepoint 0",
            "savepoint 1",
            "DELETE ABORT",
            "close",
            "release 1",
            "rollbackTo 0",
            "release 0",
            "sync",
            "commit");
    module.log.clear();
    connection.execute("BEGIN");
    connection.execute("DELETE FROM t");
    connection.execute("ROLLBACK");
    assertThat(log("rollback")).containsExactly("rollback");
    assertThat(query("SELECT count(*) FROM t")).containsExactly("3");
  }

  @Test
  void offersAllKindsOfConditions() {
    table();
    query(
        "SELECT * FROM t WHERE a = 1 AND b > 'a' AND a <= 5 AND b LIKE 't%' AND b GLOB 't*'"
            + " AND a <> 3 AND b IS NOT NULL AND a IS 4 AND b IS NULL AND a IS NOT 7"
            + " AND rowid = 4 AND 9 > a");
    // LIKE and GLOB may be offered as a range as well.
    assertThat(log("best").get(0).replaceAll(" 1:(32|16)=[TtUu]", ""))
        .isEqualTo(
            "best 0:2=1 1:4=a 0:8=5 0:72=4 1:71+ -1:2=4 0:16=9"
                + " 1:65=t% 1:66=t* 0:68=3 1:70=null 0:69=7");
  }

  @Test
  void givesHiddenColumnsTheArguments() {
    module.kind = Module.Kind.EPONYMOUS;
    connection.createModule("list", module);
    module.omit = true;
    assertThat(query("SELECT count(*) FROM list('x')")).containsExactly("0");
    assertThat(log("filter")).containsExactly("filter x");
    fails("SELECT * FROM list(1, 2)", "too many arguments on list() - max 1");
  }

  @Test
  void joinsInTheOrderThatArgumentsNeed() {
    table();
    module.omit = true;
    connection.execute("CREATE TABLE u(v)");
    connection.execute("INSERT INTO u VALUES ('p'), ('q')");
    assertThat(query("SELECT v, count(*) FROM t(u.v), u GROUP BY v")).containsExactly("p|3", "q|3");
    assertThat(log("filter")).containsExactly("filter p", "filter q");
    module.log.clear();
    assertThat(query("SELECT v, t.c FROM u LEFT JOIN t(u.v || '!') ON t.a = 99")).hasSize(6);
  }

  @Test
  void loopsOverListsOrTakesThemAtOnce() {
    table();
    query("SELECT * FROM t WHERE a IN (5, 7, 6)");
    assertThat(log("filter")).containsExactly("filter 5", "filter 6", "filter 7");
    module.log.clear();
    module.allAtOnce = true;
    module.omit = true;
    query("SELECT * FROM t WHERE a IN (5, 8, 6)");
    assertThat(log("filter")).containsExactly("filter in 5 in 6 in 8");
  }

  @Test
  void leavesTheOrderToTheTable() {
    table();
    module.consumesOrder = true;
    assertThat(query("EXPLAIN QUERY PLAN SELECT * FROM t ORDER BY b DESC"))
        .singleElement()
        .asString()
        .endsWith("SCAN t VIRTUAL TABLE INDEX 0:by 1-");
    assertThat(query("SELECT a FROM t ORDER BY b DESC")).containsExactly("1", "2", "3");
    module.consumesOrder = false;
    assertThat(query("SELECT a FROM t ORDER BY b  DESC")).containsExactly("2", "3", "1");
  }

  @Test
  void fallsBackWhenThereIsNoPlan() {
    table();
    module.refuses = true;
    fails("SELECT * FROM t", "no query solution");
  }

  @Test
  void renamesAndChecks() {
    table();
    connection.execute("ALTER TABLE t RENAME TO \"new name\"");
    assertThat(module.log).contains("rename new name");
    assertThat(query("SELECT sql FROM sqlite_schema"))
        .containsExactly("CREATE VIRTUAL TABLE \"new name\" USING list(x, y z)");
    assertThat(query("SELECT count(*) FROM \"new name\"")).hasSize(1);
    assertThat(query("PRAGMA integrity_check")).containsExactly("ok");
    connection.execute(
        "INSERT INTO \"new name\" SELECT value, 'x' FROM generate_series(1, 13)"
            + " WHERE value > (SELECT count(*) FROM \"new name\")");
    assertThat(query("PRAGMA integrity_check")).containsExactly("unlucky table main.new name");
  }

  @Test
  void keepsTablesFromUntrustedSchemas() {
    module.risk = RiskLevel.DIRECT_ONLY;
    table();
    connection.execute("CREATE VIEW v AS SELECT * FROM t");
    fails("SELECT * FROM v", "unsafe use of virtual table \"t\"");
    assertThat(query("SELECT count(*) FROM t")).containsExactly("3");
  }

  @Test
  void isConnectedAgainWhenTheSchemaIsRead() {
    table();
    connection.execute("CREATE TABLE other(x)");
    connection.execute("BEGIN");
    connection.execute("DROP TABLE other");
    connection.execute("ROLLBACK");
    query("SELECT * FROM t");
    assertThat(log("disconnect")).hasSize(1);
    assertThat(log("connect")).containsExactly("connect t[x, y z]");
  }
}
