package org.libsql4j.wal;

import java.util.Arrays;
import org.libsql4j.record.BigEndian;

/**
 * Reads a log whose shared memory can neither be written nor trusted, because nobody who writes it
 * is known to be there.
 *
 * <p>The connection makes an index of its own from the log at the beginning of each transaction,
 * unless the log is as it was. Two locks keep the log and the database file as they are, whoever
 * comes meanwhile: READ(0), without which no checkpoint writes to the database file, and one of the
 * other marks, without all of which the log does not start over.
 */
final class DetachedReader {
  /** The mark that others take last. */
  private static final int MARK = WalIndex.READ_MARKS - 1;

  private final WalCore core;
  private final WalRecovery recovery;
  private final byte[] knownHead = new byte[WalFormat.HEADER_BYTES];
  private final byte[] head = new byte[WalFormat.HEADER_BYTES];
  private final byte[] frameHead = new byte[WalFormat.FRAME_HEADER_BYTES];
  private boolean changed;

  DetachedReader(WalCore core) {
    this.core = core;
    this.recovery = new WalRecovery(core);
  }

  /** Whether the log has to be read so now; if not, the index is that of all again. */
  boolean isNeeded() {
    if (!core.index.isReadOnly()) {
      return false;
    }
    boolean reliable = core.index.memory().isReliable();
    if (reliable && core.index.isDetached()) {
      core.index.setDetached(false);
      core.header.clear();
    }
    return !reliable;
  }

  /** Begins a read transaction; false to try again. */
  boolean begin() {
    changed = false;
    if (!core.locks.tryShared(WalLocks.READ)) {
      return false;
    }
    boolean done = false;
    try {
      done = core.locks.tryShared(WalLocks.READ + MARK);
      if (done) {
        core.readLock = MARK;
        core.minFrame = 1;
        if (!core.index.isDetached()) {
          core.index.setDetached(true);
          Arrays.fill(knownHead, (byte) 0);
        }
      }
    } finally {
      if (!done) {
        core.locks.unlockShared(WalLocks.READ);
      }
    }
    if (done) {
      refresh();
    }
    return done;
  }

  /** Whether the last transaction to begin sees another state than the one before. */
  boolean foundChange() {
    return changed;
  }

  private void refresh() {
    int length = core.file.read(0, head, 0, head.length);
    boolean isEmpty = length < head.length;
    // An empty log says nothing about what happened to the database file since.
    if (!isEmpty && Arrays.equals(head, knownHead) && !hasMore()) {
      return;
    }
    changed = true;
    boolean done = false;
    try {
      recovery.runDetached();
      System.arraycopy(head, 0, knownHead, 0, head.length);
      done = true;
    } finally {
      if (!done) {
        Arrays.fill(knownHead, (byte) 0);
      }
    }
  }

  /** Whether a frame of the same round comes after those that are known. */
  private boolean hasMore() {
    int next = core.header.maxFrame() + 1;
    int length = core.file.read(core.frameOffset(next), frameHead, 0, frameHead.length);
    return length == frameHead.length
        && BigEndian.getInt(frameHead, 0) != 0
        && core.header.saltsAre(frameHead, WalFormat.FRAME_SALT_OFFSET);
  }
}
