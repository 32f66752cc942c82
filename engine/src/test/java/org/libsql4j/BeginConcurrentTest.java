package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointMode;

/** Several writers at the same time, and who loses. */
class BeginConcurrentTest {
  private static final int TABLES = 6;

  @TempDir Path folder;

  private Connection open() {
    Connection connection =
        Database.builder(folder.resolve("a.db").toString()).busyTimeoutMillis(0).build().connect();
    connection.state().settings().optimisticTransactions = true;
    return connection;
  }

  @Test
  void isRefusedUnlessAskedFor() {
    try (Connection memory = Database.inMemory().connect()) {
      assertThatThrownBy(() -> memory.execute("BEGIN CONCURRENT"))
          .hasMessage("BEGIN CONCURRENT is not supported yet");
      assertThat(memory.isAutoCommit()).isTrue();
    }
  }

  private void create(String extra) {
    try (Connection connection = open()) {
      connection.executeMultiple("PRAGMA page_size=1024;" + extra);
      for (int i = 0; i < TABLES; i++) {
        connection.execute("CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY, a, b)");
        connection.execute("CREATE INDEX i" + i + " ON t" + i + "(b, a)");
      }
      connection.executeMultiple("PRAGMA journal_mode=WAL");
    }
  }

  private static long number(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return rows.getLong(0);
    }
  }

  private static void assertConflict(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            LibsqlException.class,
            e -> assertThat(e.resultCode()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
  }

  private void assertIntact() throws Exception {
    try (java.sql.Connection real =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
        ResultSet rows = real.createStatement().executeQuery("PRAGMA integrity_check")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void writersOfDifferentTablesBothCommit() throws Exception {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      a.execute("BEGIN CONCURRENT");
      b.execute("begin concurrent transaction");
      a.execute("INSERT INTO t0 VALUES(1, 'a', randomblob(5000))");
      b.execute("INSERT INTO t1 VALUES(1, 'b', randomblob(9000))");
      a.commit();
      b.commit();
      assertThat(number(a, "SELECT length(b) FROM t1")).isEqualTo(9000);
      assertThat(number(b, "SELECT length(b) FROM t0")).isEqualTo(5000);
      assertThat(number(b, "SELECT count(*) FROM t1 WHERE b > x'00'")).isEqualTo(1);
      assertIntact();
    }
    assertIntact();
  }

  @Test
  void theSecondWriterOfAPageLoses() throws Exception {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      a.execute("INSERT INTO t0 VALUES(1, 1, 1)");
      a.execute("BEGIN CONCURRENT");
      b.execute("BEGIN CONCURRENT");
      a.execute("UPDATE t0 SET a = a + 1");
      b.execute("UPDATE t0 SET a = a + 1");
      a.commit();
      assertConflict(b::commit);
      assertThat(b.isAutoCommit()).isFalse();
      assertConflict(b::commit);
      b.rollback();
      b.execute("BEGIN CONCURRENT");
      b.execute("UPDATE t0 SET a = a + 1");
      b.commit();
      assertThat(number(a, "SELECT a FROM t0")).isEqualTo(3);
    }
  }

  /** What was read counts, not only what was written: no write skew. */
  @Test
  void readingWhatOthersChangeLosesToo() {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      a.executeMultiple("INSERT INTO t0 VALUES(1, 1, 1); INSERT INTO t1 VALUES(1, 1, 1)");
      a.execute("BEGIN CONCURRENT");
      b.execute("BEGIN CONCURRENT");
      a.execute("UPDATE t0 SET a = (SELECT a FROM t1) + 1");
      b.execute("UPDATE t1 SET a = (SELECT a FROM t0) + 1");
      a.commit();
      assertConflict(b::commit);
    }
  }

  @Test
  void schemaChangesConflict() {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      a.execute("BEGIN CONCURRENT");
      a.execute("INSERT INTO t0 VALUES(1, 1, 1)");
      b.execute("CREATE TABLE other(x)");
      assertConflict(a::commit);
      a.rollback();
      a.execute("INSERT INTO other VALUES(1)");
    }
  }

  @Test
  void theLogMayStartOverMeanwhile() throws Exception {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      b.execute("INSERT INTO t1 VALUES(1, 1, randomblob(20000))");
      int before = b.wal().frameCount();
      b.wal().checkpoint(CheckpointMode.RESTART);
      a.execute("BEGIN CONCURRENT");
      a.execute("INSERT INTO t0 VALUES(1, 1, randomblob(3000))");
      b.execute("INSERT INTO t1 VALUES(2, 2, randomblob(4000))");
      assertThat(b.wal().frameCount()).isLessThan(before);
      a.commit();
      assertThat(number(b, "SELECT length(b) FROM t0")).isEqualTo(3000);
      assertIntact();
    }
  }

  @Test
  void otherJournalModesAndAutoVacuumGoOnAsBefore() {
    create("PRAGMA auto_vacuum=FULL;");
    try (Connection a = open();
        Connection b = open()) {
      a.execute("BEGIN CONCURRENT");
      a.execute("INSERT INTO t0 VALUES(1, 1, 1)");
      assertThatThrownBy(() -> b.execute("INSERT INTO t1 VALUES(1, 1, 1)"))
          .hasMessage("database is locked");
      a.commit();
      b.execute("INSERT INTO t1 VALUES(1, 1, 1)");
    }
    try (Connection memory = Database.inMemory().connect()) {
      memory.state().settings().optimisticTransactions = true;
      memory.executeMultiple("CREATE TABLE t(a); BEGIN CONCURRENT; INSERT INTO t VALUES(1); END");
      assertThat(number(memory, "SELECT a FROM t")).isEqualTo(1);
    }
  }
}
