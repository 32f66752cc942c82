package org.libsql4j.vtab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.RowText;
import org.libsql4j.Rows;
import org.libsql4j.connection.ConnectionFlag;

/** Virtual tables that run SQL of their own inside of statements. */
class BackedTableTest {
  @TempDir Path directory;
  private Connection connection;

  @BeforeEach
  void open() {
    connection = connect();
    connection.execute("CREATE VIRTUAL TABLE t USING backed");
    connection.execute("INSERT INTO t VALUES ('a', 1), ('b', 2), ('c', 3)");
  }

  private Connection connect() {
    Connection fresh = Database.openLocal(directory.resolve("t.db")).connect();
    fresh.createModule("backed", new BackedModule());
    return fresh;
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private String query(String sql) {
    return RowText.of(connection, sql, " ");
  }

  @Test
  void keepsRowsInItsOwnTable() {
    assertThat(query("SELECT k || v FROM t")).isEqualTo("a1 b2 c3");
    assertThat(query("SELECT k || v FROM t_rows")).isEqualTo("a1 b2 c3");
    connection.execute("UPDATE t SET v = v * 10 WHERE k > 'a'");
    connection.execute("DELETE FROM t WHERE k = 'a'");
    connection.execute("INSERT INTO t SELECT k || k, v FROM t");
    assertThat(query("SELECT k || v FROM t")).isEqualTo("b20 c30 bb20 cc30");
    connection.close();
    connection = connect();
    assertThat(query("SELECT k || v FROM t")).isEqualTo("b20 c30 bb20 cc30");
    assertThat(query("PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void rollsBackWithTheTransaction() {
    connection.execute("BEGIN");
    connection.execute("DELETE FROM t");
    connection.execute("SAVEPOINT s");
    connection.execute("INSERT INTO t VALUES ('x', 9)");
    connection.execute("ROLLBACK TO s");
    assertThat(query("SELECT count(*) FROM t")).isEqualTo("0");
    connection.execute("ROLLBACK");
    assertThat(query("SELECT k || v FROM t")).isEqualTo("a1 b2 c3");
    connection.execute("BEGIN");
    connection.execute("CREATE VIRTUAL TABLE u USING backed");
    connection.execute("INSERT INTO u VALUES (1, 2)");
    connection.execute("ROLLBACK");
    assertThat(query("SELECT group_concat(name) FROM sqlite_schema")).isEqualTo("t,t_rows");
  }

  @Test
  void isRenamedAndDroppedWithItsStorage() {
    connection.execute("ALTER TABLE t RENAME TO u");
    assertThat(query("SELECT name FROM sqlite_schema")).isEqualTo("u u_rows");
    assertThat(query("SELECT k || v FROM u")).isEqualTo("a1 b2 c3");
    connection.execute("DROP TABLE u");
    assertThat(query("SELECT name FROM sqlite_schema")).isEmpty();
  }

  @Test
  void protectsItsStorageInDefensiveMode() {
    assertThat(query("SELECT type FROM pragma_table_list WHERE name = 't_rows'"))
        .isEqualTo("shadow");
    connection.state().set(ConnectionFlag.DEFENSIVE, true);
    assertThatThrownBy(() -> connection.execute("DELETE FROM t_rows"))
        .hasMessage("table t_rows may not be modified");
    connection.execute("DELETE FROM t");
    assertThat(query("SELECT count(*) FROM t_rows")).isEqualTo("0");
  }

  @Test
  void cannotBeDroppedWhileItIsRead() {
    try (Rows rows = connection.query("SELECT * FROM t")) {
      assertThat(rows.next()).isTrue();
      assertThatThrownBy(() -> connection.execute("DROP TABLE t")).hasMessageContaining("locked");
    }
    connection.execute("DROP TABLE t");
  }
}
