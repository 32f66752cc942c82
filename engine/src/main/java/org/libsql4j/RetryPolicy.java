package org.libsql4j;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.VfsEnvironment;

/**
 * Tries something again that failed because others were in the way, after waits that grow and
 * differ by chance. Immutable: the {@code with} methods give another policy.
 *
 * <pre>{@code
 * long changed = RetryPolicy.onBusy().run(() -> transfer(connection, 1, 2));
 * }</pre>
 *
 * <p>With JDBC: {@code policy.call(() -> transfer(connection, 1, 2))}.
 *
 * <p>What is tried must be able to run again from its beginning: usually a whole transaction, which
 * is rolled back when it fails.
 */
public final class RetryPolicy {
  private static final double JITTER = 0.5;

  private final int attempts;
  private final Duration firstDelay;
  private final Duration longestDelay;
  private final Predicate<LibsqlException> retryable;
  private final VfsEnvironment environment;

  private RetryPolicy(
      int attempts,
      Duration firstDelay,
      Duration longestDelay,
      Predicate<LibsqlException> retryable,
      VfsEnvironment environment) {
    this.attempts = attempts;
    this.firstDelay = firstDelay;
    this.longestDelay = longestDelay;
    this.retryable = retryable;
    this.environment = environment;
  }

  /**
   * Ten attempts after BUSY (BUSY_SNAPSHOT too) and LOCKED, with waits from 5 milliseconds to a
   * second.
   */
  public static RetryPolicy onBusy() {
    return new RetryPolicy(
        10,
        Duration.ofMillis(5),
        Duration.ofSeconds(1),
        RetryPolicy::isBusy,
        VfsEnvironment.system());
  }

  private static boolean isBusy(LibsqlException e) {
    ResultCode primary = e.resultCode().primary();
    return primary == ResultCode.BUSY || primary == ResultCode.LOCKED;
  }

  /** With another number of attempts, the first one included; at least 1. */
  public RetryPolicy withAttempts(int value) {
    if (value < 1) {
      throw new LibsqlException(ResultCode.RANGE, "attempts: " + value);
    }
    return new RetryPolicy(value, firstDelay, longestDelay, retryable, environment);
  }

  /**
   * With other waits. Each is up to twice as long as the one before, and between half and the whole
   * of that by chance.
   */
  public RetryPolicy withDelays(Duration first, Duration longest) {
    return new RetryPolicy(attempts, first, longest, retryable, environment);
  }

  /** That tries again after other failures too. */
  public RetryPolicy orOn(Predicate<LibsqlException> failures) {
    return new RetryPolicy(attempts, firstDelay, longestDelay, retryable.or(failures), environment);
  }

  /** With another source of time and chance. */
  public RetryPolicy withEnvironment(VfsEnvironment value) {
    return new RetryPolicy(attempts, firstDelay, longestDelay, retryable, value);
  }

  /**
   * Something that may be tried again.
   *
   * @param <T> what it gives
   * @param <E> what it may throw: SQLException with JDBC
   */
  @FunctionalInterface
  public interface Action<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /**
   * Runs something until it succeeds, fails for good, or has been tried often enough.
   *
   * @throws LibsqlException the last failure, with those before as suppressed ones
   */
  public <T> T run(Supplier<T> action) {
    return call(action::get);
  }

  /**
   * As {@link #run(Supplier)}, for what throws other exceptions: those with a LibsqlException among
   * their causes, as the exceptions of JDBC and what Spring makes of them have it, are judged by
   * that.
   *
   * @throws E the last failure, with those before as suppressed ones
   */
  public <T, E extends Exception> T call(Action<T, E> action) throws E {
    Exception last = null;
    long delayMicros = firstDelay.toNanos() / 1000;
    for (int attempt = 1; ; attempt++) {
      try {
        return action.run();
      } catch (Exception e) {
        if (last != null && last != e) {
          e.addSuppressed(last);
        }
        if (attempt >= attempts || !isRetryable(e)) {
          throw e;
        }
        last = e;
      }
      environment.sleeper().sleepMicros(withJitter(delayMicros));
      delayMicros = Math.min(delayMicros * 2, longestDelay.toNanos() / 1000);
    }
  }

  private boolean isRetryable(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LibsqlException e) {
        return retryable.test(e);
      }
    }
    return false;
  }

  /** As {@link #run(Supplier)}, for what has no result. */
  public void run(Runnable action) {
    run(
        () -> {
          action.run();
          return true;
        });
  }

  private long withJitter(long micros) {
    byte[] random = new byte[2];
    environment.randomness().nextBytes(random);
    int chance = (random[0] & 0xff) << 8 | (random[1] & 0xff);
    return (long) (micros * (1 - JITTER * chance / 65536));
  }
}
