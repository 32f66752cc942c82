package org.libsql4j.replication;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaHealth.Circuit;
import org.libsql4j.vfs.Clock;

/**
 * Leaves a server alone that keeps failing.
 *
 * <p>Closed, requests pass. After so many failures one after another it opens: nothing passes for a
 * while. Then it is half open: one request passes, whose outcome closes or opens it.
 */
final class CircuitBreaker {
  private final int threshold;
  private final long pauseNanos;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private int failures;
  private @Nullable String lastFailure;
  private boolean open;
  private boolean probing;
  private long openedAt;

  /**
   * @param threshold 0 for a breaker that never opens
   */
  CircuitBreaker(int threshold, Duration pause, Clock clock) {
    this.threshold = threshold;
    this.pauseNanos = pause.toNanos();
    this.clock = clock;
  }

  /** Whether a request may be sent now; whoever gets true must report what became of it. */
  boolean permits() {
    lock.lock();
    try {
      if (!open) {
        return true;
      }
      if (probing || clock.nanoTime() - openedAt < pauseNanos) {
        return false;
      }
      probing = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The server has answered. */
  void succeeded() {
    lock.lock();
    try {
      failures = 0;
      lastFailure = null;
      open = false;
      probing = false;
    } finally {
      lock.unlock();
    }
  }

  /** The server was not reached, or could not answer. */
  void failed(String why) {
    lock.lock();
    try {
      failures++;
      lastFailure = why;
      if (threshold > 0 && (probing || failures >= threshold)) {
        open = true;
        openedAt = clock.nanoTime();
      }
      probing = false;
    } finally {
      lock.unlock();
    }
  }

  ReplicaHealth.Server health(String url) {
    lock.lock();
    try {
      Circuit circuit = Circuit.CLOSED;
      if (open) {
        boolean over = clock.nanoTime() - openedAt >= pauseNanos;
        circuit = over || probing ? Circuit.HALF_OPEN : Circuit.OPEN;
      }
      return new ReplicaHealth.Server(url, circuit, failures, lastFailure);
    } finally {
      lock.unlock();
    }
  }
}
