package org.libsql4j.vfs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this JVM that wait for locks on one file.
 *
 * <p>Locks are taken by trying, and who is running when a lock is freed has the best chance: that
 * is quick, but somebody may never have luck. So who has waited long has a lock that only one can
 * hold kept free for a moment.
 *
 * <p>The mutex guards the queue. As long as nobody waits no method needs it: a lock that is freed
 * is counted, and who begins to wait stands in the queue before it looks at that count once more.
 */
final class LockQueue {
  /** Who has waited this long is served before those who have just come. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** So long a freed lock is kept for somebody: time enough to wake up and take it. */
  private static final long RESERVATION_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Who has not tried again for this long has given up. */
  private static final long FORGET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** One connection as seen by those who wait. */
  static final class Waiter {
    /** The lock that was not to be had, or -1 if the last attempt succeeded. */
    private int refused = -1;

    private long freedThen;
    private long waitingSince;
    private long lastAttempt;
    private volatile boolean isQueued;
    private volatile @Nullable Thread parked;
  }

  private final ReentrantLock mutex;

  /** How often each lock was freed. */
  private final AtomicLong[] freed;

  /** In the order in which they began to wait. */
  private final List<Waiter> waiters = new ArrayList<>();

  /** How many are in the queue. */
  private volatile int waiting;

  private volatile @Nullable Waiter favourite;
  private int favouriteLock;
  private long favouredUntil;

  /**
   * @param mutex for the queue; the owner may hold it when it calls
   * @param locks how many kinds of locks there are
   */
  LockQueue(ReentrantLock mutex, int locks) {
    this.mutex = mutex;
    this.freed = new AtomicLong[locks];
    for (int lock = 0; lock < locks; lock++) {
      freed[lock] = new AtomicLong();
    }
  }

  /** Whether a lock is kept for somebody else at the moment. */
  boolean isKeptFor(Waiter other, int lock) {
    Waiter first = favourite;
    if (first == null || first == other) {
      return false;
    }
    mutex.lock();
    try {
      first = favourite;
      if (first == null || first == other || favouriteLock != lock) {
        return false;
      }
      if (System.nanoTime() - favouredUntil < 0) {
        return true;
      }
      favourite = null;
      return false;
    } finally {
      mutex.unlock();
    }
  }

  /** How often a lock was freed so far. */
  long freedCount(int lock) {
    return freed[lock].get();
  }

  /** A lock was not to be had; nobody could free it since the attempt. */
  void refused(Waiter waiter, int lock) {
    refused(waiter, lock, freed[lock].get());
  }

  /**
   * A lock was not to be had.
   *
   * @param freedBefore {@link #freedCount} before the attempt
   */
  void refused(Waiter waiter, int lock, long freedBefore) {
    if (!waiter.isQueued) {
      note(waiter, lock, freedBefore);
      return;
    }
    mutex.lock();
    try {
      note(waiter, lock, freedBefore);
    } finally {
      mutex.unlock();
    }
  }

  private static void note(Waiter waiter, int lock, long freedBefore) {
    long now = System.nanoTime();
    if (!waiter.isQueued || now - waiter.lastAttempt > FORGET_NANOS) {
      waiter.waitingSince = now;
    }
    waiter.lastAttempt = now;
    waiter.refused = lock;
    waiter.freedThen = freedBefore;
  }

  /** A lock was taken. */
  void taken(Waiter waiter, int lock) {
    if (waiter.refused == lock) {
      leave(waiter);
    }
  }

  /** Does not wait any more. */
  void leave(Waiter waiter) {
    if (!waiter.isQueued) {
      waiter.refused = -1;
      return;
    }
    mutex.lock();
    try {
      waiter.refused = -1;
      remove(waiter);
    } finally {
      mutex.unlock();
    }
  }

  private void remove(Waiter waiter) {
    if (favourite == waiter) {
      favourite = null;
    }
    if (waiter.isQueued) {
      waiter.isQueued = false;
      waiters.remove(waiter);
      waiting = waiters.size();
    }
  }

  /** A release by the one who waits is no news to itself. */
  private void count(Waiter by, int lock) {
    freed[lock].incrementAndGet();
    if (by.refused == lock) {
      by.freedThen++;
    }
  }

  /** A lock was freed that many can wait for. */
  void freedForAll(Waiter by, int lock) {
    count(by, lock);
    if (waiting == 0) {
      return;
    }
    mutex.lock();
    try {
      for (int i = 0; i < waiters.size(); i++) {
        Waiter waiter = waiters.get(i);
        if (waiter.refused == lock) {
          wake(waiter);
        }
      }
    } finally {
      mutex.unlock();
    }
  }

  /** A lock was freed that one can have. */
  void freedForOne(Waiter by, int lock) {
    count(by, lock);
    if (waiting == 0) {
      return;
    }
    mutex.lock();
    try {
      wakeOne(lock);
    } finally {
      mutex.unlock();
    }
  }

  private void wakeOne(int lock) {
    long now = System.nanoTime();
    for (int i = 0; i < waiters.size(); ) {
      Waiter waiter = waiters.get(i);
      boolean awake = waiter.parked == null;
      if (awake && now - waiter.lastAttempt > FORGET_NANOS) {
        remove(waiter);
      } else if (awake || waiter.refused != lock) {
        // Who is awake either tries again at once or has given up, which nothing tells.
        i++;
      } else {
        if (now - waiter.waitingSince > PATIENCE_NANOS) {
          favouriteLock = lock;
          favouredUntil = now + RESERVATION_NANOS;
          favourite = waiter;
        }
        wake(waiter);
        return;
      }
    }
  }

  private static void wake(Waiter waiter) {
    Thread thread = waiter.parked;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Waits until the lock that was refused is freed, or something else wakes the thread. A thread
   * interrupt does not end the wait and is preserved. Called without the mutex.
   */
  void await(Waiter waiter, long timeoutMillis) {
    int lock = waiter.refused;
    if (lock < 0 || freed[lock].get() != waiter.freedThen || !enter(waiter, lock)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    waiter.parked = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stands in the queue; false if the lock was freed before that. */
  private boolean enter(Waiter waiter, int lock) {
    mutex.lock();
    try {
      if (!waiter.isQueued) {
        waiter.isQueued = true;
        waiters.add(waiter);
        waiting = waiters.size();
      }
      waiter.parked = Thread.currentThread();
      if (freed[lock].get() != waiter.freedThen) {
        waiter.parked = null;
        return false;
      }
      return true;
    } finally {
      mutex.unlock();
    }
  }
}
