package org.libsql4j.replication;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaOptions;

/** Syncs by itself, so often as the options say, in a thread of its own. */
final class SyncTimer implements AutoCloseable {
  private final @Nullable ScheduledExecutorService service;

  private SyncTimer(@Nullable ScheduledExecutorService service) {
    this.service = service;
  }

  /**
   * @param sync failures go to the listener of the options
   */
  static SyncTimer start(ReplicaOptions options, Runnable sync) {
    long interval = options.syncInterval().toMillis();
    if (interval <= 0) {
      return new SyncTimer(null);
    }
    ScheduledExecutorService service =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "libsql4j-sync");
              thread.setDaemon(true);
              return thread;
            });
    // What a periodic task throws ends the period: failures go to the listener instead.
    Runnable quietly =
        () -> {
          try {
            sync.run();
          } catch (RuntimeException e) {
            options.syncFailureListener().accept(e);
          }
        };
    var unused = service.scheduleWithFixedDelay(quietly, 0, interval, TimeUnit.MILLISECONDS);
    return new SyncTimer(service);
  }

  @Override
  public void close() {
    if (service != null) {
      service.shutdown();
    }
  }
}
