package org.libsql4j.jdbc;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.Statement;

/**
 * Interrupts the calls of one statement that take longer than its query timeout. The limit is for
 * each call that runs SQL: executing, or going to the next row.
 *
 * <p>One timer task watches a statement, however many rows are read: a call only leaves its start
 * time, and the task looks at it when the limit could be over. The one thread behind all timers
 * ends when there is nothing to watch.
 */
final class QueryTimer {
  private static final long IDLE = Long.MIN_VALUE;
  private static final long THREAD_KEEP_ALIVE_SECONDS = 10;
  private static final ScheduledThreadPoolExecutor SCHEDULER = newScheduler();

  private final Connection connection;
  private final long limitNanos;
  private volatile long callStart = IDLE;
  private volatile boolean fired;
  private volatile @Nullable ScheduledFuture<?> task;

  QueryTimer(Connection connection, int seconds) {
    this.connection = connection;
    this.limitNanos = TimeUnit.SECONDS.toNanos(seconds);
  }

  private static ScheduledThreadPoolExecutor newScheduler() {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "libsql4j-query-timer");
              thread.setDaemon(true);
              return thread;
            });
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setKeepAliveTime(THREAD_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    scheduler.allowCoreThreadTimeOut(true);
    return scheduler;
  }

  /** Compiles a statement under the limit: its schema may be locked. */
  Statement prepare(String sql, int offset) {
    return limited(() -> connection.prepare(sql, offset));
  }

  /** Steps a statement under the limit. */
  boolean step(Statement statement) {
    return limited(statement::step);
  }

  /** Runs a statement to its end under the limit. */
  long execute(Statement statement) {
    return limited(statement::execute);
  }

  /**
   * The time runs while this call has the connection: what the timer interrupts before that would
   * be the statement of another thread.
   */
  private <T> T limited(Supplier<T> call) {
    return connection.locked(
        () -> {
          enter();
          try {
            return call.get();
          } finally {
            callStart = IDLE;
          }
        });
  }

  private void enter() {
    fired = false;
    callStart = Math.max(System.nanoTime(), IDLE + 1);
    if (task == null) {
      task = SCHEDULER.schedule(this::check, limitNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Whether the last call was interrupted because its time was over. */
  boolean hasFired() {
    return fired;
  }

  /** Stops watching. */
  void stop() {
    ScheduledFuture<?> pending = task;
    task = null;
    if (pending != null) {
      pending.cancel(false);
    }
  }

  private void check() {
    long start = callStart;
    if (start == IDLE) {
      task = null;
      if (callStart == IDLE) {
        return;
      }
      start = callStart;
    }
    long left = start == IDLE ? limitNanos : limitNanos - (System.nanoTime() - start);
    if (left <= 0) {
      fired = true;
      connection.interrupt();
      left = limitNanos;
    }
    task = SCHEDULER.schedule(this::check, left, TimeUnit.NANOSECONDS);
  }
}
