package org.libsql4j.pager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.VfsEnvironment;

/** Random transactions on a pager and on a list of byte arrays must agree. */
class PagerModelTest {
  private static final int PAGE_SIZE = 512;
  private static final int TRANSACTIONS = 60;

  static Stream<Arguments> configurations() {
    List<Arguments> all = new ArrayList<>();
    for (JournalMode mode : JournalMode.values()) {
      if (mode == JournalMode.WAL || mode == JournalMode.OFF) {
        continue;
      }
      for (int sector : new int[] {512, 4096}) {
        for (int cache : new int[] {5, 1000}) {
          all.add(Arguments.of("file", mode, sector, cache));
        }
      }
    }
    all.add(Arguments.of("memory", JournalMode.MEMORY, 512, 5));
    all.add(Arguments.of("temporary", JournalMode.DELETE, 512, 5));
    all.add(Arguments.of("temporary", JournalMode.DELETE, 512, 1000));
    all.add(Arguments.of("exclusive", JournalMode.DELETE, 512, 5));
    all.add(Arguments.of("wal", JournalMode.DELETE, 512, 5));
    all.add(Arguments.of("wal", JournalMode.DELETE, 512, 1000));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void agreesWithModel(String kind, JournalMode mode, int sector, int cache) {
    for (int round = 0; round < 12; round++) {
      long seed = round * 7919L + 17;
      try {
        new Run(kind, mode, sector, cache, seed).run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + " " + kind + " " + mode + " " + sector, e);
      }
    }
  }

  private static final class Run {
    final Random random;
    final Pager pager;
    final boolean reopens;
    List<byte[]> pages = new ArrayList<>();
    final Deque<List<byte[]>> savepoints = new ArrayDeque<>();
    Pager current;
    final MemoryVfs vfs;
    final String kind;
    final JournalMode mode;
    final int cache;
    final ListWal.Provider logs = new ListWal.Provider();
    int largest;

    Run(String kind, JournalMode mode, int sector, int cache, long seed) {
      random = new Random(seed);
      this.kind = kind;
      this.mode = mode;
      this.cache = cache;
      vfs = new MemoryVfs(VfsEnvironment.system(), 20 * PAGE_SIZE, sector, 0);
      reopens = kind.equals("file") || kind.equals("wal");
      pager = openPager();
      current = pager;
    }

    Pager openPager() {
      PagerOptions options =
          switch (kind) {
            case "memory" -> PagerOptions.memory(vfs);
            case "temporary" -> PagerOptions.temporary(vfs);
            default -> PagerOptions.file(vfs, "/db");
          };
      options.writeAheadLogProvider(kind.equals("wal") ? logs : null);
      Pager opened = Pager.open(options.pageSizeBytes(PAGE_SIZE).cacheSize(cache));
      if (kind.equals("exclusive")) {
        opened.setLockingMode(LockingMode.EXCLUSIVE);
      }
      opened.setJournalMode(mode);
      if (kind.equals("wal")) {
        opened.sharedLock();
        assertThat(opened.openWal()).isTrue();
        assertThat(opened.journalMode()).isEqualTo(JournalMode.WAL);
        opened.unlockIfUnused();
      }
      return opened;
    }

    void run() {
      for (int i = 0; i < TRANSACTIONS; i++) {
        transaction();
        verify();
        if (reopens && random.nextInt(5) == 0) {
          current.close();
          current = openPager();
          verify();
        }
      }
      current.close();
      if (reopens) {
        assertThat(vfs.exists("/db-journal")).isEqualTo(mode == JournalMode.PERSIST);
      }
    }

    void verify() {
      current.sharedLock();
      assertThat(current.pageCount()).isEqualTo(pages.size());
      for (int n = 1; n <= pages.size(); n++) {
        if (n == current.lockBytePage()) {
          continue;
        }
        Page page = current.get(n);
        byte[] expected = pages.get(n - 1);
        if (n == 1) {
          assertThat(Arrays.equals(page.data, 100, PAGE_SIZE, expected, 100, PAGE_SIZE)).isTrue();
        } else {
          assertThat(Arrays.equals(page.data, expected)).as("page " + n).isTrue();
        }
        current.release(page);
      }
      current.unlockIfUnused();
      assertThat(current.pinCount()).isZero();
    }

