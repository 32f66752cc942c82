package org.libsql4j.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Row;
import org.libsql4j.Statement;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Collations;

/** Connections that run what others have compiled, and those that must not. */
class SharedProgramsTest {
  private static final String SCHEMA =
      """
      CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT COLLATE NOCASE, c);
      CREATE INDEX t_b ON t(b);
      CREATE TABLE strict(x INTEGER, y TEXT) STRICT;
      INSERT INTO t VALUES(1, 'one', 'Eins'), (2, 'TWO', 'Zwei'), (3, 'three', 'Drei');
      """;

  /** Not what NOCASE usually is. */
  private static final class Exact implements Collation {
    @Override
    public String name() {
      return "NOCASE";
    }

    @Override
    public int compare(byte[] left, int at, int length, byte[] right, int other, int otherLength) {
      return Collations.BINARY.compare(left, at, length, right, other, otherLength);
    }
  }

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void create() {
    file = folder.resolve("a.db");
    try (Connection connection = open()) {
      connection.executeMultiple(SCHEMA);
    }
  }

  private Connection open() {
    return Database.openLocal(file.toString()).connect();
  }

  /** Whether a connection would find what another one made of a text. */
  private static boolean knows(Connection connection, String sql) {
    return SharedPrograms.find(connection.state(), sql) != null;
  }

  private static List<String> rows(Connection connection, String sql) {
    List<String> rows = new ArrayList<>();
    for (Row row : connection.query(sql).toList()) {
      rows.add(String.valueOf(row));
    }
    return rows;
  }

  /** Runs a text on so many connections that the next one finds its program. */
  private List<String> makeKnown(String sql) {
    List<String> answer = List.of();
    for (int i = 0; i < 4; i++) {
      try (Connection connection = open()) {
        answer = rows(connection, sql);
      }
    }
    try (Connection connection = open()) {
      assertThat(knows(connection, sql)).isTrue();
    }
    return answer;
  }

