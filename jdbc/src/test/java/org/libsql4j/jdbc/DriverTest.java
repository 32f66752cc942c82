package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.connection.Limit;

class DriverTest {
  @TempDir Path folder;

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void findsTheDriverByTheUrlWhateverItsCase() throws SQLException {
    for (String url : new String[] {"jdbc:libsql::memory:", "JDBC:LIBSQL::memory:"}) {
      try (Connection connection = DriverManager.getConnection(url)) {
        assertThat(connection.isWrapperFor(LibsqlConnection.class)).isTrue();
        assertThat(connection.unwrap(org.libsql4j.Connection.class)).isNotNull();
      }
    }
    assertThat(new LibsqlDriver().acceptsURL("jdbc:sqlite:x")).isFalse();
    assertThat(new LibsqlDriver().connect("jdbc:sqlite:x", new Properties())).isNull();
  }

  @Test
  void opensFilesInAllSpellings() throws SQLException {
    String path = file("a b.db");
    try (Connection connection = DriverManager.getConnection("jdbc:libsql:" + path)) {
      TestDatabases.execute(connection, "CREATE TABLE t(a)", "INSERT INTO t VALUES (7)");
    }
    assertThat(folder.resolve("a b.db")).exists();
    for (String spelling :
        new String[] {
          "file:" + path,
          "file:" + path.replace(" ", "%20") + "?mode=rw",
          "file://" + path,
          "file://localhost" + path,
          path + "?busy_timeout=10"
        }) {
      try (Connection connection = DriverManager.getConnection("jdbc:libsql:" + spelling)) {
        assertThat(TestDatabases.value(connection, "SELECT a FROM t")).isEqualTo("7");
      }
    }
  }

