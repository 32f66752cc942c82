package org.libsql4j.wal;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.BigEndian;

/** Makes the index from the log. */
final class WalRecovery {
  /** Frames are read in pieces of about this size. */
  private static final int READ_BYTES = 256 * 1024;

  private final WalCore core;
  private final WalChecksum sum = new WalChecksum();
  private boolean bigEndian;

  WalRecovery(WalCore core) {
    this.core = core;
  }

  /**
   * Needs WRITE.
   *
   * @throws LibsqlException BUSY if another checkpoint or recovery is going on
   */
  void run() {
    int first = core.checkpointing ? WalLocks.RECOVER : WalLocks.CHECKPOINT;
    int count = WalLocks.READ - first;
    if (!core.locks.tryExclusive(first, count)) {
      throw new LibsqlException(ResultCode.BUSY);
    }
    try {
      makeIndex();
      resetMarks(core.header.maxFrame());
    } finally {
      core.locks.unlockExclusive(first, count);
    }
  }

  /** As {@link #run}, for who holds all locks. */
  void runAlone() {
    makeIndex();
    makeMarks();
  }

  /** As {@link #runAlone}, of a log of no bytes. */
  void runOnNothing() {
    core.header.clear();
    core.index.storeHeader(core.header);
    makeMarks();
  }

  private void makeMarks() {
    int maxFrame = core.header.maxFrame();
    resetBackfill(maxFrame);
    setMarks(1, WalIndex.READ_MARKS - 1, maxFrame);
  }

  private void makeIndex() {
    IndexHeader header = core.header;
    header.clear();
    WalIndex made = new WalIndex(core.databaseFile, true);
    readLog(header, made);
    core.index.copyFrames(made, header.maxFrame());
    core.index.storeHeader(header);
  }

  /** Makes a detached index for this connection alone, which takes no locks. */
  void runDetached() {
    IndexHeader header = core.header;
    header.clear();
    core.index.setDetached(true);
    core.index.hasRegion(0, true);
    readLog(header, core.index);
    core.index.storeHeader(header);
  }

  private void readLog(IndexHeader header, WalIndex made) {
    long size = core.file.size();
    byte[] head = new byte[WalFormat.HEADER_BYTES];
    if (size <= head.length) {
      return;
    }
    core.readFully(0, head, 0, head.length);
    int magic = BigEndian.getInt(head, 0);
    int pageSize = BigEndian.getInt(head, WalFormat.PAGE_SIZE_OFFSET);
    if ((magic & ~WalFormat.BIG_ENDIAN_CHECKSUMS) != WalFormat.MAGIC
        || !WalFormat.isPageSize(pageSize)) {
      return;
    }
    bigEndian = (magic & WalFormat.BIG_ENDIAN_CHECKSUMS) != 0;
    header.setBigEndianChecksums(bigEndian);
    core.pageSize = pageSize;
    core.sequence = BigEndian.getInt(head, WalFormat.SEQUENCE_OFFSET);
    header.copySaltsFrom(head, WalFormat.SALT_OFFSET);
    sum.set(0, 0);
    sum.add(head, 0, WalFormat.CHECKSUM_OFFSET, bigEndian);
    if (!isSum(head, WalFormat.CHECKSUM_OFFSET)) {
      return;
    }
    if (BigEndian.getInt(head, WalFormat.VERSION_OFFSET) != WalFormat.VERSION) {
      throw new LibsqlException(ResultCode.CANTOPEN);
    }
    header.setFrameChecksum(sum.first, sum.second);
    readFrames(header, made, size);
  }

  private boolean isSum(byte[] bytes, int offset) {
    return sum.is(BigEndian.getInt(bytes, offset), BigEndian.getInt(bytes, offset + 4));
  }

  private void readFrames(IndexHeader header, WalIndex made, long size) {
    int frameBytes = core.pageSize + WalFormat.FRAME_HEADER_BYTES;
    int perRead = Math.max(1, READ_BYTES / frameBytes);
    byte[] buffer = new byte[perRead * frameBytes];
    long total = Math.min((size - WalFormat.HEADER_BYTES) / frameBytes, Integer.MAX_VALUE - 1);
    int frame = 0;
    while (frame < total) {
      int count = (int) Math.min(perRead, total - frame);
      core.readFully(core.frameOffset(frame + 1), buffer, 0, count * frameBytes);
      for (int i = 0; i < count; i++) {
        frame++;
        if (!useFrame(header, made, frame, buffer, i * frameBytes)) {
          return;
        }
      }
    }
  }

  /** Adds a frame; false if it is not valid, which ends the log. */
  private boolean useFrame(IndexHeader header, WalIndex made, int frame, byte[] buffer, int at) {
    int pageNumber = BigEndian.getInt(buffer, at);
    if (pageNumber == 0 || !header.saltsAre(buffer, at + WalFormat.FRAME_SALT_OFFSET)) {
      return false;
    }
    sum.add(buffer, at, WalFormat.FRAME_CHECKED_BYTES, bigEndian);
    sum.add(buffer, at + WalFormat.FRAME_HEADER_BYTES, core.pageSize, bigEndian);
    if (!isSum(buffer, at + WalFormat.FRAME_CHECKSUM_OFFSET)) {
      return false;
    }
    made.append(frame, pageNumber);
    int databaseSize = BigEndian.getInt(buffer, at + WalFormat.FRAME_DATABASE_SIZE_OFFSET);
    if (databaseSize != 0) {
      header.setMaxFrame(frame);
      header.setPageCount(databaseSize);
      header.setPageSize(core.pageSize);
      header.setFrameChecksum(sum.first, sum.second);
    }
    return true;
  }

  /** Nothing is known to be in the database file; readers who are there keep their marks. */
  private void resetMarks(int maxFrame) {
    resetBackfill(maxFrame);
    // Usually nobody is there. Otherwise some marks may be in use, and the others are not.
    int others = WalIndex.READ_MARKS - 1;
    boolean done = resetMarks(1, others, maxFrame);
    for (int mark = 1; !done && mark <= others; mark++) {
      resetMarks(mark, 1, maxFrame);
    }
  }

  private boolean resetMarks(int first, int count, int maxFrame) {
    if (!core.locks.tryExclusive(WalLocks.READ + first, count)) {
      return false;
    }
    setMarks(first, count, maxFrame);
    core.locks.unlockExclusive(WalLocks.READ + first, count);
    return true;
  }

  private void resetBackfill(int maxFrame) {
    WalIndex index = core.index;
    index.setBackfill(0);
    index.setBackfillAttempted(maxFrame);
    index.setReadMark(0, 0);
  }

  private void setMarks(int first, int count, int maxFrame) {
    for (int mark = first; mark < first + count; mark++) {
      core.index.setReadMark(mark, mark == 1 && maxFrame > 0 ? maxFrame : WalIndex.MARK_UNUSED);
    }
  }
}
