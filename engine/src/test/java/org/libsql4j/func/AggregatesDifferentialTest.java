package org.libsql4j.func;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Mem;

/** Aggregates over random columns, and over moving frames, compared with the real engine. */
class AggregatesDifferentialTest {
  private static final long SEED = Long.getLong("libsql4j.seed", 31L);

  private static final String[] WHOLE = {
    "count",
    "sum",
    "total",
    "avg",
    "min",
    "max",
    "group_concat",
    "median",
    "json_group_array",
    "jsonb_group_array"
  };

  private static final String[] MOVING = {
    "count",
    "sum",
    "total",
    "avg",
    "group_concat",
    "median",
    "json_group_array",
    "first_value",
    "last_value"
  };

  private static Object randomValue(Random random, int kind) {
    return switch (kind == 0 ? random.nextInt(8) : random.nextInt(3)) {
      case 0 -> (long) random.nextInt(100) - 50;
      case 1 -> kind == 2 ? (Object) (random.nextInt(1000) / 8.0) : null;
      case 2 -> kind == 1 ? (Object) 7L : (Object) (random.nextGaussian() * 1e6);
      case 3 -> random.nextLong() >> random.nextInt(20);
      case 4 -> "12";
      case 5 -> "a,\"[" + random.nextInt(100);
      case 6 -> "é1.5x";
      default -> 1e300 * random.nextGaussian();
    };
  }

  private final ConnectionState connection = new ConnectionState(BuiltInFunctions.registry());

  private String ours(Accumulator accumulator, FunctionContext context) {
    context.result().setNull();
    accumulator.value(context);
    return FunctionOracle.show(FunctionOracle.object(context.result()));
  }

  @Test
  void aggregatesAgree() throws SQLException {
    Random random = new Random(SEED);
    List<String> wrong = new ArrayList<>();
    try (java.sql.Connection real = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      for (int round = 0; round < 150; round++) {
        List<Object> column = new ArrayList<>();
        int rows = random.nextInt(12);
        for (int i = 0; i < rows; i++) {
          column.add(randomValue(random, round % 3));
        }
        fill(real, column);
        for (String name : WHOLE) {
          compareWhole(real, name, column, wrong);
        }
        for (String name : MOVING) {
          compareMoving(real, name, column, wrong);
        }
      }
    }
    assertThat(wrong).as("seed %d", SEED).isEmpty();
  }

  private static void fill(java.sql.Connection real, List<Object> column) throws SQLException {
    try (Statement statement = real.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS t");
      statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, x)");
    }
    try (var insert = real.prepareStatement("INSERT INTO t(x) VALUES(?)")) {
      for (Object value : column) {
        insert.setObject(1, value);
        insert.execute();
      }
    }
  }

  private static List<String> query(java.sql.Connection real, String sql) {
    List<String> results = new ArrayList<>();
    try (Statement statement = real.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        results.add(FunctionOracle.show(FunctionOracle.value(row)));
      }
    } catch (SQLException e) {
      results.clear();
      results.add(FunctionOracle.error(e));
    }
    return results;
  }

  private void compareWhole(
      java.sql.Connection real, String name, List<Object> column, List<String> wrong) {
    String expected = query(real, "SELECT " + name + "(x) FROM t").get(0);
    FunctionDefinition definition = BuiltInFunctions.registry().find(name, 1);
    FunctionContext context = new FunctionContext(connection, definition);
    Accumulator accumulator = definition.aggregate().newAccumulator();
    String actual;
    try {
      for (Object value : column) {
        accumulator.step(context, new Mem[] {FunctionOracle.mem(value)});
      }
      actual = ours(accumulator, context);
    } catch (LibsqlException e) {
      actual = "error: " + e.getMessage();
    }
    if (!actual.equals(expected)) {
      wrong.add(name + column + ": " + expected + " but " + actual);
    }
  }

  private void compareMoving(
      java.sql.Connection real, String name, List<Object> column, List<String> wrong) {
    List<String> expected =
        query(
            real,
            "SELECT "
                + name
                + "(x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM t");
    FunctionDefinition definition = BuiltInFunctions.registry().find(name, 1);
    FunctionContext context = new FunctionContext(connection, definition);
    Accumulator accumulator = definition.aggregate().newAccumulator();
    List<String> actual = new ArrayList<>();
    try {
      for (int i = 0; i < column.size(); i++) {
        if (i >= 3) {
          accumulator.inverse(context, new Mem[] {FunctionOracle.mem(column.get(i - 3))});
        }
        accumulator.step(context, new Mem[] {FunctionOracle.mem(column.get(i))});
        actual.add(ours(accumulator, context));
      }
    } catch (LibsqlException e) {
      actual.clear();
      actual.add("error: " + e.getMessage());
    }
    if (!actual.equals(expected)) {
      wrong.add(name + " moving " + column + ":\n  " + expected + "\n  " + actual);
    }
  }
}
