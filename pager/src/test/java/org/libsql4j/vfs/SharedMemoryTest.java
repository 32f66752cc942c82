package org.libsql4j.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Shared memory among connections of this JVM, and with the real SQLite in another process. */
class SharedMemoryTest {
  private static final int WRITE_LOCK = 0;

  private static SharedMemory join(DatabaseFile file) {
    SharedMemory memory = file.openSharedMemory();
    assertThat(memory).isNotNull();
    return memory;
  }

  @Test
  void isSharedWithSqlite(@TempDir Path folder) {
    Path path = folder.resolve("a.db");
    NioVfs vfs = NioVfs.instance();
    try (SqliteProcess other = new SqliteProcess(path)) {
      assertThat(other.run("PRAGMA journal_mode=wal")).isEqualTo("wal");
      assertThat(other.run("CREATE TABLE t(a)")).isEqualTo("ok");
      try (DatabaseFile file = vfs.open(path.toString(), OpenOptions.readWrite(FileKind.MAIN_DB));
          SharedMemory memory = join(file)) {
        assertThat(file.tryLock(LockLevel.SHARED)).isTrue();
        ByteBuffer index = memory.region(0, false);
        assertThat(index).isNotNull();
        assertThat(index.getInt(0)).isEqualTo(3007000);
        int changes = index.getInt(8);
        assertThat(other.run("INSERT INTO t VALUES(1)")).isEqualTo("ok");
        memory.barrier();
        assertThat(index.getInt(8)).isEqualTo(changes + 1);
        assertThat(memory.region(1, false)).isNull();
        assertThat(memory.tryLock(WRITE_LOCK, 1, true)).isTrue();
        assertThat(other.run("INSERT INTO t VALUES(2)")).contains("locked");
        SharedMemory second = join(file);
        assertThat(second.tryLock(WRITE_LOCK, 1, true)).isFalse();
        second.close();
        assertThat(other.run("INSERT INTO t VALUES(2)")).contains("locked");
        memory.unlock(WRITE_LOCK, 1, true);
        assertThat(other.run("INSERT INTO t VALUES(2)")).isEqualTo("ok");
        assertThat(other.run("BEGIN IMMEDIATE")).isEqualTo("ok");
        assertThat(memory.tryLock(WRITE_LOCK, 1, true)).isFalse();
        assertThat(other.run("COMMIT")).isEqualTo("ok");
        assertThat(memory.tryLock(WRITE_LOCK, 1, true)).isTrue();
        assertThat(memory.region(1, true)).isNotNull();
        memory.unlock(WRITE_LOCK, 1, true);
        assertThat(memory.tryLock(WRITE_LOCK, 3, true)).isTrue();
        assertThat(other.run("INSERT INTO t VALUES(2)")).contains("locked");
        memory.unlock(WRITE_LOCK + 1, 2, true);
        assertThat(other.run("INSERT INTO t VALUES(2)")).contains("locked");
        memory.unlock(WRITE_LOCK, 1, true);
        assertThat(other.run("DELETE FROM t WHERE a = 2")).isEqualTo("ok");
        assertThat(other.run("BEGIN IMMEDIATE")).isEqualTo("ok");
        assertThat(memory.tryLock(WRITE_LOCK, 3, true)).isFalse();
        assertThat(memory.tryLock(WRITE_LOCK + 1, 2, true)).isTrue();
        assertThat(other.run("COMMIT")).isEqualTo("ok");
      }
      assertThat(other.run("INSERT INTO t VALUES(3)")).isEqualTo("ok");
      assertThat(other.run("SELECT count(*) FROM t")).isEqualTo("2");
    }
  }

  /** What is written without a mapping is what those see who map, and the other way round. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void canBeMadeAndReadWithoutAMapping(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("a.db");
    Files.createFile(path);
    try (DatabaseFile file =
            NioVfs.instance().open(path.toString(), OpenOptions.readWrite(FileKind.MAIN_DB));
        SharedMemory first = join(file);
        SharedMemory second = join(file)) {
      byte[] head = {1, 2, 3, 4};
      assertThat(first.tryLock(0, SharedMemory.LOCK_COUNT, true)).isTrue();
      assertThat(first.createUnmapped(head)).isTrue();
      assertThat(first.createUnmapped(new byte[4])).as("it is there now").isFalse();
      first.unlock(0, SharedMemory.LOCK_COUNT, true);
      assertThat(Files.size(folder.resolve("a.db-shm"))).isEqualTo(SharedMemory.REGION_BYTES);

      byte[] found = new byte[5];
      assertThat(first.readUnmapped(found)).isTrue();
      assertThat(found).containsExactly(1, 2, 3, 4, 0);

      ByteBuffer region = second.region(0, false);
      assertThat(region).isNotNull();
      assertThat(region.get(3)).isEqualTo((byte) 4);
      assertThat(first.readUnmapped(found)).as("it is mapped now").isFalse();
      ByteBuffer same = first.region(0, false);
      assertThat(same).isNotNull();
      region.put(4, (byte) 7);
      assertThat(same.get(4)).isEqualTo((byte) 7);
    }
  }

  /** Who comes when the last one has just left opens the file anew. */
  @Test
  void comesAndGoesInManyThreads(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("a.db");
    Files.createFile(path);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        threads.add(pool.submit(() -> joinOften(path)));
      }
      for (Future<?> thread : threads) {
        thread.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void joinOften(Path path) {
    try (DatabaseFile file =
        NioVfs.instance().open(path.toString(), OpenOptions.readWrite(FileKind.MAIN_DB))) {
      for (int i = 0; i < 20_000; i++) {
        try (SharedMemory memory = join(file)) {
          assertThat(memory.region(0, true)).isNotNull();
        }
      }
    }
  }

  @Test
  void connectionsOfOneProcessShareIt() {
    MemoryVfs vfs = new MemoryVfs();
    OpenOptions options = OpenOptions.readWriteCreate(FileKind.MAIN_DB);
    try (DatabaseFile a = vfs.open("/db", options);
        DatabaseFile b = vfs.open("/db", options);
        SharedMemory first = join(a);
        SharedMemory second = join(b)) {
      ByteBuffer region = first.region(0, true);
      assertThat(region).isNotNull();
      region.putInt(100, 42);
      ByteBuffer same = second.region(0, false);
      assertThat(same).isNotNull();
      assertThat(same.getInt(100)).isEqualTo(42);
      assertThat(first.tryLock(3, 1, false)).isTrue();
      assertThat(second.tryLock(3, 1, false)).isTrue();
      assertThat(second.tryLock(0, 8, true)).isFalse();
      assertThat(second.tryLock(0, 3, true)).isTrue();
      first.unlock(3, 1, false);
      second.unlock(3, 1, false);
      assertThat(second.tryLock(0, 8, true)).isTrue();
      assertThat(first.tryLock(1, 1, false)).isFalse();
      second.close();
      assertThat(first.tryLock(1, 1, false)).isTrue();
    }
  }
}
