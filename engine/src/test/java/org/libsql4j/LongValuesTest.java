package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libsql4j.func.FunctionDefinition;

/** Long values of a result are read when they are asked for, and are what they were. */
class LongValuesTest {
  private static final int SIZE = 400_000;

  @TempDir Path directory;
  private Connection connection;
  private byte[] first;
  private byte[] second;

  @BeforeEach
  void open() {
    connection = Database.openLocal(directory.resolve("a.db")).connect();
    connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, name, data, more)");
    connection.execute("CREATE INDEX byName ON t(name)");
    first = bytes(1);
    second = bytes(2);
    connection.execute("INSERT INTO t VALUES (1, 'one', ?, ?)", first, "x".repeat(SIZE));
    connection.execute("INSERT INTO t VALUES (2, 'two', ?, 'short')", second);
    connection.execute("INSERT INTO t VALUES (3, 'three', NULL, 3.5)");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static final String ALL = "SELECT data, id, more, name FROM t ORDER BY id";

  @Test
  void valuesAreThereWhenAsked() {
    try (Rows rows = connection.query(ALL)) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(1);
      assertThat(rows.getType(0)).isEqualTo(ValueType.BLOB);
      assertThat(rows.isNull(0)).isFalse();
      assertThat(rows.getString(3)).isEqualTo("one");
      assertThat(rows.getBlob(0)).isEqualTo(first);
      assertThat(rows.getObject(0)).isEqualTo(first);
      assertThat(rows.getBlob(0)).isEqualTo(first);
      assertThat(rows.getString(2)).hasSize(SIZE);
      rows.next();
      assertThat(rows.statement().getByteCount(0)).isEqualTo(SIZE);
      assertThat(rows.getString(2)).isEqualTo("short");
      rows.next();
      assertThat(rows.getBlob(0)).isNull();
      assertThat(rows.statement().getByteCount(2)).isZero();
      assertThat(rows.getDouble(2)).isEqualTo(3.5);
      assertThat(rows.next()).isFalse();
    }
  }

  /** Chains of neighbouring pages, of scattered ones, half in the log and half in the file. */
  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void chainsOfManyShapes(String journalMode) {
    connection.query("PRAGMA journal_mode=" + journalMode).close();
    connection.execute("PRAGMA wal_autocheckpoint = 0");
    connection.execute("CREATE TABLE b(id INTEGER PRIMARY KEY, x)");
    Random random = new Random(3);
    byte[][] expected = new byte[30][];
    for (int round = 0; round < 8; round++) {
      for (int i = round % 3; i < expected.length; i += 1 + round % 3) {
        expected[i] = new byte[70_000 + random.nextInt(200_000)];
        random.nextBytes(expected[i]);
        connection.execute("REPLACE INTO b VALUES (?, ?)", i, expected[i]);
      }
      if (round % 3 == 1) {
        connection.query("PRAGMA wal_checkpoint").close();
      }
      assertBlobs(expected, random);
    }
  }

  private void assertBlobs(byte[][] expected, Random random) {
    for (int i = 0; i < expected.length; i++) {
      byte[] whole = expected[i];
      if (whole == null) {
        continue;
      }
      assertThat(connection.queryOne("SELECT x FROM b WHERE id = ?", i).getBlob(0))
          .isEqualTo(whole);
      try (IncrementalBlob blob = connection.openBlob("main", "b", "x", i, false)) {
        for (int k = 0; k < 5; k++) {
          int from = random.nextInt(whole.length);
          int count = random.nextInt(Math.min(30_000, whole.length - from + 1));
          assertThat(blob.read(from, count))
              .isEqualTo(Arrays.copyOfRange(whole, from, from + count));
        }
      }
    }
  }

  @Test
  void whatNobodyAsksForIsNotRead() {
    connection.close();
    connection = Database.openLocal(directory.resolve("a.db")).connect();
    connection.execute("PRAGMA cache_size = 10000");
    try (Rows rows = connection.query("SELECT data, id, name FROM t")) {
      int count = 0;
      while (rows.next()) {
        count += rows.statement().getByteCount(0) > 0 ? 1 : 0;
      }
      assertThat(count).isEqualTo(2);
    }
    assertThat(connection.healthCheck().cacheBytes()).isLessThan(SIZE / 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET data = zeroblob(100), more = NULL",
        "UPDATE t SET name = 'other'",
        "DELETE FROM t",
        "DELETE FROM t WHERE id = 1",
        "REPLACE INTO t(id) VALUES (1)",
        "BEGIN; DELETE FROM t; INSERT INTO t VALUES (1, 2, 3, 4); COMMIT",
        "BEGIN; DELETE FROM t; ROLLBACK",
        "SAVEPOINT a; DELETE FROM t; ROLLBACK TO a; RELEASE a",
        "CREATE TABLE other(a); INSERT INTO other SELECT value FROM generate_series(1, 10000)",
      })
  void aRowIsWhatItWasWhenItWasReached(String change) {
    try (Rows rows = connection.query(ALL)) {
      rows.next();
      connection.executeMultiple(change);
      assertThat(rows.getBlob(0)).isEqualTo(first);
      assertThat(rows.getString(2)).hasSize(SIZE);
      assertThat(rows.getString(3)).isEqualTo("one");
    }
    assertThat(connection.queryOne("PRAGMA integrity_check").getString(0)).isEqualTo("ok");
  }

  @Test
  void aRollbackWithTheRowsOwnTransaction() {
    connection.begin();
    connection.execute("UPDATE t SET data = ? WHERE id = 1", second);
    try (Rows rows = connection.query(ALL)) {
      rows.next();
      connection.rollback();
      assertThat(rows.getBlob(0)).isEqualTo(second);
    }
    assertThat(connection.queryOne(ALL + " LIMIT 1").getBlob(0)).isEqualTo(first);
  }

  @Test
  void incrementalWritesDoNotShow() {
    try (Rows rows = connection.query(ALL);
        IncrementalBlob blob = connection.openBlob("main", "t", "data", 1, true)) {
      rows.next();
      blob.write(SIZE - 100, new byte[50]);
      assertThat(rows.getBlob(0)).isEqualTo(first);
    }
  }

  @Test
  void functionsThatChangeTheTable() {
    connection.createFunction(
        FunctionDefinition.scalar(
            "change",
            1,
            (context, arguments) ->
                connection.execute(
                    "UPDATE t SET data = NULL WHERE id = ?", arguments[0].asLong())));
    try (Rows rows = connection.query("SELECT data, change(id) FROM t WHERE id = 1")) {
      rows.next();
      assertThat(rows.getBlob(0)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT data FROM t WHERE name = 'two'",
        "SELECT data FROM t ORDER BY name DESC LIMIT 1",
        "SELECT data FROM t ORDER BY id LIMIT 1 OFFSET 1",
        "SELECT data FROM (SELECT * FROM t WHERE id > 1) WHERE name = 'two'",
        "SELECT * FROM (SELECT data FROM t WHERE id = 2 UNION ALL SELECT 2 LIMIT 1)",
        "SELECT DISTINCT data FROM t WHERE id = 2",
        "SELECT data FROM t WHERE id = 2 UNION SELECT data FROM t WHERE id = 2",
        "SELECT CASE WHEN id = 2 THEN data END FROM t WHERE id = 2",
        "SELECT coalesce(data, 1) FROM t WHERE id = 2",
        "SELECT CAST(data AS BLOB) FROM t WHERE id = 2",
        "SELECT max(data) FROM t WHERE id = 2 GROUP BY name",
        "SELECT data FROM t WHERE id = 2 GROUP BY id",
        "SELECT (SELECT data FROM t WHERE id = 2)",
        "SELECT b.data FROM t a LEFT JOIN t b ON b.id = a.id + 1 WHERE a.id = 1",
        "WITH x AS MATERIALIZED (SELECT * FROM t) SELECT data FROM x WHERE id = 2",
        "SELECT first_value(data) OVER (ORDER BY id DESC) FROM t WHERE id = 2",
        "UPDATE t SET name = 'x' WHERE id = 2 RETURNING data",
      })
  void everyWayToARow(String sql) {
    connection.executeMultiple("DELETE FROM t WHERE id = 3; DROP INDEX byName");
    assertThat(connection.queryOne(sql).getBlob(0)).isEqualTo(second);
  }

  @Test
  void throughAnIndex() {
    try (Rows rows = connection.query("SELECT data, name FROM t WHERE name = 'two'")) {
      rows.next();
      assertThat(rows.statement().columnRowid(0)).isEqualTo(OptionalLong.of(2));
      assertThat(rows.getBlob(0)).isEqualTo(second);
    }
  }

  @Test
  void rowidsOfColumns() {
    connection.execute("CREATE TABLE w(a PRIMARY KEY, b) WITHOUT ROWID");
    connection.execute("INSERT INTO w VALUES (1, 'b')");
    connection.execute("CREATE VIEW v AS SELECT data AS d, name FROM t");
    String sql =
        "SELECT a.data, b.name, w.b, a.data || 'x', b.id, (SELECT d FROM v)"
            + " FROM t a LEFT JOIN t b ON b.id = a.id + 1, w WHERE a.id = ?";
    try (Statement statement = connection.prepare(sql)) {
      statement.bind(1, 2L);
      statement.step();
      assertThat(statement.columnRowid(0)).isEqualTo(OptionalLong.of(2));
      assertThat(statement.columnRowid(1)).isEqualTo(OptionalLong.of(3));
      for (int column = 2; column < 6; column++) {
        assertThat(statement.columnRowid(column)).isEqualTo(OptionalLong.empty());
      }
      assertThatThrownBy(() -> statement.columnRowid(6)).hasMessage("column index out of range");
      statement.reset();
      statement.bind(1, 3L);
      statement.step();
      assertThat(statement.columnRowid(0)).isEqualTo(OptionalLong.of(3));
      assertThat(statement.columnRowid(1)).isEqualTo(OptionalLong.empty());
      connection.execute("UPDATE t SET name = 'changed'");
      assertThat(statement.columnRowid(0)).isEqualTo(OptionalLong.empty());
    }
    try (Statement statement = connection.prepare("SELECT 1, d FROM v WHERE name <> 'x'")) {
      statement.step();
      try (IncrementalBlob blob = statement.openBlob(1, false).orElseThrow()) {
        assertThat(blob.read(1000, 10)).isEqualTo(Arrays.copyOfRange(first, 1000, 1010));
      }
      assertThat(statement.openBlob(0, false)).isEmpty();
    }
  }

  @Test
  void everyPartOfAUnionHasItsOwnRows() {
    String sql = "SELECT data FROM t WHERE id = 1 UNION ALL SELECT 'x' || name FROM t WHERE id = 2";
    try (Statement statement = connection.prepare(sql)) {
      statement.step();
      assertThat(statement.columnRowid(0)).isEqualTo(OptionalLong.of(1));
      statement.step();
      assertThat(statement.columnRowid(0)).isEqualTo(OptionalLong.empty());
      assertThat(statement.getString(0)).isEqualTo("xtwo");
    }
  }
}
