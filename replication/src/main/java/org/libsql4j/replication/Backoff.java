package org.libsql4j.replication;

import org.libsql4j.ReplicaOptions;
import org.libsql4j.vfs.VfsEnvironment;

/** The waits between attempts: each up to twice as long as the one before, and partly chance. */
final class Backoff {
  private final VfsEnvironment environment;
  private final int attempts;
  private final long firstMicros;
  private final long longestMicros;
  private long nextMicros;
  private int made = 1;

  /** The first attempt is being made. */
  Backoff(ReplicaOptions options) {
    environment = options.environment();
    attempts = options.retryAttempts();
    firstMicros = options.firstRetryDelay().toNanos() / 1000;
    longestMicros = options.longestRetryDelay().toNanos() / 1000;
    nextMicros = firstMicros;
  }

  /** Waits for the next attempt; false, without a wait, if there are to be no more. */
  boolean nextAttempt() {
    if (made >= attempts) {
      return false;
    }
    made++;
    return pause();
  }

  /** Waits; false if the thread was interrupted, which stays so. */
  boolean pause() {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    byte[] random = new byte[2];
    environment.randomness().nextBytes(random);
    int chance = (random[0] & 0xff) << 8 | (random[1] & 0xff);
    environment.sleeper().sleepMicros(nextMicros - (nextMicros / 2) * chance / 65536);
    nextMicros = Math.min(nextMicros * 2, longestMicros);
    return !Thread.currentThread().isInterrupted();
  }

  /** Something was achieved: counting begins anew. */
  void restart() {
    made = 1;
    nextMicros = firstMicros;
  }
}