  @Test
  void opensATemporaryDatabaseForAnEmptyPath() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:libsql:")) {
      TestDatabases.execute(connection, "CREATE TABLE t(a)");
    }
  }

  @Test
  void sharesNamedDatabasesInMemory() throws SQLException {
    String url = "jdbc:libsql:file:shared1?mode=memory&cache=shared";
    try (Connection first = DriverManager.getConnection(url)) {
      TestDatabases.execute(first, "CREATE TABLE t(a)", "INSERT INTO t VALUES (7)");
      try (Connection second = DriverManager.getConnection(url)) {
        assertThat(TestDatabases.value(second, "SELECT a FROM t")).isEqualTo("7");
      }
      try (Connection other =
          DriverManager.getConnection("jdbc:libsql:file:shared2?mode=memory&cache=shared")) {
        assertThatThrownBy(() -> TestDatabases.value(other, "SELECT a FROM t"))
            .hasMessageContaining("no such table");
      }
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:libsql::memory:?nosuch=1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("nosuch");
    Properties properties = new Properties();
    properties.setProperty("nosuch", "1");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:libsql::memory:", properties))
        .hasMessageContaining("nosuch");
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:libsql::memory:?transaction_mode=EAGER"))
        .hasMessageContaining("EAGER");
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:libsql://example.org?syncUrl=http://x"))
        .hasMessageContaining("syncUrl needs a local file");
  }

  @Test
  void opensReadOnly() throws SQLException {
    String path = file("r.db");
    try (Connection connection = DriverManager.getConnection("jdbc:libsql:" + path)) {
      TestDatabases.execute(connection, "CREATE TABLE t(a)");
    }
    for (String option : new String[] {"mode=ro", "open_mode=1"}) {
      try (Connection connection =
          DriverManager.getConnection("jdbc:libsql:file:" + path + "?" + option)) {
        assertThat(connection.isReadOnly()).isTrue();
        assertThatThrownBy(() -> TestDatabases.execute(connection, "INSERT INTO t VALUES (1)"))
            .hasMessageContaining("SQLITE_READONLY");
        connection.setReadOnly(false); // As HikariCP does unless told that it is read-only.
        assertThat(connection.isReadOnly()).isTrue();
        assertThat((Throwable) connection.getWarnings()).hasMessageContaining("opened read-only");
      }
    }
  }

  @Test
  void doesNotCreateFilesWhenToldSo() {
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:libsql:file:" + file("no.db") + "?mode=rw"))
        .isInstanceOf(SQLNonTransientConnectionException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"))
        .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(14));
    assertThat(Files.exists(folder.resolve("no.db"))).isFalse();
  }

  @Test
  void setsPragmasAndLimits() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("foreign_keys", "true");
    properties.setProperty("limit_attached", "3");
    properties.setProperty("cache_size", "-4000");
    properties.setProperty("user", "ignored");
    properties.setProperty("password", "");
    try (Connection connection =
        DriverManager.getConnection("jdbc:libsql::memory:?cache_size=-5000", properties)) {
      assertThat(TestDatabases.value(connection, "PRAGMA foreign_keys")).isEqualTo("1");
      assertThat(TestDatabases.value(connection, "PRAGMA cache_size")).isEqualTo("-5000");
      assertThat(connection.unwrap(org.libsql4j.Connection.class).state().limit(Limit.ATTACHED))
          .isEqualTo(3);
    }
  }

  @Test
  void describesItsProperties() throws SQLException {
    assertThat(new LibsqlDriver().getPropertyInfo("jdbc:libsql:", null))
        .anySatisfy(
            info -> {
              assertThat(info.name).isEqualTo("journal_mode");
              assertThat(info.choices).contains("WAL");
            });
  }

  @Test
  void worksAsADataSource() throws SQLException {
    LibsqlDataSource source = new LibsqlDataSource();
    source.setUrl("jdbc:libsql:" + file("d.db"));
    source.setProperty("foreign_keys", "true");
    try (Connection connection = source.getConnection()) {
      assertThat(TestDatabases.value(connection, "PRAGMA foreign_keys")).isEqualTo("1");
    }
  }

  @Test
  void encryptsFilesAndTellsNobodyOfTheKey() throws Exception {
    String url = "jdbc:libsql:" + file("e.db");
    String options = "?encryptionKey=geheim%26mehr&encryptionCipher=aes256cbc&cache_size=99";
    try (Connection connection = DriverManager.getConnection(url + options)) {
      TestDatabases.execute(connection, "CREATE TABLE t AS SELECT 'content' AS a");
      assertThat(connection.getMetaData().getURL())
          .isEqualTo(url + "?encryptionCipher=aes256cbc&cache_size=99");
      assertThat(connection.toString()).doesNotContain("geheim");
    }
    assertThat(Files.readString(folder.resolve("e.db"), StandardCharsets.ISO_8859_1))
        .doesNotContain("content")
        .doesNotContain("SQLite");
    Properties properties = new Properties();
    properties.setProperty("encryptionKey", "geheim&mehr");
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      assertThat(TestDatabases.value(connection, "SELECT a FROM t")).isEqualTo("content");
    }
    for (String wrong : new String[] {"", "?encryptionKey=other", "?encryptionKey="}) {
      try (Connection connection = DriverManager.getConnection(url + wrong)) {
        assertThatThrownBy(() -> TestDatabases.value(connection, "SELECT a FROM t"))
            .hasMessageContaining("file is not a database")
            .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(26));
      }
    }
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                    url + "?encryptionKey=geheim&encryptionCipher=chacha20"))
        .isInstanceOf(SQLException.class)
        .hasMessageNotContaining("geheim")
        .hasMessageContaining("cannot be chacha20");
    assertThatThrownBy(() -> DriverManager.getConnection(url + "?encryptionKey=geheim&x"))
        .hasMessageNotContaining("geheim");
    assertThatThrownBy(() -> DriverManager.getConnection(url, "", "geheim"))
        .hasMessageContaining("encryptionKey")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void saysWhichOptionWasMeant() {
    String[][] cases = {
      {"forign_keys=on", "did you mean foreign_keys?"},
      {"busyTimeout=5", "did you mean busy_timeout?"},
      {"journalmode=wal", "did you mean journal_mode?"},
      {"cachesize=5", "did you mean cache_size?"},
      {"date-class=TEXT", "did you mean date_class?"},
      {"xyz=5", "unknown connection option: xyz"},
      {"foreign_keys=maybe", "cannot be maybe, but true or false"},
      {"journal_mode=bogus", "but DELETE, TRUNCATE, PERSIST, MEMORY, WAL, OFF"},
      {"synchronous=often", "but OFF, NORMAL, FULL, EXTRA"},
      {"synchronous=4", "but OFF, NORMAL, FULL, EXTRA"},
      {"page_size=1000", "a power of two from 512 to 65536"},
      {"cache_size=many", "a whole number"},
      {"secure_delete=slow", "true, false, or fast"},
      {"encoding=latin1", "unsupported encoding: latin1"},
    };
    for (String[] c : cases) {
      assertThatThrownBy(() -> DriverManager.getConnection("jdbc:libsql::memory:?" + c[0]))
          .as(c[0])
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(c[1]);
    }
  }

  @Test
  void takesEveryValueThatAPragmaTakes() throws SQLException {
    for (String option :
        new String[] {
          "foreign_keys=ON",
          "foreign_keys=0",
          "synchronous=3",
          "synchronous=extra",
          "temp_store=2",
          "auto_vacuum=FULL",
          "journal_mode=Memory",
          "secure_delete=FAST",
          "cache_spill=100",
          "cache_size=-4000",
          "page_size=65536",
          "user_version=-5"
        }) {
      DriverManager.getConnection("jdbc:libsql::memory:?" + option).close();
    }
  }

  @Test
  void propertiesNeedNotBeTexts() throws SQLException {
    Properties properties = new Properties(new Properties());
    properties.put("busy_timeout", 77);
    properties.put("foreign_keys", false);
    try (Connection connection = DriverManager.getConnection("jdbc:libsql::memory:", properties)) {
      assertThat(TestDatabases.value(connection, "PRAGMA busy_timeout")).isEqualTo("77");
      assertThat(TestDatabases.value(connection, "PRAGMA foreign_keys")).isEqualTo("0");
    }
    properties.put("misspelt", 5);
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:libsql::memory:", properties))
        .hasMessageContaining("unknown connection option: misspelt");
  }

  @Test
  void propertyInfoKnowsWhatTheUrlSays() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", "5");
    properties.setProperty("foreign_keys", "true");
    java.util.Map<String, String> values = new java.util.HashMap<>();
    for (java.sql.DriverPropertyInfo info :
        new LibsqlDriver().getPropertyInfo("jdbc:libsql:x?Foreign_Keys=off", properties)) {
      values.put(info.name, info.value);
      assertThat(info.description).isNotEmpty();
    }
    assertThat(values).containsEntry("foreign_keys", "off").containsEntry("busy_timeout", "5");
    assertThat(values.get("cache_size")).isNull();
  }
}
