package org.libsql4j.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.NioVfs;
import org.libsql4j.vfs.SqliteProcess;

/** The same files used by the pager and by the real SQLite. */
class PagerInteropTest {
  @TempDir Path folder;

  private static String sql(Path database, String... statements) throws Exception {
    String last = "";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        if (statement.execute(text)) {
          try (ResultSet rows = statement.getResultSet()) {
            last = rows.next() ? rows.getString(1) : "";
          }
        }
      }
    }
    return last;
  }

  private Path create(String name, int rows, int pageSize) throws Exception {
    Path path = folder.resolve(name);
    sql(
        path,
        "PRAGMA page_size=" + pageSize,
        "CREATE TABLE t(a INTEGER PRIMARY KEY, b)",
        "WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x<"
            + rows
            + ")"
            + " INSERT INTO t SELECT x, randomblob(300) FROM c");
    return path;
  }

  private static Pager open(Path path, int cache) {
    return Pager.open(PagerOptions.file(NioVfs.instance(), path.toString()).cacheSize(cache));
  }

  /** Starts a transaction that makes the database equal to another file. */
  private static void overwrite(Pager pager, byte[] content, int pageSize) {
    pager.sharedLock();
    pager.begin(false, false);
    int count = content.length / pageSize;
    for (int n = 1; n <= count; n++) {
      Page page = pager.get(n);
      pager.write(page);
      System.arraycopy(content, (n - 1) * pageSize, page.data, 0, pageSize);
      pager.release(page);
    }
    pager.truncateImage(count);
  }

  private static String check(Path path) throws Exception {
    assertThat(sql(path, "PRAGMA integrity_check")).isEqualTo("ok");
    return sql(path, "SELECT count(*) FROM t");
  }

  private Path copyWithJournal(Path path) throws Exception {
    Path copy = Files.createTempDirectory(folder, "copy").resolve("c.db");
    Files.copy(path, copy);
    Files.copy(
        path.resolveSibling(path.getFileName() + "-journal"), copy.resolveSibling("c.db-journal"));
    return copy;
  }

  @ParameterizedTest
  @CsvSource({
    "100,300,DELETE,1000,1024",
    "300,100,DELETE,1000,1024",
    "300,100,DELETE,5,512",
    "100,300,TRUNCATE,5,4096",
    "200,200,PERSIST,5,4096",
    "300,50,PERSIST,5,65536",
  })
  void sqliteRollsOurHotJournalBack(
      int rowsBefore, int rowsAfter, JournalMode mode, int cache, int pageSize) throws Exception {
    Path path = create("a.db", rowsBefore, pageSize);
    byte[] target = Files.readAllBytes(create("b.db", rowsAfter, pageSize));
    Path copy;
    Path half;
    try (Pager pager = open(path, cache)) {
      pager.setPageSize(pageSize, 0);
      pager.setJournalMode(mode);
      overwrite(pager, target, pageSize);
      pager.commitPhaseOne(null, false);
      copy = copyWithJournal(path);
      pager.rollback();
      pager.unlockIfUnused();
      assertThat(check(path)).isEqualTo(String.valueOf(rowsBefore));
      overwrite(pager, target, pageSize);
      pager.commitPhaseOne(null, false);
      half = copyWithJournal(path);
      pager.commitPhaseTwo();
    }
    assertThat(check(copy)).isEqualTo(String.valueOf(rowsBefore));
    assertThat(check(path)).isEqualTo(String.valueOf(rowsAfter));
    // Ours, too, and to the same bytes.
    byte[] before = Files.readAllBytes(copy);
    try (Pager pager = open(half, 1000)) {
      pager.sharedLock();
      pager.unlockIfUnused();
    }
    assertThat(Arrays.equals(Files.readAllBytes(half), before)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"delete,1024", "persist,4096", "truncate,512"})
  void weRollSqlitesHotJournalBack(String mode, int pageSize) throws Exception {
    Path path = create("a.db", 300, pageSize);
    byte[] before = Files.readAllBytes(path);
    Path copy;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=" + mode);
      statement.execute("PRAGMA cache_size=3");
      statement.execute("BEGIN");
      statement.execute("UPDATE t SET b=randomblob(301)");
      statement.execute("INSERT INTO t SELECT a+1000, b FROM t");
      copy = copyWithJournal(path);
      statement.execute("ROLLBACK");
    }
    assertThat(Arrays.equals(Files.readAllBytes(copy), before)).isFalse();
    try (Pager pager = open(copy, 100)) {
      pager.sharedLock();
      assertThat(pager.pageSize()).isEqualTo(pageSize);
      assertThat(pager.pageCount()).isEqualTo(before.length / pageSize);
      pager.unlockIfUnused();
    }
    assertThat(Arrays.equals(Files.readAllBytes(copy), before)).isTrue();
    assertThat(Files.exists(copy.resolveSibling("c.db-journal"))).isFalse();
  }

  @Test
  void eachSeesTheChangesOfTheOther() throws Exception {
    Path path = create("a.db", 10, 4096);
    byte[] small = Files.readAllBytes(path);
    try (SqliteProcess other = new SqliteProcess(path);
        Pager pager = open(path, 100)) {
      assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("10");
      pager.sharedLock();
      Page page1 = pager.get(1);
      byte[] before = page1.data.clone();
      int version = pager.dataVersion();
      pager.release(page1);
      pager.unlockIfUnused();
      assertThat(other.run("DELETE FROM t WHERE a>5")).isEqualTo("ok");
      pager.sharedLock();
      page1 = pager.get(1);
      assertThat(Arrays.equals(before, page1.data)).isFalse();
      assertThat(pager.dataVersion()).isNotEqualTo(version);
      pager.release(page1);
      pager.unlockIfUnused();
      overwrite(pager, small, 4096);
      assertThat(other.run("DELETE FROM t")).contains("locked");
      pager.commitPhaseOne(null, false);
      assertThat(other.run("SELECT count(*) FROM t")).contains("locked");
      pager.commitPhaseTwo();
      pager.unlockIfUnused();
      assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("10");
      assertThat(other.run("PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  /** Without a provider of logs a database in WAL mode is refused, never read past its log. */
  @Test
  void walDatabaseCannotBeOpenedWithoutALog() throws Exception {
    Path path = create("a.db", 10, 4096);
    assertThat(sql(path, "PRAGMA journal_mode=wal")).isEqualTo("wal");
    try (SqliteProcess other = new SqliteProcess(path);
        Pager pager = open(path, 100)) {
      pager.sharedLock();
      assertCannotOpen(pager::openWal);
      pager.unlockIfUnused();
      assertThat(other.run("INSERT INTO t(b) VALUES(1)")).isEqualTo("ok");
      assertCannotOpen(pager::sharedLock);
      assertThat(pager.state()).isEqualTo(PagerState.OPEN);
    }
  }

  private static void assertCannotOpen(ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.CANTOPEN));
  }

  @Test
  void superJournalDecidesAboutItsChildren() throws Exception {
    byte[] target = Files.readAllBytes(create("b.db", 30, 1024));
    for (boolean committed : new boolean[] {false, true}) {
      Path path = create(committed + ".db", 10, 1024);
      try (Pager pager = open(path, 100)) {
        pager.setPageSize(1024, 0);
        overwrite(pager, target, 1024);
        String superName =
            SuperJournal.create(pager.vfs(), pager.fileName(), List.of(pager.journalName()), true);
        Path superJournal = Path.of(superName);
        byte[] superContent = Files.readAllBytes(superJournal);
        pager.commitPhaseOne(superName, false);
        Path copy = copyWithJournal(path);
        if (committed) {
          Files.delete(superJournal);
        }
        Path copyForSqlite = copyWithJournal(path);
        String expected = committed ? "30" : "10";
        assertThat(check(copyForSqlite)).isEqualTo(expected);
        if (!committed) {
          Files.write(superJournal, superContent);
        }
        try (Pager recovered = open(copy, 100)) {
          recovered.sharedLock();
          recovered.unlockIfUnused();
        }
        assertThat(check(copy)).isEqualTo(expected);
        // The journal of the pager itself still names it.
        assertThat(Files.exists(superJournal)).isEqualTo(!committed);
        if (committed) {
          pager.commitPhaseTwo();
        } else {
          pager.rollback();
        }
        assertThat(Files.exists(superJournal)).isFalse();
      }
      assertThat(check(path)).isEqualTo(committed ? "30" : "10");
    }
  }
}
