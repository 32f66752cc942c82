package org.libsql4j.func;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Mem;

/** Calls a function here and in the real engine and tells whether the results differ. */
final class FunctionOracle implements AutoCloseable {
  private final Connection real;
  private final ConnectionState ours = new ConnectionState(BuiltInFunctions.registry());
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<String, FunctionContext> contexts = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private int calls;
  private int ulps;

  FunctionOracle() throws SQLException {
    real = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  ConnectionState connection() {
    return ours;
  }

  Connection real() {
    return real;
  }

  int calls() {
    return calls;
  }

  /** The first differences of each function. */
  List<String> differences() {
    Map<String, Integer> counts = new TreeMap<>();
    List<String> first = new ArrayList<>();
    for (String difference : differences) {
      String name = difference.substring(0, difference.indexOf('('));
      if (counts.merge(name, 1, Integer::sum) <= 6) {
        first.add(difference);
      }
    }
    if (!counts.isEmpty()) {
      first.add(counts.toString());
    }
    return first;
  }

  /** Calls {@code name(arguments)} on both sides and notes a difference. */
  void check(String name, Object... arguments) throws SQLException {
    calls++;
    String expected = expected(name, arguments);
    String actual = actual(name, arguments);
    if (!actual.equals(expected) && !nearlyEqual(actual, expected)) {
      differences.add(
          name + describe(arguments) + "\n    expected " + expected + "\n    actual   " + actual);
    }
  }

  /** Evaluates {@code left name right} on both sides; ours is the function of the same name. */
  void checkOperator(String name, Object left, Object right) throws SQLException {
    calls++;
    Object[] arguments = {left, right};
    String expected = evaluate("SELECT ? " + name + " ?", arguments);
    String actual = actual(name, arguments);
    if (!actual.equals(expected)) {
      differences.add(
          name + describe(arguments) + "\n    expected " + expected + "\n    actual   " + actual);
    }
  }

  /** Transcendental functions may differ in the last bits: no two libraries agree there. */
  private boolean nearlyEqual(String left, String right) {
    if (ulps == 0 || !left.startsWith("real ") || !right.startsWith("real ")) {
      return false;
    }
    double l = Double.parseDouble(left.substring(5));
    double r = Double.parseDouble(right.substring(5));
    return Math.abs(l - r) <= ulps * Math.ulp(r);
  }

  /** Tolerates differences of this many units in the last place from now on. */
  void tolerate(int units) {
    ulps = units;
  }

  static String describe(Object[] arguments) {
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      texts.add(show(argument));
    }
    return "(" + String.join(", ", texts) + ")";
  }

  /** A value with its type, readable. */
  static String show(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] blob) {
      return blob.length > 100
          ? "x'" + HexFormat.of().formatHex(Arrays.copyOf(blob, 100)) + "...'" + blob.length
          : "x'" + HexFormat.of().formatHex(blob) + "'";
    }
    if (value instanceof String text) {
      String shown = text.length() > 300 ? text.substring(0, 300) + "..." + text.length() : text;
      return "'" + shown.replace("\0", "\\0") + "'";
    }
    if (value instanceof Double d) {
      return "real " + (d == 0 ? "0.0" : d.toString());
    }
    return value.toString();
  }

  private String expected(String name, Object[] arguments) throws SQLException {
    String sql = "SELECT " + name + "(" + "?,".repeat(arguments.length);
    return evaluate(
        (arguments.length == 0 ? sql : sql.substring(0, sql.length() - 1)) + ")", arguments);
  }

  private String evaluate(String sql, Object[] arguments) throws SQLException {
    try {
      PreparedStatement statement = statements.get(sql);
      if (statement == null) {
        statement = real.prepareStatement(sql);
        statements.put(sql, statement);
      }
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return show(value(row));
      }
    } catch (SQLException e) {
      PreparedStatement broken = statements.remove(sql);
      if (broken != null) {
        broken.close();
      }
      return error(e);
    }
  }

  static Object value(ResultSet row) throws SQLException {
    Object value = row.getObject(1);
    if (value instanceof Integer i) {
      return (long) i;
    }
    return value;
  }

  static String error(SQLException e) {
    String message = e.getMessage();
    int open = message.indexOf('(');
    return "error: " + message.substring(open + 1, message.length() - 1);
  }

  static Mem mem(Object value) {
    Mem mem = new Mem();
    if (value instanceof Integer i) {
      mem.setInteger(i);
    } else if (value instanceof Long l) {
      mem.setInteger(l);
    } else if (value instanceof Double d) {
      mem.setReal(d);
    } else if (value instanceof String s) {
      mem.setText(s);
    } else if (value instanceof byte[] b) {
      mem.setBlob(b, 0, b.length);
    }
    return mem;
  }

  static Object object(Mem mem) {
    return switch (mem.type) {
      case Mem.INTEGER -> mem.integer;
      case Mem.REAL -> mem.real;
      case Mem.TEXT -> new String(mem.bytes, mem.offset, mem.length, StandardCharsets.UTF_8);
      case Mem.BLOB -> mem.toByteArray();
      default -> null;
    };
  }

  String actual(String name, Object[] arguments) {
    FunctionDefinition definition = ours.functions().find(name, arguments.length);
    if (definition == null) {
      return ours.functions().isKnown(name)
          ? "error: wrong number of arguments to function " + name + "()"
          : "error: no such function: " + name;
    }
    FunctionContext context =
        contexts.computeIfAbsent(
            name + arguments.length, k -> new FunctionContext(ours, definition));
    Mem[] mems = new Mem[arguments.length];
    for (int i = 0; i < mems.length; i++) {
      mems[i] = mem(arguments[i]);
    }
    context.result().setNull();
    context.setStatementTimeMillis(1_700_000_000_123L);
    try {
      if (definition.scalar() != null) {
        definition.scalar().call(context, mems);
      } else {
        Accumulator accumulator = definition.aggregate().newAccumulator();
        accumulator.step(context, mems);
        accumulator.finish(context);
      }
    } catch (LibsqlException e) {
      return "error: " + e.getMessage();
    } catch (RuntimeException e) {
      return "crash: " + e + " at " + Arrays.toString(Arrays.copyOf(e.getStackTrace(), 4));
    }
    for (int i = 0; i < mems.length; i++) {
      if (!show(object(mems[i])).equals(show(object(mem(arguments[i]))))) {
        return "changed argument " + i;
      }
    }
    return show(object(context.result()));
  }

  @Override
  public void close() throws SQLException {
    real.close();
  }
}
