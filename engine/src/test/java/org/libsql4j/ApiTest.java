package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** What the public API promises, on a file that SQLite made. */
class ApiTest {
  @TempDir Path folder;
  private String path = "";

  @BeforeEach
  void create() throws Exception {
    path = folder.resolve("test.db").toString();
    sqlite(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, v REAL, data BLOB)",
        "INSERT INTO t VALUES (1,'one',1.5,x'0102'),(2,NULL,2.0,NULL),(3,'drei',-1,x'')");
  }

  private void sqlite(String... statements) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Connection open() {
    return Database.openLocal(path).connect();
  }

  @Test
  void readsColumnsOfAllTypes() {
    try (Connection connection = open();
        Rows rows = connection.query("SELECT id, name, v, data FROM t ORDER BY id")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(1);
      assertThat(rows.getType(0)).isEqualTo(ValueType.INTEGER);
      assertThat(rows.getString(1)).isEqualTo("one");
      assertThat(rows.getDouble(2)).isEqualTo(1.5);
      assertThat(rows.getType(2)).isEqualTo(ValueType.REAL);
      assertThat(rows.getBlob(3)).containsExactly(1, 2);
      assertThat(rows.getType(3)).isEqualTo(ValueType.BLOB);
      assertThat(rows.next()).isTrue();
      assertThat(rows.isNull(1)).isTrue();
      assertThat(rows.getString(1)).isNull();
      assertThat(rows.getObject(2)).isEqualTo(2.0);
      assertThat(rows.getString(2)).isEqualTo("2.0");
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void describesColumns() {
    try (Connection connection = open();
        Statement statement = connection.prepare("SELECT name AS n, id+1 FROM t AS x")) {
      assertThat(statement.columnCount()).isEqualTo(2);
      assertThat(statement.columnName(0)).isEqualTo("n");
      assertThat(statement.columnDeclaredType(0)).isEqualTo("TEXT");
      assertThat(statement.columnOrigin(0)).isEqualTo("name");
      assertThat(statement.columnTable(0)).isEqualTo("t");
      assertThat(statement.columnDatabase(0)).isEqualTo("main");
      assertThat(statement.columnName(1)).isEqualTo("id+1");
      assertThat(statement.columnDeclaredType(1)).isNull();
      assertThat(statement.isReadOnly()).isTrue();
      assertThatThrownBy(() -> statement.getLong(0)).isInstanceOf(LibsqlException.class);
      assertThatThrownBy(() -> statement.columnName(2)).hasMessage("column index out of range");
    }
  }

  @Test
  void bindsByPositionAndName() {
    try (Connection connection = open();
        Statement statement = connection.prepare("SELECT ?1, :name, $x, ?1")) {
      assertThat(statement.parameterCount()).isEqualTo(3);
      assertThat(statement.parameterName(2)).isEqualTo(":name");
      assertThat(statement.parameterIndex("$x")).isEqualTo(3);
      statement.bind(1, 7);
      statement.bind(":name", "grün");
      statement.bind(3, new byte[] {1, 2, 3});
      assertThat(statement.step()).isTrue();
      assertThat(statement.getLong(0)).isEqualTo(7);
      assertThat(statement.getString(1)).isEqualTo("grün");
      assertThat(statement.getBlob(2)).containsExactly(1, 2, 3);
      assertThat(statement.getLong(3)).isEqualTo(7);
      assertThatThrownBy(() -> statement.bind(1, 8))
          .isInstanceOfSatisfying(
              LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(ResultCode.MISUSE));
      statement.reset();
      statement.clearBindings();
      assertThat(statement.step()).isTrue();
      assertThat(statement.isNull(0)).isTrue();
      assertThatThrownBy(() -> statement.bind(4, 1)).hasMessage("column index out of range");
    }
  }

  @Test
  void writesAndCounts() {
    try (Connection connection = open()) {
      assertThat(connection.execute("INSERT INTO t(name) VALUES (?), (?)", "a", "b")).isEqualTo(2);
      assertThat(connection.lastInsertRowid()).isEqualTo(5);
      assertThat(connection.execute("UPDATE t SET v = 0 WHERE id > ?", 2)).isEqualTo(3);
      assertThat(connection.changes()).isEqualTo(3);
      assertThat(connection.totalChanges()).isEqualTo(5);
      connection.begin();
      assertThat(connection.isAutoCommit()).isFalse();
      connection.execute("DELETE FROM t");
      connection.rollback();
      assertThat(connection.isAutoCommit()).isTrue();
      try (Rows rows = connection.query("SELECT id FROM t WHERE id = 5")) {
        assertThat(rows.next()).isTrue();
      }
      assertThatThrownBy(() -> connection.execute("INSERT INTO t(id) VALUES (1)"))
          .hasMessage("UNIQUE constraint failed: t.id");
    }
  }

  @Test
  void runsSeveralStatements() {
    try (Connection connection = open()) {
      connection.executeMultiple(
          "INSERT INTO t(id) VALUES (10); -- comment\nDELETE FROM t WHERE id=10; SELECT 1;;");
      assertThat(connection.totalChanges()).isEqualTo(2);
      assertThatThrownBy(() -> connection.execute("SELECT 1; SELECT 2"))
          .isInstanceOf(LibsqlException.class);
      Statement first = connection.prepare("SELECT 1; SELECT 2");
      assertThat(first.sql().trim()).startsWith("SELECT 1");
      Statement second = connection.prepare("SELECT 1; SELECT 2", first.tailOffset());
      second.step();
      assertThat(second.getLong(0)).isEqualTo(2);
    }
  }

  @Test
  void followsSchemaChangesOfOthers() throws Exception {
    try (Connection connection = open();
        Statement statement = connection.prepare("SELECT * FROM t WHERE id = ?")) {
      statement.bind(1, 1);
      assertThat(statement.step()).isTrue();
      assertThat(statement.columnCount()).isEqualTo(4);
      statement.reset();
      sqlite("ALTER TABLE t ADD COLUMN extra DEFAULT 'new'");
      assertThat(statement.step()).isTrue();
      assertThat(statement.columnCount()).isEqualTo(5);
      assertThat(statement.getString(4)).isEqualTo("new");
      statement.reset();
      sqlite("DROP TABLE t");
      assertThatThrownBy(statement::step).hasMessage("no such table: t");
    }
  }

  @Test
  void saysWhatIsClosed() {
    Connection connection = open();
    Statement statement = connection.prepare("SELECT 1");
    statement.step();
    statement.close();
    statement.close();
    assertThatThrownBy(statement::step).hasMessage("statement is closed");
    Statement other = connection.prepare("SELECT 1");
    connection.close();
    connection.close();
    assertThat(other.isClosed()).isTrue();
    assertThatThrownBy(() -> connection.prepare("SELECT 1")).hasMessage("connection is closed");
  }

  @Test
  void interruptsAndAsksTheProgressHandler() {
    try (Connection connection = open()) {
      connection.begin();
      connection.execute("INSERT INTO t(id) VALUES (50)");
      connection.setProgressHandler(10, () -> true);
      assertThatThrownBy(
              () -> connection.execute("SELECT * FROM t a, t b, t c, t d, t e WHERE a.v > 99"))
          .isInstanceOfSatisfying(
              LibsqlException.class,
              e -> assertThat(e.resultCode()).isEqualTo(ResultCode.INTERRUPT));
      assertThat(connection.isAutoCommit()).isFalse();
      connection.setProgressHandler(0, null);
      connection.interrupt();
      connection.execute("SELECT * FROM t");
    }
  }

  @Test
  void hooksHear() {
    List<String> heard = new ArrayList<>();
    try (Connection connection = open()) {
      connection.setUpdateHook(
          (change, database, table, rowid) ->
              heard.add(change + " " + database + "." + table + " " + rowid));
      connection.setCommitHook(
          () -> {
            heard.add("commit");
            return false;
          });
      connection.setRollbackHook(() -> heard.add("rollback"));
      connection.execute("INSERT INTO t(id) VALUES (9)");
      connection.execute("UPDATE t SET v = 1 WHERE id = 9");
      connection.execute("DELETE FROM t WHERE id = 9");
      connection.setCommitHook(() -> true);
      assertThatThrownBy(() -> connection.execute("INSERT INTO t(id) VALUES (9)"))
          .isInstanceOfSatisfying(
              LibsqlException.class,
              e -> assertThat(e.resultCode()).isEqualTo(ResultCode.CONSTRAINT_COMMITHOOK));
    }
    assertThat(heard)
        .containsExactly(
            "INSERT main.t 9",
            "commit",
            "UPDATE main.t 9",
            "commit",
            "DELETE main.t 9",
            "commit",
            "INSERT main.t 9",
            "rollback");
  }

  @Test
  void explains() {
    try (Connection connection = open();
        Rows rows = connection.query("EXPLAIN SELECT * FROM t WHERE id = 1")) {
      assertThat(rows.columnName(1)).isEqualTo("opcode");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("Init");
    }
    try (Connection connection = open();
        Rows rows = connection.query("EXPLAIN QUERY PLAN SELECT * FROM t WHERE id = 1")) {
      assertThat(rows.columnName(3)).isEqualTo("detail");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(3)).isEqualTo("SEARCH t USING INTEGER PRIMARY KEY (rowid=?)");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void understandsUris() {
    try (Connection connection = Database.openLocal("file:" + path + "?mode=ro").connect()) {
      assertThatThrownBy(() -> connection.execute("INSERT INTO t(id) VALUES (70)"))
          .hasMessage("attempt to write a readonly database");
    }
    assertThatThrownBy(() -> Database.openLocal("file:" + path + "x?mode=rw").connect())
        .hasMessage("unable to open database file");
    assertThatThrownBy(() -> Database.openLocal("file:" + path + "?mode=no").connect())
        .hasMessage("no such access mode: no");
    try (Connection connection = Database.openLocal("file:any?mode=memory").connect()) {
      connection.execute("SELECT 1");
    }
  }

  @Test
  void keepsTextInTheEncodingOfTheDatabase() throws Exception {
    path = folder.resolve("utf16.db").toString();
    sqlite(
        "PRAGMA encoding='UTF-16le'",
        "CREATE TABLE w(a TEXT, b)",
        "CREATE INDEX wa ON w(a)",
        "INSERT INTO w VALUES ('äöü', 1), ('abc', 2)");
    try (Connection connection = open()) {
      connection.execute("INSERT INTO w VALUES (?, ?)", "ß€", 3);
      try (Rows rows = connection.query("SELECT b FROM w WHERE a = ?", "ß€")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(0)).isEqualTo(3);
      }
      try (Rows rows = connection.query("SELECT a || '!' || b FROM w ORDER BY a DESC LIMIT 2")) {
        rows.next();
        String last = rows.getString(0);
        rows.next();
        assertThat(List.of(last, String.valueOf(rows.getString(0))))
            .containsExactly("äöü!1", "ß€!3");
      }
      byte[] number = {'1', 0, '2', 0};
      try (Rows rows = connection.query("SELECT ?1 + 1, ?1, x'61006200'", number)) {
        rows.next();
        assertThat(rows.getLong(0)).isEqualTo(13);
        assertThat(rows.getString(1)).isEqualTo("12");
        assertThat(rows.getString(2)).isEqualTo("ab");
        assertThat(rows.getBlob(1)).isEqualTo(number);
      }
    }
    sqlite("SELECT CASE WHEN (SELECT count(*) FROM w WHERE a='ß€')=1 THEN 1 ELSE abs('x'/0) END");
  }

  @Test
  void readersSurviveWritersOfTheSameConnection() {
    try (Connection connection = open()) {
      connection.begin();
      for (int i = 100; i < 2000; i++) {
        connection.execute("INSERT INTO t(id, name) VALUES (?, 'x' || ?)", i, i);
      }
      connection.commit();
      long seen = 0;
      try (Rows rows = connection.query("SELECT id FROM t WHERE id >= 100")) {
        while (rows.next()) {
          seen++;
          long id = rows.getLong(0);
          connection.execute("DELETE FROM t WHERE id = ?", id);
          connection.execute("UPDATE t SET v = 1 WHERE id = ?", id + 7);
        }
      }
      assertThat(seen).isEqualTo(1900);
      try (Rows rows = connection.query("SELECT count(*) FROM t")) {
        rows.next();
        assertThat(rows.getLong(0)).isEqualTo(3);
      }
    }
  }

  @Test
  void readersGoOnAfterARollbackThatLeavesTheSchemaAlone() {
    try (Connection connection = open()) {
      connection.begin();
      connection.execute("INSERT INTO t(id) VALUES (10)");
      try (Rows rows = connection.query("SELECT id FROM t")) {
        assertThat(rows.next()).isTrue();
        connection.rollback();
        int seen = 1;
        while (rows.next()) {
          seen++;
        }
        assertThat(seen).isEqualTo(3);
      }
      assertThat(connection.isAutoCommit()).isTrue();
      try (Rows rows = connection.query("SELECT count(*) FROM t")) {
        rows.next();
        assertThat(rows.getLong(0)).isEqualTo(3);
      }
    }
  }
}
