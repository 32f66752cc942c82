package org.libsql4j.replication;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaHealth.State;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.SyncResult;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.EngineListeners;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.vfs.Clock;

/** Remembers how the syncs of a replica ended, and tells those who want to know. */
final class HealthLog {
  private final String file;
  private final Clock clock;
  private final @Nullable EngineListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private State state = State.NEW;
  private OptionalLong lastSync = OptionalLong.empty();
  private int failures;
  private @Nullable LibsqlException lastFailure;

  HealthLog(Path file, ReplicaOptions options) {
    this.file = file.toString();
    this.clock = options.environment().clock();
    this.listener = EngineListeners.of(true, options.listeners());
  }

  /** Does a sync, and takes down what became of it. */
  SyncResult observe(Supplier<SyncResult> sync) {
    long start = clock.nanoTime();
    try {
      SyncResult result = sync.get();
      succeeded();
      tell(start, result, null);
      return result;
    } catch (RuntimeException e) {
      failed(e);
      tell(start, new SyncResult(OptionalLong.empty(), 0), e);
      throw e;
    }
  }

  private void tell(long start, SyncResult result, @Nullable Exception error) {
    if (listener != null) {
      long nanos = clock.nanoTime() - start;
      listener.replicaSynced(
          new ReplicaSynced(file, nanos, result.frameNumber(), result.framesSynced(), error));
    }
  }

  private void succeeded() {
    lock.lock();
    try {
      state = State.IN_STEP;
      lastSync = OptionalLong.of(clock.currentTimeMillis());
      failures = 0;
      lastFailure = null;
    } finally {
      lock.unlock();
    }
  }

  private void failed(RuntimeException failure) {
    lock.lock();
    try {
      if (state != State.CLOSED) {
        state = State.BEHIND;
        failures++;
        lastFailure = failure instanceof LibsqlException known ? known : null;
      }
    } finally {
      lock.unlock();
    }
  }

  void closed() {
    lock.lock();
    try {
      state = State.CLOSED;
    } finally {
      lock.unlock();
    }
  }

  ReplicaHealth report(List<ReplicaHealth.Server> servers) {
    lock.lock();
    try {
      return new ReplicaHealth(state, lastSync, failures, lastFailure, servers);
    } finally {
      lock.unlock();
    }
  }
}
