package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Copies of databases, made while these are in use. */
class BackupTest {
  private static final String FILL =
      "INSERT INTO t(b) WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT %d)"
          + " SELECT hex(randomblob(200)) FROM c";

  @TempDir Path directory;

  private Connection open(String name) {
    return Database.openLocal(directory.resolve(name)).connect();
  }

  private Connection filled(String name, int rows) {
    Connection connection = open(name);
    connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
    connection.execute(String.format(FILL, rows));
    return connection;
  }

  private static String digest(Connection connection) {
    try (Rows rows = connection.query("SELECT count(*), sum(a), max(b), min(b) FROM t")) {
      rows.next();
      return rows.getString(0) + rows.getString(1) + rows.getString(2) + rows.getString(3);
    }
  }

  private static String text(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return String.valueOf(rows.getString(0));
    }
  }

  @ParameterizedTest
  @CsvSource({"1024,1024", "512,4096", "4096,512", "1024,65536", "65536,1024"})
  void everyPageSizeIntoEveryOther(int from, int to) throws Exception {
    try (Connection source = open("a.db");
        Connection target = open("b.db")) {
      source.execute("PRAGMA page_size=" + from);
      target.execute("PRAGMA page_size=" + to);
      source.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      source.execute(String.format(FILL, 500));
      target.execute("CREATE TABLE other(x)");
      target.execute("INSERT INTO other VALUES(zeroblob(900000))");
      try (Backup backup = source.startBackup("main", target, "main")) {
        int steps = 0;
        while (!backup.step(7)) {
          steps++;
        }
        assertThat(steps).isEqualTo((backup.pageCount() - 1) / 7);
        assertThat(backup.remaining()).isZero();
      }
      assertThat(digest(target)).isEqualTo(digest(source));
      assertThat(text(target, "PRAGMA page_size")).isEqualTo(String.valueOf(from));
    }
    assertThat(Files.size(directory.resolve("b.db")))
        .isEqualTo(Files.size(directory.resolve("a.db")));
    try (var real = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("b.db"));
        var statement = real.createStatement();
        var rows = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(rows.getString(1)).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void whatTheSourceWritesMeanwhileIsCopiedToo(String mode) {
    try (Connection source = filled("a.db", 300);
        Connection target = open("b.db")) {
      source.execute("PRAGMA journal_mode=" + mode);
      try (Backup backup = source.startBackup("main", target, "main")) {
        int round = 0;
        while (!backup.step(5)) {
          source.execute("UPDATE t SET b = b || ? WHERE a % 50 = 0", ++round);
          if (round == 4) {
            source.execute("BEGIN");
            source.execute("PRAGMA cache_size=5");
            source.execute("UPDATE t SET b = 'undone'");
            source.execute("ROLLBACK");
          }
        }
      }
      assertThat(digest(target)).isEqualTo(digest(source));
      assertThat(text(target, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void aChangeByOthersStartsAnew(String mode) {
    try (Connection source = filled("a.db", 300);
        Connection other = open("a.db");
        Connection target = open("b.db");
        Backup backup = source.startBackup("main", target, "main")) {
      source.execute("PRAGMA journal_mode=" + mode);
      backup.step(5);
      int left = backup.remaining();
      other.execute("DELETE FROM t WHERE a < 100");
      backup.step(3);
      assertThat(backup.remaining()).isGreaterThan(left - 3);
      assertThat(backup.step()).isTrue();
      backup.close();
      assertThat(digest(target)).isEqualTo(digest(source));
    }
  }

  @Test
  void memoryDatabasesCanBeBothSides() {
    try (Connection source = Database.inMemory().connect();
        Connection target = Database.inMemory().connect()) {
      source.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      source.execute(String.format(FILL, 100));
      try (Backup backup = source.startBackup("main", target, "main")) {
        backup.step(2);
        source.execute("UPDATE t SET b = 'x' WHERE a = 1");
        assertThat(backup.step()).isTrue();
        assertThat(backup.step()).isTrue();
      }
      assertThat(digest(target)).isEqualTo(digest(source));
    }
  }

  @Test
  void attachedAndTemporaryDatabases() {
    try (Connection source = open("a.db");
        Connection target = open("b.db")) {
      source.execute("ATTACH ? AS x", directory.resolve("x.db").toString());
      source.execute("CREATE TABLE x.t(a INTEGER PRIMARY KEY, b)");
      source.execute("INSERT INTO x.t VALUES(1, 'attached')");
      try (Backup backup = source.startBackup("x", target, "temp")) {
        assertThat(backup.step()).isTrue();
      }
      assertThat(text(target, "SELECT b FROM temp.t")).isEqualTo("attached");
      try (Connection third = open("c.db");
          Backup backup = target.startBackup("temp", third, "main")) {
        assertThat(backup.step()).isTrue();
        backup.close();
        assertThat(text(third, "SELECT b FROM t")).isEqualTo("attached");
      }
    }
  }

  @Test
  void anUnfinishedBackupLeavesTheTargetAsItWas() {
    try (Connection source = filled("a.db", 300);
        Connection target = open("b.db")) {
      target.execute("CREATE TABLE old(x)");
      Backup backup = source.startBackup("main", target, "main");
      backup.step(10);
      assertThatThrownBy(() -> target.execute("SELECT * FROM old"))
          .hasMessage("connection is the target of a backup");
      backup.close();
      assertThat(text(target, "SELECT group_concat(name) FROM sqlite_schema")).isEqualTo("old");
      assertThatThrownBy(backup::step).hasMessage("backup is closed");
    }
  }

  @Test
  void errors() {
    try (Connection source = filled("a.db", 10);
        Connection target = open("b.db")) {
      assertThatThrownBy(() -> source.startBackup("main", source, "main"))
          .hasMessage("source and destination must be distinct");
      assertThatThrownBy(() -> source.startBackup("aux", target, "main"))
          .hasMessage("unknown database aux");
      target.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> source.startBackup("main", target, "main"))
          .hasMessage("destination database is in use");
      target.execute("COMMIT");
      try (Backup backup = source.startBackup("main", target, "main")) {
        source.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(backup::step).hasMessage("database is locked");
        source.execute("COMMIT");
        assertThat(backup.step()).isTrue();
      }
      target.execute("PRAGMA journal_mode=WAL");
      source.execute("PRAGMA page_size=512");
      source.execute("VACUUM");
      try (Backup backup = source.startBackup("main", target, "main")) {
        assertThatThrownBy(backup::step)
            .isInstanceOfSatisfying(
                LibsqlException.class,
                e -> assertThat(e.resultCode()).isEqualTo(ResultCode.READONLY));
      }
    }
  }

  @Test
  void toAFileAndBack() {
    String copy = directory.resolve("copy.db").toString();
    List<Integer> left = new ArrayList<>();
    try (Connection source = filled("a.db", 3000)) {
      source.backupTo("main", copy, (remaining, pageCount) -> left.add(remaining));
      assertThat(left).hasSizeGreaterThan(1).endsWith(0).isSortedAccordingTo((x, y) -> y - x);
      String before = digest(source);
      source.execute("DELETE FROM t");
      source.restoreFrom(copy);
      assertThat(digest(source)).isEqualTo(before);
      assertThatThrownBy(() -> source.restoreFrom(directory.resolve("none.db").toString()))
          .hasMessage("unable to open database file");
    }
  }

  @Test
  void anEmptyDatabaseCanBeCopied() {
    try (Connection source = open("a.db");
        Connection target = filled("b.db", 100)) {
      try (Backup backup = source.startBackup("main", target, "main")) {
        assertThat(backup.step()).isTrue();
      }
      assertThat(text(target, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
      target.execute("CREATE TABLE t(x)");
      assertThat(text(target, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  @Test
  void closingAConnectionEndsItsBackups() {
    Connection source = filled("a.db", 300);
    try (Connection target = open("b.db")) {
      Backup backup = source.startBackup("main", target, "main");
      backup.step(3);
      source.close();
      assertThatThrownBy(backup::step).hasMessage("connection is closed");
      assertThat(text(target, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
    }
  }
}
