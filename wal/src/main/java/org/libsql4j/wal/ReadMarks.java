package org.libsql4j.wal;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.WriteAheadLog;

/** Begins and ends reading: finds a mark that keeps others from touching the snapshot. */
final class ReadMarks {
  /** After so many vain attempts something else than bad luck is going on. */
  private static final int ATTEMPTS = 100;

  private static final int ATTEMPTS_WITHOUT_PAUSE = 5;
  private static final int ATTEMPTS_WITH_SHORT_PAUSE = 10;

  /** Makes all pauses together last a little less than ten seconds. */
  private static final long PAUSE_FACTOR_MICROS = 39;

  private final WalCore core;
  private final IndexReader indexReader;
  private final DetachedReader detachedReader;
  private final IndexHeader before = new IndexHeader();

  /** Where the log ended in the last read transaction, and of which round it was. */
  private int lastFrame;

  private long lastSalts;

  /** Whether the last header that was read is another one than that before. */
  private boolean changed;

  /** Where to go back to: what the next read transaction shall see, or null for the newest. */
  private @Nullable IndexHeader wanted;

  ReadMarks(WalCore core, IndexReader indexReader) {
    this.core = core;
    this.indexReader = indexReader;
    this.detachedReader = new DetachedReader(core);
  }

  /** See {@link SqliteWal#useSnapshot}. */
  void want(@Nullable IndexHeader snapshot) {
    wanted = snapshot;
  }

  /**
   * Begins reading.
   *
   * @return whether the database is another one than in this connection's last read transaction
   */
  boolean begin() {
    lastFrame = core.header.maxFrame();
    lastSalts = core.header.salts();
    if (wanted != null) {
      return beginWanted(wanted);
    }
    boolean anyChange = false;
    int attempt = 0;
    boolean done;
    do {
      done = tryBegin(attempt++, false);
      anyChange |= changed;
    } while (!done);
    return anyChange;
  }

  /** See {@link SqliteWal#changesSinceLastRead}. */
  boolean changesSinceLast(int most, WriteAheadLog.FrameConsumer changed) {
    int newest = core.header.maxFrame();
    boolean isKnown =
        lastSalts != 0
            && lastSalts == core.header.salts()
            && lastFrame <= newest
            && newest - lastFrame <= most
            && wanted == null
            && !core.index.isDetached();
    for (int frame = lastFrame + 1; isKnown && frame <= newest; frame++) {
      changed.accept(core.index.pageOf(frame), frame);
    }
    if (isKnown && core.readLock == 0) {
      // Without a mark the log may have started over, and the frames looked at be those of others.
      core.index.barrier();
      isKnown = core.index.hasSaltsOf(core.header);
    }
    return isKnown;
  }

  /** Begins again after the log has been found empty of readers: with a mark other than 0. */
  void beginInLog() {
    int attempt = 0;
    while (!tryBegin(attempt, true)) {
      attempt++;
    }
  }

  void end() {
    if (core.readLock != WalCore.NOT_READING) {
      core.locks.unlockShared(WalLocks.READ + core.readLock);
      if (core.index.isDetached()) {
        core.locks.unlockShared(WalLocks.READ);
      }
      core.readLock = WalCore.NOT_READING;
    }
  }

  /**
   * One attempt.
   *
   * @param inLog the header is right as it is, and the mark shall not be 0
   * @return false to try again
   */
  private boolean tryBegin(int attempt, boolean inLog) {
    pause(attempt);
    changed = false;
    if (!inLog && detachedReader.isNeeded()) {
      boolean done = detachedReader.begin();
      changed = detachedReader.foundChange();
      return done;
    }
    WalIndex index = core.index;
    // An empty log's header is looked at once there is a lock, which is enough if it is the same.
    if (!inLog && !index.isUnmapped() && !readHeader()) {
      return false;
    }
    IndexHeader header = core.header;
    IndexHeader target = wanted;
    if (!inLog
        && index.backfill() == header.maxFrame()
        && (target == null || header.maxFrame() == 0 || header.isSame(target))) {
      if (core.locks.tryShared(WalLocks.READ)) {
        boolean isStill = false;
        try {
          index.barrier();
          isStill = index.headerIs(header);
        } finally {
          if (!isStill) {
            core.locks.unlockShared(WalLocks.READ); // A frame was added meanwhile.
          }
        }
        if (isStill) {
          core.readLock = 0;
          core.minFrame = 0;
        }
        return isStill;
      }
    }
    return beginWithMark(target);
  }

