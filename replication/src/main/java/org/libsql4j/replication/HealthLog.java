package org.libsql4j.replication;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaHealth.State;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.vfs.Clock;

/** Remembers how the syncs of a replica ended. */
final class HealthLog {
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private State state = State.NEW;
  private OptionalLong lastSync = OptionalLong.empty();
  private int failures;
  private @Nullable LibsqlException lastFailure;

  HealthLog(Clock clock) {
    this.clock = clock;
  }

  void succeeded() {
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

  void failed(RuntimeException failure) {
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
