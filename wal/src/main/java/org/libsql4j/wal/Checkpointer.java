package org.libsql4j.wal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.CheckpointListener;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.pager.WalSync;
import org.libsql4j.record.Bytes;
import org.libsql4j.vfs.SyncMode;

/** Moves pages from the log to the database file. */
final class Checkpointer {
  /** Neighbouring pages are written together, in pieces of about this size. */
  private static final int BUFFER_BYTES = 128 * 1024;

  /** So far the file may grow more than the log accounts for before we call that damage. */
  private static final long TOLERATED_GROWTH_BYTES = 65536;

  private final WalCore core;
  private final IndexReader indexReader;
  private byte[] buffer = Bytes.EMPTY;

  /** Frames that follow each other, as they are in the log. */
  private byte[] run = Bytes.EMPTY;

  Checkpointer(WalCore core, IndexReader indexReader) {
    this.core = core;
    this.indexReader = indexReader;
  }

  /**
   * See {@link org.libsql4j.pager.WriteAheadLog#checkpoint}.
   *
   * @throws LibsqlException BUSY if another checkpoint is going on
   */
  CheckpointResult run(
      CheckpointMode mode,
      @Nullable BusyHandler busyHandler,
      WalSync sync,
      int pageSize,
      @Nullable CheckpointListener listener) {
    if (core.isReadOnly()) {
      throw new LibsqlException(ResultCode.READONLY);
    }
    if (!core.locks.tryExclusive(WalLocks.CHECKPOINT, 1)) {
      throw new LibsqlException(ResultCode.BUSY);
    }
    core.checkpointing = true;
    boolean locked = false;
    try {
      CheckpointMode possible = mode;
      BusyHandler patience = busyHandler;
      if (mode != CheckpointMode.PASSIVE) {
        locked = lock(WalLocks.WRITE, 1, busyHandler);
        core.writing = locked;
        if (!locked) {
          possible = CheckpointMode.PASSIVE;
          patience = null;
        }
      }
      boolean busy = runLocked(possible, patience, sync, pageSize, listener);
      return result(busy || possible != mode);
    } finally {
      if (locked) {
        core.writing = false;
        core.locks.unlockExclusive(WalLocks.WRITE, 1);
      }
      core.checkpointing = false;
      core.locks.unlockExclusive(WalLocks.CHECKPOINT, 1);
    }
  }

  private CheckpointResult result(boolean busy) {
    return new CheckpointResult(busy, lastFrames, lastBackfill);
  }

  private int lastFrames;
  private int lastBackfill;

  private boolean runLocked(
      CheckpointMode mode,
      @Nullable BusyHandler busyHandler,
      WalSync sync,
      int pageSize,
      @Nullable CheckpointListener listener) {
    boolean changed = true;
    try {
      changed = indexReader.read();
      if (core.header.maxFrame() != 0 && core.pageSize != pageSize) {
        throw WalFormat.corrupt();
      }
      boolean busy = moveAndFinish(mode, busyHandler, sync, listener);
      lastFrames = core.header.maxFrame();
      lastBackfill = core.index.backfill();
      return busy;
    } finally {
      if (changed) {
        core.header.clear(); // So that the next read transaction drops its cached pages.
      }
    }
  }

  /** Returns whether a lock kept us from doing all that the mode asks for. */
  private boolean moveAndFinish(
      CheckpointMode mode,
      @Nullable BusyHandler busyHandler,
      WalSync sync,
      @Nullable CheckpointListener listener) {
    WalIndex index = core.index;
    int maxFrame = core.header.maxFrame();
    if (index.backfill() < maxFrame) {
      BusyHandler patience = busyHandler;
      int safe = maxFrame;
      for (int mark = 1; mark < WalIndex.READ_MARKS; mark++) {
        int frame = index.readMark(mark);
        if (Integer.compareUnsigned(safe, frame) <= 0) {
          continue;
        }
        if (lock(WalLocks.READ + mark, 1, patience)) {
          index.setReadMark(mark, mark == 1 ? safe : WalIndex.MARK_UNUSED);
          core.locks.unlockExclusive(WalLocks.READ + mark, 1);
        } else {
          safe = frame;
          patience = null;
        }
      }
      if (index.backfill() < safe && lock(WalLocks.READ, 1, patience)) {
        try {
          move(safe, sync.checkpoint(), listener);
        } finally {
          core.locks.unlockExclusive(WalLocks.READ, 1);
        }
      }
    }
    return mode != CheckpointMode.PASSIVE && !finish(mode, busyHandler, listener);
  }

  /** Does what FULL, RESTART and TRUNCATE ask for beyond moving; false if a lock is in the way. */
  private boolean finish(
      CheckpointMode mode,
      @Nullable BusyHandler busyHandler,
      @Nullable CheckpointListener listener) {
    if (core.index.backfill() < core.header.maxFrame()) {
      return false;
    }
    if (mode == CheckpointMode.FULL) {
      return true;
    }
    int others = WalIndex.READ_MARKS - 1;
    int salt = core.randomInt();
    if (!lock(WalLocks.READ + 1, others, busyHandler)) {
      return false;
    }
    try {
      if (mode == CheckpointMode.TRUNCATE) {
        if (listener != null) {
          listener.startingOver(core.header.maxFrame());
        }
        core.startOver(salt);
        core.file.truncate(0);
      }
    } finally {
      core.locks.unlockExclusive(WalLocks.READ + 1, others);
    }
    return true;
  }

