package org.libsql4j.compat.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.BatchStatement;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.LibsqlBatchException;
import org.libsql4j.QueryResult;
import org.libsql4j.Rows;
import org.libsql4j.Savepoint;
import org.libsql4j.Statement;
import org.libsql4j.Transaction;
import org.libsql4j.TransactionMode;
import org.libsql4j.compat.sqld.SqldServer;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.remote.RemoteException;

/** The Java API over a database on a server. */
class RemoteDatabaseTest {
  @TempDir static Path folder;
  private static @Nullable SqldServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SqldServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static SqldServer server() {
    return java.util.Objects.requireNonNull(server);
  }

  private static Database database(Way way) {
    return Database.openRemote(way.url(server()), "");
  }

  private static Connection connect(Way way, String table) {
    Connection connection = database(way).connect();
    connection.execute("DROP TABLE IF EXISTS " + table);
    return connection;
  }

  private static List<String> rows(Connection connection, String sql, Object... parameters) {
    List<String> list = new ArrayList<>();
    try (Rows rows = connection.query(sql, parameters)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < rows.columnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        list.add(String.join("|", row));
      }
    }
    return list;
  }

  @ParameterizedTest
  @EnumSource
  void valuesComeBackAsTheyWere(Way way) {
    try (Connection connection = connect(way, "v")) {
      connection.execute("CREATE TABLE v(id INTEGER PRIMARY KEY, a)");
      Object[] values = {
        null,
        0L,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        1.5,
        -0.1,
        1e300,
        Double.MIN_VALUE,
        100.0,
        "",
        "größer 😀 \" \\ \n \u0001",
        new byte[0],
        new byte[] {0, -1, 127, 10},
        new byte[100_000],
      };
      for (Object value : values) {
        assertThat(connection.execute("INSERT INTO v(a) VALUES (?)", value)).isEqualTo(1);
      }
      assertThat(connection.lastInsertRowid()).isEqualTo(values.length);
      List<Object> found = new ArrayList<>();
      try (Rows rows = connection.query("SELECT a FROM v ORDER BY id")) {
        while (rows.next()) {
          found.add(rows.getObject(0));
        }
      }
      assertThat(found).usingRecursiveComparison().isEqualTo(asList(values));
      assertThat(server().execute("SELECT count(*) FROM v"))
          .contains("\"value\":\"" + values.length + "\"");
    }
  }

  private static List<@Nullable Object> asList(@Nullable Object[] values) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object value : values) {
      list.add(value);
    }
    return list;
  }

  @ParameterizedTest
  @EnumSource
  void parametersHaveNumbersOrNamesOrBoth(Way way) {
    try (Connection connection = database(way).connect()) {
      assertThat(rows(connection, "SELECT ?2, ?1, ?", 1, 2, 3)).containsExactly("2|1|3");
      assertThat(rows(connection, "SELECT ?3", 1, 2, 3)).containsExactly("3");
      try (Statement statement = connection.prepare("SELECT :a, @b, $c, :a")) {
        assertThat(statement.parameterNames()).containsExactly(":a", "@b", "$c");
        statement.bindAll(Map.of("a", 1, "b", "x", "c", 2.5));
        assertThat(statement.step()).isTrue();
        assertThat(statement.getString(0) + statement.getString(1) + statement.getDouble(2))
            .isEqualTo("1x2.5");
        assertThat(statement.getLong(3)).isEqualTo(1);
      }
      try (Statement statement = connection.prepare("SELECT ?, :x, ?5, ':y', :x /* ? */")) {
        assertThat(statement.parameterNames()).containsExactly(null, ":x", null, null, "?5");
        statement.bind(1, 1);
        statement.bind(":x", 2);
        statement.bind(5, 5);
        assertThat(statement.step()).isTrue();
        assertThat(statement.getString(0) + statement.getString(1) + statement.getString(2))
            .isEqualTo("125");
        assertThat(statement.getString(3) + statement.getString(4)).isEqualTo(":y2");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void preparingTellsColumnsWithoutExecuting(Way way) {
    try (Connection connection = connect(way, "d")) {
      connection.execute("CREATE TABLE d(id INTEGER PRIMARY KEY, name VARCHAR(20))");
      try (Statement query = connection.prepare("SELECT id, name AS n, 1 + 1 FROM d WHERE id = ?");
          Statement insert = connection.prepare("INSERT INTO d(name) VALUES (?) RETURNING id");
          Statement explain = connection.prepare("EXPLAIN QUERY PLAN SELECT * FROM d")) {
        assertThat(query.columnCount()).isEqualTo(3);
        assertThat(query.columnName(1)).isEqualTo("n");
        assertThat(query.columnDeclaredType(1)).isEqualToIgnoringCase("VARCHAR(20)");
        assertThat(query.columnDeclaredType(2)).isNull();
        assertThat(query.parameterCount()).isEqualTo(1);
        assertThat(query.isReadOnly()).isTrue();
        assertThat(query.isExplain()).isFalse();
        assertThat(insert.columnCount()).isEqualTo(1);
        assertThat(insert.isReadOnly()).isFalse();
        assertThat(explain.explainMode()).isEqualTo(2);
        assertThat(explain.columnName(3)).isEqualTo("detail");
        assertThat(rows(connection, "SELECT count(*) FROM d")).containsExactly("0");
      }
      try (Statement delete = connection.prepare("DELETE FROM d")) {
        assertThat(delete.isReadOnly()).isFalse();
        assertThat(delete.columnCount()).isZero();
      }
      assertThat(connection.explain("SELECT * FROM d WHERE id = 1").toString())
          .contains("SEARCH d");
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesAndReturnedRows(Way way) {
    try (Connection connection = connect(way, "c")) {
      connection.execute("CREATE TABLE c(id INTEGER PRIMARY KEY, a)");
      assertThat(connection.execute("INSERT INTO c(a) VALUES (1), (2), (3)")).isEqualTo(3);
      assertThat(connection.changes()).isEqualTo(3);
      assertThat(rows(connection, "SELECT count(*) FROM c")).containsExactly("3");
      assertThat(connection.changes()).isEqualTo(3);
      assertThat(rows(connection, "INSERT INTO c(a) VALUES (7), (8) RETURNING id, a + 1 AS more"))
          .containsExactly("4|8", "5|9");
      assertThat(connection.changes()).isEqualTo(2);
      assertThat(connection.lastInsertRowid()).isEqualTo(5);
      assertThat(connection.execute("UPDATE c SET a = 0 WHERE id > 2")).isEqualTo(3);
      assertThat(connection.execute("DELETE FROM c")).isEqualTo(5);
      assertThat(connection.totalChanges()).isEqualTo(13);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfAnotherStatementGoOn(Way way) {
    try (Connection connection = connect(way, "o")) {
      connection.execute("CREATE TABLE o(id INTEGER PRIMARY KEY, a)");
      connection.execute(
          "INSERT INTO o(a) WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x"
              + " < 3000) SELECT x FROM c");
      // Outside of a transaction, and inside.
      for (int round = 0; round < 2; round++) {
        if (round == 1) {
          connection.begin();
        }
        long sum = 0;
        try (Rows rows = connection.query("SELECT id, a FROM o ORDER BY id")) {
          while (rows.next()) {
            if (rows.getLong(0) % 500 == 0) {
              connection.execute("UPDATE o SET a = a + 1 WHERE id = ?", rows.getLong(0));
              assertThat(rows(connection, "SELECT count(*) FROM o")).containsExactly("3000");
            }
            sum += rows.getLong(1);
          }
        }
        assertThat(sum).isEqualTo(3000 * 3001 / 2 + 6L * round);
      }
      connection.commit();
      assertThat(rows(connection, "SELECT sum(a) FROM o")).containsExactly("" + (4501500 + 12));
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsAreNotCollected(Way way) {
    try (Connection connection = database(way).connect()) {
      // All of them would be 100 GB.
      String sql =
          "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 100000000)"
              + " SELECT x, printf('%.1000c', 'x') FROM c";
      try (Rows rows = connection.query(sql)) {
        for (int i = 1; i <= 1_000; i++) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(0)).isEqualTo(i);
        }
      }
      connection.begin();
      // A server that is asked over a WebSocket executes all of a query within a transaction.
      String few = way == Way.HTTP ? sql : sql.replace("100000000", "5000");
      try (Rows rows = connection.query(few)) {
        assertThat(rows.next()).isTrue();
      }
      // Rows that nobody wanted do not end the transaction.
      assertThat(rows(connection, "SELECT 1")).containsExactly("1");
      assertThat(connection.isAutoCommit()).isFalse();
      connection.rollback();
    }
  }

  @ParameterizedTest
  @EnumSource
  void transactionsAndSavepoints(Way way) {
    try (Connection connection = connect(way, "t");
        Connection other = database(way).connect()) {
      connection.execute("CREATE TABLE t(a)");
      try (Transaction transaction = connection.transaction(TransactionMode.WRITE)) {
        transaction.execute("INSERT INTO t VALUES (1)");
        try (Savepoint savepoint = transaction.savepoint("s")) {
          transaction.execute("INSERT INTO t VALUES (2)");
          savepoint.rollback();
          transaction.execute("INSERT INTO t VALUES (3)");
          savepoint.release();
        }
        try (Savepoint savepoint = transaction.savepoint("s")) {
          transaction.execute("INSERT INTO t VALUES (4)");
          assertThat(savepoint.name()).isEqualTo("s");
        }
        assertThat(rows(other, "SELECT count(*) FROM t")).containsExactly("0");
        transaction.commit();
        assertThat(transaction.isOpen()).isFalse();
      }
      assertThat(rows(other, "SELECT a FROM t")).containsExactly("1", "3");
      try (Transaction transaction = connection.transaction(TransactionMode.DEFERRED)) {
        transaction.execute("DELETE FROM t");
      }
      assertThat(connection.isAutoCommit()).isTrue();
      try (Transaction transaction = connection.transaction(TransactionMode.READ)) {
        assertThat(transaction.queryOne("SELECT count(*) FROM t").getLong(0)).isEqualTo(2);
        assertThatThrownBy(() -> transaction.execute("DELETE FROM t"))
            .hasMessage("attempt to write a readonly database");
      }
      try (Savepoint savepoint = connection.savepoint("outer")) {
        assertThat(connection.isAutoCommit()).isFalse();
        connection.execute("DELETE FROM t");
        savepoint.release();
      }
      assertThat(connection.isAutoCommit()).isTrue();
      assertThat(rows(other, "SELECT count(*) FROM t")).containsExactly("0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorMayEndTheTransaction(Way way) {
    try (Connection connection = connect(way, "e")) {
      connection.execute("CREATE TABLE e(a UNIQUE)");
      connection.begin();
      connection.execute("INSERT INTO e VALUES (1)");
      assertThatThrownBy(() -> connection.execute("INSERT INTO e VALUES (1)"))
          .hasMessage("UNIQUE constraint failed: e.a");
      assertThat(connection.isAutoCommit()).isFalse();
      assertThatThrownBy(() -> connection.execute("INSERT OR ROLLBACK INTO e VALUES (1)"))
          .hasMessage("UNIQUE constraint failed: e.a");
      assertThat(connection.isAutoCommit()).isTrue();
      assertThat(rows(connection, "SELECT count(*) FROM e")).containsExactly("0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void batchesAreKeptTogetherOrNotAtAll(Way way) {
    try (Connection connection = connect(way, "b")) {
      List<QueryResult> results =
          connection.batch(
              List.of(
                  new BatchStatement("CREATE TABLE b(id INTEGER PRIMARY KEY, a UNIQUE)", List.of()),
                  new BatchStatement("INSERT INTO b(a) VALUES (?), (?)", List.of(1, "two")),
                  new BatchStatement("SELECT * FROM b ORDER BY id", List.of())),
              TransactionMode.IMMEDIATE);
      assertThat(results).hasSize(3);
      assertThat(results.get(1).rowsAffected()).isEqualTo(2);
      assertThat(results.get(1).lastInsertRowid()).isEqualTo(2);
      assertThat(results.get(2).columnNames()).containsExactly("id", "a");
      assertThat(results.get(2).rows().get(1).getString(1)).isEqualTo("two");
      assertThatThrownBy(
              () ->
                  connection.batch(
                      List.of(
                          new BatchStatement("INSERT INTO b(a) VALUES (3)", List.of()),
                          new BatchStatement("INSERT INTO b(a) VALUES (1)", List.of()),
                          new BatchStatement("INSERT INTO b(a) VALUES (4)", List.of())),
                      TransactionMode.DEFERRED))
          .isInstanceOfSatisfying(
              LibsqlBatchException.class, e -> assertThat(e.statementIndex()).isEqualTo(1))
          .hasMessageContaining("UNIQUE constraint failed: b.a");
      assertThat(connection.isAutoCommit()).isTrue();
      assertThat(rows(connection, "SELECT count(*) FROM b")).containsExactly("2");
      connection.executeMultiple(
          "INSERT INTO b(a) VALUES (5); INSERT INTO b(a) VALUES ('a;b'); -- the end\n");
      assertThat(rows(connection, "SELECT a FROM b WHERE id > 2")).containsExactly("5", "a;b");
      assertThatThrownBy(
              () ->
                  connection.executeMultiple(
                      "INSERT INTO b(a) VALUES (6); INSERT INTO b(a) VALUES (6); DELETE FROM b"))
          .hasMessage("UNIQUE constraint failed: b.a");
      assertThat(rows(connection, "SELECT count(*) FROM b")).containsExactly("5");
      assertThatThrownBy(
              () ->
                  connection.executeTransactionalBatch("DELETE FROM b; INSERT INTO nope VALUES(1)"))
          .hasMessageContaining("no such table: nope");
      assertThat(rows(connection, "SELECT count(*) FROM b")).containsExactly("5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void migrationsDoNotMindForeignKeys(Way way) {
    try (Connection connection = connect(way, "child")) {
      connection.executeMultiple(
          "DROP TABLE IF EXISTS parent; CREATE TABLE parent(id INTEGER PRIMARY KEY);"
              + "CREATE TABLE child(p REFERENCES parent); INSERT INTO parent VALUES (1);"
              + "INSERT INTO child VALUES (1)");
      assertThatThrownBy(() -> connection.execute("INSERT INTO child VALUES (2)"))
          .hasMessage("FOREIGN KEY constraint failed");
      connection.migrate(
          List.of(
              new BatchStatement("DROP TABLE parent", List.of()),
              new BatchStatement("CREATE TABLE parent(id INTEGER PRIMARY KEY, n)", List.of()),
              new BatchStatement("INSERT INTO parent VALUES (1, 'x')", List.of())));
      assertThat(connection.pragma().foreignKeys()).isTrue();
      assertThat(rows(connection, "SELECT count(*) FROM child")).containsExactly("1");
      connection.execute("PRAGMA foreign_keys = OFF");
      connection.execute("INSERT INTO child VALUES (2)");
      connection.execute("DELETE FROM child");
    }
    try (Connection connection =
        Database.remoteBuilder(way.url(server())).foreignKeys(false).build().connect()) {
      assertThat(rows(connection, "PRAGMA foreign_keys")).containsExactly("0");
      assertThat(connection.execute("INSERT INTO child VALUES (77)")).isEqualTo(1);
      connection.execute("DELETE FROM child");
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorsHaveTheTextAndTheCode(Way way) {
    try (Connection connection = connect(way, "r")) {
      connection.execute("CREATE TABLE r(a UNIQUE, b NOT NULL, c CHECK (c > 0))");
      connection.execute("INSERT INTO r VALUES (1, 1, 1)");
      assertFails(connection, "INSERT INTO r VALUES (1, 1, 1)", ResultCode.CONSTRAINT_UNIQUE);
      assertFails(connection, "INSERT INTO r VALUES (2, NULL, 1)", ResultCode.CONSTRAINT_NOTNULL);
      assertFails(connection, "INSERT INTO r VALUES (2, 1, 0)", ResultCode.CONSTRAINT_CHECK);
      assertFails(connection, "SELECT abs(-9223372036854775808)", ResultCode.ERROR);
      assertThatThrownBy(() -> connection.prepare("SELECT nope FROM r"))
          .isInstanceOfSatisfying(
              RemoteException.class,
              e -> {
                assertThat(e).hasMessage("no such column: nope");
                assertThat(e.sqlOffset()).isEqualTo(7);
                assertThat(e.serverCode()).isEqualTo("SQL_INPUT_ERROR");
                assertThat(e.serverMessage()).contains("(at offset 7)");
              });
      assertThatThrownBy(() -> connection.execute("DELETE FROM nope"))
          .hasMessage("no such table: nope");
      for (String refused :
          List.of(
              "VACUUM", "ATTACH 'x' AS y", "CREATE TEMP TABLE x(a)", "PRAGMA journal_mode=off")) {
        assertThatThrownBy(() -> connection.execute(refused))
            .hasMessageContaining("unsupported statement: " + refused);
      }
      assertThatThrownBy(() -> connection.execute("INSERT INTO r(a) VALUES (?)", 1 / 0.0))
          .hasMessageContaining("infinite");
      for (String transaction : List.of("SELECT 1", "BEGIN")) {
        connection.query(transaction).toList();
        assertThatThrownBy(
                () -> rows(connection, "SELECT 1 UNION ALL SELECT 9e999 UNION ALL SELECT 2"))
            .hasMessageContaining("infinite");
      }
      assertThat(connection.isAutoCommit()).isFalse();
      connection.rollback();
      assertThat(rows(connection, "SELECT 1")).containsExactly("1");
    }
  }

  private static void assertFails(Connection connection, String sql, ResultCode code) {
    String message = "";
    try (Connection local = Database.inMemory().connect()) {
      local.execute("CREATE TABLE r(a UNIQUE, b NOT NULL, c CHECK (c > 0))");
      local.execute("INSERT INTO r VALUES (1, 1, 1)");
      local.query(sql).toList();
    } catch (LibsqlException e) {
      message = e.getMessage();
    }
    assertThatThrownBy(() -> connection.query(sql).toList())
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(code))
        .hasMessage(message);
  }

  @ParameterizedTest
  @EnumSource
  void whatNeedsTheFileSaysSo(Way way) {
    try (Connection connection = database(way).connect();
        Connection local = Database.inMemory().connect()) {
      assertThat(connection.isRemote()).isTrue();
      assertThatThrownBy(() -> connection.setUpdateHook((a, b, c, d) -> {}))
          .hasMessage("an update hook is not supported: the database is on a server");
      assertThatThrownBy(() -> connection.createModule("m", null)).hasMessageContaining("server");
      assertThatThrownBy(() -> connection.openBlob("main", "t", "a", 1, false))
          .hasMessageContaining("server");
      assertThatThrownBy(connection::serialize).hasMessageContaining("server");
      assertThatThrownBy(() -> connection.backupTo("x")).hasMessageContaining("server");
      assertThatThrownBy(() -> local.startBackup("main", connection, "main"))
          .hasMessageContaining("server");
      assertThatThrownBy(connection::wal).hasMessageContaining("server");
      connection.setUpdateHook(null);
      assertThat(connection.healthCheck().pageCount()).isPositive();
      connection.execute("PRAGMA busy_timeout = 10");
      connection.reset();
      assertThat(connection.pragma().busyTimeoutMillis()).isNotEqualTo(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void longTextsAreStoredAtTheServer(Way way) {
    try (Connection connection = connect(way, "l")) {
      connection.execute("CREATE TABLE l(id INTEGER PRIMARY KEY, a)");
      for (int text = 0; text < 60; text++) {
        String sql = "INSERT INTO l(a) VALUES (?) /* " + "x".repeat(300) + text + " */";
        for (int i = 0; i < 3; i++) {
          connection.execute(sql, text);
        }
      }
      String query = "SELECT count(*) /* " + "y".repeat(500) + " */ FROM l";
      for (int i = 0; i < 4; i++) {
        assertThat(rows(connection, query)).containsExactly("180");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangedSchemaIsNoticed(Way way) {
    try (Connection connection = connect(way, "s");
        Connection other = database(way).connect()) {
      connection.execute("CREATE TABLE s(a)");
      connection.execute("INSERT INTO s VALUES (1)");
      try (Statement statement = connection.prepare("SELECT * FROM s")) {
        assertThat(statement.step()).isTrue();
        statement.reset();
        connection.execute("ALTER TABLE s ADD COLUMN b DEFAULT 7");
        assertThat(statement.step()).isTrue();
        assertThat(statement.columnCount()).isEqualTo(2);
        assertThat(statement.getLong(1)).isEqualTo(7);
      }
      assertThat(rows(other, "SELECT * FROM s")).containsExactly("1|7");
      connection.execute("DROP TABLE s");
      assertThatThrownBy(() -> rows(connection, "SELECT * FROM s")).hasMessage("no such table: s");
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptEndsAQuery(Way way) throws Exception {
    try (Connection connection = database(way).connect()) {
      Thread interrupter =
          new Thread(
              () -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(300);
                } catch (InterruptedException e) {
                  return;
                }
                connection.interrupt();
              });
      interrupter.start();
      assertThatThrownBy(
              () ->
                  rows(
                      connection,
                      "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT"
                          + " 30000000) SELECT count(*) FROM c"))
          .isInstanceOfSatisfying(
              LibsqlException.class,
              e -> assertThat(e.resultCode()).isEqualTo(ResultCode.INTERRUPT));
      interrupter.join();
      assertThat(rows(connection, "SELECT 1")).containsExactly("1");
    }
  }
}
