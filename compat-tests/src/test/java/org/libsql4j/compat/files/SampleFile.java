package org.libsql4j.compat.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.libsql4j.compat.engines.RealEngine;

/** The kinds of files, each made by the real engine. */
enum SampleFile {
  PAGES_OF_512(List.of("PRAGMA page_size = 512"), SampleSchemas.MIXED),
  PAGES_OF_1024(List.of("PRAGMA page_size = 1024"), SampleSchemas.MIXED),
  PAGES_OF_4096(List.of("PRAGMA page_size = 4096"), SampleSchemas.MIXED),
  PAGES_OF_65536(List.of("PRAGMA page_size = 65536"), SampleSchemas.MIXED),
  UTF_16LE(List.of("PRAGMA encoding = 'UTF-16le'"), SampleSchemas.MIXED),
  UTF_16BE(List.of("PRAGMA encoding = 'UTF-16be'"), SampleSchemas.MIXED),
  AUTO_VACUUM_FULL(
      List.of("PRAGMA page_size = 1024", "PRAGMA auto_vacuum = FULL"), SampleSchemas.MIXED),
  AUTO_VACUUM_INCREMENTAL(
      List.of("PRAGMA page_size = 512", "PRAGMA auto_vacuum = INCREMENTAL"),
      SampleSchemas.FREE_PAGES),
  RESERVED_BYTES(List.of("PRAGMA page_size = 1024"), SampleSchemas.MIXED) {
    @Override
    void patchEmpty(RandomAccessFile file) throws IOException {
      file.seek(20);
      file.write(RESERVED);
      // The cells of page 1 end where the usable part ends.
      file.seek(105);
      file.writeShort(1024 - RESERVED);
    }
  },
  WITHOUT_ROWID(List.of("PRAGMA page_size = 2048"), SampleSchemas.WITHOUT_ROWID),
  OVERFLOW_CHAINS(List.of(), SampleSchemas.OVERFLOW),
  FREE_PAGES(List.of(), SampleSchemas.FREE_PAGES),
  WAL_CLOSED(List.of("PRAGMA journal_mode = WAL"), SampleSchemas.MIXED),
  SCHEMA_FORMAT_1(List.of(), SampleSchemas.MANY_OBJECTS) {
    @Override
    void patchEmpty(RandomAccessFile file) throws IOException {
      file.seek(44);
      file.writeInt(1);
    }
  },
  MANY_OBJECTS(List.of("PRAGMA page_size = 8192"), SampleSchemas.MANY_OBJECTS),
  MUSIC_SHOP(List.of(), MusicShop.STATEMENTS);

  private static final int RESERVED = 8;

  private final List<String> settings;
  private final List<String> statements;

  SampleFile(List<String> settings, List<String> statements) {
    this.settings = settings;
    this.statements = statements;
  }

  /** Writes the file; it is closed then. */
  void create(Path path) throws IOException {
    try (RealEngine real = RealEngine.open(path)) {
      settings.forEach(real::must);
      real.must("PRAGMA user_version = 1");
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      patchEmpty(file);
    }
    try (RealEngine real = RealEngine.open(path)) {
      // The encoding is written with the first table only.
      settings.forEach(real::must);
      real.must("PRAGMA synchronous = OFF");
      statements.forEach(real::must);
    }
  }

  /** Changes what no setting of the driver can change, while the file has only its first page. */
  void patchEmpty(RandomAccessFile file) throws IOException {}
}
