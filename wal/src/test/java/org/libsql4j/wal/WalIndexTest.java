package org.libsql4j.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SharedMemory;

class WalIndexTest {
  private final WalIndex index =
      new WalIndex(
          new MemoryVfs().open("/db", OpenOptions.readWriteCreate(FileKind.MAIN_DB)), false);

  /** Over several regions, whose borders are the risky places. */
  @Test
  void findsTheLastFrameOfAPage() {
    Random random = new Random(1);
    int frames = WalIndex.FRAMES_IN_FIRST + 2 * WalIndex.FRAMES_PER_REGION + 10;
    int[] pages = new int[frames + 1];
    Map<Integer, Integer> last = new HashMap<>();
    for (int frame = 1; frame <= frames; frame++) {
      pages[frame] = 1 + random.nextInt(9_000);
      index.append(frame, pages[frame]);
      last.put(pages[frame], frame);
    }
    for (int page = 1; page <= 9_000; page++) {
      assertThat(index.find(page, 1, frames)).isEqualTo(last.getOrDefault(page, 0));
    }
    for (int i = 0; i < 2_000; i++) {
      int from = 1 + random.nextInt(frames);
      int to = from + random.nextInt(frames - from + 1);
      int page = pages[from + random.nextInt(to - from + 1)];
      int expected = to;
      while (pages[expected] != page) {
        expected--;
      }
      assertThat(index.find(page, from, to)).as("%s..%s", from, to).isEqualTo(expected);
      assertThat(index.pageOf(from)).isEqualTo(pages[from]);
    }
  }

  @Test
  void forgetsFramesThatAreCutOff() {
    for (int frame = 1; frame <= 6_000; frame++) {
      index.append(frame, 1 + frame % 100);
    }
    for (int cut : new int[] {5_000, 4_063, 4_062, 4_061, 10, 1}) {
      index.truncate(cut);
      int expected = cut;
      assertThat(index.find(1 + cut % 100, 1, 6_000)).isLessThanOrEqualTo(6_000);
      assertThat(index.find(1 + cut % 100, 1, cut)).isEqualTo(expected);
      index.append(cut + 1, 77_777);
      assertThat(index.find(77_777, 1, cut + 1)).isEqualTo(cut + 1);
    }
  }

  /** What a writer that died left behind does not get in the way of the next one. */
  @Test
  void overwritesFramesThatWereLeftBehind() {
    for (int frame = 1; frame <= 300; frame++) {
      index.append(frame, frame);
    }
    for (int frame = 101; frame <= 400; frame++) {
      index.append(frame, 10_000 + frame);
    }
    assertThat(index.find(150, 1, 400)).isZero();
    assertThat(index.find(10_150, 1, 400)).isEqualTo(150);
    assertThat(index.find(100, 1, 400)).isEqualTo(100);
  }

  @Test
  void nonsenseInSharedMemoryIsCorruption() {
    index.append(1, 5);
    ByteBuffer memory = index.memory().region(0, false);
    assertThat(memory).isNotNull();
    memory.order(ByteOrder.nativeOrder());
    for (int at = WalIndex.TABLE_OFFSET; at < SharedMemory.REGION_BYTES; at += 2) {
      memory.putShort(at, (short) 60_000);
    }
    assertCorrupt(() -> index.find(5, 1, 1));
    for (int at = WalIndex.TABLE_OFFSET; at < SharedMemory.REGION_BYTES; at += 2) {
      memory.putShort(at, (short) 1);
    }
    assertCorrupt(() -> index.find(6, 1, 1));
    assertCorrupt(() -> index.append(2, 6));
    assertCorrupt(() -> index.find(6, 1, 100_000));
  }

  private static void assertCorrupt(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.CORRUPT));
  }
}
