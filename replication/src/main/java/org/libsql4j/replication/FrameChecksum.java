package org.libsql4j.replication;

/**
 * The checksum that links each frame of a log to the one before it: CRC-64 with the polynomial of
 * ISO 3309 over the page, started from the previous frame's checksum.
 */
final class FrameChecksum {
  private static final long POLYNOMIAL = 0xD800000000000000L;
  private static final int SLICES = 8;
  private static final long[][] TABLES = tables();

  private FrameChecksum() {}

  private static long[][] tables() {
    long[][] tables = new long[SLICES][256];
    for (int i = 0; i < 256; i++) {
      long value = i;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) != 0 ? value >>> 1 ^ POLYNOMIAL : value >>> 1;
      }
      tables[0][i] = value;
    }
    for (int slice = 1; slice < SLICES; slice++) {
      for (int i = 0; i < 256; i++) {
        long before = tables[slice - 1][i];
        tables[slice][i] = before >>> 8 ^ tables[0][(int) before & 0xff];
      }
    }
    return tables;
  }

  /**
   * The checksum of a page.
   *
   * @param previous that of the frame before it; 0 for the first of a log
   * @param length a multiple of 8
   */
  static long of(long previous, byte[] bytes, int offset, int length) {
    long crc = Long.reverse(previous);
    for (int i = offset; i < offset + length; i += SLICES) {
      long mixed = crc ^ littleEndian(bytes, i);
      crc = 0;
      for (int slice = 0; slice < SLICES; slice++) {
        crc ^= TABLES[SLICES - 1 - slice][(int) (mixed >>> 8 * slice) & 0xff];
      }
    }
    return ~crc;
  }

  private static long littleEndian(byte[] b, int i) {
    long value = 0;
    for (int k = 7; k >= 0; k--) {
      value = value << 8 | (b[i + k] & 0xff);
    }
    return value;
  }
}
