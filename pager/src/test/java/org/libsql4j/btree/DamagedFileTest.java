package org.libsql4j.btree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.btree.BtreeInteropTest.DemoSchema;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.Synchronous;
import org.libsql4j.record.KeyInfo;

/** Whatever the file holds, all that is ever thrown is {@link LibsqlException}, and soon. */
class DamagedFileTest {
  private static final int FILES = 200;
  private static final KeyInfo KEY = BtreeFixture.keyInfo(2);

  @TempDir Path directory;

  @ParameterizedTest(name = "page size {0}, auto-vacuum {1}")
  @CsvSource({"512,0", "1024,0", "4096,0", "512,1", "1024,2"})
  void nothingButLibsqlExceptions(int pageSize, int autoVacuum) throws Exception {
    DamagedFile source = new DamagedFile(directory, pageSize, autoVacuum, 3);
    Path file = directory.resolve("damaged.db");
    for (int i = 0; i < FILES; i++) {
      Files.write(file, source.next());
      exercise(file, new Random(i));
    }
  }

  private static void exercise(Path file, Random random) {
    Btree btree = BtreeFixture.onDisk(file.toString());
    btree.pager().setSynchronous(Synchronous.OFF, false, false);
    try {
      int[] roots = new int[2];
      attempt(
          btree,
          false,
          () -> {
            int[] found = DemoSchema.roots(btree);
            roots[0] = found[0];
            roots[1] = found[1];
          });
      attempt(btree, false, () -> BtreeFixture.check(btree, roots[0], roots[1], 1));
      attempt(btree, false, () -> scan(btree, roots[0], null, true));
      attempt(btree, false, () -> scan(btree, roots[1], KEY, false));
      attempt(btree, true, () -> change(btree, roots, random));
      attempt(btree, true, () -> change(btree, roots, random));
      attempt(btree, true, () -> btree.createTable(Btree.INTKEY));
      attempt(btree, true, () -> btree.clearTable(roots[0]));
      attempt(btree, true, () -> btree.dropTable(roots[1]));
      attempt(
          btree,
          true,
          () -> {
            while (btree.incrementalVacuum()) {}
          });
      assertThat(btree.pager().pinCount()).isZero();
    } finally {
      btree.close();
    }
  }

  private static void attempt(Btree btree, boolean write, Runnable action) {
    try {
      btree.beginTransaction(write, false);
      action.run();
      btree.commit();
    } catch (LibsqlException e) {
      assertThat(e.resultCode().primary())
          .isIn(ResultCode.CORRUPT, ResultCode.NOTADB, ResultCode.FULL, ResultCode.READONLY);
      btree.rollback(ResultCode.ABORT_ROLLBACK, false);
    }
  }

  private static void scan(Btree btree, int root, KeyInfo keyInfo, boolean forwards) {
    BtreeCursor cursor = btree.cursor(root, false, keyInfo);
    try {
      long rows = 0;
      boolean more = !(forwards ? cursor.moveToFirst() : cursor.moveToLast());
      while (more && rows++ < 1_000_000) {
        BtreeFixture.payload(cursor);
        more = forwards ? cursor.next() : cursor.previous();
      }
      cursor.count();
    } finally {
      cursor.close();
    }
  }

  private static void change(Btree btree, int[] roots, Random random) {
    BtreeCursor table = btree.cursor(roots[0], true, null);
    BtreeCursor index = btree.cursor(roots[1], true, KEY);
    try {
      byte[] record = new byte[random.nextInt(10) == 0 ? 3000 : random.nextInt(60)];
      for (int i = 0; i < 60; i++) {
        long rowid = random.nextInt(700);
        if (random.nextBoolean()) {
          table.insertTable(rowid, record, 0, record.length, 0, 0, 0);
        } else if (table.tableMoveTo(rowid, false) == 0) {
          table.delete(random.nextBoolean() ? BtreeCursor.SAVE_POSITION : 0);
        }
        byte[] key =
            BtreeFixture.record(
                BtreeFixture.text(Integer.toHexString(random.nextInt())),
                BtreeFixture.integer(rowid));
        index.insertIndex(key, 0, key.length, null, 0, 0);
        if (!index.isEof() && random.nextInt(3) == 0 && index.next()) {
          index.delete(0);
        }
      }
    } finally {
      table.close();
      index.close();
    }
  }
}
