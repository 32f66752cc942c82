package org.libsql4j.btree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.btree.BtreeInteropTest.DemoSchema;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.vfs.MemoryVfs;

/** Transactions, the file header, and what happens to open cursors. */
class BtreeTransactionTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("test.db");
  }

  private Btree open() {
    return BtreeFixture.onDisk(file().toString());
  }

  private static ResultCode codeOf(Runnable action) {
    try {
      action.run();
      return ResultCode.OK;
    } catch (LibsqlException e) {
      return e.resultCode();
    }
  }

  private static void insert(Btree btree, int root, long rowid, int size) {
    BtreeCursor cursor = btree.cursor(root, true, null);
    cursor.insertTable(rowid, new byte[size], 0, size, 0, 0, 0);
    cursor.close();
  }

  private static long count(Btree btree, int root) {
    BtreeCursor cursor = btree.cursor(root, false, null);
    long count = cursor.count();
    cursor.close();
    return count;
  }

  @Test
  void anEmptyDatabaseReadsAsEmptySchema() {
    Btree btree = open();
    assertThat(btree.beginTransaction(false, false)).isZero();
    BtreeCursor schema = btree.cursor(1, false, null);
    assertThat(schema.moveToFirst()).isTrue();
    assertThat(schema.moveToLast()).isTrue();
    assertThat(schema.tableMoveTo(5, false)).isEqualTo(-1);
    assertThat(schema.count()).isZero();
    assertThat(schema.isEof()).isTrue();
    assertThat(btree.pageCount()).isZero();
    schema.close();
    btree.commit();
    btree.close();
    btree.close();
  }

  @Test
  void connectionsSeeEachOthersCommits() {
    Btree a = open();
    Btree b = open();
    a.setPageSize(1024, -1, false);
    a.beginTransaction(true, false);
    int root = a.createTable(Btree.INTKEY);
    insert(a, root, 1, 100);
    assertThat(codeOf(() -> b.beginTransaction(true, false))).isEqualTo(ResultCode.BUSY);
    a.commit();
    b.beginTransaction(false, false);
    assertThat(b.pageSize()).isEqualTo(1024);
    assertThat(count(b, root)).isEqualTo(1);
    int version = b.getMeta(Btree.DATA_VERSION);
    b.commit();
    b.beginTransaction(true, false);
    insert(b, root, 2, 5000);
    b.updateMeta(Btree.USER_VERSION, 77);
    b.commit();
    assertThat(b.transactionState()).isEqualTo(Btree.TRANSACTION_NONE);
    a.beginTransaction(false, false);
    assertThat(count(a, root)).isEqualTo(2);
    assertThat(a.getMeta(Btree.USER_VERSION)).isEqualTo(77);
    a.commit();
    b.beginTransaction(false, false);
    assertThat(b.getMeta(Btree.DATA_VERSION)).isEqualTo(version);
    b.commit();
    a.beginTransaction(true, false);
    insert(a, root, 3, 10);
    a.commit();
    b.beginTransaction(false, false);
    assertThat(b.getMeta(Btree.DATA_VERSION)).isNotEqualTo(version);
    b.commit();
    a.close();
    b.close();
  }

  @Test
  void theBusyHandlerIsAskedForTheWriteLock() {
    Btree a = open();
    Btree b = open();
    a.beginTransaction(true, false);
    int[] asked = {0};
    b.setBusyHandler(
        count -> {
          asked[0]++;
          if (count == 2) {
            a.commit();
          }
          return count < 5;
        });
    b.beginTransaction(true, false);
    assertThat(asked[0]).isEqualTo(3);
    b.commit();
    a.close();
    b.close();
  }

  @Test
  void aReaderKeepsItsSnapshotWhileOthersStillRead() {
    Btree btree = open();
    btree.beginTransaction(true, false);
    int root = btree.createTable(Btree.INTKEY);
    insert(btree, root, 1, 10);
    btree.setActiveReaderCount(1);
    btree.commit();
    assertThat(btree.transactionState()).isEqualTo(Btree.TRANSACTION_READ);
    assertThat(count(btree, root)).isEqualTo(1);
    btree.setActiveReaderCount(0);
    btree.commit();
    assertThat(btree.transactionState()).isEqualTo(Btree.TRANSACTION_NONE);
    btree.close();
  }

  @Test
  void aRollbackTripsCursors() {
    Btree btree = open();
    btree.beginTransaction(true, false);
    int root = btree.createTable(Btree.INTKEY);
    for (int i = 1; i <= 100; i++) {
      insert(btree, root, i, 100);
    }
    btree.commit();
    btree.beginTransaction(true, false);
    BtreeCursor writer = btree.cursor(root, true, null);
    BtreeCursor reader = btree.cursor(root, false, null);
    assertThat(writer.moveToFirst()).isFalse();
    assertThat(reader.tableMoveTo(50, false)).isZero();
    insert(btree, root, 1000, 100);
    btree.setActiveReaderCount(1);
    btree.rollback(ResultCode.ABORT_ROLLBACK, true);
    assertThat(codeOf(writer::next)).isEqualTo(ResultCode.ABORT_ROLLBACK);
    assertThat(reader.hasMoved()).isTrue();
    assertThat(reader.restore()).isFalse();
    assertThat(reader.integerKey()).isEqualTo(50);
    assertThat(reader.next()).isTrue();
    assertThat(reader.integerKey()).isEqualTo(51);
    writer.close();
    reader.close();
    btree.setActiveReaderCount(0);
    btree.commit();
    btree.close();
  }

  @Test
  void aCursorReturnsToTheNeighbourOfItsDeletedEntry() {
    Btree btree = open();
    btree.beginTransaction(true, false);
    int root = btree.createTable(Btree.INTKEY);
    for (int i = 1; i <= 10; i++) {
      insert(btree, root, i, 10);
    }
    BtreeCursor a = btree.cursor(root, false, null);
    BtreeCursor b = btree.cursor(root, true, null);
    a.tableMoveTo(5, false);
    b.tableMoveTo(5, false);
    b.delete(0);
    assertThat(a.next()).isTrue();
    assertThat(a.integerKey()).isEqualTo(6);
    b.tableMoveTo(6, false);
    b.delete(0);
    assertThat(a.restore()).isTrue();
    assertThat(a.previous()).isTrue();
    assertThat(a.integerKey()).isEqualTo(4);
    a.close();
    b.close();
    btree.commit();
    btree.close();
  }

  @Test
  void headersThatAreNotOursAreRefused() throws Exception {
    Files.write(
        file(), "This is no database, but a text that is long enough".repeat(40).getBytes());
    Btree text = open();
    assertThatThrownBy(() -> text.beginTransaction(false, false))
        .isInstanceOf(LibsqlException.class)
        .hasMessage("file is not a database");
    text.close();
    Files.delete(file());
    Btree btree = open();
    btree.beginTransaction(true, false);
    btree.createTable(Btree.INTKEY);
    btree.commit();
    btree.close();
    byte[] sound = Files.readAllBytes(file());
    assertThat(openDamaged(sound, 18, 3, true)).isEqualTo(ResultCode.READONLY);
    assertThat(openDamaged(sound, 18, 3, false)).isEqualTo(ResultCode.OK);
    assertThat(openDamaged(sound, 19, 3, false)).isEqualTo(ResultCode.NOTADB);
    assertThat(openDamaged(sound, 21, 63, false)).isEqualTo(ResultCode.NOTADB);
    assertThat(openDamaged(sound, 16, 3, false)).isEqualTo(ResultCode.NOTADB);
    assertThat(openDamaged(sound, 31, 9, false)).isEqualTo(ResultCode.CORRUPT);
  }

  private ResultCode openDamaged(byte[] sound, int offset, int value, boolean write)
      throws Exception {
    byte[] data = sound.clone();
    data[offset] = (byte) value;
    Files.write(file(), data);
    Btree btree = open();
    ResultCode code = codeOf(() -> btree.beginTransaction(write, false));
    btree.close();
    return code;
  }

  @ParameterizedTest
  @CsvSource({"4096,4096", "4096,1024", "512,4096", "1024,65536"})
  void aCopyReplacesEverything(int fromSize, int toSize) throws Exception {
    Random random = new Random(1);
    Btree to = open();
    to.setPageSize(toSize, -1, false);
    to.beginTransaction(true, false);
    int[] roots = DemoSchema.create(to);
    to.beginTransaction(true, false);
    TreeMap<Long, String> rows = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      DemoSchema.put(to, roots, i, "old" + i, rows);
    }
    to.commit();
    Btree from = Btree.open(PagerOptions.temporary(new MemoryVfs()));
    from.setPageSize(fromSize, -1, false);
    from.beginTransaction(true, false);
    roots = DemoSchema.create(from);
    from.beginTransaction(true, false);
    rows.clear();
    for (int i = 0; i < 300; i++) {
      DemoSchema.put(from, roots, random.nextInt(9999), DemoSchema.text(random, 512), rows);
    }
    to.beginTransaction(true, true);
    to.copyFile(from);
    from.commit();
    from.close();
    to.setPageSize(fromSize, 0, true);
    to.beginTransaction(false, false);
    assertThat(to.pageSize()).isEqualTo(fromSize);
    assertThat(DemoSchema.rows(to, DemoSchema.roots(to)[0])).isEqualTo(rows);
    to.commit();
    to.close();
    try (Connection real = RealEngine.open(file())) {
      assertThat(RealEngine.query(real, "PRAGMA integrity_check")).containsExactly("ok");
      assertThat(RealEngine.number(real, "SELECT count(*) FROM t")).isEqualTo(rows.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096, 65536})
  void rowsAreTransferredBetweenTrees(int pageSize) {
    Random random = new Random(2);
    Btree btree = BtreeFixture.inMemory(pageSize, 1);
    btree.beginTransaction(true, false);
    int from = btree.createTable(Btree.INTKEY);
    int to = btree.createTable(Btree.INTKEY);
    BtreeCursor source = btree.cursor(from, true, null);
    BtreeCursor target = btree.cursor(to, true, null);
    for (int i = 0; i < 300; i++) {
      byte[] data = new byte[random.nextInt(10) == 0 ? random.nextInt(3 * pageSize) : i % 50];
      random.nextBytes(data);
      if (data.length > 0) {
        data[0] = 3; // As in a record.
      }
      source.insertTable(random.nextLong(), data, 0, data.length, 0, 0, 0);
    }
    for (boolean more = !source.moveToFirst(); more; more = source.next()) {
      long rowid = source.integerKey();
      target.transferRow(source, rowid);
      target.insertTable(
          rowid, new byte[0], 0, 0, 0, BtreeCursor.PREFORMAT | BtreeCursor.APPEND, 0);
    }
    target.moveToFirst();
    for (boolean more = !source.moveToFirst(); more; more = source.next()) {
      assertThat(target.integerKey()).isEqualTo(source.integerKey());
      assertThat(BtreeFixture.payload(target)).isEqualTo(BtreeFixture.payload(source));
      target.next();
    }
    assertThat(BtreeFixture.check(btree, 1, from, to)).isEmpty();
    source.close();
    target.close();
    btree.commit();
    btree.close();
  }

  @Test
  void incrementalBlobsAreWrittenInPlaceAndLostWithTheirRow() {
    Btree btree = BtreeFixture.inMemory(512, 0);
    btree.beginTransaction(true, false);
    int root = btree.createTable(Btree.INTKEY);
    insert(btree, root, 1, 3000);
    insert(btree, root, 2, 3000);
    BtreeCursor blob = btree.cursor(root, true, null);
    blob.tableMoveTo(1, false);
    blob.setIncrementalBlob();
    byte[] piece = "0123456789".repeat(60).getBytes();
    blob.putData(300, piece.length, piece, 0);
    byte[] read = new byte[piece.length];
    blob.payloadChecked(300, read.length, read, 0);
    assertThat(read).isEqualTo(piece);
    insert(btree, root, 2, 10);
    blob.payloadChecked(300, read.length, read, 0);
    insert(btree, root, 1, 3000);
    assertThat(codeOf(() -> blob.payloadChecked(0, 10, new byte[10], 0)))
        .isEqualTo(ResultCode.ABORT);
    blob.close();
    btree.commit();
    btree.close();
  }

  @Test
  void secureDeleteLeavesNoTrace() throws Exception {
    Btree btree = open();
    btree.setSecureDelete(1);
    btree.beginTransaction(true, false);
    int[] roots = DemoSchema.create(btree);
    btree.beginTransaction(true, false);
    TreeMap<Long, String> rows = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      DemoSchema.put(btree, roots, i, "secret" + "x".repeat(i * 5), rows);
    }
    btree.commit();
    btree.beginTransaction(true, false);
    for (int i = 0; i < 500; i++) {
      DemoSchema.delete(btree, roots, i, rows);
    }
    btree.commit();
    btree.close();
    assertThat(new String(Files.readAllBytes(file()), "ISO-8859-1")).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aFullDatabaseCanBeRolledBackToTheStatement(int autoVacuum) {
    Random random = new Random(3);
    Btree btree = BtreeFixture.inMemory(512, autoVacuum);
    btree.beginTransaction(true, false);
    int[] roots = DemoSchema.create(btree);
    btree.beginTransaction(true, false);
    TreeMap<Long, String> rows = new TreeMap<>();
    int failures = 0;
    for (int i = 0; i < 1500; i++) {
      btree.maxPageCount(btree.pageCount() + random.nextInt(4));
      btree.beginStatement(1);
      TreeMap<Long, String> before = new TreeMap<>(rows);
      try {
        DemoSchema.put(btree, roots, random.nextInt(2000), DemoSchema.text(random, 512), rows);
      } catch (LibsqlException e) {
        assertThat(e.resultCode()).isEqualTo(ResultCode.FULL);
        btree.rollbackToSavepoint(0);
        rows = before;
        failures++;
      }
      btree.releaseSavepoint(0);
      if (i % 100 == 0) {
        assertThat(BtreeFixture.check(btree, 1, roots[0], roots[1])).isEmpty();
      }
    }
    assertThat(failures).isPositive();
    assertThat(DemoSchema.rows(btree, roots[0])).isEqualTo(rows);
    btree.commit();
    btree.close();
  }
}
