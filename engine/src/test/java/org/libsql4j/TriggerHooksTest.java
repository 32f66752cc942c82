package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hooks hear of triggers, EXPLAIN of triggers, and how deep they may call each other. */
class TriggerHooksTest {
  private final List<String> heard = new ArrayList<>();
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.openLocal(":memory:").connect();
    connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b REAL, c AS (b + 1), d TEXT)");
    connection.execute("CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private void listen() {
    connection.setPreUpdateHook(
        change ->
            heard.add(
                change.change()
                    + " "
                    + change.database()
                    + "."
                    + change.table()
                    + " "
                    + change.oldRowid()
                    + ">"
                    + change.newRowid()
                    + " depth "
                    + change.depth()
                    + " "
                    + change.oldValues()
                    + ">"
                    + change.newValues()));
  }

  private List<String> drain() {
    List<String> copy = List.copyOf(heard);
    heard.clear();
    return copy;
  }

  @Test
  void preUpdateHookSeesBothRows() {
    connection.execute("INSERT INTO t(a, b) VALUES(4, 4)");
    listen();
    connection.execute("INSERT INTO t(b, d) VALUES(1, 2)");
    connection.execute("UPDATE t SET b = 9, a = 7 WHERE a = 5");
    connection.execute("UPDATE t SET d = 'x' WHERE a = 7");
    connection.execute("ALTER TABLE t ADD COLUMN e DEFAULT 'new'");
    drain();
    connection.execute("DELETE FROM t WHERE a = 4");
    connection.execute("INSERT OR REPLACE INTO t(a, b) VALUES(7, 1.5)");
    assertThat(drain())
        .containsExactly(
            "DELETE main.t 4>0 depth 0 [4, 4.0, null, null, new]>null",
            "DELETE main.t 7>0 depth 0 [7, 9.0, null, x, new]>null",
            "INSERT main.t 0>7 depth 0 null>[7, 1.5, null, null, new]");
    connection.execute("DELETE FROM t");
    assertThat(drain()).containsExactly("DELETE main.t 7>0 depth 0 [7, 1.5, null, null, new]>null");
    connection.setPreUpdateHook(null);
    connection.execute("INSERT INTO t(a) VALUES(1)");
    assertThat(heard).isEmpty();
  }

  @Test
  void preUpdateHookKnowsUpdatesAndTablesWithoutRowid() {
    listen();
    connection.execute("INSERT INTO t(a, b, d) VALUES(5, 1, 2)");
    connection.execute("UPDATE t SET b = 9, a = 7 WHERE a = 5");
    connection.execute("UPDATE t SET d = 'x'");
    connection.execute("INSERT INTO w VALUES('k', 1)");
    connection.execute("UPDATE w SET v = 2");
    connection.execute("DELETE FROM w WHERE k = 'k'");
    assertThat(drain())
        .containsExactly(
            "INSERT main.t 0>5 depth 0 null>[5, 1.0, null, 2]",
            "UPDATE main.t 5>7 depth 0 [5, 1.0, null, 2]>[7, 9.0, null, 2]",
            "UPDATE main.t 7>7 depth 0 [7, 9.0, null, 2]>[7, 9.0, null, x]",
            "INSERT main.w 0>0 depth 0 null>[k, 1]",
            "UPDATE main.w 0>0 depth 0 [k, 1]>[k, 2]",
            "DELETE main.w 0>0 depth 0 [k, 2]>null");
  }

  @Test
  void hooksHearOfTriggers() {
    connection.execute("CREATE TABLE log(m)");
    connection.execute(
        "CREATE TRIGGER w1 AFTER INSERT ON w BEGIN INSERT INTO log VALUES(new.k); END");
    connection.execute(
        "CREATE TRIGGER t1 BEFORE INSERT ON t BEGIN INSERT INTO w VALUES(new.d, 0); END");
    listen();
    connection.setUpdateHook(
        (change, database, table, rowid) -> heard.add(change + " " + table + " " + rowid));
    connection.execute("INSERT INTO t(a, d) VALUES(1, 'x')");
    assertThat(drain())
        .containsExactly(
            "INSERT main.w 0>0 depth 1 null>[x, 0]",
            "INSERT main.log 0>1 depth 2 null>[x]",
            "INSERT log 1",
            "INSERT main.t 0>1 depth 0 null>[1, null, null, x]",
            "INSERT t 1");
  }

  @Test
  void explainListsTriggersAfterTheStatement() {
    connection.execute("CREATE TRIGGER t1 AFTER INSERT ON t BEGIN INSERT INTO w VALUES(1, 2); END");
    List<String> opcodes = new ArrayList<>();
    try (Rows rows = connection.query("EXPLAIN INSERT INTO t(a) VALUES(1)")) {
      while (rows.next()) {
        opcodes.add(rows.getLong(0) + " " + rows.getString(1));
      }
    }
    assertThat(opcodes).filteredOn(line -> line.endsWith(" Init")).hasSize(2);
    assertThat(opcodes).filteredOn(line -> line.endsWith(" Program")).hasSize(1);
    assertThat(opcodes).anyMatch(line -> line.endsWith(" ResetCount"));
  }

  @Test
  void recursionHasAnEnd() {
    connection.execute("CREATE TABLE r(n)");
    connection.execute(
        "CREATE TRIGGER r1 AFTER INSERT ON r BEGIN INSERT INTO r VALUES(new.n + 1); END");
    connection.execute("INSERT INTO r VALUES(1)");
    assertThat(count()).isEqualTo(2);
    connection.execute("PRAGMA recursive_triggers = ON");
    assertThatThrownBy(() -> connection.execute("INSERT INTO r VALUES(1)"))
        .hasMessage("too many levels of trigger recursion");
    assertThat(count()).isEqualTo(2);
  }

  private long count() {
    try (Rows rows = connection.query("SELECT count(*) FROM r")) {
      rows.next();
      return rows.getLong(0);
    }
  }
}
