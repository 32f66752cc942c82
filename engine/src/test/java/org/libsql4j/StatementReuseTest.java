package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;

/** What a closed statement leaves behind runs the next one, which must not notice it. */
class StatementReuseTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b TEXT)",
    "CREATE INDEX t_a ON t(a)",
    "CREATE TABLE log(what, id)",
    "CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN"
        + " INSERT INTO log SELECT new.b, id FROM t WHERE a = new.a; END",
    "INSERT INTO t SELECT value, value % 7, 'text ' || value FROM generate_series(1, 60)",
  };

  private static final String[] TEXTS = {
    "SELECT * FROM t WHERE a = ?1 ORDER BY b",
    "SELECT count(*), sum(a), group_concat(b) FROM t WHERE id > ?1",
    "SELECT a, group_concat(b, ',') FROM t GROUP BY a HAVING count(*) > ?1 ORDER BY a DESC LIMIT 3",
    "SELECT DISTINCT a FROM t WHERE b LIKE '%' || ?1 || '%'",
    "INSERT INTO t(a, b) VALUES(?1, 'new') RETURNING id, a",
    "INSERT INTO t(id, a) VALUES(?1, 3) ON CONFLICT(id) DO UPDATE SET a = a + 1",
    "UPDATE t SET b = b || ?1 WHERE a = (SELECT max(a) FROM t)",
    "DELETE FROM t WHERE id = ?1",
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < ?1) SELECT * FROM c",
    "SELECT id, sum(a) OVER (PARTITION BY a ORDER BY id) FROM t WHERE id < ?1",
    "SELECT x.id FROM t x JOIN t y ON y.a = x.id WHERE y.id IN (1, 5, ?1)",
    "SELECT upper(substr(b, 1, ?1)), abs(-a), ?1 FROM t LIMIT 5",
    "SELECT what, count(*) FROM log GROUP BY 1",
    "SELECT a FROM t UNION SELECT ?1 EXCEPT SELECT 4",
    "SELECT abs(CASE WHEN ?1 = 3 THEN -9223372036854775808 ELSE ?1 END)",
  };

  /** Runs a text, closing it after at most so many rows. */
  private static List<Object> run(Connection connection, String sql, long value, int rows) {
    List<Object> answer = new ArrayList<>();
    try (Statement statement = connection.prepare(sql)) {
      if (statement.parameterCount() > 0 && value >= 0) {
        statement.bind(1, value);
      }
      for (int row = 0; row < rows && statement.step(); row++) {
        for (int i = 0; i < statement.columnCount(); i++) {
          answer.add(String.valueOf(statement.getObject(i)));
        }
      }
      answer.add(statement.counters().rows());
    } catch (LibsqlException e) {
      answer.add(String.valueOf(e.getMessage()));
    }
    return answer;
  }

  @Test
  void answersAreThoseOfStatementsCompiledAnew() {
    long seed = 20261122;
    Random random = new Random(seed);
    try (Connection kept = Database.builder(":memory:").statementCacheSize(10).build().connect();
        Connection anew = Database.builder(":memory:").statementCacheSize(0).build().connect()) {
      for (String sql : SCHEMA) {
        kept.execute(sql);
        anew.execute(sql);
      }
      for (int i = 0; i < 3000; i++) {
        String sql = TEXTS[random.nextInt(TEXTS.length)];
        long value = random.nextInt(12) - 1;
        int rows = random.nextInt(4) == 0 ? random.nextInt(3) : Integer.MAX_VALUE;
        if (i % 500 == 499) {
          sql = (i / 500) % 2 == 0 ? "CREATE TABLE other(x)" : "DROP TABLE other";
        } else if (i % 97 == 0) {
          sql = i % 2 == 0 ? "BEGIN" : "ROLLBACK";
        }
        assertThat(run(kept, sql, value, rows))
            .as("seed %d, step %d: %s with %d", seed, i, sql, value)
            .isEqualTo(run(anew, sql, value, rows));
      }
    }
  }

  @Test
  void aClosedStatementAnswersForItself() {
    try (Connection connection = Database.inMemory().connect()) {
      connection.execute("CREATE TABLE t(a)");
      connection.execute("INSERT INTO t VALUES(1),(2)");
      String sql = "SELECT a FROM t WHERE a >= :from";
      Statement first = connection.prepare(sql);
      first.bind(":from", 1);
      assertThat(first.step()).isTrue();
      first.close();
      StatementCounters counters = first.counters();
      assertThat(counters.rows()).isEqualTo(1);
      try (Statement second = connection.prepare(sql)) {
        assertThat(second.counters()).isEqualTo(new StatementCounters(0, 0, 0, 0, 0, 0, 0));
        assertThat(second.expandedSql()).isEqualTo("SELECT a FROM t WHERE a >= NULL");
        assertThat(second.step()).as("nothing is bound").isFalse();
        second.bind(":from", 0);
        assertThat(second.step()).isTrue();
        assertThat(first.isRunning()).isFalse();
        assertThat(first.counters()).isEqualTo(counters);
        assertThat(first.parameterNames()).containsExactly(":from");
        assertThat(first.columnName(0)).isEqualTo("a");
        assertThat(first.isReadOnly()).isTrue();
        assertThat(first.isEmpty()).isFalse();
        assertThat(first.expandedSql()).isEqualTo(sql);
        assertThatThrownBy(() -> first.getLong(0)).hasMessageContaining("statement is closed");
        assertThatThrownBy(first::step).hasMessageContaining("statement is closed");
        assertThatThrownBy(() -> first.bind(1, 2)).hasMessageContaining("statement is closed");
        first.reset();
        first.close();
        assertThat(second.isRunning()).isTrue();
        assertThat(second.step()).isTrue();
        assertThat(second.step()).isFalse();
      }
    }
  }

  @Test
  void statementsOfOneTextThatAreOpenTogetherHaveOneEach() {
    try (Connection connection = Database.inMemory().connect()) {
      String sql = "SELECT value FROM generate_series(1, ?)";
      connection.prepare(sql).close();
      try (Statement first = connection.prepare(sql);
          Statement second = connection.prepare(sql)) {
        first.bind(1, 3);
        second.bind(1, 2);
        for (long i = 1; i <= 2; i++) {
          assertThat(first.step()).isTrue();
          assertThat(second.step()).isTrue();
          assertThat(first.getLong(0)).isEqualTo(i);
          assertThat(second.getLong(0)).isEqualTo(i);
        }
        assertThat(second.step()).isFalse();
        assertThat(first.step()).isTrue();
      }
    }
  }
}
