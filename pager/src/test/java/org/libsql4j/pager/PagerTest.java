package org.libsql4j.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.NioVfs;
import org.libsql4j.vfs.VfsEnvironment;

class PagerTest {
  private final MemoryVfs vfs = new MemoryVfs();

  private Pager open() {
    return Pager.open(PagerOptions.file(vfs, "/db").pageSizeBytes(512));
  }

  private static void put(Pager pager, int number, int value) {
    Page page = pager.get(number);
    pager.write(page);
    page.data[200] = (byte) value;
    pager.release(page);
  }

  private static int value(Pager pager, int number) {
    Page page = pager.get(number);
    int value = page.data[200];
    pager.release(page);
    return value;
  }

  private static void begin(Pager pager) {
    pager.sharedLock();
    pager.begin(false, false);
  }

  private static void commit(Pager pager) {
    pager.commitPhaseOne(null, false);
    pager.commitPhaseTwo();
    pager.unlockIfUnused();
  }

  private static void assertFails(ResultCode code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(code))
        .hasMessage(message);
  }

  @Test
  void changeCounterAdvancesOncePerTransactionHoweverOftenPageOneIsSpilled() {
    Pager pager = Pager.open(PagerOptions.file(vfs, "/db").pageSizeBytes(512).cacheSize(3));
    for (int t = 1; t <= 3; t++) {
      begin(pager);
      for (int round = 0; round < 5; round++) {
        for (int n = 1; n <= 20; n++) {
          put(pager, n, t + round);
        }
      }
      commit(pager);
      byte[] file = vfs.contentOf("/db");
      assertThat(BigEndianBytes.getInt(file, 24)).isEqualTo(t);
      assertThat(BigEndianBytes.getInt(file, 92)).isEqualTo(t);
      assertThat(BigEndianBytes.getInt(file, 96)).isEqualTo(3047000);
    }
    pager.close();
  }

  private static LockLevel lockLevel(Pager pager) {
    DatabaseFile file = pager.file();
    return file == null ? LockLevel.NONE : file.lockLevel();
  }

  @Test
  void commitGivesTheLockUpAtOnceUnlessSomebodyReadsOn() {
    Pager pager = open();
    begin(pager);
    put(pager, 1, 1);
    Page held = pager.get(1);
    pager.commitPhaseOne(null, false);
    pager.commitPhaseTwo(false);
    assertThat(lockLevel(pager)).isEqualTo(LockLevel.NONE);
    pager.release(held);
    pager.unlockIfUnused();
    assertThat(pager.state()).isEqualTo(PagerState.OPEN);

    begin(pager);
    put(pager, 2, 1);
    Page first = pager.get(1);
    Page other = pager.get(2);
    pager.commitPhaseOne(null, false);
    pager.commitPhaseTwo(false);
    assertThat(lockLevel(pager)).isEqualTo(LockLevel.SHARED);
    pager.release(first);
    pager.release(other);
    pager.unlockIfUnused();
    assertThat(lockLevel(pager)).isEqualTo(LockLevel.NONE);
    pager.close();
  }

  @Test
  void twoConnectionsTakeTurns() {
    Pager a = open();
    Pager b = open();
    begin(a);
    put(a, 1, 1);
    b.sharedLock();
    assertThat(b.pageCount()).isZero();
    assertFails(ResultCode.BUSY, "database is locked", () -> b.begin(false, false));
    assertFails(ResultCode.BUSY, "database is locked", () -> a.commitPhaseOne(null, false));
    List<Integer> counts = new ArrayList<>();
    a.setBusyHandler(
        count -> {
          counts.add(count);
          if (count == 2) {
            b.unlockIfUnused();
          }
          return true;
        });
    commit(a);
    assertThat(counts).containsExactly(0, 1, 2);
    b.sharedLock();
    assertThat(value(b, 1)).isEqualTo(1);
    b.unlockIfUnused();
    begin(b);
    put(b, 1, 2);
    commit(b);
    int version = a.dataVersion();
    a.sharedLock();
    assertThat(value(a, 1)).isEqualTo(2);
    assertThat(a.dataVersion()).isNotEqualTo(version);
    a.close();
    b.close();
  }

  @Test
  void exclusiveModeKeepsTheLockAndTheJournal() {
    Pager a = open();
    a.setLockingMode(LockingMode.EXCLUSIVE);
    begin(a);
    put(a, 1, 1);
    commit(a);
    Pager b = open();
    assertFails(ResultCode.BUSY, "database is locked", b::sharedLock);
    assertThat(vfs.contentOf("/db-journal")).startsWith(0, 0, 0, 0);
    a.setLockingMode(LockingMode.NORMAL);
    a.unlockIfUnused();
    b.sharedLock();
    assertThat(value(b, 1)).isEqualTo(1);
    b.close();
    a.close();
    assertThat(vfs.exists("/db-journal")).isFalse();
  }

  @Test
  void readOnlyDatabases(@TempDir Path folder) throws Exception {
    Pager writer = open();
    begin(writer);
    put(writer, 1, 7);
    commit(writer);
    writer.close();
    Path path = Files.write(folder.resolve("a.db"), vfs.contentOf("/db"));
    Pager pager =
        Pager.open(
            PagerOptions.file(NioVfs.instance(), path.toString())
                .pageSizeBytes(512)
                .readOnly(true));
    pager.sharedLock();
    assertThat(pager.isReadOnly()).isTrue();
    assertThat(value(pager, 1)).isEqualTo(7);
    assertFails(
        ResultCode.READONLY,
        "attempt to write a readonly database",
        () -> pager.begin(false, false));
    pager.close();
    assertFails(
        ResultCode.CANTOPEN,
        "unable to open database file",
        () ->
            Pager.open(
                PagerOptions.file(NioVfs.instance(), folder.resolve("b.db").toString())
                    .create(false)));
  }

  @Test
  void databaseFileThatMovedIsNotWritten(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("a.db");
    Pager pager = Pager.open(PagerOptions.file(NioVfs.instance(), path.toString()));
    begin(pager);
    put(pager, 1, 1);
    commit(pager);
    Files.move(path, folder.resolve("b.db"));
    begin(pager);
    assertFails(
        ResultCode.READONLY_DBMOVED,
        "attempt to write a readonly database",
        () -> pager.write(pager.lookup(1)));
    pager.close();
  }

  @Test
  void limitOfPages() {
    Pager pager = open();
    begin(pager);
    assertThat(pager.maxPageCount(0)).isEqualTo(Pager.MAX_PAGE_COUNT);
    assertThat(pager.maxPageCount(3)).isEqualTo(3);
    put(pager, 3, 1);
    assertFails(ResultCode.FULL, "database or disk is full", () -> pager.get(4));
    assertFails(ResultCode.CORRUPT, "database disk image is malformed", () -> pager.get(0));
    assertThat(pager.maxPageCount(1)).isEqualTo(3);
    pager.rollback();
    pager.close();
  }

  @Test
  void pageSizeChangesWhileNothingIsPinned() {
    Pager pager = open();
    pager.setPageSize(4096, 12);
    assertThat(pager.pageSize()).isEqualTo(4096);
    assertThat(pager.reservedBytes()).isEqualTo(12);
    pager.sharedLock();
    Page page = pager.get(1);
    pager.setPageSize(1024, -1);
    assertThat(pager.pageSize()).isEqualTo(4096);
    assertThat(page.data).hasSize(4096);
    pager.release(page);
    pager.close();
    assertFails(
        ResultCode.MISUSE,
        "bad parameter or other API misuse",
        () -> Pager.open(PagerOptions.memory(vfs).pageSizeBytes(1000)));
  }

  @Test
  void lockBytePageIsNeverUsed() {
    MemoryVfs small = new MemoryVfs(VfsEnvironment.system(), 2 * 512, 512, 0x1000);
    Pager pager = Pager.open(PagerOptions.file(small, "/db").pageSizeBytes(512));
    assertThat(pager.lockBytePage()).isEqualTo(3);
    begin(pager);
    assertFails(ResultCode.CORRUPT, "database disk image is malformed", () -> pager.get(3));
    pager.rollback();
    pager.close();
  }

  @Test
  void pinnedPagesAreToldOfRollback() {
    List<Integer> told = new ArrayList<>();
    Pager pager =
        Pager.open(
            PagerOptions.file(vfs, "/db")
                .pageSizeBytes(512)
                .reinitializer(page -> told.add(page.pageNumber())));
    begin(pager);
    put(pager, 1, 1);
    put(pager, 2, 1);
    commit(pager);
    begin(pager);
    Page page = pager.get(1);
    page.extra = "parsed";
    pager.write(page);
    page.data[200] = 5;
    Page other = pager.get(2);
    other.extra = "parsed";
    pager.write(other);
    other.data[200] = 5;
    pager.release(other);
    pager.rollback();
    assertThat(told).containsExactly(1);
    assertThat(page.data[200]).isEqualTo((byte) 1);
    assertThat(page.extra).isEqualTo("parsed");
    assertThat(other.extra).isNull();
    pager.release(page);
    pager.close();
  }

  @Test
  void journalModesChange() {
    Pager pager = open();
    for (JournalMode mode :
        List.of(
            JournalMode.PERSIST,
            JournalMode.MEMORY,
            JournalMode.TRUNCATE,
            JournalMode.DELETE,
            JournalMode.OFF)) {
      assertThat(pager.setJournalMode(mode)).isEqualTo(mode);
      begin(pager);
      put(pager, 1, mode.ordinal());
      assertThat(pager.okToChangeJournalMode()).isFalse();
      assertThat(pager.setJournalMode(JournalMode.DELETE)).isEqualTo(mode);
      commit(pager);
      assertThat(vfs.isWritable("/db-journal")).isEqualTo(mode.keepsFile());
    }
    pager.close();
    Pager memory = Pager.open(PagerOptions.memory(vfs));
    assertThat(memory.setJournalMode(JournalMode.DELETE)).isEqualTo(JournalMode.MEMORY);
    assertThat(memory.lockingMode()).isEqualTo(LockingMode.EXCLUSIVE);
    assertThat(memory.fileName()).isEmpty();
    memory.close();
  }

  @Test
  void persistentJournalIsCutToItsLimit() {
    Pager pager = open();
    pager.setJournalMode(JournalMode.PERSIST);
    for (int t = 0; t < 2; t++) {
      begin(pager);
      for (int n = 1; n <= 50; n++) {
        put(pager, n, t);
      }
      commit(pager);
    }
    assertThat(vfs.contentOf("/db-journal").length).isGreaterThan(20_000);
    pager.setJournalSizeLimit(1000);
    begin(pager);
    put(pager, 1, 9);
    commit(pager);
    assertThat(vfs.contentOf("/db-journal")).hasSize(1000);
    pager.close();
  }

  @Test
  void rollbackWithoutAJournalGivesTheCacheUp() {
    Pager pager = open();
    begin(pager);
    put(pager, 1, 1);
    commit(pager);
    pager.setJournalMode(JournalMode.OFF);
    begin(pager);
    put(pager, 1, 2);
    pager.rollback();
    assertThat(pager.state()).isEqualTo(PagerState.ERROR);
    assertFails(ResultCode.ABORT, "query aborted", () -> pager.get(1));
    pager.unlockIfUnused();
    pager.sharedLock();
    assertThat(value(pager, 1)).isEqualTo(1);
    pager.close();
  }

  @Test
  void orphanedJournalOfAnEmptyDatabaseIsDeleted() {
    vfs.setContent("/db", new byte[0]);
    byte[] junk = new byte[2000];
    Arrays.fill(junk, (byte) 7);
    vfs.setContent("/db-journal", junk);
    Pager pager = open();
    pager.sharedLock();
    assertThat(pager.pageCount()).isZero();
    assertThat(vfs.isWritable("/db-journal")).isFalse();
    pager.close();
  }

  @Test
  void damagedJournalsAreHarmless() {
    Pager writer = open();
    begin(writer);
    put(writer, 1, 1);
    commit(writer);
    byte[] header = new byte[512];
    JournalFormat.putMagic(header, 0);
    for (int at = 8; at < 28; at++) {
      for (int value : new int[] {-1, 0x7F, 0x80, 1}) {
        byte[] journal = header.clone();
        BigEndianBytes.putInt(journal, 16, 1);
        BigEndianBytes.putInt(journal, 20, 512);
        BigEndianBytes.putInt(journal, 24, 512);
        journal[at] = (byte) value;
        if (at >= 16 && at < 19 && (at > 16 || value > 0 && value < 0x80)) {
          continue; // A huge database is what the journal asks for.
        }
        vfs.setContent("/db-journal", journal);
        Pager pager = open();
        pager.sharedLock();
        assertThat(value(pager, 1)).isEqualTo(1);
        pager.close();
        assertThat(vfs.isWritable("/db-journal")).isFalse();
        Pager repair = open();
        begin(repair);
        put(repair, 1, 1);
        repair.truncateImage(1);
        commit(repair);
        repair.close();
      }
    }
    writer.close();
  }

  @Test
  void temporaryDatabaseUsesAFileOnlyWhenTheCacheIsFull() {
    Pager pager = Pager.open(PagerOptions.temporary(vfs).pageSizeBytes(512).cacheSize(10));
    begin(pager);
    for (int n = 1; n <= 8; n++) {
      put(pager, n, n);
    }
    commit(pager);
    assertThat(pager.file()).isNull();
    begin(pager);
    for (int n = 9; n <= 40; n++) {
      put(pager, n, n);
    }
    commit(pager);
    assertThat(pager.file()).isNotNull();
    pager.sharedLock();
    for (int n = 1; n <= 40; n++) {
      assertThat(value(pager, n)).isEqualTo(n);
    }
    pager.close();
  }
}
