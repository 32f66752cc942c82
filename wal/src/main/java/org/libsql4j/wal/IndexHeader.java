package org.libsql4j.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A private copy of the header of the index: which frames there are.
 *
 * <table>
 *   <caption>48 bytes in the byte order of the machine</caption>
 *   <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>4</td><td>version of the index, 3007000</td></tr>
 *   <tr><td>4</td><td>4</td><td>unused, 0</td></tr>
 *   <tr><td>8</td><td>4</td><td>grows with every transaction</td></tr>
 *   <tr><td>12</td><td>1</td><td>1 once the index is made</td></tr>
 *   <tr><td>13</td><td>1</td><td>1 if the log's checksums read big-endian words</td></tr>
 *   <tr><td>14</td><td>2</td><td>page size in bytes, 1 for 65536</td></tr>
 *   <tr><td>16</td><td>4</td><td>number of the last frame of the last transaction</td></tr>
 *   <tr><td>20</td><td>4</td><td>size of the database in pages</td></tr>
 *   <tr><td>24</td><td>8</td><td>checksum of the last frame</td></tr>
 *   <tr><td>32</td><td>8</td><td>the salts, byte for byte as in the log</td></tr>
 *   <tr><td>40</td><td>8</td><td>checksum of bytes 0..39</td></tr>
 * </table>
 */
final class IndexHeader {
  static final int BYTES = 48;
  static final int CHANGE_OFFSET = 8;
  private static final int IS_MADE_OFFSET = 12;
  private static final int BIG_ENDIAN_OFFSET = 13;
  private static final int PAGE_SIZE_OFFSET = 14;
  private static final int MAX_FRAME_OFFSET = 16;
  private static final int PAGE_COUNT_OFFSET = 20;
  private static final int FRAME_CHECKSUM_OFFSET = 24;
  private static final int SALT_OFFSET = 32;
  private static final int CHECKSUM_OFFSET = 40;
  private static final int SALT_BYTES = 8;

  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
  private final WalChecksum sum = new WalChecksum();

  // ---- as a whole

  void clear() {
    for (int i = 0; i < BYTES; i += 8) {
      bytes.putLong(i, 0);
    }
  }

  void copyFrom(IndexHeader other) {
    load(other.bytes, 0);
  }

  void load(ByteBuffer source, int offset) {
    for (int i = 0; i < BYTES; i += 8) {
      bytes.putLong(i, source.getLong(offset + i));
    }
  }

  void store(ByteBuffer dest, int offset) {
    for (int i = 0; i < BYTES; i += 8) {
      dest.putLong(offset + i, bytes.getLong(i));
    }
  }

  boolean isSame(IndexHeader other) {
    return isSame(other.bytes, 0);
  }

  boolean isSame(ByteBuffer other, int offset) {
    for (int i = 0; i < BYTES; i += 8) {
      if (bytes.getLong(i) != other.getLong(offset + i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether somebody finished making the index, and nothing has damaged the header since. */
  boolean isValid() {
    if (bytes.get(IS_MADE_OFFSET) == 0) {
      return false;
    }
    sum.ofWords(bytes, CHECKSUM_OFFSET);
    return sum.is(bytes.getInt(CHECKSUM_OFFSET), bytes.getInt(CHECKSUM_OFFSET + 4));
  }

  /** Makes it valid. */
  void seal() {
    bytes.put(IS_MADE_OFFSET, (byte) 1);
    bytes.putInt(0, WalFormat.VERSION);
    sum.ofWords(bytes, CHECKSUM_OFFSET);
    bytes.putInt(CHECKSUM_OFFSET, sum.first);
    bytes.putInt(CHECKSUM_OFFSET + 4, sum.second);
  }

  // ---- fields

  int version() {
    return bytes.getInt(0);
  }

  void countChange() {
    bytes.putInt(CHANGE_OFFSET, bytes.getInt(CHANGE_OFFSET) + 1);
  }

  boolean bigEndianChecksums() {
    return bytes.get(BIG_ENDIAN_OFFSET) != 0;
  }

  void setBigEndianChecksums(boolean value) {
    bytes.put(BIG_ENDIAN_OFFSET, (byte) (value ? 1 : 0));
  }

  int pageSize() {
    int stored = bytes.getShort(PAGE_SIZE_OFFSET);
    return (stored & 0xfe00) | (stored & 1) << 16;
  }

  void setPageSize(int value) {
    bytes.putShort(PAGE_SIZE_OFFSET, (short) ((value & 0xff00) | value >>> 16));
  }

  int maxFrame() {
    return bytes.getInt(MAX_FRAME_OFFSET);
  }

  void setMaxFrame(int value) {
    bytes.putInt(MAX_FRAME_OFFSET, value);
  }

  int pageCount() {
    return bytes.getInt(PAGE_COUNT_OFFSET);
  }

  void setPageCount(int value) {
    bytes.putInt(PAGE_COUNT_OFFSET, value);
  }

  void getFrameChecksum(WalChecksum dest) {
    dest.set(bytes.getInt(FRAME_CHECKSUM_OFFSET), bytes.getInt(FRAME_CHECKSUM_OFFSET + 4));
  }

  void setFrameChecksum(int first, int second) {
    bytes.putInt(FRAME_CHECKSUM_OFFSET, first);
    bytes.putInt(FRAME_CHECKSUM_OFFSET + 4, second);
  }

  int salt(int index) {
    int stored = bytes.getInt(SALT_OFFSET + 4 * index);
    return LITTLE_ENDIAN ? Integer.reverseBytes(stored) : stored;
  }

  void setSalt(int index, int value) {
    bytes.putInt(SALT_OFFSET + 4 * index, LITTLE_ENDIAN ? Integer.reverseBytes(value) : value);
  }

  /** Whether frames of both are of the same log: it has not started over in between. */
  boolean hasSaltsOf(IndexHeader other) {
    return bytes.getLong(SALT_OFFSET) == other.bytes.getLong(SALT_OFFSET);
  }

  /** Both salts, which tell a round of the log from others; 0 if there was none yet. */
  long salts() {
    return bytes.getLong(SALT_OFFSET);
  }

  /** Whether a header in the index is of the same round of the log. */
  boolean hasSaltsOf(ByteBuffer other, int offset) {
    return bytes.getLong(SALT_OFFSET) == other.getLong(offset + SALT_OFFSET);
  }

  /** Copies the salts into the log's header or a frame's. */
  void copySaltsTo(byte[] dest, int offset) {
    for (int i = 0; i < SALT_BYTES; i++) {
      dest[offset + i] = bytes.get(SALT_OFFSET + i);
    }
  }

  boolean saltsAre(byte[] other, int offset) {
    for (int i = 0; i < SALT_BYTES; i++) {
      if (other[offset + i] != bytes.get(SALT_OFFSET + i)) {
        return false;
      }
    }
    return true;
  }

  void copySaltsFrom(byte[] source, int offset) {
    for (int i = 0; i < SALT_BYTES; i++) {
      bytes.put(SALT_OFFSET + i, source[offset + i]);
    }
  }
}
