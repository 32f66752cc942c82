package org.libsql4j.compat.input;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.libsql4j.compat.engines.RealEngine;

/** Ways to spoil a sound database of 1,024-byte pages with a table {@code t} and an index. */
enum BadFile {
  TEXT(file -> Files.writeString(file, "This is not a database. ".repeat(300))),
  TEN_BYTES(file -> Files.writeString(file, "0123456789")),
  ONLY_THE_MAGIC(file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 16))),
  HALF_A_HEADER(file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 50))),
  HALF_A_PAGE(file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 512))),
  EMPTY(file -> Files.write(file, new byte[0])),
  TRUNCATED(file -> resize(file, 10 * 1024)),
  CUT_IN_A_PAGE(file -> resize(file, (int) Files.size(file) - 100)),
  LONGER_THAN_IT_SAYS(file -> resize(file, (int) Files.size(file) + 5 * 1024)),
  WRONG_MAGIC(file -> patch(file, 0, "SQLite format 4\0".getBytes(StandardCharsets.UTF_8))),
  PAGE_SIZE_1000(file -> patch(file, 16, 0x03, 0xe8)),
  PAGE_SIZE_2(file -> patch(file, 16, 0, 2)),
  PAGE_SIZE_DOUBLED(file -> patch(file, 16, 8, 0)),
  WRITE_VERSION_3(file -> patch(file, 18, 3)),
  READ_VERSION_3(file -> patch(file, 19, 3)),
  RESERVED_600(file -> patch(file, 16, 2, 0, 1, 1, 40)),
  PAYLOAD_FRACTION(file -> patch(file, 21, 65)),
  SCHEMA_FORMAT_5(file -> patch(file, 47, 5)),
  FIRST_PAGE_OF_ZEROS(file -> fill(file, 100, 924, 0)),
  FIRST_PAGE_OF_ONES(file -> fill(file, 100, 924, 0xff)),
  ROOT_OF_ZEROS(file -> fill(file, 1024, 1024, 0)),
  ROOT_OF_ONES(file -> fill(file, 1024, 1024, 0xff)),
  LEAF_OF_ONES(file -> fill(file, 5 * 1024, 1024, 0xff)),
  CELL_POINTERS_BEYOND(file -> fill(file, 1024 + 12, 8, 0xff)),
  SCHEMA_ROW_BROKEN(file -> fill(file, 960, 60, 0x41)),
  FREE_LIST_BEYOND(file -> patch(file, 32, 0, 1, 0, 0, 0, 0, 0, 9)),
  GARBAGE_JOURNAL(file -> Files.write(journal(file), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9})),
  TEXT_JOURNAL(file -> Files.writeString(journal(file), "no journal at all ".repeat(500))),
  ZERO_JOURNAL(file -> Files.write(journal(file), new byte[4096])),
  BROKEN_JOURNAL(BadFile::brokenJournal);

  /** How a file is spoiled. */
  private interface Damage {
    void apply(Path file) throws IOException;
  }

  private final Damage damage;

  BadFile(Damage damage) {
    this.damage = damage;
  }

  void create(Path file) throws IOException {
    Files.write(file, Sound.BYTES);
    damage.apply(file);
  }

  /** The database before anything happened to it; made once. */
  private static final class Sound {
    static final byte[] BYTES = make();

    private static byte[] make() {
      try {
        Path file = Files.createTempFile("sound", ".db");
        try (RealEngine real = RealEngine.open(file)) {
          real.must("PRAGMA page_size = 1024");
          real.must("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)");
          real.must("CREATE INDEX t_b ON t(b)");
          real.must(
              "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
                  + " INSERT INTO t SELECT i, 'text ' || i FROM n");
          real.must("DELETE FROM t WHERE a > 500");
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Path journal(Path file) {
    return Path.of(file + "-journal");
  }

  /** A header that is right, and then records whose checksums are not. */
  private static void brokenJournal(Path file) throws IOException {
    byte[] bytes = new byte[512 + 3 * 1032];
    Arrays.fill(bytes, 512, bytes.length, (byte) 0x5a);
    byte[] magic = {(byte) 0xd9, (byte) 0xd5, 5, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7};
    System.arraycopy(magic, 0, bytes, 0, 8);
    bytes[11] = 3; // records
    bytes[19] = 20; // pages in the database
    bytes[22] = 2; // sector size 512
    bytes[26] = 4; // page size 1024
    Files.write(journal(file), bytes);
  }

  private static void patch(Path file, int offset, int... bytes) throws IOException {
    byte[] narrow = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      narrow[i] = (byte) bytes[i];
    }
    patch(file, offset, narrow);
  }

  private static void patch(Path file, int offset, byte[] bytes) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(offset);
      access.write(bytes);
    }
  }

  private static void fill(Path file, int offset, int count, int value) throws IOException {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    patch(file, offset, bytes);
  }

  private static void resize(Path file, int size) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), size));
  }
}