  private boolean beginWithMark(@Nullable IndexHeader target) {
    WalIndex index = core.index;
    int maxFrame = core.header.maxFrame();
    if (target != null && Integer.compareUnsigned(target.maxFrame(), maxFrame) < 0) {
      maxFrame = target.maxFrame();
    }
    int best = 0;
    int bestFrame = 0;
    for (int mark = 1; mark < WalIndex.READ_MARKS; mark++) {
      int frame = index.readMark(mark);
      boolean usable = Integer.compareUnsigned(frame, maxFrame) <= 0;
      if (usable && Integer.compareUnsigned(frame, bestFrame) >= 0) {
        best = mark;
        bestFrame = frame;
      }
    }
    if (!index.isReadOnly() && (bestFrame < maxFrame || best == 0)) {
      int moved = moveMark(maxFrame);
      if (moved != 0) {
        best = moved;
        bestFrame = maxFrame;
      }
    }
    if (best == 0) {
      if (index.isReadOnly()) {
        throw new LibsqlException(ResultCode.READONLY_CANTINIT);
      }
      return false;
    }
    if (!core.locks.tryShared(WalLocks.READ + best)) {
      return false;
    }
    core.minFrame = index.backfill() + 1;
    index.barrier();
    if (index.readMark(best) != bestFrame || !index.headerIs(core.header)) {
      core.locks.unlockShared(WalLocks.READ + best);
      return false;
    }
    core.readLock = best;
    return true;
  }

  /** Sets a mark that nobody uses to a frame; 0 if all are in use. */
  private int moveMark(int maxFrame) {
    for (int mark = 1; mark < WalIndex.READ_MARKS; mark++) {
      if (core.locks.tryExclusive(WalLocks.READ + mark, 1)) {
        core.index.setReadMark(mark, maxFrame);
        core.locks.unlockExclusive(WalLocks.READ + mark, 1);
        return mark;
      }
    }
    return 0;
  }

  /** Reads the header; false if it is just being made by somebody else and one may try again. */
  private boolean readHeader() {
    try {
      changed = indexReader.read();
      return true;
    } catch (LibsqlException e) {
      if (e.resultCode() != ResultCode.BUSY || core.locks.isExclusiveMode()) {
        throw e;
      }
      if (!core.index.hasRegion(0, false)) {
        return false;
      }
      if (!core.locks.tryShared(WalLocks.RECOVER)) {
        throw new LibsqlException(ResultCode.BUSY_RECOVERY);
      }
      core.locks.unlockShared(WalLocks.RECOVER);
      return false;
    }
  }

  private void pause(int attempt) {
    if (attempt <= ATTEMPTS_WITHOUT_PAUSE) {
      return;
    }
    if (attempt > ATTEMPTS) {
      throw new LibsqlException(ResultCode.PROTOCOL);
    }
    long micros = 1;
    if (attempt >= ATTEMPTS_WITH_SHORT_PAUSE) {
      long n = attempt - ATTEMPTS_WITH_SHORT_PAUSE + 1;
      micros = n * n * PAUSE_FACTOR_MICROS;
    }
    core.vfs.environment().sleeper().sleepMicros(micros);
  }

  // ---- snapshots

  private boolean beginWanted(IndexHeader snapshot) {
    // Keeps checkpoints from overwriting the snapshot in the database file until it has a mark.
    if (!core.locks.tryShared(WalLocks.CHECKPOINT)) {
      throw new LibsqlException(ResultCode.BUSY);
    }
    try {
      before.copyFrom(core.header);
      int attempt = 0;
      while (!tryBegin(attempt, false)) {
        attempt++;
      }
      useSnapshot(snapshot);
      return !before.isSame(core.header);
    } finally {
      core.locks.unlockShared(WalLocks.CHECKPOINT);
    }
  }

  private void useSnapshot(IndexHeader snapshot) {
    if (core.header.isSame(snapshot)) {
      return;
    }
    boolean isThere =
        snapshot.hasSaltsOf(core.header)
            && snapshot.maxFrame() >= core.index.backfillAttempted()
            && core.readLock != 0;
    if (!isThere) {
      end();
      core.header.clear(); // What is cached is of neither.
      throw new LibsqlException(ResultCode.ERROR_SNAPSHOT);
    }
    core.header.copyFrom(snapshot);
    core.minFrame = 1; // Frames of it may not be in the file yet, whatever the index says.
  }
}
