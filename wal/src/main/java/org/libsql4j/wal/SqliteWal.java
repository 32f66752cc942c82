package org.libsql4j.wal;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.CheckpointListener;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.CheckpointResult;
import org.libsql4j.pager.Page;
import org.libsql4j.pager.WalSnapshot;
import org.libsql4j.pager.WalSync;
import org.libsql4j.pager.WriteAheadLog;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.SyncMode;

/** One connection's use of a log in SQLite's format. */
final class SqliteWal implements WriteAheadLog {
  private final WalCore core;
  private final IndexReader indexReader;
  private final ReadMarks readMarks;
  private final FrameWriter frameWriter;
  private final Checkpointer checkpointer;
  private final WalChecksum sum = new WalChecksum();
  private int committedFrames;
  private boolean closed;

  SqliteWal(WalCore core) {
    this.core = core;
    this.indexReader = new IndexReader(core);
    this.readMarks = new ReadMarks(core, indexReader);
    this.frameWriter = new FrameWriter(core, readMarks);
    this.checkpointer = new Checkpointer(core, indexReader);
  }

  // ---- reading

  @Override
  public boolean beginReadTransaction() {
    return readMarks.begin();
  }

  @Override
  public boolean changesSinceLastRead(int most, FrameConsumer changed) {
    return readMarks.changesSinceLast(most, changed);
  }

  @Override
  public void endReadTransaction() {
    endWriteTransaction();
    readMarks.end();
  }

  @Override
  public int findFrame(int pageNumber) {
    int last = core.header.maxFrame();
    if (last == 0 || core.readLock == 0) {
      return 0;
    }
    return core.index.find(pageNumber, Math.max(core.minFrame, 1), last);
  }

  @Override
  public void readFrame(int frameNumber, byte[] dest) {
    long offset = core.frameOffset(frameNumber) + WalFormat.FRAME_HEADER_BYTES;
    int length = Math.min(dest.length, core.pageSize);
    // Nobody cuts the log while somebody reads frames of it.
    if (!core.file.readFast(offset, dest, 0, length)) {
      core.readFully(offset, dest, 0, length);
    }
  }

  @Override
  public int databaseSize() {
    return core.readLock == WalCore.NOT_READING ? 0 : core.header.pageCount();
  }

  // ---- writing

  @Override
  public void beginWriteTransaction() {
    if (core.writing) {
      return;
    }
    if (core.readLock == WalCore.NOT_READING) {
      throw new LibsqlException(ResultCode.ERROR);
    }
    if (core.isReadOnly()) {
      throw new LibsqlException(ResultCode.READONLY);
    }
    lockToWrite();
    boolean isNewest = false;
    try {
      isNewest = core.index.headerIs(core.header);
    } finally {
      if (!isNewest) {
        endWriteTransaction();
      }
    }
    if (!isNewest) {
      throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
    }
  }

  private void lockToWrite() {
    core.index.hasRegion(0, false); // To map it may fail, and nothing is to be undone yet.
    if (!core.locks.tryExclusive(WalLocks.WRITE, 1)) {
      throw new LibsqlException(ResultCode.BUSY);
    }
    core.writing = true;
  }

  @Override
  public void endWriteTransaction() {
    if (core.writing) {
      core.writing = false;
      frameWriter.transactionEnded();
      core.locks.unlockExclusive(WalLocks.WRITE, 1);
    }
  }

  @Override
  public void undo(PageNumberConsumer forgotten) {
    if (!core.writing) {
      return;
    }
    int last = core.header.maxFrame();
    core.index.loadFirstHeader(core.header);
    int first = core.header.maxFrame() + 1;
    for (int frame = first; frame <= last; frame++) {
      forgotten.accept(core.index.pageOf(frame));
    }
    if (last >= first) {
      core.index.truncate(first - 1);
    }
    frameWriter.cutBack(0);
  }

  @Override
  public void savepoint(int[] dest) {
    core.header.getFrameChecksum(sum);
    dest[0] = core.header.maxFrame();
    dest[1] = sum.first;
    dest[2] = sum.second;
    dest[3] = core.sequence;
  }

  @Override
  public void savepointUndo(int[] state) {
    if (state[3] != core.sequence) {
      // The log has started over since: nothing of this transaction was in it then.
      state[0] = 0;
      state[3] = core.sequence;
    }
    if (state[0] < core.header.maxFrame()) {
      core.header.setMaxFrame(state[0]);
      core.header.setFrameChecksum(state[1], state[2]);
      core.index.truncate(state[0]);
      frameWriter.cutBack(state[0]);
    }
  }

  @Override
  public int appendFrames(
      int pageSize, Page[] pages, int count, int databaseSize, boolean commit, WalSync sync) {
    int appended = frameWriter.append(pageSize, pages, count, databaseSize, commit, sync);
    if (commit) {
      committedFrames = core.header.maxFrame();
    }
    return appended;
  }

  @Override
  public void awaitUnlock(long timeoutMillis) {
    if (core.locks.isExclusiveMode()) {
      core.databaseFile.awaitUnlock(timeoutMillis);
    } else {
      core.index.memory().awaitUnlock(timeoutMillis);
    }
  }

  // ---- optimistic writers

  private final IndexHeader newest = new IndexHeader();
  private int firstChange;

