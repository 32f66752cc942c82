package org.libsql4j.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.pager.Pager;
import org.libsql4j.pager.SavepointOperation;
import org.libsql4j.vfs.MemoryVfs;

/**
 * The log against a list of commits: several connections read, write, checkpoint, close and open in
 * any order; each sees the commit that was the last one when its transaction began.
 */
class WalModelTest {
  private static final int CONNECTIONS = 4;
  private static final int PAGES = 30;
  private static final int STEPS = 250;

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void everybodySeesTheirSnapshot(@ForAll long seed) {
    new Run(seed).go();
  }

  private static final class Reader {
    Pager pager;

    /** What the open transaction sees, or null. */
    int[] snapshot;

    boolean writing;

    /** See {@link Run#startOvers}. */
    int startOvers;

    Reader(Pager pager) {
      this.pager = pager;
    }
  }

  private static final class Run {
    final Random random;
    final MemoryVfs vfs = new MemoryVfs();
    final List<Reader> readers = new ArrayList<>();

    /** The value of each page after the last commit, by page number minus 1. */
    int[] committed = new int[1];

    int nextValue = 1;

    /** Grows whenever the log may have started over, after which no older snapshot can write. */
    int startOvers;

    Run(long seed) {
      random = new Random(seed);
    }

    void go() {
      for (int i = 0; i < CONNECTIONS; i++) {
        readers.add(new Reader(open()));
      }
      for (int i = 0; i < STEPS; i++) {
        step(readers.get(random.nextInt(CONNECTIONS)));
      }
      for (Reader reader : readers) {
        end(reader);
        reader.pager.close();
      }
      assertThat(vfs.exists("/db-wal")).isFalse();
      Reader last = new Reader(open());
      begin(last);
      verify(last);
      end(last);
      last.pager.close();
    }

    private Pager open() {
      return WalFixture.open(vfs, 3 + random.nextInt(10));
    }

    private void step(Reader reader) {
      if (reader.snapshot == null) {
        switch (random.nextInt(8)) {
          case 0 -> reopen(reader);
          case 1, 2 -> checkpoint(reader);
          default -> begin(reader);
        }
        return;
      }
      if (!reader.writing) {
        switch (random.nextInt(4)) {
          case 0 -> end(reader);
          case 1 -> verify(reader);
          default -> write(reader);
        }
      }
    }

    private void begin(Reader reader) {
      reader.pager.sharedLock();
      reader.snapshot = committed;
      reader.startOvers = startOvers;
      verify(reader);
    }

    private void end(Reader reader) {
      reader.pager.unlockIfUnused();
      reader.snapshot = null;
    }

    private void reopen(Reader reader) {
      reader.pager.close();
      reader.pager = open();
    }

    private void verify(Reader reader) {
      assertThat(reader.pager.pageCount()).isEqualTo(reader.snapshot.length);
      for (int i = 0; i < reader.snapshot.length; i++) {
        if (random.nextInt(3) == 0) {
          assertThat(WalFixture.get(reader.pager, i + 1)).isEqualTo((byte) reader.snapshot[i]);
        }
      }
    }

    private void write(Reader reader) {
      try {
        reader.pager.begin(false, false);
      } catch (LibsqlException e) {
        assertThat(e.resultCode()).isEqualTo(ResultCode.BUSY_SNAPSHOT);
        assertThat(reader.startOvers).isNotEqualTo(startOvers);
        return;
      }
      assertThat(reader.snapshot).isEqualTo(committed);
      startOvers++;
      reader.startOvers++;
      int[] content = change(reader, committed);
      if (random.nextInt(3) == 0) {
        reader.pager.openSavepoint(1);
        change(reader, content);
        reader.pager.savepoint(SavepointOperation.ROLLBACK, 0);
        reader.pager.savepoint(SavepointOperation.RELEASE, 0);
        reader.snapshot = content;
        verify(reader);
        content = change(reader, content);
      }
      if (random.nextInt(4) == 0) {
        reader.pager.rollback();
        reader.snapshot = committed;
      } else {
        reader.pager.commitPhaseOne(null, false);
        reader.pager.commitPhaseTwo();
        committed = content;
        reader.snapshot = content;
      }
      verify(reader);
    }

    private int[] change(Reader reader, int[] before) {
      int[] content = Arrays.copyOf(before, Math.max(before.length, 1 + random.nextInt(PAGES)));
      for (int i = before.length; i < content.length; i++) {
        put(reader, content, i);
      }
      for (int changes = random.nextInt(12); changes > 0; changes--) {
        put(reader, content, random.nextInt(content.length));
      }
      return content;
    }

    private void put(Reader reader, int[] content, int index) {
      content[index] = nextValue++ & 0x7f;
      WalFixture.put(reader.pager, index + 1, content[index]);
    }

    private void checkpoint(Reader reader) {
      CheckpointMode mode = CheckpointMode.values()[random.nextInt(4)];
      try {
        startOvers++;
        reader.pager.checkpoint(mode, null);
      } catch (LibsqlException e) {
        assertThat(e.resultCode().primary()).isEqualTo(ResultCode.BUSY);
      }
    }
  }
}
