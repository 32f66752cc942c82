package org.libsql4j.btree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.record.TextEncoding;

/** Files that we write are read by the C library, and the reverse. */
class BtreeInteropTest {
  private static final KeyInfo KEY = BtreeFixture.keyInfo(2);

  @TempDir Path directory;

  @ParameterizedTest(name = "page size {0}, auto-vacuum {1}")
  @CsvSource({"512,0", "512,1", "512,2", "1024,2", "4096,0", "4096,1", "65536,0", "65536,1"})
  void ourFilesAreRead(int pageSize, int autoVacuum) throws Exception {
    Path file = directory.resolve("ours.db");
    Random random = new Random(pageSize + autoVacuum);
    TreeMap<Long, String> rows = new TreeMap<>();
    Btree btree = BtreeFixture.onDisk(file.toString());
    btree.setPageSize(pageSize, -1, false);
    btree.setAutoVacuum(autoVacuum);
    try {
      btree.beginTransaction(true, false);
      int[] roots = DemoSchema.create(btree);
      for (int round = 0; round < 4; round++) {
        btree.beginTransaction(true, false);
        for (int i = 0; i < 500; i++) {
          long rowid = random.nextInt(3000);
          if (random.nextInt(3) == 0) {
            DemoSchema.delete(btree, roots, rowid, rows);
          } else {
            DemoSchema.put(btree, roots, rowid, DemoSchema.text(random, pageSize), rows);
          }
        }
        btree.commit();
      }
    } finally {
      btree.close();
    }
    try (Connection real = RealEngine.open(file)) {
      assertThat(RealEngine.query(real, "PRAGMA integrity_check")).containsExactly("ok");
      TreeMap<Long, String> found = new TreeMap<>();
      try (Statement statement = real.createStatement();
          ResultSet result = statement.executeQuery("SELECT rowid, a FROM t")) {
        while (result.next()) {
          found.put(result.getLong(1), result.getString(2));
        }
      }
      assertThat(found).isEqualTo(rows);
      assertThat(RealEngine.number(real, "SELECT count(*) FROM t INDEXED BY i WHERE a>=''"))
          .isEqualTo(rows.size());
      assertThat(RealEngine.number(real, "PRAGMA page_size")).isEqualTo(pageSize);
    }
  }

  @ParameterizedTest(name = "page size {0}, auto-vacuum {1}")
  @CsvSource({"512,0", "512,1", "1024,2", "4096,0", "65536,1"})
  void theirFilesAreReadAndChanged(int pageSize, int autoVacuum) throws Exception {
    Path file = directory.resolve("theirs.db");
    Random random = new Random(pageSize + autoVacuum);
    TreeMap<Long, String> rows = new TreeMap<>();
    try (Connection real = RealEngine.open(file)) {
      RealEngine.run(
          real,
          "PRAGMA page_size=" + pageSize,
          "PRAGMA auto_vacuum=" + autoVacuum,
          "CREATE TABLE t(a)",
          "CREATE INDEX i ON t(a)",
          "BEGIN");
      try (PreparedStatement insert =
          real.prepareStatement("INSERT OR REPLACE INTO t(rowid, a) VALUES(?,?)")) {
        for (int i = 0; i < 2000; i++) {
          long rowid = random.nextInt(3000);
          String text = DemoSchema.text(random, pageSize);
          insert.setLong(1, rowid);
          insert.setString(2, text);
          insert.executeUpdate();
          rows.put(rowid, text);
        }
      }
      RealEngine.run(real, "COMMIT", "DELETE FROM t WHERE rowid % 7 = 0");
      rows.keySet().removeIf(rowid -> rowid % 7 == 0);
    }
    Btree btree = BtreeFixture.onDisk(file.toString());
    try {
      btree.beginTransaction(false, false);
      assertThat(btree.pageSize()).isEqualTo(pageSize);
      assertThat(btree.autoVacuum()).isEqualTo(autoVacuum);
      int[] roots = DemoSchema.roots(btree);
      assertThat(BtreeFixture.check(btree, 1, roots[0], roots[1])).isEmpty();
      assertThat(DemoSchema.rows(btree, roots[0])).isEqualTo(rows);
      BtreeCursor index = btree.cursor(roots[1], false, KEY);
      assertThat(index.count()).isEqualTo(rows.size());
      index.close();
      btree.commit();
      btree.beginTransaction(true, false);
      for (int i = 0; i < 500; i++) {
        long rowid = random.nextInt(3000);
        if (i % 2 == 0) {
          DemoSchema.delete(btree, roots, rowid, rows);
        } else {
          DemoSchema.put(btree, roots, rowid, DemoSchema.text(random, pageSize), rows);
        }
      }
      btree.commit();
    } finally {
      btree.close();
    }
    try (Connection real = RealEngine.open(file)) {
      assertThat(RealEngine.query(real, "PRAGMA integrity_check")).containsExactly("ok");
      assertThat(RealEngine.number(real, "SELECT count(*) FROM t")).isEqualTo(rows.size());
    }
  }

