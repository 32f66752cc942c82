package org.libsql4j.replication;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.SyncResult;
import org.libsql4j.replication.ReplicationException.Reason;

/** Waits for a primary to reach a frame. */
final class SyncWait {
  private final ReplicaOptions options;

  SyncWait(ReplicaOptions options) {
    this.options = options;
  }

  /**
   * @param reached the frame that the local file has
   * @throws ReplicationException TIMEOUT if the primary does not get there in time
   */
  SyncResult until(long frameNumber, OptionalLong reached, Supplier<SyncResult> sync) {
    long start = options.environment().clock().nanoTime();
    Backoff backoff = new Backoff(options);
    long frames = 0;
    OptionalLong now = reached;
    while (!isThere(now, frameNumber)) {
      SyncResult result = sync.get();
      now = result.frameNumber();
      frames += result.framesSynced();
      if (isThere(now, frameNumber)) {
        break;
      }
      long waited = options.environment().clock().nanoTime() - start;
      if (waited >= options.syncTimeout().toNanos() || !backoff.pause()) {
        throw new ReplicationException(
            Reason.TIMEOUT,
            "the primary has not reached frame "
                + frameNumber
                + " in time, but "
                + (now.isPresent() ? "frame " + now.getAsLong() : "none"));
      }
    }
    return new SyncResult(now, frames);
  }

  private static boolean isThere(OptionalLong reached, long frameNumber) {
    return reached.isPresent() && reached.getAsLong() >= frameNumber;
  }
}
