package org.libsql4j.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.libsql4j.pager.Pager;
import org.libsql4j.vfs.MemoryVfs;

/** Bytes of the log, looked at with nothing but the description of the format. */
class WalFormatTest {
  private static final int FRAME_BYTES = WalFixture.PAGE_SIZE + 24;

  private static int[] sum(int[] before, byte[] bytes, int offset, int length, ByteOrder order) {
    ByteBuffer words = ByteBuffer.wrap(bytes).order(order);
    int s0 = before[0];
    int s1 = before[1];
    for (int i = offset; i < offset + length; i += 8) {
      s0 += words.getInt(i) + s1;
      s1 += words.getInt(i + 4) + s0;
    }
    return new int[] {s0, s1};
  }

  /** Checks header and frames of a log and returns how many valid frames it has. */
  static int check(byte[] log) {
    ByteBuffer fields = ByteBuffer.wrap(log);
    assertThat(fields.getInt(0) & ~1).isEqualTo(0x377f0682);
    ByteOrder order = (fields.getInt(0) & 1) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    assertThat(order).isEqualTo(ByteOrder.nativeOrder());
    assertThat(fields.getInt(4)).isEqualTo(3007000);
    assertThat(fields.getInt(8)).isEqualTo(WalFixture.PAGE_SIZE);
    int[] sums = sum(new int[2], log, 0, 24, order);
    assertThat(new int[] {fields.getInt(24), fields.getInt(28)}).isEqualTo(sums);
    int frames = 0;
    for (int at = 32; at + FRAME_BYTES <= log.length; at += FRAME_BYTES) {
      if (fields.getLong(at + 8) != fields.getLong(16)) {
        break;
      }
      sums = sum(sums, log, at, 8, order);
      sums = sum(sums, log, at + 24, WalFixture.PAGE_SIZE, order);
      assertThat(new int[] {fields.getInt(at + 16), fields.getInt(at + 20)}).isEqualTo(sums);
      frames++;
    }
    return frames;
  }

  @Test
  void framesAreAsDescribed() {
    MemoryVfs vfs = new MemoryVfs();
    Pager pager = WalFixture.open(vfs, 100);
    WalFixture.change(pager, 1, 1, 2, 3);
    WalFixture.change(pager, 2, 3);
    byte[] log = vfs.contentOf("/db-wal");
    assertThat(check(log)).isEqualTo(4);
    ByteBuffer fields = ByteBuffer.wrap(log);
    int[] pages = new int[4];
    int[] sizes = new int[4];
    for (int i = 0; i < 4; i++) {
      pages[i] = fields.getInt(32 + i * FRAME_BYTES);
      sizes[i] = fields.getInt(36 + i * FRAME_BYTES);
    }
    assertThat(pages).containsExactly(1, 2, 3, 3);
    assertThat(sizes).containsExactly(0, 0, 3, 3);
    assertThat(log[32 + 3 * FRAME_BYTES + 24 + 100]).isEqualTo((byte) 2);
    pager.close();
    assertThat(vfs.isWritable("/db-wal")).isFalse();
    assertThat(vfs.contentOf("/db")).hasSize(3 * WalFixture.PAGE_SIZE);
  }

  /** Pages that are written early, again and again, take one frame, and checksums are right. */
  @Test
  void pagesSpilledTwiceAreSignedOnce() {
    MemoryVfs vfs = new MemoryVfs();
    Pager pager = WalFixture.open(vfs, 100);
    WalFixture.begin(pager);
    for (int round = 1; round <= 3; round++) {
      for (int page = 1; page <= 20; page++) {
        WalFixture.put(pager, page, round);
      }
      pager.cacheFlush();
    }
    WalFixture.put(pager, 7, 9);
    WalFixture.commit(pager);
    byte[] log = vfs.contentOf("/db-wal");
    assertThat(check(log)).isEqualTo(log.length / FRAME_BYTES).isBetween(21, 22);
    pager.clearCache();
    pager.sharedLock();
    assertThat(WalFixture.get(pager, 7)).isEqualTo(9);
    assertThat(WalFixture.get(pager, 20)).isEqualTo(3);
    pager.unlockIfUnused();
    pager.close();
  }

  /** Logs of machines of the other byte order are read. */
  @Test
  void bothByteOrdersOfChecksumsAreRecovered() {
    MemoryVfs vfs = new MemoryVfs();
    Pager pager = WalFixture.open(vfs, 100);
    WalFixture.change(pager, 1, 1, 2, 3);
    WalFixture.change(pager, 2, 3);
    byte[] log = vfs.contentOf("/db-wal");
    byte[] database = vfs.contentOf("/db");
    ByteBuffer fields = ByteBuffer.wrap(log);
    fields.putInt(0, fields.getInt(0) ^ 1);
    ByteOrder order =
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            ? ByteOrder.BIG_ENDIAN
            : ByteOrder.LITTLE_ENDIAN;
    int[] sums = sum(new int[2], log, 0, 24, order);
    fields.putInt(24, sums[0]).putInt(28, sums[1]);
    for (int at = 32; at < log.length; at += FRAME_BYTES) {
      sums = sum(sums, log, at, 8, order);
      sums = sum(sums, log, at + 24, WalFixture.PAGE_SIZE, order);
      fields.putInt(at + 16, sums[0]).putInt(at + 20, sums[1]);
    }
    MemoryVfs other = new MemoryVfs();
    other.setContent("/db", database.length == 0 ? new byte[WalFixture.PAGE_SIZE] : database);
    other.setContent("/db-wal", log);
    Pager recovered = WalFixture.open(other, 100);
    recovered.sharedLock();
    assertThat(recovered.pageCount()).isEqualTo(3);
    assertThat(WalFixture.get(recovered, 3)).isEqualTo(2);
    recovered.unlockIfUnused();
    WalFixture.change(recovered, 5, 2);
    byte[] longer = other.contentOf("/db-wal");
    assertThat(Arrays.copyOf(longer, log.length)).isEqualTo(log);
    recovered.close();
    pager.close();
  }

  /** Everything behind the last whole transaction is void, wherever the log is cut or damaged. */
  @Test
  void recoveryEndsAtTheFirstDamage() {
    MemoryVfs vfs = new MemoryVfs();
    Pager pager = WalFixture.open(vfs, 100);
    for (int value = 1; value <= 5; value++) {
      WalFixture.change(pager, value, 1, 2, 3);
    }
    byte[] log = vfs.contentOf("/db-wal");
    byte[] database = new byte[3 * WalFixture.PAGE_SIZE];
    for (int at = 33; at < log.length; at += 61) {
      int intact = (at - 32) / (3 * FRAME_BYTES);
      byte[] damaged = log.clone();
      damaged[at] ^= 0x40;
      assertThat(recover(database, damaged)).as("damage at " + at).isEqualTo(intact);
      assertThat(recover(database, Arrays.copyOf(log, at))).as("cut at " + at).isEqualTo(intact);
    }
    assertThat(recover(database, log)).isEqualTo(5);
    pager.close();
  }

  private static int recover(byte[] database, byte[] log) {
    MemoryVfs vfs = new MemoryVfs();
    vfs.setContent("/db", database);
    vfs.setContent("/db-wal", log);
    Pager pager = WalFixture.open(vfs, 100);
    pager.sharedLock();
    int value = WalFixture.get(pager, 1);
    assertThat(WalFixture.get(pager, 2)).isEqualTo(value);
    assertThat(WalFixture.get(pager, 3)).isEqualTo(value);
    pager.unlockIfUnused();
    pager.close();
    return value;
  }
}
