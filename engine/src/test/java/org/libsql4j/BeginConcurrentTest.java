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
    return open("a.db");
  }

  private Connection open(String name) {
    return Database.builder(folder.resolve(name).toString()).busyTimeoutMillis(0).build().connect();
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
      memory.executeMultiple("CREATE TABLE t(a); BEGIN CONCURRENT; INSERT INTO t VALUES(1); END");
      assertThat(number(memory, "SELECT a FROM t")).isEqualTo(1);
    }
  }

  /** Distant rows of one table are on different leaves. */
  @Test
  void writersOfDistantRowsBothCommit() throws Exception {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      a.execute("CREATE TABLE plain(id INTEGER PRIMARY KEY, v)");
      a.execute(
          "INSERT INTO plain SELECT value * 10, randomblob(100) FROM generate_series(1, 1000)");
      a.execute("BEGIN CONCURRENT");
      b.execute("BEGIN CONCURRENT");
      a.execute("UPDATE plain SET v = randomblob(100) WHERE id = 50");
      b.execute("UPDATE plain SET v = randomblob(100) WHERE id = 9000");
      a.execute("DELETE FROM plain WHERE id = 60");
      b.execute("DELETE FROM plain WHERE id = 9010");
      a.execute("INSERT INTO plain VALUES(55, randomblob(60))");
      b.execute("INSERT INTO plain VALUES(9005, randomblob(60))");
      b.commit();
      a.commit();
      assertThat(number(b, "SELECT count(*) FROM plain WHERE id IN (55, 9005, 60, 9010)"))
          .isEqualTo(2);
      assertIntact();
    }
  }

  /** Pages that both free and both take from the freelist are no conflict. */
  @Test
  void bothMayFreeAndTakePages() throws Exception {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      for (int i = 0; i < 3; i++) {
        a.execute("INSERT INTO t" + i + " VALUES(1, 1, randomblob(50000))");
      }
      a.execute("DELETE FROM t2");
      long free = number(a, "PRAGMA freelist_count");
      long pages = number(a, "PRAGMA page_count");
      assertThat(free).isGreaterThan(50);
      a.execute("BEGIN CONCURRENT");
      b.execute("BEGIN CONCURRENT");
      a.execute("DELETE FROM t0");
      assertThat(number(a, "PRAGMA freelist_count")).isGreaterThan(free + 50);
      b.execute("DELETE FROM t1");
      a.execute("INSERT INTO t3 VALUES(1, 1, randomblob(20000))");
      b.execute("INSERT INTO t4 VALUES(1, 1, randomblob(70000))");
      try (Rows rows = a.query("PRAGMA integrity_check")) {
        rows.next();
        assertThat(rows.getString(0)).isEqualTo("ok");
      }
      a.commit();
      b.commit();
      assertThat(number(a, "PRAGMA page_count")).isLessThan(pages + 20);
      assertThat(number(a, "SELECT length(b) FROM t4")).isEqualTo(70000);
      assertIntact();
    }
  }

  /** With several files nothing is committed to any if one has a conflict. */
  @Test
  void aConflictInOneFileSparesTheOthers() {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      a.execute("ATTACH ? AS two", folder.resolve("b.db").toString());
      a.executeMultiple("PRAGMA two.journal_mode=WAL; CREATE TABLE two.x(v)");
      b.execute("ATTACH ? AS two", folder.resolve("b.db").toString());
      a.execute("BEGIN CONCURRENT");
      a.execute("INSERT INTO t0 VALUES(1, 1, 1)");
      a.execute("INSERT INTO two.x VALUES(1)");
      b.execute("INSERT INTO two.x VALUES(2)");
      assertConflict(a::commit);
      assertThat(number(b, "SELECT count(*) FROM t0")).isZero();
      b.execute("INSERT INTO t1 VALUES(1, 1, 1)"); // No lock was left behind.
      a.rollback();
      a.execute("BEGIN CONCURRENT");
      a.execute("INSERT INTO t0 VALUES(1, 1, 1)");
      a.execute("INSERT INTO two.x VALUES(1)");
      b.execute("INSERT INTO t1 VALUES(2, 1, 1)");
      a.commit();
      assertThat(number(b, "SELECT count(*) FROM two.x, t0")).isEqualTo(2);
    }
  }

  /** One that has changed nothing has nothing to lose. */
  @Test
  void readersDoNotConflict() {
    create("");
    try (Connection a = open();
        Connection b = open()) {
      b.execute("INSERT INTO t0 VALUES(1, 1, 1)");
      a.execute("BEGIN CONCURRENT");
      assertThat(number(a, "SELECT count(*) FROM t0")).isEqualTo(1);
      a.execute("UPDATE t0 SET a = 2 WHERE id = 77");
      b.execute("INSERT INTO t0 VALUES(2, 1, 1)");
      assertThat(number(a, "SELECT count(*) FROM t0")).isEqualTo(1);
      a.commit();
      assertThat(number(a, "SELECT count(*) FROM t0")).isEqualTo(2);
    }
  }
}
