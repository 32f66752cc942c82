package org.libsql4j.wal;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.VirtualFileSystem;

/** What the parts of one connection's log share. */
final class WalCore {
  /** Value of {@link #readLock} outside of read transactions. */
  static final int NOT_READING = -1;

  final VirtualFileSystem vfs;
  final DatabaseFile databaseFile;
  final DatabaseFile file;

  /** Name of the log. */
  final String path;

  final WalIndex index;
  final WalLocks locks;

  private final boolean readOnly;

  /**
   * What this connection sees of the log: its snapshot, and while it writes the frames that it
   * added.
   */
  final IndexHeader header = new IndexHeader();

  /** The mark whose lock is held, or {@link #NOT_READING}. */
  int readLock = NOT_READING;

  /** Frames before this one are in the database file. */
  int minFrame;

  /** WRITE is held. */
  boolean writing;

  /** CHECKPOINT is held. */
  boolean checkpointing;

  /** Page size of the log in bytes, 0 while unknown. */
  int pageSize;

  /** How often the log has started over. */
  int sequence;

  /** In bytes; negative for none. */
  long sizeLimit;

  WalCore(
      VirtualFileSystem vfs,
      DatabaseFile databaseFile,
      DatabaseFile file,
      String path,
      boolean onHeap) {
    this.vfs = vfs;
    this.databaseFile = databaseFile;
    this.file = file;
    this.path = path;
    this.index = new WalIndex(databaseFile, onHeap);
    this.locks = new WalLocks(index);
    this.readOnly = file.isReadOnly();
  }

  /** Whether the log can only be read. */
  boolean isReadOnly() {
    return readOnly || index.isReadOnly();
  }

  long frameOffset(int frame) {
    return WalFormat.frameOffset(frame, pageSize);
  }

  /** Reads bytes that must be there. */
  void readFully(long position, byte[] dest, int offset, int length) {
    if (file.read(position, dest, offset, length) < length) {
      throw new LibsqlException(ResultCode.IOERR_SHORT_READ);
    }
  }

  int randomInt() {
    byte[] bytes = new byte[4];
    vfs.environment().randomness().nextBytes(bytes);
    return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
  }

  /**
   * Makes the log empty: the next frame is the first one, under new salts. Needs WRITE, and READ(1)
   * to READ(4).
   */
  void startOver(int secondSalt) {
    header.setMaxFrame(0);
    header.setSalt(0, header.salt(0) + 1);
    header.setSalt(1, secondSalt);
    index.storeHeader(header);
    sequence++; // Not if that failed: without it the log has no salts yet.
    index.setBackfill(0);
    index.setBackfillAttempted(0);
    index.setReadMark(1, 0);
    for (int mark = 2; mark < WalIndex.READ_MARKS; mark++) {
      index.setReadMark(mark, WalIndex.MARK_UNUSED);
    }
  }
}
