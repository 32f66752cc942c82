package org.libsql4j.compat.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gives the result code that the real engine gives, does not hang and loses nothing. */
@Timeout(60)
class BadInputTest {
  private static final int ERROR = 1;
  private static final int READONLY = 8;
  private static final int CORRUPT = 11;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  @TempDir Path folder;

  /** The vendor code of the failure, 0 if there is none. */
  private static int codeOf(String url, String sql) {
    try (Connection db = DriverManager.getConnection(url);
        Statement statement = db.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
      return 0;
    } catch (SQLException e) {
      assertThat(e.getMessage()).isNotBlank();
      return e.getErrorCode();
    }
  }

  /** Both engines, each on its own copy, fail with the same code; ours leaves the file alone. */
  private void assertSameFailure(Path file, String sql, int code) throws IOException {
    Path copy = folder.resolve("copy-" + file.getFileName());
    Files.copy(file, copy);
    byte[] before = Files.readAllBytes(file);
    assertThat(codeOf("jdbc:libsql:" + file, sql)).isEqualTo(code);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(codeOf("jdbc:sqlite:" + copy, sql)).isEqualTo(code);
  }

  private Path database() throws SQLException {
    Path file = folder.resolve("good.db");
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = db.createStatement()) {
      statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)");
      statement.execute(
          "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000)"
              + " INSERT INTO t SELECT n, hex(randomblob(20)) FROM c");
    }
    return file;
  }

  @Test
  void fileThatIsNoDatabase() throws IOException {
    Path file = folder.resolve("text.db");
    Files.write(file, "This is a letter. ".repeat(300).getBytes(StandardCharsets.UTF_8));
    assertSameFailure(file, "SELECT * FROM sqlite_master", NOTADB);
  }

  @Test
  void truncatedFile() throws Exception {
    byte[] good = Files.readAllBytes(database());
    Path file = folder.resolve("truncated.db");
    Files.write(file, Arrays.copyOf(good, good.length / 2));
    assertSameFailure(file, "SELECT sum(length(a)) FROM t", CORRUPT);
  }

  @Test
  void damagedPage() throws Exception {
    byte[] bytes = Files.readAllBytes(database());
    Arrays.fill(bytes, 4096, 8192, (byte) 0xff);
    Path file = folder.resolve("damaged.db");
    Files.write(file, bytes);
    assertSameFailure(file, "SELECT sum(length(a)) FROM t", CORRUPT);
  }

  @Test
  void directory() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("directory.db"));
    assertThat(codeOf("jdbc:libsql:" + directory, "SELECT 1")).isEqualTo(CANTOPEN);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void missingFolder() {
    Path file = folder.resolve("missing").resolve("a.db");
    assertThat(codeOf("jdbc:libsql:" + file, "SELECT 1")).isEqualTo(CANTOPEN);
    assertThat(folder.resolve("missing")).doesNotExist();
  }

  @Test
  void readOnlyConnection() throws Exception {
    Path file = database();
    byte[] before = Files.readAllBytes(file);
    String url = "jdbc:libsql:file:" + file + "?mode=ro";
    assertThat(codeOf(url, "SELECT count(*) FROM t")).isZero();
    assertThat(codeOf(url, "INSERT INTO t VALUES(0, 'x')")).isEqualTo(READONLY);
    assertThat(codeOf("jdbc:libsql:file:" + folder.resolve("absent.db") + "?mode=ro", "SELECT 1"))
        .isEqualTo(CANTOPEN);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void unknownOption() {
    assertThatThrownBy(
            () ->
                DriverManager.getConnection("jdbc:libsql:" + folder.resolve("a.db") + "?jornal=x"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("jornal");
    assertThat(folder.resolve("a.db")).doesNotExist();
  }

  @Test
  void emptyFileIsAnEmptyDatabase() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.db"));
    assertThat(codeOf("jdbc:libsql:" + file, "SELECT * FROM sqlite_master")).isZero();
    assertThat(codeOf("jdbc:libsql:" + file, "SELECT * FROM t")).isEqualTo(ERROR);
    assertThat(Files.size(file)).isZero();
  }

  @Test
  void journalOfGarbage() throws Exception {
    Path file = database();
    byte[] before = Files.readAllBytes(file);
    byte[] garbage = "not a journal at all ".repeat(200).getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("good.db-journal"), garbage);
    assertThat(codeOf("jdbc:libsql:" + file, "SELECT count(*) FROM t")).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }
}
