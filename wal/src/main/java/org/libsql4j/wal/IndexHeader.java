package org.libsql4j.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.libsql4j.record.BigEndian;

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
  private static final int CHANGE_OFFSET = 8;
  private static final int FRAMES_OFFSET = 16;
  private static final int FRAME_CHECKSUM_OFFSET = 24;
  private static final int SALT_OFFSET = 32;
  private static final int CHECKSUM_OFFSET = 40;
  private static final int SALT_BYTES = 8;

  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  // The six words of eight bytes, as the machine reads them: fields, because the header is looked
  // at whenever somebody begins to read.
  private long version;
  private long change;
  private long frames;
  private long frameChecksum;
  private long salts;
  private long checksum;

  private final WalChecksum sum = new WalChecksum();

  private static int first(long word) {
    return LITTLE_ENDIAN ? (int) word : (int) (word >>> 32);
  }

  private static int second(long word) {
    return LITTLE_ENDIAN ? (int) (word >>> 32) : (int) word;
  }

  private static long pair(int first, int second) {
    return LITTLE_ENDIAN
        ? (long) second << 32 | first & 0xffffffffL
        : (long) first << 32 | second & 0xffffffffL;
  }

  // ---- as a whole

  void clear() {
    version = 0;
    change = 0;
    frames = 0;
    frameChecksum = 0;
    salts = 0;
    checksum = 0;
  }

  void copyFrom(IndexHeader other) {
    version = other.version;
    change = other.change;
    frames = other.frames;
    frameChecksum = other.frameChecksum;
    salts = other.salts;
    checksum = other.checksum;
  }

  void load(ByteBuffer source, int offset) {
    version = source.getLong(offset);
    change = source.getLong(offset + CHANGE_OFFSET);
    frames = source.getLong(offset + FRAMES_OFFSET);
    frameChecksum = source.getLong(offset + FRAME_CHECKSUM_OFFSET);
    salts = source.getLong(offset + SALT_OFFSET);
    checksum = source.getLong(offset + CHECKSUM_OFFSET);
  }

  void store(ByteBuffer dest, int offset) {
    dest.putLong(offset, version);
    dest.putLong(offset + CHANGE_OFFSET, change);
    dest.putLong(offset + FRAMES_OFFSET, frames);
    dest.putLong(offset + FRAME_CHECKSUM_OFFSET, frameChecksum);
    dest.putLong(offset + SALT_OFFSET, salts);
    dest.putLong(offset + CHECKSUM_OFFSET, checksum);
  }

  boolean isSame(IndexHeader other) {
    return checksum == other.checksum
        && change == other.change
        && frames == other.frames
        && salts == other.salts
        && frameChecksum == other.frameChecksum
        && version == other.version;
  }

  boolean isSame(ByteBuffer other, int offset) {
    return isStill(other, offset)
        && salts == other.getLong(offset + SALT_OFFSET)
        && frameChecksum == other.getLong(offset + FRAME_CHECKSUM_OFFSET)
        && version == other.getLong(offset);
  }

  /**
   * Whether a place that once had this valid header has it still. What changes the other words
   * changes the checksum, which is stored last, too.
   */
  boolean isStill(ByteBuffer place, int offset) {
    return checksum == place.getLong(offset + CHECKSUM_OFFSET)
        && change == place.getLong(offset + CHANGE_OFFSET)
        && frames == place.getLong(offset + FRAMES_OFFSET);
  }

  /** Whether somebody finished making the index, and nothing has damaged the header since. */
  boolean isValid() {
    return isMade() && checksum == computeChecksum();
  }

  /** Makes it valid. */
  void seal() {
    int flags = second(change);
    change = pair(first(change), LITTLE_ENDIAN ? flags & ~0xff | 1 : flags & 0xffffff | 1 << 24);
    version = pair(WalFormat.VERSION, 0);
    checksum = computeChecksum();
  }

  private boolean isMade() {
    int flags = second(change);
    return (LITTLE_ENDIAN ? flags & 0xff : flags >>> 24) != 0;
  }

  private long computeChecksum() {
    sum.set(0, 0);
    add(version);
    add(change);
    add(frames);
    add(frameChecksum);
    add(salts);
    return pair(sum.first, sum.second);
  }

  private void add(long word) {
    sum.add(first(word), second(word));
  }

  // ---- fields

  int version() {
    return first(version);
  }

  void countChange() {
    change = pair(first(change) + 1, second(change));
  }

  boolean bigEndianChecksums() {
    return (second(change) >>> (LITTLE_ENDIAN ? 8 : 16) & 0xff) != 0;
  }

  void setBigEndianChecksums(boolean value) {
    int shift = LITTLE_ENDIAN ? 8 : 16;
    int flags = second(change) & ~(0xff << shift);
    change = pair(first(change), flags | (value ? 1 << shift : 0));
  }

  int pageSize() {
    int flags = second(change);
    int stored = LITTLE_ENDIAN ? flags >>> 16 : flags & 0xffff;
    return (stored & 0xfe00) | (stored & 1) << 16;
  }

  void setPageSize(int value) {
    int stored = (value & 0xff00) | value >>> 16;
    int flags = second(change);
    flags = LITTLE_ENDIAN ? flags & 0xffff | stored << 16 : flags & ~0xffff | stored;
    change = pair(first(change), flags);
  }

  int maxFrame() {
    return first(frames);
  }

  void setMaxFrame(int value) {
    frames = pair(value, second(frames));
  }

  int pageCount() {
    return second(frames);
  }

  void setPageCount(int value) {
    frames = pair(first(frames), value);
  }

  void getFrameChecksum(WalChecksum dest) {
    dest.set(first(frameChecksum), second(frameChecksum));
  }

  void setFrameChecksum(int first, int second) {
    frameChecksum = pair(first, second);
  }

  int salt(int index) {
    int stored = index == 0 ? first(salts) : second(salts);
    return LITTLE_ENDIAN ? Integer.reverseBytes(stored) : stored;
  }

  void setSalt(int index, int value) {
    int stored = LITTLE_ENDIAN ? Integer.reverseBytes(value) : value;
    salts = index == 0 ? pair(stored, second(salts)) : pair(first(salts), stored);
  }

  /** Whether frames of both are of the same log: it has not started over in between. */
  boolean hasSaltsOf(IndexHeader other) {
    return salts == other.salts;
  }

  /** Both salts, which tell a round of the log from others; 0 if there was none yet. */
  long salts() {
    return salts;
  }

  /** Whether a header in the index is of the same round of the log. */
  boolean hasSaltsOf(ByteBuffer other, int offset) {
    return salts == other.getLong(offset + SALT_OFFSET);
  }

  /** A byte of the salts as they are in the log. */
  private byte saltByte(int index) {
    return (byte) (LITTLE_ENDIAN ? salts >>> 8 * index : salts >>> 8 * (7 - index));
  }

  /** Copies the salts into the log's header or a frame's. */
  void copySaltsTo(byte[] dest, int offset) {
    for (int i = 0; i < SALT_BYTES; i++) {
      dest[offset + i] = saltByte(i);
    }
  }

  boolean saltsAre(byte[] other, int offset) {
    for (int i = 0; i < SALT_BYTES; i++) {
      if (other[offset + i] != saltByte(i)) {
        return false;
      }
    }
    return true;
  }

  void copySaltsFrom(byte[] source, int offset) {
    setSalt(0, BigEndian.getInt(source, offset));
    setSalt(1, BigEndian.getInt(source, offset + 4));
  }
}
