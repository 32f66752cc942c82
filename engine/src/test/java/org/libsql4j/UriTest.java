package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.VfsRegistry;

/** Names of databases as URIs, with SQLite's options and error texts. */
class UriTest {
  @TempDir Path directory;

  private Connection open(String name) {
    return Database.openLocal(name).connect();
  }

  private static String text(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return String.valueOf(rows.getString(0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'?mode=rc', no such access mode: rc",
    "'?cache=public', no such cache mode: public",
    "'?vfs=nosuchvfs', no such vfs: nosuchvfs",
    "'?mode=ro', unable to open database file",
    "'?mode=rw', unable to open database file",
  })
  void errors(String query, String message) {
    assertThatThrownBy(() -> open("file:" + directory.resolve("x.db") + query)).hasMessage(message);
    try (Connection connection = Database.inMemory().connect()) {
      String name = "file:" + directory.resolve("x.db") + query;
      String expected = message.startsWith("unable") ? "unable to open database: " + name : message;
      assertThatThrownBy(() -> connection.execute("ATTACH ? AS x", name)).hasMessage(expected);
    }
  }

  @Test
  void authorities() {
    assertThatThrownBy(() -> open("file://l%6Fcalhost/x.db"))
        .hasMessage("invalid uri authority: l%6Fcalhost");
    open("file://localhost" + directory.resolve("y.db")).close();
    assertThat(directory.resolve("y.db")).exists();
  }

  @Test
  void aNameCannotAskForMoreThanTheOptionsAllow() {
    String name = "file:" + directory.resolve("a.db");
    open(name).close();
    Database.Builder readOnly = Database.builder(name + "?mode=rw").readOnly(true);
    assertThatThrownBy(() -> readOnly.build().connect()).hasMessage("access mode not allowed: rw");
    Database.Builder existing = Database.builder(name + "?mode=rwc").create(false);
    assertThatThrownBy(() -> existing.build().connect()).hasMessage("access mode not allowed: rwc");
  }

  @Test
  void escapesAndWhatIsUnknown() {
    open("file:" + directory + "/a%20b%3Fc.db?mork=1&tonglor=2#boris").close();
    assertThat(directory.resolve("a b?c.db")).exists();
    open("file:" + directory + "/n%00.db%00extra?%00mode=ro").close();
    assertThat(directory.resolve("n")).exists();
  }

  @Test
  void memdbNamesAreSharedIfTheyBeginWithASlash() {
    try (Connection one = open("file:/shared-test?vfs=memdb");
        Connection two = open("file:/shared-test?vfs=memdb");
        Connection alone = open("file:private-test?vfs=memdb")) {
      one.execute("CREATE TABLE t(x)");
      one.execute("INSERT INTO t VALUES(1)");
      assertThat(text(two, "SELECT x FROM t")).isEqualTo("1");
      assertThat(text(alone, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
      assertThat(text(one, "SELECT file FROM pragma_database_list")).isEmpty();
      two.busyTimeout(0);
      one.busyTimeout(0);
      two.execute("BEGIN");
      text(two, "SELECT x FROM t");
      one.execute("BEGIN");
      one.execute("INSERT INTO t VALUES(2)");
      assertThatThrownBy(one::commit).hasMessage("database is locked");
      two.execute("COMMIT");
      one.commit();
      assertThat(text(two, "SELECT count(*) FROM t")).isEqualTo("2");
    }
    try (Connection later = open("file:/shared-test?vfs=memdb")) {
      assertThat(text(later, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
    }
  }

  @Test
  void namedMemoryWithASharedCache() {
    String name = "file:cache-test?mode=memory&cache=shared";
    try (Connection one = open(name);
        Connection two = open(name);
        Connection other = open("file:other-test?mode=memory&cache=shared")) {
      one.execute("CREATE TABLE t(x)");
      assertThat(text(two, "SELECT count(*) FROM t")).isEqualTo("0");
      assertThat(text(other, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
    }
  }

  @Test
  void registeredFileSystems() {
    MemoryVfs vfs = new MemoryVfs();
    VfsRegistry.register("uri-test", vfs);
    try (Connection connection = open("file:/x.db?vfs=uri-test")) {
      connection.execute("CREATE TABLE t(x)");
      assertThat(vfs.contentOf("/x.db")).hasSize(8192);
    } finally {
      VfsRegistry.unregister("uri-test");
    }
  }

  @Test
  void withoutLocksNothingKeepsOthersOut() {
    Path file = directory.resolve("l.db");
    try (Connection locking = open(file.toString());
        Connection careless = open("file:" + file + "?nolock=1")) {
      locking.execute("CREATE TABLE t(x)");
      locking.execute("BEGIN EXCLUSIVE");
      assertThat(text(careless, "SELECT count(*) FROM t")).isEqualTo("0");
      assertThat(text(careless, "PRAGMA journal_mode=WAL")).isEqualTo("delete");
    }
  }

  @Test
  void aNewFileTakesPermissions() throws Exception {
    Path model = Files.createFile(directory.resolve("model"));
    Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("rw-rw----"));
    Path file = directory.resolve("p.db");
    open("file:" + file + "?modeof=" + model).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw----");
  }

  @Test
  void readOnlyMemoryCannotBeWritten() {
    try (Connection connection = Database.builder(":memory:").readOnly(true).build().connect()) {
      assertThatThrownBy(() -> connection.execute("CREATE TABLE t(x)"))
          .hasMessage("attempt to write a readonly database");
    }
  }
}
