package org.libsql4j.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Locks among connections of this JVM and against a process that runs the real SQLite. */
class NioLockTest {
  @TempDir Path folder;
  private Path path;
  private SqliteProcess other;
  private final NioVfs vfs = NioVfs.instance();

  @BeforeEach
  void startOtherProcess() {
    path = folder.resolve("test.db");
    other = new SqliteProcess(path);
    assertThat(other.run("CREATE TABLE t(a)")).isEqualTo("ok");
    assertThat(other.run("INSERT INTO t VALUES(1)")).isEqualTo("ok");
  }

  @AfterEach
  void stop() {
    other.close();
  }

  private DatabaseFile open() {
    return vfs.open(path.toString(), OpenOptions.readWrite(FileKind.MAIN_DB));
  }

  private String tryRead() {
    return other.run("SELECT count(*) FROM t");
  }

  private String tryWrite() {
    String result = other.run("BEGIN IMMEDIATE");
    if (result.equals("ok")) {
      other.run("ROLLBACK");
    }
    return result;
  }

  @Test
  void otherProcessSeesOurLocks() {
    try (DatabaseFile file = open()) {
      assertThat(file.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(tryRead()).isEqualTo("1");
      assertThat(tryWrite()).isEqualTo("ok");
      assertThat(file.tryLock(LockLevel.RESERVED)).isTrue();
      assertThat(tryRead()).isEqualTo("1");
      assertThat(tryWrite()).contains("locked");
      assertThat(file.tryLock(LockLevel.EXCLUSIVE)).isTrue();
      assertThat(tryRead()).contains("locked");
      file.unlock(LockLevel.SHARED);
      assertThat(tryRead()).isEqualTo("1");
      assertThat(tryWrite()).isEqualTo("ok");
    }
  }

  @Test
  void weSeeLocksOfOtherProcess() {
    try (DatabaseFile file = open()) {
      assertThat(other.run("BEGIN IMMEDIATE")).isEqualTo("ok");
      assertThat(file.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(file.isReservedByAnyone()).isTrue();
      assertThat(file.tryLock(LockLevel.RESERVED)).isFalse();
      assertThat(file.lockLevel()).isEqualTo(LockLevel.SHARED);
      assertThat(other.run("ROLLBACK")).isEqualTo("ok");
      assertThat(file.isReservedByAnyone()).isFalse();
      file.unlock(LockLevel.NONE);
      assertThat(other.run("BEGIN EXCLUSIVE")).isEqualTo("ok");
      assertThat(file.tryLock(LockLevel.SHARED)).isFalse();
      assertThat(other.run("ROLLBACK")).isEqualTo("ok");
      assertThat(file.tryLock(LockLevel.SHARED)).isTrue();
    }
  }

  @Test
  void vainExclusiveLeavesPendingWhichKeepsReadersOut() {
    try (DatabaseFile file = open()) {
      assertThat(other.run("BEGIN")).isEqualTo("ok");
      assertThat(tryRead()).isEqualTo("1");
      assertThat(file.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(file.tryLock(LockLevel.RESERVED)).isTrue();
      assertThat(file.tryLock(LockLevel.EXCLUSIVE)).isFalse();
      assertThat(file.lockLevel()).isEqualTo(LockLevel.PENDING);
      assertThat(other.run("ROLLBACK")).isEqualTo("ok");
      assertThat(tryRead()).contains("locked");
      assertThat(file.tryLock(LockLevel.EXCLUSIVE)).isTrue();
    }
    assertThat(tryRead()).isEqualTo("1");
  }

  @Test
  void closingAConnectionKeepsTheLocksOfOthers() {
    try (DatabaseFile file = open()) {
      assertThat(file.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(file.tryLock(LockLevel.RESERVED)).isTrue();
      DatabaseFile second = open();
      assertThat(second.tryLock(LockLevel.SHARED)).isTrue();
      second.close();
      vfs.open(path.toString(), OpenOptions.readOnly(FileKind.MAIN_DB)).close();
      assertThat(tryWrite()).contains("locked");
      assertThat(file.tryLock(LockLevel.EXCLUSIVE)).isTrue();
      assertThat(tryRead()).contains("locked");
    }
    assertThat(tryWrite()).isEqualTo("ok");
  }

  @Test
  void lockTakenByAClosedConnectionStaysForTheOthers() {
    DatabaseFile first = open();
    DatabaseFile second = open();
    assertThat(first.tryLock(LockLevel.SHARED)).isTrue();
    assertThat(second.tryLock(LockLevel.SHARED)).isTrue();
    first.close();
    assertThat(other.run("BEGIN EXCLUSIVE")).contains("locked");
    assertThat(second.tryLock(LockLevel.RESERVED)).isTrue();
    assertThat(second.tryLock(LockLevel.EXCLUSIVE)).isTrue();
    assertThat(tryRead()).contains("locked");
    second.close();
    assertThat(tryWrite()).isEqualTo("ok");
  }

  @Test
  void connectionsOfOneJvmExcludeEachOther() {
    try (DatabaseFile a = open();
        DatabaseFile b = open()) {
      assertThat(a.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(b.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(a.tryLock(LockLevel.RESERVED)).isTrue();
      assertThat(b.tryLock(LockLevel.RESERVED)).isFalse();
      assertThat(b.isReservedByAnyone()).isTrue();
      assertThat(a.tryLock(LockLevel.EXCLUSIVE)).isFalse();
      b.unlock(LockLevel.NONE);
      assertThat(b.tryLock(LockLevel.SHARED)).isFalse();
      assertThat(a.tryLock(LockLevel.EXCLUSIVE)).isTrue();
      a.unlock(LockLevel.NONE);
      assertThat(b.tryLock(LockLevel.SHARED)).isTrue();
    }
  }

  @Test
  void hardAndSymbolicLinksAreTheSameFile() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), path);
    Path hard = Files.createLink(folder.resolve("hard.db"), path);
    try (DatabaseFile a = open();
        DatabaseFile b =
            vfs.open(vfs.fullPathname(link.toString()), OpenOptions.readWrite(FileKind.MAIN_DB));
        DatabaseFile c = vfs.open(hard.toString(), OpenOptions.readWrite(FileKind.MAIN_DB))) {
      assertThat(a.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(a.tryLock(LockLevel.RESERVED)).isTrue();
      assertThat(b.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(b.tryLock(LockLevel.RESERVED)).isFalse();
      assertThat(c.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(c.tryLock(LockLevel.RESERVED)).isFalse();
    }
  }

  @Test
  void interruptsCloseNothing() throws Exception {
    try (DatabaseFile holder = open();
        DatabaseFile worker = open()) {
      assertThat(holder.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(holder.tryLock(LockLevel.RESERVED)).isTrue();
      AtomicBoolean stop = new AtomicBoolean();
      AtomicBoolean failed = new AtomicBoolean();
      Thread thread = new Thread(() -> work(worker, stop, failed));
      thread.start();
      for (int i = 0; i < 300; i++) {
        thread.interrupt();
        TimeUnit.MICROSECONDS.sleep(500);
      }
      stop.set(true);
      thread.join();
      assertThat(failed).isFalse();
      assertThat(tryWrite()).contains("locked");
      assertThat(holder.size()).isPositive();
    }
    assertThat(tryWrite()).isEqualTo("ok");
  }

  /** Reads, syncs, locks and unlocks with the interrupt flag set most of the time. */
  private void work(DatabaseFile file, AtomicBoolean stop, AtomicBoolean failed) {
    byte[] page = new byte[4096];
    Path journal = folder.resolve("test.db-journal");
    try {
      while (!stop.get()) {
        file.tryLock(LockLevel.SHARED);
        file.read(0, page, 0, page.length);
        file.tryLock(LockLevel.RESERVED);
        file.sync(SyncMode.NORMAL, true);
        file.unlock(LockLevel.NONE);
        try (DatabaseFile temporary =
            vfs.open(journal.toString(), OpenOptions.readWriteCreate(FileKind.MAIN_JOURNAL))) {
          temporary.write(0, page, 0, 10);
          temporary.sync(SyncMode.NORMAL, false);
        }
        vfs.delete(journal.toString(), true);
      }
    } catch (RuntimeException e) {
      e.printStackTrace();
      failed.set(true);
    }
  }

  @Test
  void waitersWakeUpWhenALockIsLowered() throws Exception {
    try (DatabaseFile a = open();
        DatabaseFile b = open()) {
      assertThat(a.tryLock(LockLevel.SHARED)).isTrue();
      assertThat(a.tryLock(LockLevel.EXCLUSIVE)).isTrue();
      b.awaitUnlock(60_000); // Nothing was refused: there is nothing to wait for.
      assertThat(b.tryLock(LockLevel.SHARED)).isFalse();
      long start = System.nanoTime();
      Thread waiter = new Thread(() -> b.awaitUnlock(60_000));
      waiter.start();
      while (waiter.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      a.unlock(LockLevel.NONE);
      waiter.join();
      b.awaitUnlock(60_000); // It was freed since it was refused.
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(30);
    }
  }

  @Test
  void foldersAndMissingFilesCannotBeOpened() {
    assertThatThrownBy(
            () -> vfs.open(folder.toString(), OpenOptions.readWriteCreate(FileKind.MAIN_DB)))
        .isInstanceOfSatisfying(
            LibsqlException.class,
            e -> {
              assertThat(e.resultCode()).isEqualTo(ResultCode.CANTOPEN_ISDIR);
              assertThat(e).hasMessage("unable to open database file");
            });
    String missing = folder.resolve("no/such/folder.db").toString();
    assertThatThrownBy(() -> vfs.open(missing, OpenOptions.readWriteCreate(FileKind.MAIN_DB)))
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.CANTOPEN));
    String absent = folder.resolve("absent.db").toString();
    assertThatThrownBy(() -> vfs.open(absent, OpenOptions.readWrite(FileKind.MAIN_DB)))
        .isInstanceOf(LibsqlException.class);
    assertThat(Files.exists(Path.of(absent))).isFalse();
  }
}
