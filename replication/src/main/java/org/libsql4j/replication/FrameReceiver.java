package org.libsql4j.replication;

import org.libsql4j.replication.ReplicationException.Reason;

/**
 * Looks at frames as they come, and has those that fit injected.
 *
 * <p>Where the local file follows another log than before, its old content stays readable until all
 * of the new one is there: {@link #commitFrom} holds commits back.
 */
final class FrameReceiver {
  private final FrameInjector injector;
  private final boolean verifyChecksums;

  /** The first frame number that may commit. */
  private final long commitFrom;

  /** The last frame that is committed locally, or NONE. */
  private long committed;

  /** The frame received last, or NONE. */
  private long last;

  private long checksumOfLast;
  private boolean checksumKnown;
  private long injected;
  private long injectedAtCommit;

  /** Greatest page number since the last frame that ended a transaction. */
  private int lastPage;

  /** Greatest frame number of the snapshot that is coming in, NONE if none is. */
  private long snapshotEnd = ReplicaState.NONE;

  FrameReceiver(FrameInjector injector, boolean verifyChecksums, long committed, long commitFrom) {
    this.injector = injector;
    this.verifyChecksums = verifyChecksums;
    this.committed = committed;
    this.last = committed;
    this.commitFrom = commitFrom;
    // A log starts with 0 as what its first frame is linked to.
    this.checksumKnown = committed == ReplicaState.NONE;
  }

  /** The last frame of the last transaction that readers see. */
  long committed() {
    return committed;
  }

  /** The frame to ask for next. */
  long next() {
    return last + 1;
  }

  /** How many frames the transactions had that were committed. */
  long framesCommitted() {
    return injectedAtCommit;
  }

  /** Takes the next frame of the log. */
  void logged(LogFrame frame) {
    if (frame.number() != last + 1) {
      throw damaged("frame " + frame.number() + " came where " + (last + 1) + " was expected");
    }
    if (verifyChecksums && checksumKnown && !frame.follows(checksumOfLast)) {
      throw damaged("frame " + frame.number() + " has a wrong checksum");
    }
    checksumOfLast = frame.checksum();
    checksumKnown = true;
    last = frame.number();
    inject(frame, frame.number());
  }

  /** Takes a frame of a snapshot: they come from the newest to the oldest, each page once. */
  void ofSnapshot(LogFrame frame) {
    if (snapshotEnd == ReplicaState.NONE) {
      if (frame.number() <= last) {
        throw damaged("the snapshot ends at frame " + frame.number());
      }
      snapshotEnd = frame.number();
    } else if (frame.number() >= snapshotEnd) {
      throw damaged("frames of a snapshot are out of order");
    }
    inject(frame, snapshotEnd);
    if (frame.isCommit()) {
      last = snapshotEnd;
      snapshotEnd = ReplicaState.NONE;
      checksumKnown = false;
    }
  }

  /** The snapshot has been sent. */
  void endOfSnapshot() {
    if (snapshotEnd != ReplicaState.NONE) {
      throw damaged("a snapshot without its last frame came");
    }
  }

  private void inject(LogFrame frame, long number) {
    lastPage = Math.max(lastPage, frame.pageNumber());
    if (frame.isCommit()) {
      // A server neither vacuums nor truncates: no transaction writes pages that it gives up.
      if (lastPage > frame.sizeAfter()) {
        throw damaged("page " + lastPage + " is beyond the end of the database");
      }
      lastPage = 0;
    }
    boolean commits = frame.isCommit() && number >= commitFrom;
    injector.add(frame, commits);
    injected++;
    if (commits) {
      committed = number;
      injectedAtCommit = injected;
    }
  }

  /** Gives up what is not committed: the next frame wanted is the one after the last commit. */
  void rollBack() {
    injector.end();
    injected = injectedAtCommit;
    last = committed;
    lastPage = 0;
    snapshotEnd = ReplicaState.NONE;
    checksumKnown = committed == ReplicaState.NONE;
    checksumOfLast = 0;
  }

  private static ReplicationException damaged(String what) {
    return new ReplicationException(Reason.PROTOCOL, what);
  }
}
