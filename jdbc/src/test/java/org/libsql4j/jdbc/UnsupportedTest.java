package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver does not do it refuses by the exception for that, and says what it was. */
class UnsupportedTest {
  private static final Set<String> MOVES =
      Set.of(
          "previous",
          "first",
          "last",
          "beforeFirst",
          "afterLast",
          "absolute",
          "relative",
          "isLast");

  private static final Set<String> CHANGES =
      Set.of("insertRow", "deleteRow", "moveToInsertRow", "refreshRow", "cancelRowUpdates");

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = TestDatabases.ours();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static void refuses(String what, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    Throwable cause = thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
    assertThat(cause).as(what).isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThat(((SQLException) cause).getSQLState()).as(what).isEqualTo("HYC00");
    assertThat(cause.getMessage()).as(what).contains(" is not supported");
  }

  private static Object[] arguments(Method method) {
    return Arrays.stream(method.getParameterTypes()).map(UnsupportedTest::argument).toArray();
  }

  private static Object argument(Class<?> type) {
    if (!type.isPrimitive()) {
      return type == String.class ? "a" : null;
    }
    return switch (type.getName()) {
      case "boolean" -> false;
      case "byte" -> (byte) 1;
      case "short" -> (short) 1;
      case "long" -> 1L;
      case "float" -> 1f;
      case "double" -> 1d;
      default -> 1;
    };
  }

  private static boolean isRefused(Method method) {
    String name = method.getName();
    return MOVES.contains(name)
        || CHANGES.contains(name)
        || name.startsWith("update")
        || Set.of("getArray", "getRef", "getSQLXML", "getCursorName").contains(name);
  }

  @Test
  void resultSetsOnlyGoForwardAndDoNotChange() throws Exception {
    List<String> refused = new ArrayList<>();
    for (Method method : ResultSet.class.getMethods()) {
      // Those with an SQLType, java.sql itself refuses.
      if (isRefused(method) && !method.isDefault()) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT 1 AS a UNION ALL SELECT 2")) {
          rows.next();
          refuses(method.toString(), () -> method.invoke(rows, arguments(method)));
          assertThat(rows.getInt(1)).isEqualTo(1);
          refused.add(method.getName());
        }
      }
    }
    assertThat(refused).hasSizeGreaterThan(100).containsAll(MOVES).containsAll(CHANGES);
  }

  @Test
  void statementsOfOtherKinds() {
    refuses("procedures", () -> connection.prepareCall("{call x}"));
    refuses("arrays", () -> connection.createArrayOf("INTEGER", new Object[0]));
    refuses("structs", () -> connection.createStruct("x", new Object[0]));
    refuses("SQLXML", () -> connection.createSQLXML());
  }

  @Test
  void typesThatSqliteDoesNotHave() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      refuses("setArray", () -> statement.setArray(1, null));
      refuses("setRef", () -> statement.setRef(1, null));
      refuses("setSQLXML", () -> statement.setSQLXML(1, null));
      refuses("setObject", () -> statement.setObject(1, new Object()));
      statement.setInt(1, 1);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        refuses("getObject", () -> rows.getObject(1, Thread.class));
        HashMap<String, Class<?>> types = new HashMap<>();
        types.put("INTEGER", String.class);
        refuses("getObject with a map", () -> rows.getObject(1, types));
      }
      refuses("results at once", () -> statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
    }
  }
}
