package org.libsql4j.connection;

import org.libsql4j.pager.BusyHandler;
import org.libsql4j.vfs.Sleeper;

/**
 * Waits for a lock with growing pauses until a time is up.
 *
 * <p>The pauses are those of {@code sqlite3_busy_timeout()}. What counts is the sum of the pauses,
 * so that a simulated sleeper makes a simulated timeout.
 */
public final class BusyTimeout implements BusyHandler {
  private static final int[] PAUSES_MILLIS = {1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100};

  private final Sleeper sleeper;
  private final int timeoutMillis;

  /**
   * @param timeoutMillis 0 or less means not to wait at all
   */
  public BusyTimeout(Sleeper sleeper, int timeoutMillis) {
    this.sleeper = sleeper;
    this.timeoutMillis = timeoutMillis;
  }

  public int timeoutMillis() {
    return timeoutMillis;
  }

  @Override
  public boolean busy(int count) {
    long waited = waitedBefore(count);
    long pause = PAUSES_MILLIS[Math.min(count, PAUSES_MILLIS.length - 1)];
    if (waited + pause > timeoutMillis) {
      pause = timeoutMillis - waited;
      if (pause <= 0) {
        return false;
      }
    }
    sleeper.sleepMicros(pause * 1000);
    return true;
  }

  private static long waitedBefore(int count) {
    long waited = 0;
    int listed = Math.min(count, PAUSES_MILLIS.length);
    for (int i = 0; i < listed; i++) {
      waited += PAUSES_MILLIS[i];
    }
    return waited + (long) (count - listed) * PAUSES_MILLIS[PAUSES_MILLIS.length - 1];
  }
}
