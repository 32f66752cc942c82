package org.libsql4j.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libsql4j.vfs.Clock;
import org.libsql4j.vfs.VfsEnvironment;

/** Time that passes only where somebody sleeps, and chance that is always the same. */
final class FakeTime implements Clock {
  private long nanos = 1;

  /** What the random bytes are: 0 for the longest waits, -1 for the shortest. */
  byte chance;

  /** How long others have slept, in milliseconds. */
  final List<Long> sleeps = new ArrayList<>();

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  VfsEnvironment environment() {
    return new VfsEnvironment(
        this,
        micros -> {
          sleeps.add(micros / 1000);
          nanos += micros * 1000;
        },
        bytes -> Arrays.fill(bytes, chance));
  }

  @Override
  public long currentTimeMillis() {
    return nanos / 1_000_000;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }
}
