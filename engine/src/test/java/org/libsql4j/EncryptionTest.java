package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.StatementExecuted;
import org.libsql4j.observe.StatementPrepared;

/**
 * Encrypted databases: keys in the API and in SQL, and what is left of the content in the files.
 */
class EncryptionTest {
  private static final String SECRET = "plain content that nobody else must see";

  @TempDir Path folder;

  private Database database(String name, String key) {
    return Database.builder(folder.resolve(name).toString())
        .encryption(EncryptionConfig.aes256Cbc(key))
        .build();
  }

  private Connection plain(String name) {
    return Database.openLocal(folder.resolve(name)).connect();
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

  private static void fill(Connection connection, int rows) {
    connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
    connection.execute(
        "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ?)"
            + " INSERT INTO t SELECT i, ? || i FROM c",
        rows,
        SECRET);
  }

  private static void assertSound(Connection connection, int rows) {
    assertThat(rows(connection, "SELECT count(*) FROM t WHERE v LIKE '" + SECRET + "%'"))
        .containsExactly("" + rows);
    assertThat(rows(connection, "PRAGMA integrity_check")).containsExactly("ok");
  }

  private void assertNothingReadable() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains("plain content")).as(file.toString()).isFalse();
        assertThat(content.contains("SQLite format 3")).as(file.toString()).isFalse();
        assertThat(content.contains("CREATE TABLE")).as(file.toString()).isFalse();
      }
    }
  }

  private static void assertNotADatabase(Connection connection) {
    assertThatThrownBy(() -> rows(connection, "SELECT * FROM t"))
        .hasMessage("file is not a database")
        .extracting(e -> ((LibsqlException) e).resultCode())
        .isEqualTo(ResultCode.NOTADB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void contentIsInNoFile(String mode) throws IOException {
    for (int size : new int[] {512, 1024, 4096, 65536}) {
      try (Connection connection = database(mode + size + ".db", "k").connect()) {
        connection.execute("PRAGMA page_size = " + size);
        rows(connection, "PRAGMA journal_mode = " + mode);
        connection.execute("PRAGMA cache_size = 5");
        fill(connection, 500);
        connection.execute("BEGIN");
        connection.execute("UPDATE t SET v = v || 'x'");
        connection.execute("SAVEPOINT s");
        connection.execute("UPDATE t SET v = v || 'y'");
        connection.execute("ROLLBACK TO s");
        assertNothingReadable();
        connection.execute("ROLLBACK");
        assertSound(connection, 500);
        connection.execute("DELETE FROM t WHERE id > 200");
        connection.execute("VACUUM");
        assertSound(connection, 200);
        assertNothingReadable();
      }
      try (Connection connection = database(mode + size + ".db", "k").connect()) {
        assertSound(connection, 200);
        assertThat(rows(connection, "PRAGMA page_size")).containsExactly("" + size);
      }
    }
  }

  @Test
  void wrongMissingAndNeedlessKeysAreFoundOutByTheFirstRead() {
    try (Connection connection = database("a.db", "right").connect()) {
      fill(connection, 10);
    }
    try (Connection connection = plain("b.db")) {
      fill(connection, 10);
    }
    try (Connection wrong = database("a.db", "wrong").connect();
        Connection missing = plain("a.db");
        Connection needless = database("b.db", "right").connect();
        Connection none = database("b.db", "").connect()) {
      assertNotADatabase(wrong);
      assertNotADatabase(missing);
      assertNotADatabase(needless);
      assertSound(none, 10);
      // Another connection's schema is of no use to them.
      try (Connection right = database("a.db", "right").connect()) {
        assertSound(right, 10);
        assertNotADatabase(wrong);
        assertThatThrownBy(() -> rows(missing, "SELECT name FROM sqlite_schema"))
            .hasMessage("file is not a database");
      }
    }
  }

  @Test
  void keysInSql() {
    try (Connection connection = plain("a.db")) {
      assertThat(rows(connection, "PRAGMA key = 'abc'")).containsExactly("ok");
      fill(connection, 50);
      assertThat(rows(connection, "PRAGMA key = 'other'")).containsExactly("ok");
      assertNotADatabase(connection);
      assertThat(rows(connection, "PRAGMA hexkey = '616263'")).containsExactly("ok");
      assertSound(connection, 50);
      assertThat(rows(connection, "PRAGMA cipher")).containsExactly("aes256cbc");
      assertThat(rows(connection, "PRAGMA cipher = 'aes256cbc'")).containsExactly("aes256cbc");
      assertThatThrownBy(() -> connection.execute("PRAGMA cipher = 'rot13'"))
          .hasMessage("Cipher 'rot13' unknown.");
      assertThatThrownBy(() -> connection.execute("PRAGMA hexkey = '6'"))
          .hasMessage("Malformed hex string");
      assertThatThrownBy(() -> connection.execute("PRAGMA key")).hasMessage("SQL logic error");
      assertThatThrownBy(() -> connection.execute("PRAGMA temp.key = 'x'"))
          .hasMessage("Setting key not supported for in-memory or temporary databases.");
      assertThatThrownBy(() -> connection.execute("PRAGMA x.key = 'x'"))
          .hasMessage("unknown database x");
      connection.execute("BEGIN");
      rows(connection, "SELECT * FROM t");
      assertThatThrownBy(() -> connection.execute("PRAGMA key = 'x'"))
          .hasMessage("Setting key not supported within a transaction.");
      assertThatThrownBy(() -> connection.execute("PRAGMA rekey = 'x'"))
          .hasMessage("Rekeying not supported within a transaction.");
      connection.execute("COMMIT");
      assertSound(connection, 50);
    }
    try (Connection memory = Database.inMemory().connect()) {
      assertThatThrownBy(() -> memory.execute("PRAGMA rekey = 'x'"))
          .hasMessage("Rekeying not supported for in-memory or temporary databases.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "persist", "wal"})
  void rekeyFromPlainToEncryptedAndBack(String mode) throws IOException {
    Path file = folder.resolve("a.db");
    try (Connection connection = plain("a.db")) {
      rows(connection, "PRAGMA journal_mode = " + mode);
      connection.execute("PRAGMA cache_size = 5");
      fill(connection, 3000);
      connection.execute("DELETE FROM t WHERE id > 1000");
      for (String key : new String[] {"one", "two", "three"}) {
        assertThat(rows(connection, "PRAGMA rekey = '" + key + "'")).containsExactly("ok");
        assertSound(connection, 1000);
        assertThat(rows(connection, "PRAGMA journal_mode")).containsExactly(mode);
        assertNothingReadable();
        try (Connection other = database("a.db", key).connect();
            Connection missing = plain("a.db")) {
          assertSound(other, 1000);
          assertNotADatabase(missing);
        }
      }
      assertThat(rows(connection, "PRAGMA hexrekey = ''")).containsExactly("ok");
      assertSound(connection, 1000);
    }
    try (Connection connection = plain("a.db")) {
      assertSound(connection, 1000);
    }
    assertThat(Files.readAllBytes(file))
        .startsWith("SQLite format 3".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void rekeyNeedsTheDatabaseForItself() {
    try (Connection connection =
            Database.builder(folder.resolve("a.db").toString())
                .busyTimeoutMillis(0)
                .build()
                .connect();
        Connection reader = plain("a.db")) {
      fill(connection, 10);
      reader.execute("BEGIN");
      assertSound(reader, 10);
      assertThatThrownBy(() -> connection.execute("PRAGMA rekey = 'x'"))
          .hasMessage("database is locked");
      reader.execute("COMMIT");
      assertSound(connection, 10);
      assertThat(rows(connection, "PRAGMA rekey = 'x'")).containsExactly("ok");
      assertNotADatabase(reader);
      rows(reader, "PRAGMA key = 'x'");
      assertSound(reader, 10);
    }
  }

  @Test
  void attachedDatabasesInheritTheKeyOrHaveTheirOwn() throws IOException {
    try (Connection connection = database("a.db", "k").connect()) {
      connection.execute("ATTACH '" + folder.resolve("b.db") + "' AS b");
      connection.execute("ATTACH '" + folder.resolve("c.db") + "' AS c KEY 'other'");
      connection.execute("ATTACH '" + folder.resolve("d.db") + "' AS d KEY ''");
      connection.execute("ATTACH '" + folder.resolve("e.db") + "' AS e KEY x'6f74686572'");
      for (String schema : new String[] {"b", "c", "d", "e"}) {
        connection.execute("CREATE TABLE " + schema + ".u(x)");
        connection.execute("INSERT INTO " + schema + ".u VALUES ('" + schema + "')");
      }
      assertThatThrownBy(
              () -> connection.execute("ATTACH '" + folder.resolve("f.db") + "' AS f KEY 5"))
          .hasMessage("Invalid key value");
      assertThatThrownBy(() -> connection.execute("ATTACH '" + folder.resolve("d.db") + "' AS dd"))
          .hasMessage("file is not a database");
      connection.execute("ATTACH ':memory:' AS m");
      connection.execute("CREATE TABLE m.u AS SELECT * FROM b.u");
      assertThat(rows(connection, "PRAGMA c.rekey = 'new'")).containsExactly("ok");
      assertThat(rows(connection, "SELECT x FROM c.u")).containsExactly("c");
    }
    for (String[] pair : new String[][] {{"b", "k"}, {"c", "new"}, {"d", ""}, {"e", "other"}}) {
      try (Connection connection = database(pair[0] + ".db", pair[1]).connect()) {
        assertThat(rows(connection, "SELECT x FROM u")).containsExactly(pair[0]);
      }
    }
  }

  @Test
  void vacuumIntoAndBackupAreEncrypted() throws IOException {
    try (Connection connection = database("a.db", "k").connect()) {
      fill(connection, 300);
      connection.execute("VACUUM INTO '" + folder.resolve("v.db") + "'");
      connection.backupTo(folder.resolve("c.db").toString());
      connection.execute("DELETE FROM t WHERE id > 7");
      connection.restoreFrom(folder.resolve("c.db").toString());
      assertSound(connection, 300);
      try (Connection copy = database("b.db", "other").connect();
          Backup backup = connection.startBackup("main", copy, "main")) {
        while (!backup.step(5)) {}
      }
    }
    assertNothingReadable();
    try (Connection vacuumed = database("v.db", "k").connect();
        Connection copied = database("b.db", "other").connect()) {
      assertSound(vacuumed, 300);
      assertSound(copied, 300);
    }
  }

  @Test
  void keysAreNotTold() {
    EncryptionConfig config = EncryptionConfig.aes256Cbc("geheim");
    assertThat(config.toString()).isEqualTo("EncryptionConfig[aes256cbc]");
    assertThat(config).isEqualTo(EncryptionConfig.of("AES256CBC", "geheim"));
    assertThat(config).isNotEqualTo(EncryptionConfig.aes256Cbc("geheim "));
    assertThatThrownBy(() -> EncryptionConfig.of("chacha20", "geheim"))
        .hasMessage("no such cipher: chacha20; there is aes256cbc only")
        .extracting(e -> ((LibsqlException) e).resultCode())
        .isEqualTo(ResultCode.MISUSE);
  }

  @Test
  void listenersAndTracesDoNotLearnKeys() {
    StringBuilder told = new StringBuilder();
    EngineListener listener =
        new EngineListener() {
          @Override
          public void statementPrepared(StatementPrepared event) {
            told.append(event).append('\n');
          }

          @Override
          public void statementExecuted(StatementExecuted event) {
            told.append(event).append('\n');
          }
        };
    Database database =
        Database.builder(folder.resolve("a.db").toString())
            .encryption(EncryptionConfig.aes256Cbc("geheim"))
            .listener(listener)
            .build();
    try (Connection connection = database.connect()) {
      connection.setTrace(text -> told.append(text).append('\n'));
      fill(connection, 3);
      for (String sql :
          new String[] {
            "PRAGMA key = 'geheim'",
            "/* x */ pragma main.\"key\"('geheim')",
            "PRAGMA hexkey = '67656865696d'",
            "EXPLAIN PRAGMA rekey = geheim",
            "PRAGMA rekey = 'geheim",
            "PRAGMA rekey = 'geheim' 'geheim'",
            "ATTACH '" + folder.resolve("b.db") + "' AS b KEY 'geheim'",
            "ATTACH '" + folder.resolve("c.db") + "' AS c KEY x'67656865696d'",
            "SELECT 1; PRAGMA key = 'geheim'; SELECT 2",
          }) {
        try {
          connection.executeMultiple(sql);
        } catch (LibsqlException e) {
          assertThat(e.getMessage()).contains("geheim"); // What is not SQL is quoted in errors.
        }
      }
      connection.execute("ATTACH '" + folder.resolve("d.db") + "' AS d KEY ?", "geheim");
      assertSound(connection, 3);
    }
    assertThat(database.toString()).doesNotContain("geheim");
    assertThat(told.toString()).contains("'***'", "SELECT 2", "AS b KEY", "pragma main");
    assertThat(told.toString().replaceAll("error=.*", ""))
        .doesNotContain("geheim")
        .doesNotContain("67656865696d");
  }

  @Test
  void rekeyWithAutoVacuumAndInWalModeWithOthers() {
    try (Connection connection =
        Database.builder(folder.resolve("a.db").toString())
            .busyTimeoutMillis(0)
            .build()
            .connect()) {
      connection.execute("PRAGMA auto_vacuum = 2");
      fill(connection, 3000);
      connection.execute("DELETE FROM t WHERE id % 3 = 0");
      connection.execute("PRAGMA auto_vacuum = 1");
      connection.execute("PRAGMA cache_size = 5");
      rows(connection, "PRAGMA rekey = 'one'");
      assertSound(connection, 2000);
      rows(connection, "PRAGMA journal_mode = wal");
      try (Connection other = database("a.db", "one").connect()) {
        assertSound(other, 2000);
        assertThatThrownBy(() -> rows(connection, "PRAGMA rekey = 'two'"))
            .hasMessage("database is locked");
        connection.execute("DELETE FROM t WHERE id > 1500");
        assertSound(other, 1000);
      }
      rows(connection, "PRAGMA rekey = 'two'");
      assertSound(connection, 1000);
      assertThat(rows(connection, "PRAGMA journal_mode")).containsExactly("wal");
    }
    try (Connection connection = database("a.db", "two").connect()) {
      assertSound(connection, 1000);
    }
  }

  @Test
  void filesThatAreReadOnlyOrEmpty() throws IOException {
    try (Connection connection = database("empty.db", "k").connect()) {
      assertThat(rows(connection, "SELECT count(*) FROM sqlite_schema")).containsExactly("0");
      rows(connection, "PRAGMA rekey = 'other'");
      fill(connection, 5);
    }
    Database.Builder builder =
        Database.builder(folder.resolve("empty.db").toString())
            .encryption(EncryptionConfig.aes256Cbc("other"));
    try (Connection connection = builder.readOnly(true).build().connect()) {
      assertSound(connection, 5);
      assertThatThrownBy(() -> connection.execute("PRAGMA rekey = 'x'"))
          .hasMessage("attempt to write a readonly database");
      assertSound(connection, 5);
    }
    try (Connection connection = builder.immutable(true).build().connect()) {
      assertSound(connection, 5);
    }
    assertNothingReadable();
  }

  @Test
  void pageSizesOfCopies() {
    try (Connection connection = database("a.db", "k").connect();
        Connection small = database("small.db", "k").connect()) {
      small.execute("PRAGMA page_size = 512");
      fill(small, 10);
      fill(connection, 300);
      connection.execute("PRAGMA page_size = 1024");
      connection.execute("VACUUM");
      assertThat(rows(connection, "PRAGMA page_size")).containsExactly("4096");
      assertSound(connection, 300);
      connection.execute("VACUUM INTO '" + folder.resolve("v.db") + "'");
      try (Backup backup = connection.startBackup("main", small, "main")) {
        assertThatThrownBy(() -> backup.step()).hasMessage("attempt to write a readonly database");
      }
      assertSound(small, 10);
    }
    try (Connection vacuumed = database("v.db", "k").connect()) {
      assertThat(rows(vacuumed, "PRAGMA page_size")).containsExactly("1024");
      assertSound(vacuumed, 300);
    }
  }
}
