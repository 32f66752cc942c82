package org.libsql4j.pager;

/**
 * Layout of a rollback journal.
 *
 * <p>A journal is a sequence of segments, each a header padded to the sector size and page records.
 *
 * <table>
 *   <caption>Header</caption>
 *   <tr><th>offset</th><th>bytes</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>8</td><td>magic; zeros until the records of the segment are synced</td></tr>
 *   <tr><td>8</td><td>4</td><td>records in the segment; -1 for as many as the file holds</td></tr>
 *   <tr><td>12</td><td>4</td><td>random number that starts the checksums</td></tr>
 *   <tr><td>16</td><td>4</td><td>pages in the database before the transaction</td></tr>
 *   <tr><td>20</td><td>4</td><td>sector size that headers are padded to</td></tr>
 *   <tr><td>24</td><td>4</td><td>page size</td></tr>
 * </table>
 *
 * <table>
 *   <caption>Record</caption>
 *   <tr><th>offset</th><th>bytes</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>4</td><td>page number</td></tr>
 *   <tr><td>4</td><td>N</td><td>the page as it was</td></tr>
 *   <tr><td>4+N</td><td>4</td><td>checksum</td></tr>
 * </table>
 *
 * <p>With a {@link PageCodec} the page in a record is coded; the checksum is that of the page in
 * plain, as in SQLite3 Multiple Ciphers.
 *
 * <table>
 *   <caption>At the end, if several databases commit together</caption>
 *   <tr><th>offset</th><th>bytes</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>4</td><td>number of the lock-byte page, which no record can have</td></tr>
 *   <tr><td>4</td><td>L</td><td>name of the super-journal, UTF-8</td></tr>
 *   <tr><td>4+L</td><td>4</td><td>L</td></tr>
 *   <tr><td>8+L</td><td>4</td><td>sum of the name's bytes, taken as signed</td></tr>
 *   <tr><td>12+L</td><td>8</td><td>magic</td></tr>
 * </table>
 *
 * <p>Source: <a href="https://www.sqlite.org/fileformat2.html#the_rollback_journal">Database File
 * Format, section 3</a>.
 */
final class JournalFormat {
  static final int MAGIC_BYTES = 8;
  static final int COUNT_OFFSET = 8;
  static final int CHECKSUM_SEED_OFFSET = 12;
  static final int PAGE_COUNT_OFFSET = 16;
  static final int SECTOR_SIZE_OFFSET = 20;
  static final int PAGE_SIZE_OFFSET = 24;
  static final int HEADER_FIELDS_BYTES = 28;

  /** Record count of a journal that is never synced. */
  static final int COUNT_UNKNOWN = -1;

  /** What a record has beside the page: number and checksum. */
  static final int RECORD_OVERHEAD_BYTES = 8;

  /** A record of the statement journal has no checksum. */
  static final int SUB_RECORD_OVERHEAD_BYTES = 4;

  static final int SUPER_TRAILER_BYTES = 16;

  static final int MINIMUM_SECTOR_SIZE_BYTES = 32;
  static final int MAXIMUM_SECTOR_SIZE_BYTES = 0x10000;
  static final int MINIMUM_PAGE_SIZE_BYTES = 512;
  static final int MAXIMUM_PAGE_SIZE_BYTES = 0x10000;

  private static final byte[] MAGIC = {
    (byte) 0xd9, (byte) 0xd5, 0x05, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7
  };
  private static final int CHECKSUM_STEP = 200;

  private JournalFormat() {}

  static void putMagic(byte[] dest, int offset) {
    System.arraycopy(MAGIC, 0, dest, offset, MAGIC_BYTES);
  }

  static boolean hasMagic(byte[] bytes, int offset) {
    for (int i = 0; i < MAGIC_BYTES; i++) {
      if (bytes[offset + i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checksum of a page: the seed and every 200th byte counted from the end. It detects records that
   * were never written, not damage.
   */
  static int checksum(int seed, byte[] bytes, int offset, int pageSize) {
    int sum = seed;
    for (int i = pageSize - CHECKSUM_STEP; i > 0; i -= CHECKSUM_STEP) {
      sum += bytes[offset + i] & 0xFF;
    }
    return sum;
  }

  /** The next offset at which a header may be: {@code offset} rounded up to a sector. */
  static long roundUpToSector(long offset, int sectorSize) {
    return (offset + sectorSize - 1) / sectorSize * sectorSize;
  }

  static boolean isPowerOfTwoBetween(int value, int least, int most) {
    return value >= least && value <= most && (value & (value - 1)) == 0;
  }
}
