package org.libsql4j.replication;

/**
 * A frame of a primary's log: one page as one transaction left it.
 *
 * <p>4,120 bytes, numbers little-endian: 0 number (8 bytes), 8 checksum (8), 16 page number (4), 20
 * size of the database in pages if the frame commits a transaction, else 0 (4), 24 the page.
 */
final class LogFrame {
  static final int HEADER_BYTES = 24;
  static final int PAGE_BYTES = 4096;
  static final int BYTES = HEADER_BYTES + PAGE_BYTES;

  /** SQLite's greatest page number. */
  private static final int MAX_PAGE = 0x7fff_fffe;

  private final byte[] bytes;

  /**
   * @throws ReplicationException PROTOCOL if it cannot be a frame
   */
  LogFrame(byte[] bytes) {
    this.bytes = bytes;
    if (bytes.length != BYTES) {
      throw damaged("has " + bytes.length + " bytes");
    }
    if (number() < 0) {
      throw damaged("has no number");
    }
    if (pageNumber() < 1 || pageNumber() > MAX_PAGE || sizeAfter() < 0) {
      throw damaged("is of page " + pageNumber());
    }
  }

  private static ReplicationException damaged(String what) {
    return new ReplicationException(
        ReplicationException.Reason.PROTOCOL, "a frame that was received " + what);
  }

  /** From 0. */
  long number() {
    return longAt(0);
  }

  long checksum() {
    return longAt(8);
  }

  int pageNumber() {
    return (int) longAt(16);
  }

  /** Pages of the database after the transaction, on its last frame; 0 on others. */
  int sizeAfter() {
    return (int) (longAt(16) >>> 32);
  }

  /** The same page as the end of a transaction. */
  LogFrame withSizeAfter(int pages) {
    byte[] changed = bytes.clone();
    for (int i = 0; i < 4; i++) {
      changed[20 + i] = (byte) (pages >>> 8 * i);
    }
    return new LogFrame(changed);
  }

  boolean isCommit() {
    return sizeAfter() != 0;
  }

  /** Whether the page is what was logged after a frame with this checksum. */
  boolean follows(long previousChecksum) {
    return FrameChecksum.of(previousChecksum, bytes, HEADER_BYTES, PAGE_BYTES) == checksum();
  }

  void copyPage(byte[] target, int at) {
    System.arraycopy(bytes, HEADER_BYTES, target, at, PAGE_BYTES);
  }

  private long longAt(int at) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    return value;
  }
}
