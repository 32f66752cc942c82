package org.libsql4j.wal;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Places and numbers in the log's file; the package documentation has the tables. */
final class WalFormat {
  private WalFormat() {}

  /** With {@link #BIG_ENDIAN_CHECKSUMS} in the lowest bit. */
  static final int MAGIC = 0x377f0682;

  static final int BIG_ENDIAN_CHECKSUMS = 1;
  static final int VERSION = 3007000;

  static final int HEADER_BYTES = 32;
  static final int VERSION_OFFSET = 4;
  static final int PAGE_SIZE_OFFSET = 8;
  static final int SEQUENCE_OFFSET = 12;
  static final int SALT_OFFSET = 16;
  static final int CHECKSUM_OFFSET = 24;

  static final int FRAME_HEADER_BYTES = 24;
  static final int FRAME_DATABASE_SIZE_OFFSET = 4;
  static final int FRAME_SALT_OFFSET = 8;
  static final int FRAME_CHECKSUM_OFFSET = 16;

  /** How much of a frame's header goes into the checksum. */
  static final int FRAME_CHECKED_BYTES = 8;

  private static final int MINIMUM_PAGE_SIZE_BYTES = 512;
  private static final int MAXIMUM_PAGE_SIZE_BYTES = 65536;

  /** Where a frame starts. */
  static long frameOffset(int frameNumber, int pageSize) {
    return HEADER_BYTES + (frameNumber - 1L) * (pageSize + FRAME_HEADER_BYTES);
  }

  static boolean isPageSize(int bytes) {
    return bytes >= MINIMUM_PAGE_SIZE_BYTES
        && bytes <= MAXIMUM_PAGE_SIZE_BYTES
        && (bytes & bytes - 1) == 0;
  }

  static LibsqlException corrupt() {
    return new LibsqlException(ResultCode.CORRUPT);
  }
}
