package org.libsql4j.connection;

import java.util.concurrent.TimeUnit;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.LockWaiter;
import org.libsql4j.vfs.VfsEnvironment;

/**
 * Waits for a lock until a time is up, however many locks an operation has to wait for.
 *
 * <p>Within this JVM waiting ends as soon as the lock is given back. Other processes give no sign:
 * for them the lock is tried again after pauses that grow, and differ by chance so that processes
 * do not go on in step.
 */
public final class BusyTimeout implements BusyHandler {
  private static final long SHORTEST_PAUSE_MILLIS = 1;
  private static final long LONGEST_PAUSE_MILLIS = 32;

  private final VfsEnvironment environment;
  private final int timeoutMillis;
  private long startNanos;
  private int seed;

  /**
   * @param timeoutMillis 0 or less means not to wait at all
   */
  public BusyTimeout(VfsEnvironment environment, int timeoutMillis) {
    this.environment = environment;
    this.timeoutMillis = timeoutMillis;
  }

  /** How long it waits in all; 0 or less for not at all. */
  public int timeoutMillis() {
    return timeoutMillis;
  }

  @Override
  public boolean busy(int count) {
    return busy(count, millis -> environment.sleeper().sleepMicros(millis * 1000));
  }

  @Override
  public boolean busy(int count, LockWaiter waiter) {
    if (timeoutMillis <= 0) {
      return false;
    }
    long now = environment.clock().nanoTime();
    if (count == 0) {
      startNanos = now;
    }
    long waited = TimeUnit.NANOSECONDS.toMillis(now - startNanos);
    long left = timeoutMillis - waited;
    if (left <= 0) {
      return false;
    }
    waiter.await(Math.min(left, pauseAfter(waited)));
    return true;
  }

  /** A quarter of the time that has passed, give or take a half of that. */
  private long pauseAfter(long waitedMillis) {
    long most = Math.min(LONGEST_PAUSE_MILLIS, Math.max(SHORTEST_PAUSE_MILLIS, waitedMillis / 2));
    return most - nextRandom((int) (most / 2) + 1);
  }

  /** A number from 0 to {@code bound - 1}; a cheap generator, because nothing depends on it. */
  private int nextRandom(int bound) {
    if (seed == 0) {
      byte[] bytes = new byte[4];
      environment.randomness().nextBytes(bytes);
      seed = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | 1;
    }
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 1) % bound;
  }
}
