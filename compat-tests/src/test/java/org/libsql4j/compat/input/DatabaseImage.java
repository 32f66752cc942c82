package org.libsql4j.compat.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.libsql4j.compat.engines.RealEngine;

/**
 * The bytes of a database and of its journal and log, to be damaged.
 *
 * <p>Sound ones are made by the real engine, with all kinds of pages: tables with and without
 * rowid, indexes, overflow, free pages, pointer maps.
 */
final class DatabaseImage {
  byte[] database;
  byte[] wal;
  byte[] journal;
  final int pageSize;

  private DatabaseImage(byte[] database, byte[] wal, byte[] journal, int pageSize) {
    this.database = database;
    this.wal = wal;
    this.journal = journal;
    this.pageSize = pageSize;
  }

  DatabaseImage copy() {
    return new DatabaseImage(database.clone(), wal.clone(), journal.clone(), pageSize);
  }

  /** Big-endian views. */
  ByteBuffer inDatabase() {
    return ByteBuffer.wrap(database);
  }

  int pageCount() {
    return database.length / pageSize;
  }

  /** Where a page, from 1, begins. */
  int offsetOf(int page) {
    return (page - 1) * pageSize;
  }

  // ---- sound ones

  /** Databases of all page sizes, ways of vacuuming and encodings. */
  static List<DatabaseImage> sound(Path folder) throws IOException {
    List<DatabaseImage> images = new ArrayList<>();
    images.add(make(folder, 512, 0, "UTF-8", false));
    images.add(make(folder, 1024, 0, "UTF-8", false));
    images.add(make(folder, 1024, 0, "UTF-16le", false));
    images.add(make(folder, 4096, 0, "UTF-8", false));
    images.add(make(folder, 512, 1, "UTF-8", false));
    images.add(make(folder, 1024, 2, "UTF-16be", false));
    return images;
  }

  static List<DatabaseImage> withLog(Path folder) throws IOException {
    return List.of(make(folder, 512, 0, "UTF-8", true), make(folder, 1024, 2, "UTF-8", true));
  }

  static List<DatabaseImage> withJournal(Path folder) throws IOException {
    List<DatabaseImage> images = new ArrayList<>();
    for (int pageSize : new int[] {512, 1024}) {
      Path file = folder.resolve("sound.db");
      Files.deleteIfExists(file);
      try (RealEngine real = RealEngine.open(file)) {
        fill(real, pageSize, 0, "UTF-8");
        real.must("PRAGMA cache_size = 5");
        real.must("BEGIN");
        real.must("UPDATE t SET b = b || 'changed' WHERE a % 3 = 0");
        real.must("DELETE FROM u");
        images.add(
            new DatabaseImage(
                Files.readAllBytes(file),
                new byte[0],
                Files.readAllBytes(Path.of(file + "-journal")),
                pageSize));
        real.must("ROLLBACK");
      }
    }
    return images;
  }

  private static DatabaseImage make(
      Path folder, int pageSize, int autoVacuum, String encoding, boolean log) throws IOException {
    Path file = folder.resolve("sound.db");
    Files.deleteIfExists(file);
    byte[] wal = new byte[0];
    byte[] database;
    try (RealEngine real = RealEngine.open(file)) {
      fill(real, pageSize, autoVacuum, encoding);
      if (log) {
        real.must("PRAGMA journal_mode = wal");
        real.must("UPDATE t SET b = 'changed ' || a WHERE a % 50 = 0");
        real.must("INSERT INTO u VALUES ('new', 1)");
        wal = Files.readAllBytes(Path.of(file + "-wal"));
      }
      database = Files.readAllBytes(file);
    }
    return new DatabaseImage(database, wal, new byte[0], pageSize);
  }

  private static void fill(RealEngine real, int pageSize, int autoVacuum, String encoding) {
    real.must("PRAGMA page_size = " + pageSize);
    real.must("PRAGMA auto_vacuum = " + autoVacuum);
    real.must("PRAGMA encoding = '" + encoding + "'");
    real.must("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c REAL DEFAULT 1.5, d ANY)");
    real.must("CREATE INDEX t_b ON t(b, c)");
    real.must("CREATE TABLE u(k TEXT PRIMARY KEY, v CHECK (v < 1000000)) WITHOUT ROWID");
    real.must("CREATE TABLE seq(id INTEGER PRIMARY KEY AUTOINCREMENT, t_a REFERENCES t(a))");
    real.must("CREATE UNIQUE INDEX seq_a ON seq(t_a) WHERE t_a > 10");
    real.must("CREATE INDEX t_e ON t(length(b) + a) WHERE d IS NOT NULL");
    real.must("CREATE VIEW w AS SELECT t.a, u.v FROM t LEFT JOIN u ON u.k = t.b");
    real.must(
        "CREATE TRIGGER t_i AFTER INSERT ON t BEGIN INSERT INTO seq(t_a) VALUES (new.a); END");
    real.must("CREATE TABLE gone(x)");
    real.must(
        "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
            + " INSERT INTO t SELECT i, 'text ' || i * 7919 % 1000, i / 3.0,"
            + " CASE WHEN i % 40 = 0 THEN zeroblob(3000) WHEN i % 3 = 0 THEN NULL ELSE i END"
            + " FROM n");
    real.must("INSERT INTO u SELECT b || a, a FROM t WHERE a % 2 = 0");
    // Free pages: with the smallest pages enough for a list of two trunks.
    int gone = pageSize == 512 ? 80 : 20;
    real.must("INSERT INTO gone SELECT zeroblob(" + pageSize + ") FROM t WHERE a <= " + gone);
    real.must("DELETE FROM gone WHERE rowid > 7");
    real.must("DELETE FROM t WHERE a BETWEEN 200 AND 220");
    real.must("ANALYZE");
  }

  // ---- checksums

  /** Makes the checksums of the log fit what it holds, so that it is believed. */
  void signLog() {
    ByteBuffer bytes = ByteBuffer.wrap(wal);
    if (wal.length < 32) {
      return;
    }
    ByteOrder order = (bytes.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int[] sum = new int[2];
    addTo(sum, 0, 24, order);
    bytes.putInt(24, sum[0]).putInt(28, sum[1]);
    for (int frame = 32; frame + 24 + pageSize <= wal.length; frame += 24 + pageSize) {
      bytes.putInt(frame + 8, bytes.getInt(16)).putInt(frame + 12, bytes.getInt(20));
      addTo(sum, frame, 8, order);
      addTo(sum, frame + 24, pageSize, order);
      bytes.putInt(frame + 16, sum[0]).putInt(frame + 20, sum[1]);
    }
  }

  private void addTo(int[] sum, int offset, int count, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.wrap(wal).order(order);
    for (int i = offset; i < offset + count; i += 8) {
      sum[0] += bytes.getInt(i) + sum[1];
      sum[1] += bytes.getInt(i + 4) + sum[0];
    }
  }

  /** Makes the checksums of the journal's first segment fit what it holds. */
  void signJournal(int sectorSize, int recordPageSize) {
    ByteBuffer bytes = ByteBuffer.wrap(journal);
    int nonce = bytes.getInt(12);
    int step = 4 + recordPageSize + 4;
    for (int record = sectorSize; record + step <= journal.length; record += step) {
      int sum = nonce;
      for (int i = recordPageSize - 200; i > 0; i -= 200) {
        sum += journal[record + 4 + i] & 0xff;
      }
      bytes.putInt(record + 4 + recordPageSize, sum);
    }
  }
}