  @Override
  public void beginLateWrite() {
    if (core.isReadOnly()) {
      throw new LibsqlException(ResultCode.READONLY);
    }
    lockToWrite();
    core.index.loadFirstHeader(newest);
    if (newest.maxFrame() > 0) {
      core.pageSize = newest.pageSize(); // Unknown so far if the log was empty.
    }
    if (newest.hasSaltsOf(core.header)) {
      firstChange = core.header.maxFrame() + 1;
    } else {
      // Who reads the database file alone keeps checkpoints out, so that it started over once.
      firstChange = core.readLock == 0 ? 1 : 0;
    }
  }

  @Override
  public int changesSince(FrameConsumer changed) {
    if (firstChange == 0) {
      throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
    }
    for (int frame = firstChange; frame <= newest.maxFrame(); frame++) {
      changed.accept(core.index.pageOf(frame), frame);
    }
    return newest.pageCount();
  }

  @Override
  public void adoptNewest() {
    if (!newest.isSame(core.header)) {
      readMarks.end();
      core.header.copyFrom(newest);
      core.pageSize = newest.pageSize();
      readMarks.beginInLog();
    }
  }

  // ---- frames and snapshots

  @Override
  public int frameCount() {
    return core.header.maxFrame();
  }

  @Override
  public void readRawFrame(int frameNumber, byte[] dest) {
    if (frameNumber < 1 || frameNumber > core.header.maxFrame()) {
      throw new LibsqlException(ResultCode.ERROR, "no such frame: " + frameNumber);
    }
    int length = Math.min(dest.length, core.pageSize + WalFormat.FRAME_HEADER_BYTES);
    core.readFully(core.frameOffset(frameNumber), dest, 0, length);
  }

  @Override
  public void appendRawFrame(int pageSize, byte[] frame, WalSync sync) {
    if (frame.length != pageSize + WalFormat.FRAME_HEADER_BYTES) {
      throw new LibsqlException(ResultCode.MISUSE, "a frame has 24 bytes more than a page");
    }
    if (frameWriter.appendRaw(pageSize, frame, sync)) {
      committedFrames = core.header.maxFrame();
    }
  }

  @Override
  public void sync() {
    core.file.sync(SyncMode.NORMAL, false);
  }

  @Override
  public @Nullable WalSnapshot snapshot() {
    IndexHeader header = core.header;
    boolean neverWritten = header.salt(0) == 0 && header.salt(1) == 0;
    return core.readLock == WalCore.NOT_READING || neverWritten ? null : new Snapshot(header);
  }

  @Override
  public void useSnapshot(@Nullable WalSnapshot snapshot) {
    readMarks.want(snapshot == null ? null : ((Snapshot) snapshot).header());
  }

  @Override
  public int takeCommittedFrameCount() {
    int count = committedFrames;
    committedFrames = 0;
    return count;
  }

  // ---- checkpoints

  @Override
  public CheckpointResult checkpoint(
      CheckpointMode mode,
      @Nullable BusyHandler busyHandler,
      WalSync sync,
      int pageSize,
      @Nullable CheckpointListener listener) {
    return checkpointer.run(mode, busyHandler, sync, pageSize, listener);
  }

  // ---- settings

  @Override
  public boolean setExclusiveMode(boolean exclusive) {
    WalLocks locks = core.locks;
    if (core.index.isOnHeap() || exclusive == locks.isExclusiveMode()) {
      return locks.isExclusiveMode();
    }
    int lock = WalLocks.READ + core.readLock;
    if (exclusive) {
      locks.unlockShared(lock);
      locks.setExclusiveMode(true);
    } else {
      locks.setExclusiveMode(false);
      boolean done = false;
      try {
        done = locks.tryShared(lock);
      } finally {
        locks.setExclusiveMode(!done);
      }
    }
    return locks.isExclusiveMode();
  }

  @Override
  public boolean isExclusiveMode() {
    return core.locks.isExclusiveMode();
  }

  @Override
  public boolean usesHeapMemory() {
    return core.index.isOnHeap();
  }

  @Override
  public void setSizeLimit(long bytes) {
    core.sizeLimit = bytes;
  }

  @Override
  public DatabaseFile file() {
    return core.file;
  }

  // ---- the end

  @Override
  public void close(WalSync sync, int pageSize, boolean checkpoint) {
    if (closed) {
      return;
    }
    closed = true;
    boolean delete = false;
    try {
      delete = checkpoint && checkpointAsLast(sync, pageSize);
    } finally {
      release(delete);
    }
  }

  /**
   * Checkpoints if nobody else uses the database; true if nothing of the log is needed any more.
   */
  private boolean checkpointAsLast(WalSync sync, int pageSize) {
    if (core.databaseFile.isReadOnly() || !core.databaseFile.tryLock(LockLevel.EXCLUSIVE)) {
      return false;
    }
    endReadTransaction();
    if (!core.index.isOnHeap()) {
      core.locks.setExclusiveMode(true);
    }
    checkpointer.run(CheckpointMode.PASSIVE, null, sync, pageSize, null);
    return true;
  }

  private void release(boolean delete) {
    try {
      core.index.close(delete);
    } finally {
      core.file.close();
    }
    if (delete) {
      try {
        core.vfs.delete(core.path, false);
      } catch (LibsqlException e) {
        if (e.resultCode() != ResultCode.IOERR_DELETE_NOENT) {
          throw e;
        }
      }
    }
  }
}
