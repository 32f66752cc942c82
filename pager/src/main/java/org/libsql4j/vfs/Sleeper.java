package org.libsql4j.vfs;

import java.util.concurrent.TimeUnit;

/** A way to let time pass. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Returns after about {@code micros}. A thread interrupt does not end the wait and is preserved.
   */
  void sleepMicros(long micros);

  /** That of the platform. */
  static Sleeper system() {
    return Sleeper::sleepUninterruptibly;
  }

  private static void sleepUninterruptibly(long micros) {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
    long left;
    while ((left = end - System.nanoTime()) > 0) {
      try {
        TimeUnit.NANOSECONDS.sleep(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
