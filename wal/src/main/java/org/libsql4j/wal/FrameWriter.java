package org.libsql4j.wal;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.libsql4j.pager.Page;
import org.libsql4j.pager.WalSync;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Bytes;
import org.libsql4j.vfs.DeviceCharacteristics;
import org.libsql4j.vfs.SyncMode;

/**
 * Appends frames.
 *
 * <p>A page that has a frame of the same transaction is written over it, unless the frame ends the
 * transaction; the checksums from there on are calculated again at the commit.
 */
final class FrameWriter {
  /** Frames are written in pieces of about this size. */
  private static final int BUFFER_BYTES = 256 * 1024;

  private final WalCore core;
  private final ReadMarks readMarks;
  private final WalChecksum sum = new WalChecksum();
  private final IndexHeader live = new IndexHeader();

  private byte[] buffer = Bytes.EMPTY;

  /** Page numbers of the frames added since {@link #begin}, which the index is to be told of. */
  private int[] addedPages = new int[16];

  private int added;

  /** First frame in the buffer, and how many are in it. */
  private int bufferedFrom;

  private int buffered;

  /** First frame whose checksum is out of date, or 0. */
  private int staleFrom;

  /** The file may be longer than the limit: frames of an earlier round are behind its end. */
  private boolean mayBeTooLong;

  FrameWriter(WalCore core, ReadMarks readMarks) {
    this.core = core;
    this.readMarks = readMarks;
  }

  void transactionEnded() {
    staleFrom = 0;
    mayBeTooLong = false;
  }

  /** Frames after {@code lastFrame} are no more. */
  void cutBack(int lastFrame) {
    if (staleFrom > lastFrame) {
      staleFrom = 0;
    }
  }

  /** See {@link org.libsql4j.pager.WriteAheadLog#appendFrames}. */
  int append(
      int pageSize, Page[] pages, int count, int databaseSize, boolean commit, WalSync sync) {
    begin(pageSize, sync);
    int firstOfTransaction = firstOfTransaction();
    for (int i = 0; i < count; i++) {
      Page page = pages[i];
      boolean last = commit && i == count - 1;
      if (firstOfTransaction != 0 && !last && overwrite(page, firstOfTransaction)) {
        continue;
      }
      add(page.pageNumber(), page.data, 0, last ? databaseSize : 0);
    }
    flush();
    if (commit) {
      Page last = pages[count - 1];
      finishTransaction(last.pageNumber(), last.data, 0, databaseSize, sync);
    }
    publish(databaseSize, commit);
    return added;
  }

  /** See {@link org.libsql4j.pager.WriteAheadLog#appendRawFrame}; whether it was a commit. */
  boolean appendRaw(int pageSize, byte[] frame, WalSync sync) {
    int pageNumber = BigEndian.getInt(frame, 0);
    if (pageNumber == 0) {
      throw WalFormat.corrupt();
    }
    int databaseSize = BigEndian.getInt(frame, WalFormat.FRAME_DATABASE_SIZE_OFFSET);
    begin(pageSize, sync);
    add(pageNumber, frame, WalFormat.FRAME_HEADER_BYTES, databaseSize);
    flush();
    boolean commit = databaseSize != 0;
    if (commit) {
      finishTransaction(pageNumber, frame, WalFormat.FRAME_HEADER_BYTES, databaseSize, sync);
    }
    publish(databaseSize, commit);
    return commit;
  }

  private void finishTransaction(
      int lastPage, byte[] data, int offset, int databaseSize, WalSync sync) {
    if (staleFrom != 0) {
      rewriteChecksums(lastFrame());
    }
    SyncMode mode = sync.commit();
    if (mode != null) {
      pad(lastPage, data, offset, databaseSize);
      core.file.sync(mode, false);
    }
    if (mayBeTooLong && core.sizeLimit >= 0) {
      cutTo(Math.max(core.sizeLimit, core.frameOffset(lastFrame() + 1)));
      mayBeTooLong = false;
    }
  }

  private int lastFrame() {
    return core.header.maxFrame() + added;
  }

  // ---- before the first frame

  private void begin(int pageSize, WalSync sync) {
    startOverIfPossible();
    IndexHeader header = core.header;
    if (header.maxFrame() == 0) {
      writeHeader(pageSize, sync);
    }
    if (core.pageSize != pageSize) {
      throw WalFormat.corrupt();
    }
    header.getFrameChecksum(sum);
    bufferedFrom = header.maxFrame() + 1;
    buffered = 0;
    added = 0;
  }

