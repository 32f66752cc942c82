package org.libsql4j.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts of a thread while it maps the shared memory of a log, which close the channel. */
class InterruptedMappingTest {
  private static final int ROUNDS = 2_000;

  @TempDir Path folder;

  @Test
  void interruptsLoseNeitherTheMappingNorTheLocks() throws Exception {
    String path = folder.resolve("a.db").toString();
    Files.createFile(Path.of(path));
    Thread mapping = Thread.currentThread();
    AtomicBoolean done = new AtomicBoolean();
    Thread interrupting =
        new Thread(
            () -> {
              while (!done.get()) {
                mapping.interrupt();
                Thread.onSpinWait();
              }
            });
    interrupting.start();
    try {
      for (int i = 0; i < ROUNDS; i++) {
        useOnce(path, i % 2 == 0);
      }
    } finally {
      done.set(true);
      joinInspiteOfInterrupts(interrupting);
    }
    Thread.interrupted(); // Of no concern to the next test.
  }

  private static void useOnce(String path, boolean inUse) throws IOException {
    NioSharedMemory memory = NioSharedMemory.open(new File(path), false);
    assertThat(memory.tryLock(0, 1, true)).isTrue();
    ByteBuffer region = memory.map(0, true, inUse);
    assertThat(region).isNotNull();
    region.putInt(0, 42);
    assertThat(memory.isReliable()).isTrue();
    memory.unlock(0, 1);
    assertThat(memory.tryLock(0, 1, true)).isTrue();
    memory.unlock(0, 1);
    memory.close(true);
    assertThat(Files.exists(Path.of(path + "-shm"))).isFalse();
  }

  private static void joinInspiteOfInterrupts(Thread thread) {
    while (true) {
      try {
        thread.join();
        return;
      } catch (InterruptedException e) {
        continue; // The test's own.
      }
    }
  }
}
