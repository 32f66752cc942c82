package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.pager.WalSnapshot;

class WalAccessTest {
  @TempDir Path folder;

  private Connection open(String name) {
    Connection connection =
        Database.builder(folder.resolve(name).toString()).busyTimeoutMillis(0).build().connect();
    connection.executeMultiple("PRAGMA journal_mode=WAL");
    return connection;
  }

  private static long number(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return rows.getLong(0);
    }
  }

  /** Who may only read cannot put the log into the database file, and leaves it where it is. */
  @Test
  void aReaderMayBeTheLastToGo() {
    Connection writer = open("read.db");
    writer.executeMultiple("CREATE TABLE t(a); INSERT INTO t VALUES(7)");
    String path = folder.resolve("read.db").toString();
    try (Connection reader = Database.builder(path).readOnly(true).build().connect()) {
      assertThat(number(reader, "SELECT a FROM t")).isEqualTo(7);
      writer.close();
      assertThat(number(reader, "SELECT a FROM t")).isEqualTo(7);
    }
    try (Connection reader = Database.builder(path).readOnly(true).build().connect()) {
      assertThat(number(reader, "SELECT a FROM t")).isEqualTo(7);
    }
    try (Connection next = Database.openLocal(path).connect()) {
      assertThat(number(next, "SELECT a FROM t")).isEqualTo(7);
    }
  }

  /** A database is copied by carrying its frames over. */
  @Test
  void framesMakeACopy() {
    try (Connection from = open("from.db");
        Connection to = open("to.db")) {
      from.executeMultiple("CREATE TABLE t(a); INSERT INTO t VALUES(1); INSERT INTO t VALUES(2)");
      int count = from.wal().frameCount();
      assertThat(count).isEqualTo(4);
      WalAccess target = to.wal();
      target.beginInsert();
      for (int i = 1; i <= count; i++) {
        assertThat(target.insert(i, from.wal().frame(i))).isEqualTo(WalAccess.Insertion.APPENDED);
      }
      target.endInsert();
      assertThat(number(to, "SELECT sum(a) FROM t")).isEqualTo(3);
      from.executeMultiple("INSERT INTO t VALUES(3); INSERT INTO t VALUES(4)");
      target.beginInsert();
      byte[] last = from.wal().frame(count);
      assertThat(target.insert(count, last)).isEqualTo(WalAccess.Insertion.ALREADY_THERE);
      assertThat(target.insert(1, last)).isEqualTo(WalAccess.Insertion.CONFLICT);
      target.insert(count + 1, from.wal().frame(count + 1));
      byte[] uncommitted = from.wal().frame(count + 2);
      uncommitted[4] = uncommitted[5] = uncommitted[6] = uncommitted[7] = 0;
      target.insert(count + 2, uncommitted);
      target.endInsert();
      assertThat(number(to, "SELECT sum(a) FROM t")).isEqualTo(6);
      assertThat(target.frameCount()).isEqualTo(count + 1);
      try (Rows rows = to.query("PRAGMA integrity_check")) {
        rows.next();
        assertThat(rows.getString(0)).isEqualTo("ok");
      }
    }
  }

  @Test
  void insertingNeedsToBeTheWriter() {
    try (Connection a = open("a.db");
        Connection b = open("a.db")) {
      a.execute("CREATE TABLE t(a)");
      a.beginImmediate();
      assertCode(() -> b.wal().beginInsert(), ResultCode.BUSY);
      assertCode(() -> a.wal().beginInsert(), ResultCode.LOCKED);
      a.commit();
      assertCode(() -> b.wal().insert(1, new byte[24]), ResultCode.MISUSE);
      b.wal().endInsert();
      b.wal().beginInsert();
      assertCode(() -> a.execute("INSERT INTO t VALUES(1)"), ResultCode.BUSY);
      b.wal().endInsert();
      a.execute("INSERT INTO t VALUES(1)");
    }
  }

  @Test
  void snapshotsAreReadAgain() {
    try (Connection a = open("a.db");
        Connection b = open("a.db")) {
      a.executeMultiple("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
      a.begin();
      WalSnapshot one = a.wal().snapshot();
      a.commit();
      a.execute("INSERT INTO t VALUES(2)");
      a.begin();
      WalSnapshot two = a.wal().snapshot();
      a.commit();
      assertThat(one).isLessThan(two).isNotEqualTo(two);
      b.begin();
      b.wal().openSnapshot(one);
      assertThat(number(b, "SELECT count(*) FROM t")).isEqualTo(1);
      assertCode(() -> b.execute("INSERT INTO t VALUES(3)"), ResultCode.BUSY_SNAPSHOT);
      b.wal().openSnapshot(two);
      assertThat(number(b, "SELECT count(*) FROM t")).isEqualTo(2);
      b.commit();
      a.wal().checkpoint(CheckpointMode.TRUNCATE);
      a.execute("INSERT INTO t VALUES(4)");
      b.begin();
      assertCode(() -> b.wal().openSnapshot(one), ResultCode.ERROR_SNAPSHOT);
      b.rollback();
      assertThat(number(b, "SELECT count(*) FROM t")).isEqualTo(3);
    }
  }

  @Test
  void hooksHearOfCommitsAndCheckpoints() {
    try (Connection a = open("a.db")) {
      List<String> commits = new ArrayList<>();
      List<Integer> moved = new ArrayList<>();
      a.setWalHook((database, frames) -> commits.add(database + " " + frames));
      a.setCheckpointListener((page, frame, bytes, offset) -> moved.add(page));
      a.executeMultiple("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
      assertThat(commits).containsExactly("main 2", "main 3");
      assertThat(a.wal().checkpoint(CheckpointMode.FULL))
          .isEqualTo(new CheckpointResult(false, 3, 3));
      assertThat(moved).containsExactly(1, 2);
      a.setWalHook(null);
      a.executeMultiple("PRAGMA wal_autocheckpoint=1; INSERT INTO t VALUES(2)");
      assertThat(moved).containsExactly(1, 2, 2);
      assertThat(number(a, "SELECT count(*) FROM t")).isEqualTo(2);
    }
  }

  @Test
  void aLogThatOthersHaveWrittenToIsNotEmptied() {
    try (Connection a = open("a.db");
        Connection b = open("a.db")) {
      a.executeMultiple("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
      int frames = a.wal().frameCount();
      b.execute("INSERT INTO t VALUES(2)");

      assertCode(() -> a.wal().empty(frames), ResultCode.BUSY_SNAPSHOT);
      assertThat(a.wal().frameCount()).isEqualTo(frames + 1);

      assertThat(a.wal().empty(frames + 1).busy()).isFalse();
      assertThat(b.wal().frameCount()).isZero();
      assertThat(number(b, "SELECT count(*) FROM t")).isEqualTo(2);
    }
  }

  @Test
  void withoutCheckpointsTheLogStaysBehind() {
    try (Connection a = open("a.db")) {
      a.wal().disableCheckpoints();
      a.execute("CREATE TABLE t(a)");
    }
    assertThat(folder.resolve("a.db-wal")).isNotEmptyFile();
    try (Connection a = open("a.db")) {
      assertThat(number(a, "SELECT count(*) FROM t")).isZero();
    }
    assertThat(folder.resolve("a.db-wal")).doesNotExist();
  }

  @Test
  void changesAreFlushedBeforeTheCommit() {
    try (Connection a = open("a.db")) {
      a.execute("CREATE TABLE t(a)");
      a.begin();
      a.execute("INSERT INTO t VALUES(1)");
      long before = folder.resolve("a.db-wal").toFile().length();
      a.cacheFlush();
      assertThat(folder.resolve("a.db-wal").toFile().length()).isGreaterThan(before);
      a.rollback();
      assertThat(number(a, "SELECT count(*) FROM t")).isZero();
      assertThat(a.wal().frameCount()).isEqualTo(2);
    }
  }

  @Test
  void bytesAreReserved() {
    try (Connection a = Database.openLocal(folder.resolve("r.db")).connect()) {
      a.setReservedBytes("main", 24);
      a.executeMultiple("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
      assertThat(a.reservedBytes("main")).isEqualTo(24);
      a.setReservedBytes("main", 8);
      assertThat(a.reservedBytes("main")).isEqualTo(24);
      a.execute("VACUUM");
      assertThat(a.reservedBytes("main")).isEqualTo(8);
      assertThat(number(a, "SELECT a FROM t")).isEqualTo(1);
    }
  }

  private static void assertCode(Runnable call, ResultCode code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(code));
  }
}