  @Test
  void giveWhatACompiledStatementGives() {
    for (String sql :
        List.of(
            "SELECT * FROM t",
            "SELECT a, upper(c) || 'x', x'00ff' FROM t WHERE b = 'two' OR a > 2 ORDER BY c DESC",
            "SELECT count(*), max(b), group_concat(c, ', ') FROM t GROUP BY a % 2",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)"
                + " SELECT i, (SELECT c FROM t WHERE a = i) FROM n",
            "SELECT row_number() OVER (ORDER BY b) FROM t",
            "SELECT 1 WHERE 'a' IN ('a', 'b') AND 'One' IN (SELECT b FROM t)")) {
      List<String> answer = makeKnown(sql);
      try (Connection connection = open()) {
        assertThat(rows(connection, sql)).as(sql).isEqualTo(answer);
        connection.execute("CREATE TEMP TABLE other(a)");
        assertThat(knows(connection, sql)).isFalse();
        assertThat(rows(connection, sql)).as(sql).isEqualTo(answer);
      }
    }
  }

  @Test
  void changeRowsAndTellHooks() {
    for (int i = 10; i < 16; i++) {
      List<String> told = new ArrayList<>();
      try (Connection connection = open()) {
        connection.setUpdateHook(
            (change, database, table, rowid) -> told.add(change + " " + table + " " + rowid));
        connection.execute("INSERT INTO t VALUES(?1, 'n' || ?1, 'ä')", (long) i);
        connection.execute("UPDATE t SET c = c || 'ö' WHERE a = ?1", (long) i);
        assertThat(rows(connection, "SELECT c FROM t WHERE a = " + i)).hasSize(1);
        assertThat(connection.execute("DELETE FROM t WHERE a = ?1", (long) i)).isEqualTo(1);
        assertThatThrownBy(() -> connection.execute("INSERT INTO strict VALUES('x', 1)"))
            .hasMessageContaining("cannot store TEXT value in INTEGER column strict.x");
      }
      assertThat(told).containsExactly("INSERT t " + i, "UPDATE t " + i, "DELETE t " + i);
    }
    try (Connection connection = open()) {
      assertThat(knows(connection, "INSERT INTO t VALUES(?1, 'n' || ?1, 'ä')")).isTrue();
      assertThat(knows(connection, "INSERT INTO strict VALUES('x', 1)")).isTrue();
    }
  }

  @Test
  void followTheSchema() throws Exception {
    String sql = "SELECT * FROM t WHERE a = 1";
    makeKnown(sql);
    try (java.sql.Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        java.sql.Statement statement = other.createStatement();
        Connection before = open();
        Statement prepared = before.prepare(sql)) {
      statement.executeUpdate("ALTER TABLE t ADD COLUMN d DEFAULT 'new'");
      assertThat(prepared.step()).isTrue();
      assertThat(prepared.columnCount()).isEqualTo(4);
      try (Connection after = open()) {
        assertThat(knows(after, sql)).isFalse();
        assertThat(rows(after, sql)).containsExactly("{a=1, b=one, c=Eins, d=new}");
      }
    }
    Path other = folder.resolve("other.db");
    try (Connection connection = Database.openLocal(other.toString()).connect()) {
      connection.executeMultiple("CREATE TABLE s(z); CREATE TABLE t(c, a)");
      connection.execute("INSERT INTO t VALUES('other', 1)");
    }
    makeKnown(sql);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    try (Connection connection = open()) {
      assertThat(rows(connection, sql)).containsExactly("{c=other, a=1}");
    }
  }

  @Test
  void followStatistics() {
    String sql = "SELECT c FROM t WHERE b = 'one'";
    makeKnown(sql);
    try (Connection connection = open()) {
      connection.execute("ANALYZE");
    }
    try (Connection connection = open()) {
      assertThat(knows(connection, sql)).isFalse();
    }
    makeKnown(sql);
    try (Connection connection = open()) {
      connection.execute("UPDATE sqlite_stat1 SET stat = '9000 8000' WHERE idx = 't_b'");
    }
    try (Connection connection = open()) {
      assertThat(knows(connection, sql)).isFalse();
      assertThat(rows(connection, sql)).hasSize(1);
    }
    makeKnown(sql);
    try (Connection connection = open()) {
      connection.execute("ANALYZE");
      assertThat(knows(connection, sql)).isFalse();
    }
  }

  @Test
  void areNotForConnectionsWithSomethingOfTheirOwn() {
    String sql = "SELECT upper(c) FROM t WHERE b = 'ONE'";
    makeKnown(sql);
    try (Connection connection = open()) {
      connection.createFunction(
          FunctionDefinition.scalar(
              "upper",
              1,
              EnumSet.of(Flag.DETERMINISTIC),
              (context, arguments) -> context.result().setText("own")));
      assertThat(rows(connection, sql)).containsExactly("{upper(c)=own}");
    }
    try (Connection connection = open()) {
      connection.createCollation(new Exact());
      assertThat(rows(connection, sql)).isEmpty();
    }
    try (Connection connection = open()) {
      connection.setAuthorizer(
          (action, first, second, database, trigger) ->
              action == Authorizer.READ && "c".equals(second) ? Authorizer.DENY : Authorizer.OK);
      assertThatThrownBy(() -> connection.query(sql)).hasMessageContaining("prohibited");
    }
    try (Connection connection = open()) {
      connection.execute("CREATE TEMP TABLE t(b, c)");
      assertThat(rows(connection, sql)).isEmpty();
    }
    try (Connection connection = open()) {
      connection.setLimit(Limit.EXPR_DEPTH, 1);
      assertThatThrownBy(() -> connection.query(sql)).isInstanceOf(LibsqlException.class);
    }
    String like = "SELECT 'A' LIKE 'a' FROM t LIMIT 1";
    makeKnown(like);
    try (Connection connection = open()) {
      connection.set(ConnectionFlag.CASE_SENSITIVE_LIKE, true);
      assertThat(rows(connection, like).get(0)).endsWith("=0}");
    }
    try (Connection connection = open()) {
      connection.execute("ATTACH ':memory:' AS more");
      assertThat(knows(connection, like)).isFalse();
    }
  }

  @Test
  void areKeptOnlyForTextsThatComeAgain() {
    makeKnown("SELECT 1 FROM t");
    for (int i = 0; i < 5; i++) {
      try (Connection connection = open()) {
        rows(connection, "SELECT a FROM t WHERE a = " + i);
        assertThat(knows(connection, "SELECT a FROM t WHERE a = " + i)).isFalse();
        rows(connection, "PRAGMA user_version");
        assertThat(knows(connection, "PRAGMA user_version")).isFalse();
      }
    }
  }

  /** It does not touch the file, which may be locked or damaged. */
  @Test
  void areNotLookedForWhereNoTableIsNamed() {
    for (int i = 0; i < 5; i++) {
      try (Connection connection = open()) {
        rows(connection, "SELECT 1");
        assertThat(connection.state().main().schema().loaded).isFalse();
      }
    }
  }

  @Test
  void holdTextInTheEncodingOfTheDatabase() {
    Path wide = folder.resolve("wide.db");
    for (int i = 0; i < 5; i++) {
      try (Connection connection = Database.openLocal(wide.toString()).connect()) {
        connection.execute("PRAGMA encoding = 'UTF-16le'");
        connection.execute("CREATE TABLE IF NOT EXISTS t(a)");
        assertThat(rows(connection, "SELECT hex(CAST('é' AS BLOB)) AS h FROM (SELECT 1)"))
            .containsExactly("{h=E900}");
      }
    }
  }

  /** Each thread has its own connection, values and position in the same program. */
  @Test
  void runInManyThreadsAtOnce() throws Exception {
    String sql = "SELECT c || 'ß' || ?1 FROM t WHERE a >= ?1 ORDER BY b";
    try (Connection connection = open()) {
      for (int i = 0; i < 4; i++) {
        connection.statementCacheSize(0);
        connection.query(sql, 1L).close();
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        long from = t % 3 + 1;
        Callable<Integer> task =
            () -> {
              int count = 0;
              for (int i = 0; i < 200; i++) {
                try (Connection connection = open()) {
                  for (Row row : connection.query(sql, from).toList()) {
                    assertThat(row.getString(0)).endsWith("ß" + from);
                    count++;
                  }
                }
              }
              return count;
            };
        all.add(threads.submit(task));
      }
      for (int t = 0; t < 8; t++) {
        assertThat(all.get(t).get()).isEqualTo(200 * (3 - t % 3));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
