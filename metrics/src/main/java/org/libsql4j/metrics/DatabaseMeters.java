package org.libsql4j.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.observe.CheckpointDone;
import org.libsql4j.observe.LockWaited;
import org.libsql4j.observe.ReplicaSynced;
import org.libsql4j.observe.SqlSummary;
import org.libsql4j.observe.StatementExecuted;
import org.libsql4j.observe.StatementPrepared;
import org.libsql4j.observe.TransactionEnded;
import org.libsql4j.pager.CheckpointResult;

/** The meters of one database. */
final class DatabaseMeters {
  private static final String PREFIX = "libsql4j.";
  private static final String OK = "ok";
  private static final String OUTCOME = "outcome";

  private record TimerKey(String name, String detail, String outcome) {}

  final AtomicLong connections = new AtomicLong();
  final AtomicLong transactions = new AtomicLong();
  private final AtomicLong logFrames = new AtomicLong();
  private final MeterRegistry registry;
  private final Tags tags;
  private final ConcurrentMap<TimerKey, Timer> timers = new ConcurrentHashMap<>();
  private final Counter rows;
  private final Counter changes;
  private final Counter syncedFrames;

  DatabaseMeters(MeterRegistry registry, String database) {
    this.registry = registry;
    this.tags = Tags.of("database", database);
    rows = counter("statements.rows", "Rows that statements gave");
    changes = counter("statements.changes", "Rows that statements changed");
    syncedFrames = counter("syncs.frames", "Frames of the primary's log put into the replica");
    gauge("connections.open", connections, "Open connections");
    gauge("transactions.open", transactions, "Transactions that were begun and have not ended");
    gauge("wal.frames", logFrames, "Frames in the write-ahead log after its last checkpoint");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(PREFIX + name).tags(tags).description(description).register(registry);
  }

  private void gauge(String name, AtomicLong value, String description) {
    Gauge.builder(PREFIX + name, value, AtomicLong::get)
        .tags(tags)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  /**
   * @param detailTag name of the tag that says more, empty for none
   */
  private void record(String name, String detailTag, String detail, String outcome, long nanos) {
    TimerKey key = new TimerKey(name, detail, outcome);
    Timer timer = timers.get(key);
    if (timer == null) {
      timer = timers.computeIfAbsent(key, k -> timer(k, detailTag));
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(TimerKey key, String detailTag) {
    Tags all = tags.and(Tag.of(OUTCOME, key.outcome()));
    return Timer.builder(PREFIX + key.name())
        .tags(detailTag.isEmpty() ? all : all.and(Tag.of(detailTag, key.detail())))
        .register(registry);
  }

  private static String outcome(@Nullable Exception error) {
    if (error == null) {
      return OK;
    }
    return error instanceof LibsqlException failure
        ? failure.resultCode().primary().sqliteName()
        : "error";
  }

  void prepared(StatementPrepared event) {
    record(
        "statements.prepared",
        "cached",
        String.valueOf(event.cached()),
        outcome(event.error()),
        event.nanos());
  }

  void executed(StatementExecuted event) {
    String operation = SqlSummary.operation(event.sql());
    record("statements", "operation", operation, outcome(event.error()), event.nanos());
    if (event.rows() > 0) {
      rows.increment(event.rows());
    }
    if (event.changes() > 0) {
      changes.increment(event.changes());
    }
  }

  void ended(TransactionEnded event) {
    transactions.decrementAndGet();
    record("transactions", "", "", event.committed() ? "committed" : "rolled_back", event.nanos());
  }

  void waited(LockWaited event) {
    String purpose = event.purpose().name().toLowerCase(Locale.ROOT);
    String outcome = event.acquired() ? "acquired" : "given_up";
    record("locks.waits", "purpose", purpose, outcome, event.nanos());
  }

  void checkpointed(CheckpointDone event) {
    CheckpointResult result = event.result();
    boolean busy = result != null && result.busy();
    String mode = event.mode().name().toLowerCase(Locale.ROOT);
    record("checkpoints", "mode", mode, busy ? "busy" : outcome(event.error()), event.nanos());
    if (result != null) {
      logFrames.set(Math.max(0, result.logFrames()));
    }
  }

  void synced(ReplicaSynced event) {
    record("syncs", "", "", outcome(event.error()), event.nanos());
    if (event.frames() > 0) {
      syncedFrames.increment(event.frames());
    }
  }
}