  private boolean lock(int first, int count, @Nullable BusyHandler busyHandler) {
    int attempt = 0;
    while (!core.locks.tryExclusive(first, count)) {
      if (busyHandler == null || !busyHandler.busy(attempt++)) {
        return false;
      }
    }
    return true;
  }

  // ---- moving

  /** Moves the frames up to {@code safe}. READ(0) is held: nobody reads the database file alone. */
  private void move(int safe, @Nullable SyncMode sync, @Nullable CheckpointListener listener) {
    WalIndex index = core.index;
    index.setBackfillAttempted(safe);
    if (sync != null) {
      core.file.sync(sync, false);
    }
    checkSize();
    long[] frames = newestFrames(index.backfill());
    writePages(frames, safe, listener);
    index.loadFirstHeader(live);
    if (safe == live.maxFrame()) {
      long size = (long) core.header.pageCount() * core.pageSize;
      if (core.databaseFile.size() > size) {
        core.databaseFile.truncate(size);
      }
    }
    if (sync != null) {
      core.databaseFile.sync(sync, false);
    }
    index.setBackfill(safe);
  }

  private final IndexHeader live = new IndexHeader();

  /** A database that grows by more than the log can fill is damage. */
  private void checkSize() {
    long needed = (long) core.header.pageCount() * core.pageSize;
    long present = core.databaseFile.size();
    long explained =
        present + TOLERATED_GROWTH_BYTES + (long) core.header.maxFrame() * core.pageSize;
    if (present < needed && explained < needed) {
      throw WalFormat.corrupt();
    }
  }

  /** Page number and newest frame of each page with a frame after {@code backfill}, in order. */
  private long[] newestFrames(int backfill) {
    int maxFrame = core.header.maxFrame();
    long[] all = new long[maxFrame - backfill];
    for (int i = 0; i < all.length; i++) {
      int frame = backfill + 1 + i;
      all[i] = (core.index.pageOf(frame) & 0xffffffffL) << 32 | frame;
    }
    Arrays.sort(all);
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      if (i + 1 == all.length || all[i] >>> 32 != all[i + 1] >>> 32) {
        all[count++] = all[i];
      }
    }
    return Arrays.copyOf(all, count);
  }

  /** A page whose newest frame is behind {@code safe} stays: everybody finds it in the log. */
  private void writePages(long[] frames, int safe, @Nullable CheckpointListener listener) {
    int pageSize = core.pageSize;
    long pageCount = core.header.pageCount() & 0xffffffffL;
    int capacity = Math.max(1, BUFFER_BYTES / pageSize);
    buffer = new byte[capacity * pageSize];
    int[] batch = new int[capacity];
    long first = 0;
    int count = 0;
    for (long entry : frames) {
      long pageNumber = entry >>> 32;
      int frame = (int) entry;
      if (frame > safe || pageNumber > pageCount || pageNumber == 0) {
        continue;
      }
      if (count == capacity || pageNumber != first + count) {
        write(first, batch, count, listener);
        first = pageNumber;
        count = 0;
      }
      batch[count++] = frame;
    }
    write(first, batch, count, listener);
    buffer = Bytes.EMPTY;
    run = Bytes.EMPTY;
  }

  /** Moves neighbouring pages, each from its frame. */
  private void write(
      long firstPage, int[] frames, int count, @Nullable CheckpointListener listener) {
    if (count == 0) {
      return;
    }
    int from = 0;
    while (from < count) {
      int end = from + 1;
      while (end < count && frames[end] == frames[end - 1] + 1) {
        end++;
      }
      readFrames(frames[from], end - from, from);
      from = end;
    }
    int pageSize = core.pageSize;
    if (listener != null) {
      for (int i = 0; i < count; i++) {
        listener.pageMoved((int) firstPage + i, frames[i], buffer, i * pageSize);
      }
    }
    core.databaseFile.write((firstPage - 1) * pageSize, buffer, 0, count * pageSize);
  }

  /** Reads the pages of frames that follow each other into the buffer, all at once. */
  private void readFrames(int firstFrame, int count, int index) {
    int pageSize = core.pageSize;
    long position = core.frameOffset(firstFrame) + WalFormat.FRAME_HEADER_BYTES;
    if (count == 1) {
      core.readFully(position, buffer, index * pageSize, pageSize);
      return;
    }
    int frameBytes = pageSize + WalFormat.FRAME_HEADER_BYTES;
    int needed = count * frameBytes - WalFormat.FRAME_HEADER_BYTES;
    if (run.length < needed) {
      run = new byte[buffer.length / pageSize * frameBytes];
    }
    core.readFully(position, run, 0, needed);
    for (int i = 0; i < count; i++) {
      System.arraycopy(run, i * frameBytes, buffer, (index + i) * pageSize, pageSize);
    }
  }
}