  /** A table {@code t(a)} with an index {@code i} on it, kept by hand. */
  static final class DemoSchema {
    private DemoSchema() {}

    static int[] create(Btree btree) {
      int table = btree.createTable(Btree.INTKEY);
      int index = btree.createTable(Btree.BLOBKEY);
      BtreeCursor schema = btree.cursor(1, true, null);
      addRow(schema, 1, "table", "t", table, "CREATE TABLE t(a)");
      addRow(schema, 2, "index", "i", index, "CREATE INDEX i ON t(a)");
      schema.close();
      btree.updateMeta(Btree.FILE_FORMAT, 4);
      btree.updateMeta(Btree.TEXT_ENCODING, 1);
      btree.updateMeta(Btree.SCHEMA_VERSION, 1);
      btree.commit();
      return new int[] {table, index};
    }

    private static void addRow(
        BtreeCursor schema, long rowid, String type, String name, int root, String sql) {
      byte[] record =
          BtreeFixture.record(
              BtreeFixture.text(type),
              BtreeFixture.text(name),
              BtreeFixture.text("t"),
              BtreeFixture.integer(root),
              BtreeFixture.text(sql));
      schema.insertTable(rowid, record, 0, record.length, 0, BtreeCursor.APPEND, 0);
    }

    static int[] roots(Btree btree) {
      BtreeCursor schema = btree.cursor(1, false, null);
      int[] roots = new int[2];
      schema.moveToFirst();
      for (int i = 0; i < 2; i++) {
        byte[] record = BtreeFixture.payload(schema);
        Mem[] fields = new Mem[5];
        for (int k = 0; k < 5; k++) {
          fields[k] = new Mem();
        }
        Record.unpack(record, 0, record.length, fields, TextEncoding.UTF8);
        roots[i] = (int) fields[3].integer;
        schema.next();
      }
      schema.close();
      return roots;
    }

    static String text(Random random, int pageSize) {
      int length = random.nextInt(20) == 0 ? random.nextInt(pageSize * 2) : random.nextInt(80);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      return text.toString();
    }

    static void put(Btree btree, int[] roots, long rowid, String text, TreeMap<Long, String> rows) {
      delete(btree, roots, rowid, rows);
      BtreeCursor table = btree.cursor(roots[0], true, null);
      BtreeCursor index = btree.cursor(roots[1], true, KEY);
      byte[] record = BtreeFixture.record(BtreeFixture.text(text));
      table.insertTable(rowid, record, 0, record.length, 0, 0, 0);
      byte[] key = BtreeFixture.record(BtreeFixture.text(text), BtreeFixture.integer(rowid));
      index.insertIndex(key, 0, key.length, null, 0, 0);
      table.close();
      index.close();
      rows.put(rowid, text);
    }

    static void delete(Btree btree, int[] roots, long rowid, TreeMap<Long, String> rows) {
      String text = rows.remove(rowid);
      BtreeCursor table = btree.cursor(roots[0], true, null);
      BtreeCursor index = btree.cursor(roots[1], true, KEY);
      assertThat(table.tableMoveTo(rowid, false) == 0).isEqualTo(text != null);
      if (text != null) {
        table.delete(0);
        byte[] key = BtreeFixture.record(BtreeFixture.text(text), BtreeFixture.integer(rowid));
        assertThat(index.indexMoveTo(BtreeFixture.unpacked(KEY, key))).isZero();
        index.delete(BtreeCursor.AUX_DELETE);
      }
      table.close();
      index.close();
    }

    static TreeMap<Long, String> rows(Btree btree, int root) {
      TreeMap<Long, String> rows = new TreeMap<>();
      BtreeCursor cursor = btree.cursor(root, false, null);
      Mem[] field = {new Mem()};
      for (boolean more = !cursor.moveToFirst(); more; more = cursor.next()) {
        byte[] record = BtreeFixture.payload(cursor);
        Record.unpack(record, 0, record.length, field, TextEncoding.UTF8);
        rows.put(cursor.integerKey(), field[0].text());
      }
      cursor.close();
      return rows;
    }
  }
}
