package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libsql4j.connection.TraceListener;
import org.libsql4j.connection.TracedStatement;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Collations;

/** What trace listeners are told, as sqlite3_trace_v2 tells it. */
class TraceTest {
  private final List<String> events = new ArrayList<>();

  private final class Recorder implements TraceListener {
    @Override
    public void statement(TracedStatement statement, String text) {
      events.add("stmt " + text);
    }

    @Override
    public void profile(TracedStatement statement, long nanos) {
      assertThat(nanos).isNotNegative();
      events.add("profile " + statement.sql());
    }

    @Override
    public void row(TracedStatement statement) {
      events.add("row " + statement.sql());
    }

    @Override
    public void close() {
      events.add("close");
    }
  }

  private record Renamed(String name) implements Collation {
    @Override
    public int compare(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
      return Collations.RTRIM.compare(a, aOffset, aLength, b, bOffset, bLength);
    }
  }

  @Test
  void triggersAreComments() {
    try (Connection connection = Database.inMemory().connect()) {
      connection.execute("CREATE TABLE t(a)");
      connection.execute("CREATE TABLE u(a)");
      connection.execute(
          "CREATE TRIGGER r AFTER INSERT ON t BEGIN"
              + "  INSERT INTO u VALUES(new.a) ;  SELECT 'x; y'; END");
      connection.setTraceListener(new Recorder());
      connection.execute("INSERT INTO t VALUES(?)", 5);
    }
    assertThat(events)
        .containsExactly(
            "stmt INSERT INTO t VALUES(?)",
            "stmt -- TRIGGER r",
            "stmt -- INSERT INTO u VALUES(new.a)",
            "stmt -- SELECT 'x; y'",
            "profile INSERT INTO t VALUES(?)",
            "close");
  }

  @Test
  void rowsAndTimes() {
    try (Connection connection = Database.inMemory().connect()) {
      connection.setTraceListener(new Recorder());
      connection.query("VALUES(1),(2)").close();
      assertThat(events).isEmpty();
      try (Rows rows = connection.query("VALUES(1),(2)")) {
        rows.next();
      }
      connection.setTraceListener(null);
      connection.execute("SELECT 1");
    }
    assertThat(events)
        .containsExactly("stmt VALUES(1),(2)", "row VALUES(1),(2)", "profile VALUES(1),(2)");
  }

  @Test
  void valuesOfParameters() {
    try (Connection connection = Database.inMemory().connect()) {
      connection.setTrace(events::add);
      try (Statement statement =
          connection.prepare("SELECT ?, ?3, :a, '?', ?, :a -- ?\n, $b::c(d), /* :a */ ?1")) {
        statement.bind(1, 5L);
        statement.bind(3, "it's");
        statement.bind(":a", 1.0);
        statement.bind(5, new byte[] {1, (byte) 0xab});
        statement.execute();
      }
    }
    assertThat(events)
        .containsExactly("SELECT 5, 'it''s', 1.0, '?', x'01ab', 1.0 -- ?\n, NULL, /* :a */ 5");
  }

  @Test
  void whatRunsWithinAStatementIsAComment() {
    try (Connection connection = Database.inMemory().connect()) {
      connection.createFunction(
          FunctionDefinition.scalar(
              "run",
              1,
              EnumSet.noneOf(FunctionDefinition.Flag.class),
              (context, arguments) -> connection.execute(arguments[0].text())));
      connection.setTrace(events::add);
      connection.execute("SELECT run('SELECT 1,\n2')");
    }
    assertThat(events).containsExactly("SELECT run('SELECT 1,\n2')", "-- SELECT 1,\n-- 2");
  }

  @Test
  void collationsCanBeAskedFor() {
    try (Connection connection = Database.inMemory().connect()) {
      connection.setCollationNeeded(
          name -> {
            events.add(name);
            if (name.equals("backwards")) {
              connection.createCollation(new Renamed(name));
            }
          });
      connection.execute("CREATE TABLE t(a COLLATE backwards)");
      connection.execute("SELECT * FROM t ORDER BY a");
      connection.execute("SELECT * FROM t ORDER BY a");
      try {
        connection.execute("SELECT 'a' < 'b' COLLATE other");
        throw new AssertionError();
      } catch (LibsqlException e) {
        assertThat(e).hasMessage("no such collation sequence: other");
      }
    }
    assertThat(events).containsExactly("backwards", "other");
  }
}
