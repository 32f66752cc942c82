package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointListener;
import org.libsql4j.pager.CheckpointMode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.NioVfs;
import org.libsql4j.vfs.VirtualFileSystem;

/** Encryption of an application's own, and what else goes by pages as they are stored. */
class PageCodecTest {
  private static final String SECRET = "plain content that nobody else must see";

  @TempDir Path folder;

  private Database database(String name, String key) {
    return Database.builder(folder.resolve(name).toString())
        .encryption(EncryptionConfig.ofCodec(() -> new GcmCodec(key)))
        .build();
  }

  private static List<String> rows(Connection connection, String sql) {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.prepare(sql)) {
      while (statement.step()) {
        found.add(statement.getString(0));
      }
    }
    return found;
  }

  private static void fill(Connection connection, int count) {
    connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
    connection.execute(
        "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ?)"
            + " INSERT INTO t SELECT i, ? || i FROM c",
        count,
        SECRET);
  }

  private static void assertSound(Connection connection, int count) {
    assertThat(rows(connection, "SELECT count(*) FROM t WHERE v LIKE '" + SECRET + "%'"))
        .containsExactly("" + count);
    assertThat(rows(connection, "PRAGMA integrity_check")).containsExactly("ok");
  }

  private static void assertUnreadable(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains("plain content")).as(file.toString()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "persist", "wal"})
  void pagesMayHoldMoreThanTheBtreeHasOfThem(String mode) throws IOException {
    AtomicInteger files = new AtomicInteger();
    Database database =
        Database.builder(folder.resolve("a.db").toString())
            .encryption(
                EncryptionConfig.ofCodec(
                    () -> {
                      files.incrementAndGet();
                      return new GcmCodec("k");
                    }))
            .build();
    try (Connection one = database.connect();
        Connection two = database.connect()) {
      assertThat(files).hasValue(2);
      rows(one, "PRAGMA journal_mode = " + mode);
      one.execute("PRAGMA cache_size = 5");
      fill(one, 2000);
      assertSound(two, 2000);
      two.execute("BEGIN");
      two.execute("DELETE FROM t WHERE id % 2 = 0");
      two.execute("SAVEPOINT s");
      two.execute("DELETE FROM t");
      two.execute("ROLLBACK TO s");
      two.execute("COMMIT");
      assertSound(one, 1000);
      one.execute("BEGIN");
      one.execute("UPDATE t SET v = 'no'");
      one.execute("ROLLBACK");
      assertSound(one, 1000);
      one.execute("VACUUM INTO '" + folder.resolve("b.db") + "'");
      one.execute("ATTACH '" + folder.resolve("c.db") + "' AS c");
      one.execute("CREATE TABLE c.t AS SELECT * FROM main.t");
      one.execute("DETACH c");
      assertUnreadable(folder);
    }
    try (Connection vacuumed = database("b.db", "k").connect();
        Connection attached = database("c.db", "k").connect();
        Connection wrong = database("b.db", "other").connect()) {
      assertSound(vacuumed, 1000);
      assertSound(attached, 1000);
      vacuumed.execute("VACUUM");
      assertSound(vacuumed, 1000);
      assertThatThrownBy(() -> rows(wrong, "SELECT * FROM t")).hasMessage("file is not a database");
    }
  }

  @Test
  void whatWasTamperedWithIsFoundOut() throws IOException {
    try (Connection connection = database("a.db", "k").connect()) {
      fill(connection, 2000);
    }
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("a.db").toFile(), "rw")) {
      file.seek(10_000);
      int old = file.read();
      file.seek(10_000);
      file.write(old ^ 1);
    }
    try (Connection connection = database("a.db", "k").connect()) {
      assertThatThrownBy(() -> rows(connection, "SELECT v FROM t"))
          .extracting(e -> ((LibsqlException) e).resultCode())
          .isEqualTo(ResultCode.IOERR_DATA);
    }
  }

  @Test
  void rekeyFromOneCodecToAnother() {
    try (Connection connection = database("a.db", "k").connect()) {
      fill(connection, 1000);
      Pragmas pragmas = connection.pragma();
      pragmas.rekey(EncryptionConfig.ofCodec(() -> new GcmCodec("other")));
      assertSound(connection, 1000);
      pragmas.rekey(EncryptionConfig.aes256Cbc("third"));
      assertSound(connection, 1000);
      pragmas.rekey(null);
      assertSound(connection, 1000);
      pragmas.rekey(EncryptionConfig.ofCodec(() -> new GcmCodec("k")));
      connection.execute("ATTACH '" + folder.resolve("b.db") + "' AS b KEY ''");
      connection.execute("CREATE TABLE b.t AS SELECT * FROM main.t");
      // Its pages have no bytes to spare.
      assertThatThrownBy(
              () -> pragmas.of("b").rekey(EncryptionConfig.ofCodec(() -> new GcmCodec("k"))))
          .hasMessage("the codec needs 28 reserved bytes at the end of pages");
      pragmas.of("b").rekey(EncryptionConfig.aes256Cbc("its own"));
      assertThat(rows(connection, "SELECT count(*) FROM b.t")).containsExactly("1000");
    }
    try (Connection connection = database("a.db", "k").connect()) {
      assertSound(connection, 1000);
    }
  }

  @Test
  void aDatabaseWithoutRoomForTheCodecIsNone() {
    try (Connection connection = Database.openLocal(folder.resolve("a.db")).connect()) {
      fill(connection, 10);
      assertThatThrownBy(
              () -> {
                try (Connection coded = database("a.db", "k").connect()) {
                  rows(coded, "SELECT * FROM t");
                }
              })
          .hasMessage("file is not a database");
    }
  }

  @Test
  void optimisticTransactionsAreMerged() {
    Database database = database("a.db", "k");
    try (Connection one = database.connect();
        Connection two = database.connect()) {
      rows(one, "PRAGMA journal_mode = WAL");
      fill(one, 2000);
      one.execute("CREATE TABLE u(id INTEGER PRIMARY KEY, v)");
      for (int round = 0; round < 10; round++) {
        one.execute("BEGIN CONCURRENT");
        two.execute("BEGIN CONCURRENT");
        one.execute("UPDATE t SET v = v || 'x' WHERE id BETWEEN 1 AND 100");
        two.execute("INSERT INTO u(v) SELECT v FROM u");
        two.execute("INSERT INTO u(v) VALUES (zeroblob(9000))");
        one.execute("COMMIT");
        two.execute("COMMIT");
      }
      assertSound(one, 2000);
      assertSound(two, 2000);
      assertThat(rows(one, "SELECT count(*) FROM u")).containsExactly("1023");
    }
  }

  @Test
  void framesAndCheckpointsTellPagesInPlain() {
    try (Connection connection = database("a.db", "k").connect();
        Connection plain = Database.openLocal(folder.resolve("b.db")).connect()) {
      for (Connection each : new Connection[] {connection, plain}) {
        rows(each, "PRAGMA journal_mode = WAL");
      }
      fill(connection, 300);
      WalAccess log = connection.wal();
      WalAccess target = plain.wal();
      target.beginInsert();
      for (int number = 1; number <= log.frameCount(); number++) {
        target.append(log.frame(number));
      }
      target.endInsert();
      assertSound(plain, 300);
      StringBuilder seen = new StringBuilder();
      connection.setCheckpointListener(
          new CheckpointListener() {
            @Override
            public void pageMoved(int pageNumber, int frameNumber, byte[] bytes, int offset) {
              seen.append(new String(bytes, offset, 4096, StandardCharsets.ISO_8859_1));
            }
          });
      log.checkpoint(CheckpointMode.TRUNCATE);
      assertThat(seen.toString()).contains(SECRET + "300", "SQLite format 3");
    }
  }

  @Test
  void framesThatComeInPlainAreStoredEncrypted() throws IOException {
    Path encrypted = Files.createDirectory(folder.resolve("encrypted"));
    Database target =
        Database.builder(encrypted.resolve("b.db").toString())
            .encryption(EncryptionConfig.aes256Cbc("k"))
            .build();
    try (Connection source = Database.openLocal(folder.resolve("a.db")).connect();
        Connection connection = target.connect()) {
      rows(source, "PRAGMA journal_mode = WAL");
      rows(connection, "PRAGMA journal_mode = WAL");
      fill(source, 300);
      WalAccess log = connection.wal();
      log.beginInsert();
      for (int number = 1; number <= source.wal().frameCount(); number++) {
        assertThat(log.insert(number, source.wal().frame(number)))
            .isEqualTo(WalAccess.Insertion.APPENDED);
      }
      log.endInsert();
      assertSound(connection, 300);
      assertUnreadable(encrypted);
      log.beginInsert();
      assertThat(log.insert(1, source.wal().frame(1))).isEqualTo(WalAccess.Insertion.ALREADY_THERE);
      assertThat(log.insert(2, source.wal().frame(1))).isEqualTo(WalAccess.Insertion.CONFLICT);
      log.endInsert();
    }
  }

  @Test
  void temporaryFilesAreEncrypted() {
    RecordedTemporaries vfs = new RecordedTemporaries();
    Database database =
        Database.builder(folder.resolve("a.db").toString())
            .vfs(vfs.vfs())
            .encryption(EncryptionConfig.aes256Cbc("k"))
            .build();
    try (Connection connection = database.connect()) {
      fill(connection, 20_000);
      connection.execute("PRAGMA cache_size = 5");
      connection.execute("CREATE TEMP TABLE x AS SELECT * FROM t");
      connection.execute("PRAGMA temp.cache_size = 5");
      connection.execute("CREATE INDEX temp.x_v ON x(v)");
      connection.execute("UPDATE x SET v = v || 'y'");
      assertThat(rows(connection, "SELECT count(*) FROM (SELECT DISTINCT v || 'a' FROM t)"))
          .containsExactly("20000");
      assertThat(rows(connection, "SELECT v FROM t ORDER BY v || hex(zeroblob(5000)) LIMIT 1"))
          .containsExactly(SECRET + "1");
      connection.execute("VACUUM");
      assertSound(connection, 20_000);
      assertThat(rows(connection, "SELECT count(*) FROM x WHERE v LIKE '%y'"))
          .containsExactly("20000");
    }
    assertThat(vfs.files).isGreaterThan(1);
    assertThat(vfs.bytes).isGreaterThan(1_000_000);
    assertThat(vfs.readable).isFalse();
  }

  /** Temporary tables and intermediate results that were there before the first key are no gap. */
  @ParameterizedTest
  @ValueSource(strings = {"PRAGMA key = 'k'", "ATTACH ? AS a KEY 'k'", "PRAGMA rekey = 'k'"})
  void temporaryFilesAreEncryptedFromTheFirstKeyOn(String keySetting) {
    RecordedTemporaries vfs = new RecordedTemporaries();
    String path = folder.resolve("a.db").toString();
    try (Connection connection = Database.builder(path).vfs(vfs.vfs()).build().connect()) {
      String[] filler = {"none", SECRET.toUpperCase(Locale.ROOT)};
      for (String text : filler) {
        connection.execute("CREATE TEMP TABLE x" + text.length() + "(id INTEGER PRIMARY KEY, v)");
        connection.execute("PRAGMA temp.cache_size = 5");
        if (text.equals("none")) {
          continue;
        }
        connection.execute(
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5000)"
                + " INSERT INTO x39 SELECT i, ? || i FROM c",
            text);
      }
      rows(connection, "SELECT DISTINCT v FROM x39 LIMIT 5");
      assertThat(vfs.bytes).isPositive();
      Object[] parameters =
          keySetting.contains("?")
              ? new Object[] {folder.resolve("b.db").toString()}
              : new Object[0];
      connection.execute(keySetting, parameters);
      connection.execute("INSERT INTO x39(v) SELECT lower(v) FROM x39");
      assertThat(rows(connection, "SELECT count(DISTINCT lower(v)) FROM x39"))
          .containsExactly("5000");
      assertThat(rows(connection, "PRAGMA temp.integrity_check")).containsExactly("ok");
    }
    assertThat(vfs.readable).isFalse();
  }

  /** The platform's files; of temporary ones is seen what is written to them. */
  private static final class RecordedTemporaries {
    int files;
    long bytes;
    boolean readable;

    VirtualFileSystem vfs() {
      VirtualFileSystem real = NioVfs.instance();
      return proxy(
          VirtualFileSystem.class,
          (method, arguments) -> {
            Object result = method.invoke(real, arguments);
            if (!method.getName().equals("open") || arguments[0] != null) {
              return result;
            }
            files++;
            return proxy(DatabaseFile.class, (inner, values) -> record(result, inner, values));
          });
    }

    private Object record(Object file, Method method, Object[] arguments)
        throws ReflectiveOperationException {
      if (method.getName().equals("write")) {
        int length = (int) arguments[3];
        byte[] from = (byte[]) arguments[1];
        bytes += length;
        readable |=
            new String(from, (int) arguments[2], length, StandardCharsets.ISO_8859_1)
                .contains("plain content");
      }
      return method.invoke(file, arguments);
    }

    private interface Calls {
      Object call(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
      InvocationHandler handler =
          (proxy, method, arguments) -> {
            try {
              return calls.call(method, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          };
      Class<?>[] types = {type};
      return type.cast(Proxy.newProxyInstance(type.getClassLoader(), types, handler));
    }
  }
}
