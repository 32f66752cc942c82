package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.vfs.MemdbVfs;

/** Databases as bytes. */
class SerializeTest {
  @TempDir Path directory;

  private static String text(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return String.valueOf(rows.getString(0));
    }
  }

  @Test
  void bytesAreThoseOfTheFile() throws Exception {
    Path file = directory.resolve("a.db");
    try (Connection connection = Database.openLocal(file).connect()) {
      connection.execute("CREATE TABLE t(x)");
      connection.execute("INSERT INTO t VALUES(zeroblob(20000))");
      assertThat(connection.serialize()).isEqualTo(Files.readAllBytes(file));
      connection.execute("PRAGMA journal_mode=WAL");
      connection.execute("INSERT INTO t VALUES(1)");
      byte[] bytes = connection.serialize();
      connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      assertThat(bytes).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void deserializedDatabasesGrowAndAreIndependent() {
    byte[] bytes;
    try (Connection connection = Database.inMemory().connect()) {
      connection.execute("CREATE TABLE t(x)");
      connection.execute("INSERT INTO t VALUES(1)");
      bytes = connection.serialize();
    }
    try (Connection one = Database.ofBytes(bytes).connect();
        Connection two = Database.inMemory().connect()) {
      two.execute("ATTACH ':memory:' AS x");
      two.deserialize("x", bytes, false, MemdbVfs.DEFAULT_MAX_BYTES);
      one.execute("INSERT INTO t VALUES(zeroblob(100000))");
      assertThat(text(one, "SELECT count(*) FROM t")).isEqualTo("2");
      assertThat(text(two, "SELECT count(*) FROM x.t")).isEqualTo("1");
      one.execute("VACUUM");
      assertThat(text(one, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(text(one, "PRAGMA journal_mode")).isEqualTo("memory");
      assertThat(text(one, "PRAGMA journal_mode=WAL")).isEqualTo("memory");
      assertThat(text(one, "PRAGMA journal_mode=DELETE")).isEqualTo("delete");
      one.execute("DELETE FROM t");
      assertThat(text(one, "SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  @Test
  void limits() {
    byte[] bytes;
    try (Connection connection = Database.inMemory().connect()) {
      connection.execute("CREATE TABLE t(x)");
      bytes = connection.serialize();
    }
    try (Connection connection = Database.inMemory().connect()) {
      connection.deserialize("main", bytes, true, 0);
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES(1)"))
          .hasMessage("attempt to write a readonly database");
      connection.deserialize("main", bytes, false, 32768);
      connection.execute("INSERT INTO t VALUES(1)");
      assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES(zeroblob(100000))"))
          .hasMessage("database or disk is full");
      assertThat(text(connection, "SELECT count(*) FROM t")).isEqualTo("1");
      connection.deserialize(new byte[] {1, 2, 3});
      assertThatThrownBy(() -> connection.execute("SELECT * FROM t"))
          .hasMessage("file is not a database");
      connection.deserialize(new byte[0]);
      connection.execute("CREATE TABLE u(x)");
      assertThatThrownBy(() -> connection.deserialize("temp", bytes, false, 0))
          .hasMessage("unknown database: temp");
      connection.execute("BEGIN");
      assertThatThrownBy(() -> connection.deserialize(bytes)).hasMessage("database main is locked");
    }
  }

  @Test
  void anEmptyDatabaseHasAPage() {
    try (Connection connection = Database.inMemory().connect()) {
      assertThat(connection.serialize()).hasSize(4096).startsWith('S', 'Q', 'L', 'i', 't', 'e');
    }
  }
}
