package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.Synchronous;

/** Queries for one row, batches, transactions, savepoints, pragmas, plans, reset. */
class JavaApiTest {
  @TempDir Path directory;
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.openLocal(directory.resolve("a.db")).connect();
    connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE)");
    connection.execute("INSERT INTO t VALUES(1, 'one'), (2, 'two')");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private long count() {
    return connection.queryOne("SELECT count(*) FROM t").getLong(0);
  }

  // ---- rows

  @Test
  void oneRow() {
    Row row = connection.queryOne("SELECT a, b, 1.5 AS r, x'01' AS x, NULL FROM t WHERE a = ?", 2);
    assertThat(row.getInt("A")).isEqualTo(2);
    assertThat(row.getString("b")).isEqualTo("two");
    assertThat(row.getDouble(0)).isEqualTo(2.0);
    assertThat(row.getString("r")).isEqualTo("1.5");
    assertThat(row.getLong("r")).isEqualTo(1);
    assertThat(row.getBlob("x")).containsExactly(1);
    assertThat(row.getType(4)).isEqualTo(ValueType.NULL);
    assertThat(row.isNull("NULL")).isTrue();
    assertThat(row.getBoolean("b")).isFalse();
    assertThat(row.toMap()).containsEntry("a", 2L).containsEntry("b", "two");
    assertThat(row).hasToString("{a=2, b=two, r=1.5, x=1 bytes, NULL=null}");
    assertThatThrownBy(() -> row.getLong("nix")).hasMessage("no such column: nix");
    assertThatThrownBy(() -> row.getLong(5)).hasMessage("column index out of range");
    assertThatThrownBy(() -> connection.queryOne("SELECT * FROM t WHERE a > 2"))
        .hasMessage("query returned no rows");
    assertThatThrownBy(() -> connection.queryOne("SELECT * FROM t"))
        .hasMessage("query returned more than one row");
    assertThat(connection.queryOptional("SELECT * FROM t WHERE a > 2")).isEmpty();
  }

  @Test
  void rowsAsAList() {
    List<Row> rows = connection.query("SELECT a FROM t ORDER BY a").toList();
    assertThat(rows).extracting(row -> row.getLong("a")).containsExactly(1L, 2L);
    assertThat(connection.isAutoCommit()).isTrue();
  }

  // ---- parameters

  @Test
  void parametersByName() {
    try (Statement statement = connection.prepare("SELECT :a || @b || $c || ?4")) {
      assertThat(statement.parameterNames()).containsExactly(":a", "@b", "$c", "?4");
      statement.bindAll(Map.of("a", 1, "@b", "x", "c", 2.5, "4", true));
      assertThat(statement.expandedSql()).isEqualTo("SELECT 1 || 'x' || 2.5 || 1");
      statement.step();
      assertThat(statement.getString(0)).isEqualTo("1x2.51");
      statement.reset();
      statement.bindNamed(name -> "<" + name + ">");
      statement.step();
      assertThat(statement.getString(0)).isEqualTo("<a><b><c><4>");
      statement.reset();
      assertThatThrownBy(() -> statement.bindAll(Map.of("d", 1)))
          .hasMessage("no such parameter: d");
      assertThatThrownBy(() -> statement.bindAll(new Object[5]))
          .hasMessage("column index out of range");
    }
  }

  @Test
  void columnsAndCounters() {
    connection.execute("CREATE TABLE k(id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT NOT NULL, x)");
    try (Statement statement =
        connection.prepare("SELECT id AS i, n, x, 1 + 1 FROM k ORDER BY n")) {
      assertThat(statement.columnMetadata())
          .containsExactly(
              new ColumnMetadata("i", "INTEGER", "main", "k", "id", true, true, true),
              new ColumnMetadata("n", "TEXT", "main", "k", "n", true, false, false),
              new ColumnMetadata("x", null, "main", "k", "x", false, false, false),
              new ColumnMetadata("1 + 1", null, null, null, null, false, false, false));
      connection.execute("INSERT INTO k(n) VALUES('a'), ('b')");
      statement.execute();
      statement.execute();
      assertThat(statement.counters()).isEqualTo(new StatementCounters(2, 4, 0, 8, 0, 2, 0));
      connection.execute("ALTER TABLE k ADD COLUMN y");
      statement.execute();
      assertThat(statement.counters().recompilations()).isEqualTo(1);
      statement.resetCounters();
      assertThat(statement.counters().runs()).isZero();
      assertThat(statement.isExplain()).isFalse();
    }
    try (Statement insert = connection.prepare("INSERT INTO k(n) SELECT b FROM t")) {
      insert.execute();
      assertThat(insert.counters().changes()).isEqualTo(2);
    }
    try (Statement explain = connection.prepare("EXPLAIN SELECT 1")) {
      assertThat(explain.isExplain()).isTrue();
    }
  }

  // ---- batches

  @Test
  void aBatchIsKeptTogether() {
    List<QueryResult> results =
        connection.batch(
            List.of(
                BatchStatement.of("INSERT INTO t(b) VALUES(?), (?)", "x", "y"),
                BatchStatement.of("SELECT a, b FROM t WHERE a > ? ORDER BY a", 2)),
            TransactionMode.WRITE);
    assertThat(results.get(0).rowsAffected()).isEqualTo(2);
    assertThat(results.get(0).lastInsertRowid()).isEqualTo(4);
    assertThat(results.get(1).columnNames()).containsExactly("a", "b");
    assertThat(results.get(1).rows()).hasSize(2);
    assertThat(results.get(1).rowsAffected()).isZero();
    List<BatchStatement> failing =
        List.of(
            BatchStatement.of("DELETE FROM t"),
            BatchStatement.of("INSERT INTO t VALUES(1, 'a'), (1, 'b')"));
    assertThatThrownBy(() -> connection.batch(failing, TransactionMode.DEFERRED))
        .isInstanceOfSatisfying(
            LibsqlBatchException.class,
            e -> {
              assertThat(e.statementIndex()).isEqualTo(1);
              assertThat(e.resultCode()).isEqualTo(ResultCode.CONSTRAINT_PRIMARYKEY);
            })
        .hasMessage("UNIQUE constraint failed: t.a");
    assertThat(count()).isEqualTo(4);
    assertThat(connection.isAutoCommit()).isTrue();
  }

  @Test
  void textsOfStatements() {
    connection.executeTransactionalBatch("INSERT INTO t(b) VALUES('p'); SELECT 1; DELETE FROM t;");
    assertThat(count()).isZero();
    assertThatThrownBy(
            () -> connection.executeTransactionalBatch("INSERT INTO t VALUES(9, 9); SELEC 1"))
        .isInstanceOfSatisfying(
            LibsqlBatchException.class, e -> assertThat(e.statementIndex()).isEqualTo(1))
        .hasMessage("near \"SELEC\": syntax error");
    assertThat(count()).isZero();
  }

  @Test
  void migrationsDoNotEnforceForeignKeys() {
    connection.execute("CREATE TABLE c(x REFERENCES t)");
    connection.execute("INSERT INTO c VALUES(1)");
    assertThatThrownBy(() -> connection.execute("DELETE FROM t"))
        .hasMessage("FOREIGN KEY constraint failed");
    connection.migrate(
        List.of(
            BatchStatement.of("CREATE TABLE t2(a INTEGER PRIMARY KEY, b TEXT, c)"),
            BatchStatement.of("INSERT INTO t2(a, b) SELECT * FROM t"),
            BatchStatement.of("DROP TABLE t"),
            BatchStatement.of("ALTER TABLE t2 RENAME TO t")));
    assertThat(connection.pragma().foreignKeys()).isTrue();
    assertThat(connection.pragma().foreignKeyCheck()).isEmpty();
    connection.begin();
    assertThatThrownBy(() -> connection.migrate(List.of()))
        .hasMessage("cannot migrate from within a transaction");
  }

  // ---- transactions

  @Test
  void transactions() {
    try (Transaction transaction = connection.transaction(TransactionMode.WRITE)) {
      transaction.execute("INSERT INTO t(b) VALUES('three')");
      assertThat(transaction.queryOne("SELECT count(*) FROM t").getLong(0)).isEqualTo(3);
      assertThat(transaction.isOpen()).isTrue();
    }
    assertThat(count()).isEqualTo(2);
    Transaction kept = connection.transaction(TransactionMode.DEFERRED);
    kept.execute("INSERT INTO t(b) VALUES('three')");
    kept.commit();
    assertThat(count()).isEqualTo(3);
    assertThat(kept.isOpen()).isFalse();
    assertThatThrownBy(() -> kept.execute("SELECT 1"))
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.MISUSE))
        .hasMessage("transaction has ended");
    assertThatThrownBy(kept::commit).hasMessage("transaction has ended");
    kept.close();
  }

  @Test
  void aTransactionThatTheEngineEnded() {
    try (Transaction transaction = connection.transaction(TransactionMode.WRITE)) {
      assertThatThrownBy(() -> transaction.execute("INSERT OR ROLLBACK INTO t VALUES(1, 'x')"))
          .hasMessage("UNIQUE constraint failed: t.a");
      assertThatThrownBy(() -> transaction.execute("SELECT 1"))
          .hasMessage("transaction was rolled back");
      connection.begin();
      assertThatThrownBy(() -> transaction.execute("SELECT 1"))
          .hasMessage("transaction was rolled back");
    }
    assertThat(connection.isAutoCommit()).isFalse();
  }

  @Test
  void readTransactionsRefuseToWrite() {
    try (Transaction transaction = connection.transaction(TransactionMode.READ)) {
      assertThatThrownBy(() -> transaction.execute("DELETE FROM t"))
          .hasMessage("attempt to write a readonly database");
    }
    assertThat(connection.execute("DELETE FROM t")).isEqualTo(2);
  }

  @Test
  void savepointsNest() {
    try (Transaction transaction = connection.transaction(TransactionMode.IMMEDIATE)) {
      try (Savepoint outer = transaction.savepoint("a \"b\"")) {
        transaction.execute("INSERT INTO t(b) VALUES('x')");
        try (Savepoint inner = transaction.savepoint("inner")) {
          transaction.execute("INSERT INTO t(b) VALUES('y')");
          inner.rollback();
          transaction.execute("INSERT INTO t(b) VALUES('z')");
          inner.release();
          assertThatThrownBy(inner::release).hasMessage("savepoint has ended");
        }
        outer.release();
      }
      try (Savepoint undone = transaction.savepoint("undone")) {
        assertThat(undone.name()).isEqualTo("undone");
        transaction.execute("DELETE FROM t");
      }
      transaction.commit();
    }
    assertThat(count()).isEqualTo(4);
  }

  /** In SQL a name means the innermost savepoint. */
  @Test
  void savepointsOfOneNameAreTheirOwn() {
    long before = count();
    try (Transaction transaction = connection.transaction(TransactionMode.IMMEDIATE)) {
      Savepoint outer = transaction.savepoint("s");
      transaction.execute("INSERT INTO t(b) VALUES('x')");
      Savepoint inner = transaction.savepoint("S");
      transaction.execute("INSERT INTO t(b) VALUES('y')");
      outer.rollback();
      assertThat(count()).isEqualTo(before);
      assertThatThrownBy(inner::rollback).hasMessage("savepoint has ended");
      inner.close();
      transaction.execute("INSERT INTO t(b) VALUES('x')");
      transaction.savepoint("s");
      transaction.execute("INSERT INTO t(b) VALUES('y')");
      outer.close();
      assertThat(count()).isEqualTo(before);
      assertThat(transaction.isOpen()).isTrue();
    }
  }

  @Test
  void withoutWaiting() {
    try (Connection other = Database.openLocal(directory.resolve("a.db")).connect();
        Transaction held = other.transaction(TransactionMode.WRITE)) {
      long start = System.nanoTime();
      assertThat(connection.tryBegin(TransactionMode.WRITE)).isEmpty();
      assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
      assertThat(connection.pragma().busyTimeoutMillis()).isEqualTo(5000);
      held.rollback();
      assertThat(connection.tryBegin(TransactionMode.WRITE)).isPresent();
    }
  }

  @Test
  void tryingAgain() {
    List<Integer> attempts = new ArrayList<>();
    RetryPolicy policy =
        RetryPolicy.onBusy().withAttempts(4).withDelays(Duration.ofMillis(1), Duration.ofMillis(2));
    int result =
        policy.run(
            () -> {
              attempts.add(0);
              if (attempts.size() < 4) {
                throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
              }
              return 7;
            });
    assertThat(result).isEqualTo(7);
    assertThatThrownBy(
            () ->
                policy.run(
                    () -> {
                      throw new LibsqlException(ResultCode.BUSY);
                    }))
        .hasMessage("database is locked")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThatThrownBy(
            () ->
                policy.run(
                    () -> {
                      attempts.add(1);
                      throw new LibsqlException(ResultCode.CORRUPT);
                    }))
        .hasMessage("database disk image is malformed");
    assertThat(attempts).hasSize(5);
  }

  /** JDBC's failures have the engine's as their cause. */
  @Test
  void tryingAgainWithOtherExceptions() throws Exception {
    RetryPolicy policy =
        RetryPolicy.onBusy().withAttempts(3).withDelays(Duration.ofMillis(1), Duration.ofMillis(2));
    IOException busy = new IOException(new LibsqlException(ResultCode.BUSY));
    List<Integer> attempts = new ArrayList<>();
    int result =
        policy.call(
            () -> {
              attempts.add(0);
              if (attempts.size() < 3) {
                throw busy;
              }
              return 7;
            });
    assertThat(result).isEqualTo(7);
    assertThatThrownBy(
            () ->
                policy.call(
                    () -> {
                      attempts.add(0);
                      throw busy;
                    }))
        .isSameAs(busy);
    assertThat(attempts).hasSize(6);
    assertThatThrownBy(
            () ->
                policy.call(
                    () -> {
                      attempts.add(0);
                      throw new IOException("other");
                    }))
        .hasMessage("other");
    assertThat(attempts).hasSize(7);
  }

  // ---- pragmas, plans, health

  @Test
  void pragmas() {
    Pragmas pragma = connection.pragma();
    pragma.userVersion(7);
    assertThat(pragma.userVersion()).isEqualTo(7);
    assertThat(pragma.journalMode()).isEqualTo(JournalMode.DELETE);
    assertThat(pragma.journalMode(JournalMode.WAL)).isEqualTo(JournalMode.WAL);
    assertThat(pragma.synchronous()).isEqualTo(Synchronous.FULL);
    pragma.synchronous(Synchronous.NORMAL);
    assertThat(pragma.synchronous()).isEqualTo(Synchronous.NORMAL);
    pragma.cacheSize(-4000);
    assertThat(pragma.cacheSize()).isEqualTo(-4000);
    assertThat(pragma.pageSize()).isEqualTo(4096);
    assertThat(pragma.pageCount()).isEqualTo(3);
    assertThat(pragma.integrityCheck()).isEmpty();
    assertThat(pragma.encoding()).isEqualTo("UTF-8");
    connection.execute("CREATE TABLE g(x INT NOT NULL DEFAULT 5, y AS (x) STORED, PRIMARY KEY(x))");
    connection.execute("CREATE INDEX gi ON g(y DESC, x + 1) WHERE x > 0");
    assertThat(pragma.tableList())
        .contains(new Pragmas.TableInfo("main", "g", "table", 2, false, false));
    assertThat(pragma.tableInfo("g"))
        .containsExactly(
            new Pragmas.ColumnInfo(0, "x", "INT", true, "5", 1, Pragmas.ColumnKind.ORDINARY),
            new Pragmas.ColumnInfo(
                1, "y", "", false, null, 0, Pragmas.ColumnKind.GENERATED_STORED));
    assertThat(pragma.indexList("g"))
        .extracting(Pragmas.IndexInfo::name)
        .containsExactly("gi", "sqlite_autoindex_g_1");
    assertThat(pragma.indexInfo("gi"))
        .containsExactly(
            new Pragmas.IndexColumn(0, 1, "y", true, "BINARY", true),
            new Pragmas.IndexColumn(1, -2, null, false, "BINARY", true),
            new Pragmas.IndexColumn(2, -1, null, false, "BINARY", false));
    assertThat(pragma.sqlOf("GI")).hasValueSatisfying(sql -> assertThat(sql).contains("DESC"));
    assertThat(pragma.databaseList()).hasSize(1);
    connection.execute("CREATE TEMP TABLE tt(x)");
    assertThat(pragma.of("temp").tableList()).extracting(Pragmas.TableInfo::name).contains("tt");
    assertThat(pragma.get("nonsense")).isNull();
  }

  @Test
  void plans() {
    QueryPlan plan =
        connection.explain("SELECT * FROM t AS x JOIN t AS y ON y.a = x.b + 1 ORDER BY x.b || y.b");
    assertThat(plan.fullScans()).containsExactly("x");
    assertThat(plan.usesTemporaryBtree()).isTrue();
    assertThat(plan.toString())
        .isEqualTo(
            "QUERY PLAN\n"
                + "|--SCAN x\n"
                + "|--SEARCH y USING INTEGER PRIMARY KEY (rowid=?)\n"
                + "`--USE TEMP B-TREE FOR ORDER BY\n");
    assertThat(connection.explain("SELECT b FROM t WHERE b = 1").fullScans()).isEmpty();
  }

  @Test
  void health() {
    connection.pragma().journalMode(JournalMode.WAL);
    connection.execute("DELETE FROM t");
    HealthReport report = connection.healthCheck();
    assertThat(report.latency()).isPositive();
    assertThat(report.usesWal()).isTrue();
    assertThat(report.walFrames()).isPositive();
    assertThat(report.pageCount()).isEqualTo(3);
    assertThat(report.inTransaction()).isFalse();
    assertThat(report.cacheBytes()).isPositive();
  }

  // ---- settings

  @Test
  void everythingIsClearedByReset() {
    Database database =
        Database.builder(directory.resolve("a.db").toString())
            .pragma("synchronous", "NORMAL")
            .pragma("case_sensitive_like", 1)
            .busyTimeout(Duration.ofSeconds(2))
            .onConnect(c -> c.setLimit(Limit.COLUMN, 50))
            .build();
    try (Connection pooled = database.connect()) {
      List<String> log = new ArrayList<>();
      assertThat(pooled.limit(Limit.COLUMN)).isEqualTo(50);
      Statement statement = pooled.prepare("SELECT ?1 FROM t");
      statement.bind(1, 5L);
      statement.step();
      pooled.executeMultiple(
          "ATTACH ':memory:' AS x; CREATE TEMP TABLE tt(x); PRAGMA foreign_keys=OFF;"
              + "PRAGMA synchronous=OFF; PRAGMA busy_timeout=1; PRAGMA query_only=1;"
              + "PRAGMA case_sensitive_like=0; PRAGMA cache_size=5; BEGIN");
      pooled.setTrace(log::add);
      pooled.setCommitHook(() -> true);
      pooled.setLimit(Limit.COLUMN, 10);
      pooled.reset();
      assertThat(pooled.isAutoCommit()).isTrue();
      assertThat(pooled.pragma().databaseList()).hasSize(1);
      assertThat(pooled.pragma().foreignKeys()).isTrue();
      assertThat(pooled.pragma().synchronous()).isEqualTo(Synchronous.NORMAL);
      assertThat(pooled.pragma().cacheSize()).isEqualTo(-2000);
      assertThat(pooled.pragma().busyTimeoutMillis()).isEqualTo(2000);
      assertThat(pooled.isSet(ConnectionFlag.QUERY_ONLY)).isFalse();
      assertThat(pooled.queryOne("SELECT 'a' LIKE 'A'").getLong(0)).isZero();
      assertThat(pooled.limit(Limit.COLUMN)).isEqualTo(50);
      assertThatThrownBy(() -> pooled.execute("SELECT * FROM tt")).hasMessage("no such table: tt");
      assertThat(pooled.execute("DELETE FROM t")).isEqualTo(2);
      assertThat(log).containsExactly("ROLLBACK");
    }
  }

  @Test
  void pragmasThatFailCloseTheConnection() {
    Database database = Database.builder(":memory:").pragma("encoding", "no").build();
    assertThatThrownBy(database::connect).hasMessage("unsupported encoding: no");
  }

  @Test
  void closedThingsSayThatTheyAre() {
    Statement statement = connection.prepare("SELECT 1");
    statement.close();
    assertThatThrownBy(statement::step).hasMessage("statement is closed");
    Transaction transaction = connection.transaction(TransactionMode.DEFERRED);
    connection.close();
    assertThatThrownBy(() -> transaction.execute("SELECT 1")).hasMessage("connection is closed");
    assertThatThrownBy(() -> connection.queryOne("SELECT 1")).hasMessage("connection is closed");
    assertThatThrownBy(connection::reset).hasMessage("connection is closed");
    transaction.close();
  }

  @Test
  void theStatementCacheCanBeTurnedOff() {
    connection.statementCacheSize(0);
    assertThat(count()).isEqualTo(2);
    connection.statementCacheSize(2);
    for (int i = 0; i < 5; i++) {
      connection.execute("SELECT " + i);
      connection.execute("CREATE TABLE IF NOT EXISTS x" + i + "(y)");
      assertThat(count()).isEqualTo(2);
    }
  }
}