  /** Uses the log from its beginning if all of it is in the database file and nobody reads it. */
  private void startOverIfPossible() {
    if (core.readLock != 0) {
      return;
    }
    if (core.index.backfill() > 0) {
      int others = WalIndex.READ_MARKS - 1;
      int salt = core.randomInt();
      if (core.locks.tryExclusive(WalLocks.READ + 1, others)) {
        try {
          core.startOver(salt);
        } finally {
          core.locks.unlockExclusive(WalLocks.READ + 1, others);
        }
      }
    }
    readMarks.end();
    readMarks.beginInLog();
  }

  private void writeHeader(int pageSize, WalSync sync) {
    IndexHeader header = core.header;
    byte[] head = new byte[WalFormat.HEADER_BYTES];
    boolean bigEndian = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
    BigEndian.putInt(head, 0, WalFormat.MAGIC | (bigEndian ? WalFormat.BIG_ENDIAN_CHECKSUMS : 0));
    BigEndian.putInt(head, WalFormat.VERSION_OFFSET, WalFormat.VERSION);
    BigEndian.putInt(head, WalFormat.PAGE_SIZE_OFFSET, pageSize);
    BigEndian.putInt(head, WalFormat.SEQUENCE_OFFSET, core.sequence);
    if (core.sequence == 0) {
      header.setSalt(0, core.randomInt());
      header.setSalt(1, core.randomInt());
    }
    header.copySaltsTo(head, WalFormat.SALT_OFFSET);
    sum.set(0, 0);
    sum.add(head, 0, WalFormat.CHECKSUM_OFFSET, bigEndian);
    BigEndian.putInt(head, WalFormat.CHECKSUM_OFFSET, sum.first);
    BigEndian.putInt(head, WalFormat.CHECKSUM_OFFSET + 4, sum.second);
    core.pageSize = pageSize;
    header.setBigEndianChecksums(bigEndian);
    header.setFrameChecksum(sum.first, sum.second);
    mayBeTooLong = true;
    core.file.write(0, head, 0, head.length);
    // Frames of this round must not reach the disk under the header of the last one.
    SyncMode mode = sync.checkpoint();
    if (mode != null && !isSequential()) {
      core.file.sync(mode, false);
    }
  }

  private boolean isSequential() {
    return (core.file.deviceCharacteristics() & DeviceCharacteristics.SEQUENTIAL) != 0;
  }

  /** The first frame that this transaction added, or 0 if it has not added any. */
  private int firstOfTransaction() {
    core.index.loadFirstHeader(live);
    return live.isSame(core.header) ? 0 : live.maxFrame() + 1;
  }

  // ---- frames

  private boolean overwrite(Page page, int firstOfTransaction) {
    int last = core.header.maxFrame();
    if (last < firstOfTransaction) {
      return false;
    }
    int frame = core.index.find(page.pageNumber(), firstOfTransaction, last);
    if (frame == 0) {
      return false;
    }
    if (staleFrom == 0 || frame < staleFrom) {
      staleFrom = frame;
    }
    long offset = core.frameOffset(frame) + WalFormat.FRAME_HEADER_BYTES;
    core.file.write(offset, page.data, 0, core.pageSize);
    return true;
  }

  private void add(int pageNumber, byte[] data, int offset, int databaseSize) {
    int frameBytes = core.pageSize + WalFormat.FRAME_HEADER_BYTES;
    int at = buffered * frameBytes;
    if (at + frameBytes > buffer.length) {
      at = makeRoom(at, frameBytes);
    }
    BigEndian.putInt(buffer, at, pageNumber);
    BigEndian.putInt(buffer, at + WalFormat.FRAME_DATABASE_SIZE_OFFSET, databaseSize);
    System.arraycopy(data, offset, buffer, at + WalFormat.FRAME_HEADER_BYTES, core.pageSize);
    if (staleFrom == 0) {
      core.header.copySaltsTo(buffer, at + WalFormat.FRAME_SALT_OFFSET);
      sign(buffer, at);
    } else {
      // Written with salts of no log: signed at the commit.
      BigEndian.putLong(buffer, at + WalFormat.FRAME_SALT_OFFSET, 0);
      BigEndian.putLong(buffer, at + WalFormat.FRAME_CHECKSUM_OFFSET, 0);
    }
    buffered++;
    if (added == addedPages.length) {
      addedPages = Arrays.copyOf(addedPages, 2 * added);
    }
    addedPages[added++] = pageNumber;
  }