    void transaction() {
      current.sharedLock();
      current.begin(false, false);
      List<byte[]> before = copy(pages);
      largest = pages.size();
      int operations = random.nextInt(60);
      savepoints.clear();
      for (int i = 0; i < operations; i++) {
        operation();
      }
      if (pages.size() < current.pageCount()) {
        // As the B-tree does: the image is cut right before the commit, with a change of page 1.
        Page first = current.get(1);
        current.write(first);
        current.release(first);
        current.truncateImage(pages.size());
      }
      if (random.nextInt(3) == 0) {
        current.rollback();
        pages = before;
      } else {
        current.commitPhaseOne(null, false);
        // With a log, phase one is the commit.
        if (random.nextInt(5) == 0 && !kind.equals("wal")) {
          current.rollback();
          pages = before;
        } else {
          current.commitPhaseTwo();
        }
      }
      current.unlockIfUnused();
    }

    void operation() {
      switch (random.nextInt(14)) {
        case 0 -> {
          savepoints.push(copy(pages));
          current.openSavepoint(savepoints.size());
        }
        case 1 -> release();
        case 2 -> rollbackTo();
        case 3 -> truncate();
        case 4, 5, 6 -> append();
        case 7 -> move();
        default -> change();
      }
    }

    void release() {
      if (savepoints.isEmpty()) {
        return;
      }
      int index = random.nextInt(savepoints.size());
      while (savepoints.size() > index) {
        savepoints.pop();
      }
      current.savepoint(SavepointOperation.RELEASE, index);
    }

    void rollbackTo() {
      if (savepoints.isEmpty()) {
        return;
      }
      int index = random.nextInt(savepoints.size());
      while (savepoints.size() > index + 1) {
        savepoints.pop();
      }
      pages = copy(savepoints.element());
      current.savepoint(SavepointOperation.ROLLBACK, index);
    }

    void truncate() {
      if (pages.size() > 3) {
        int size = pages.size() - 1 - random.nextInt(Math.min(3, pages.size() - 2));
        if (size == current.lockBytePage()) {
          size--;
        }
        while (pages.size() > size) {
          pages.remove(pages.size() - 1);
        }
      }
    }

    void append() {
      int number = pages.size() + 1;
      if (number == current.lockBytePage()) {
        number++;
        pages.add(new byte[PAGE_SIZE]);
      }
      // Without content only what never was part of the database: rollback must not need it.
      Page page = current.get(number, number > largest);
      largest = Math.max(largest, number);
      current.write(page);
      byte[] content = new byte[PAGE_SIZE];
      random.nextBytes(content);
      System.arraycopy(content, 0, page.data, 0, PAGE_SIZE);
      pages.add(content);
      current.release(page);
    }

    void change() {
      if (pages.isEmpty()) {
        return;
      }
      int number = 1 + random.nextInt(pages.size());
      if (number == current.lockBytePage()) {
        return;
      }
      Page page = current.get(number);
      current.write(page);
      int at = 100 + random.nextInt(PAGE_SIZE - 100);
      page.data[at]++;
      pages.get(number - 1)[at]++;
      current.release(page);
    }

    /** What auto-vacuum does: the last page goes to the place of another one. */
    void move() {
      int last = pages.size();
      if (last < 4 || last == current.lockBytePage() || last - 1 == current.lockBytePage()) {
        return;
      }
      int target = 2 + random.nextInt(last - 2);
      if (target == current.lockBytePage() || target == last) {
        return;
      }
      Page free = current.get(target);
      current.write(free);
      current.release(free);
      Page page = current.get(last);
      current.movePage(page, target, false);
      current.write(page);
      current.release(page);
      pages.set(target - 1, pages.remove(last - 1));
    }

    static List<byte[]> copy(List<byte[]> from) {
      List<byte[]> to = new ArrayList<>();
      for (byte[] page : from) {
        to.add(page.clone());
      }
      return to;
    }
  }
}