  /** Returns where the next frame goes. */
  private int makeRoom(int used, int frameBytes) {
    int largest = Math.max(1, BUFFER_BYTES / frameBytes) * frameBytes;
    if (buffer.length % frameBytes == 0 && buffer.length >= largest) {
      flush();
      return 0;
    }
    int wanted = Math.min(Math.max(2 * used, frameBytes), largest);
    byte[] larger = new byte[wanted];
    System.arraycopy(buffer, 0, larger, 0, used);
    buffer = larger;
    return used;
  }

  /** Puts the running checksum into a frame. */
  private void sign(byte[] bytes, int at) {
    boolean bigEndian = core.header.bigEndianChecksums();
    sum.add(bytes, at, WalFormat.FRAME_CHECKED_BYTES, bigEndian);
    sum.add(bytes, at + WalFormat.FRAME_HEADER_BYTES, core.pageSize, bigEndian);
    BigEndian.putInt(bytes, at + WalFormat.FRAME_CHECKSUM_OFFSET, sum.first);
    BigEndian.putInt(bytes, at + WalFormat.FRAME_CHECKSUM_OFFSET + 4, sum.second);
  }

  private void flush() {
    if (buffered > 0) {
      int frameBytes = core.pageSize + WalFormat.FRAME_HEADER_BYTES;
      core.file.write(core.frameOffset(bufferedFrom), buffer, 0, buffered * frameBytes);
      bufferedFrom += buffered;
      buffered = 0;
    }
  }

  private void rewriteChecksums(int lastFrame) {
    int frameBytes = core.pageSize + WalFormat.FRAME_HEADER_BYTES;
    byte[] bytes = new byte[frameBytes];
    int first = staleFrom;
    staleFrom = 0;
    if (first == 1) {
      core.readFully(WalFormat.CHECKSUM_OFFSET, bytes, 0, 8);
    } else {
      long before = core.frameOffset(first - 1) + WalFormat.FRAME_CHECKSUM_OFFSET;
      core.readFully(before, bytes, 0, 8);
    }
    sum.set(BigEndian.getInt(bytes, 0), BigEndian.getInt(bytes, 4));
    for (int frame = first; frame <= lastFrame; frame++) {
      core.readFully(core.frameOffset(frame), bytes, 0, frameBytes);
      core.header.copySaltsTo(bytes, WalFormat.FRAME_SALT_OFFSET);
      sign(bytes, 0);
      core.file.write(core.frameOffset(frame), bytes, 0, WalFormat.FRAME_HEADER_BYTES);
    }
  }

  // ---- after the last frame

  /** Repeats the last frame until the sector is full, so that no later write can damage it. */
  private void pad(int pageNumber, byte[] data, int offset, int databaseSize) {
    int characteristics = core.file.deviceCharacteristics();
    if ((characteristics & DeviceCharacteristics.POWERSAFE_OVERWRITE) != 0) {
      return;
    }
    int sector = core.file.sectorSize();
    long end = core.frameOffset(lastFrame() + 1);
    long sectorEnd = (end + sector - 1) / sector * sector;
    while (core.frameOffset(lastFrame() + 1) < sectorEnd) {
      add(pageNumber, data, offset, databaseSize);
    }
    flush();
  }

  /** Puts the new frames into the index, and lets others see them if they end a transaction. */
  private void publish(int databaseSize, boolean commit) {
    IndexHeader header = core.header;
    int frame = header.maxFrame();
    for (int i = 0; i < added; i++) {
      core.index.append(++frame, addedPages[i]);
    }
    header.setFrameChecksum(sum.first, sum.second);
    header.setPageSize(core.pageSize);
    header.setMaxFrame(frame);
    if (commit) {
      header.countChange();
      header.setPageCount(databaseSize);
      core.index.storeHeader(header);
    }
  }

  private void cutTo(long bytes) {
    if (core.file.size() > bytes) {
      core.file.truncate(bytes);
    }
  }
}
