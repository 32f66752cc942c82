package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLType;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls every method of every interface of JDBC with arguments of all kinds, on open objects and
 * closed ones: nothing but an {@code SQLException} may come of it, and what is closed says so.
 */
class EveryMethodTest {
  /** Choices of arguments that are tried for one method; each is the same choice everywhere. */
  private static final int CHOICES = 6;

  /** What a closed object, and the metadata of a closed connection, may still be asked. */
  private static final Set<String> ALLOWED_WHEN_CLOSED =
      Set.of("close", "isClosed", "isValid", "abort", "isWrapperFor", "unwrap", "free");

  /** An object of every kind, made anew for each call. */
  private enum Kind {
    CONNECTION(Connection.class),
    STATEMENT(Statement.class),
    PREPARED_STATEMENT(PreparedStatement.class),
    RESULT_SET(ResultSet.class),
    RESULT_SET_BEFORE_FIRST(ResultSet.class),
    GENERATED_KEYS(ResultSet.class),
    META_DATA_RESULT(ResultSet.class),
    DATABASE_META_DATA(DatabaseMetaData.class),
    RESULT_SET_META_DATA(ResultSetMetaData.class),
    PARAMETER_META_DATA(ParameterMetaData.class),
    BLOB(Blob.class),
    CLOB(Clob.class),
    NCLOB(NClob.class),
    SAVEPOINT(Savepoint.class),
    DRIVER(Driver.class),
    DATA_SOURCE(DataSource.class),
    POOL(ConnectionPoolDataSource.class),
    POOLED_CONNECTION(PooledConnection.class),
    HANDLE(Connection.class);

    private final Class<?> type;

    Kind(Class<?> type) {
      this.type = type;
    }
  }

  /** One connection, and the objects that a call needs. */
  private static final class Stage implements AutoCloseable {
    final Connection connection;
    final Object target;

    Stage(Kind kind) throws SQLException {
      connection = TestDatabases.ours();
      TestDatabases.execute(
          connection,
          "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b BLOB, c REAL)",
          "INSERT INTO t VALUES(1, 'x', x'0102', 2.5), (2, '2020-01-02 03:04:05', NULL, 1)");
      target = make(kind);
    }

    private Object make(Kind kind) throws SQLException {
      LibsqlDataSource source = new LibsqlDataSource();
      source.setUrl("jdbc:libsql::memory:");
      LibsqlConnectionPoolDataSource pool = new LibsqlConnectionPoolDataSource();
      pool.setUrl("jdbc:libsql::memory:");
      return switch (kind) {
        case CONNECTION -> connection;
        case STATEMENT -> connection.createStatement();
        case PREPARED_STATEMENT ->
            connection.prepareStatement("UPDATE t SET a = ?, b = ? WHERE id = ?");
        case RESULT_SET -> {
          ResultSet rows = rows();
          rows.next();
          yield rows;
        }
        case RESULT_SET_BEFORE_FIRST -> rows();
        case GENERATED_KEYS -> {
          Statement statement = connection.createStatement();
          statement.executeUpdate("INSERT INTO t(a) VALUES (1)", Statement.RETURN_GENERATED_KEYS);
          ResultSet keys = statement.getGeneratedKeys();
          keys.next();
          yield keys;
        }
        case META_DATA_RESULT -> {
          ResultSet rows = connection.getMetaData().getColumns(null, null, "t", null);
          rows.next();
          yield rows;
        }
        case DATABASE_META_DATA -> connection.getMetaData();
        case RESULT_SET_META_DATA -> rows().getMetaData();
        case PARAMETER_META_DATA ->
            connection.prepareStatement("SELECT ?, ?").getParameterMetaData();
        case BLOB -> {
          Blob blob = connection.createBlob();
          blob.setBytes(1, new byte[] {1, 2, 3});
          yield blob;
        }
        case CLOB -> {
          Clob clob = connection.createClob();
          clob.setString(1, "abc");
          yield clob;
        }
        case NCLOB -> connection.createNClob();
        case SAVEPOINT -> {
          connection.setAutoCommit(false);
          yield connection.setSavepoint("s");
        }
        case DRIVER -> new LibsqlDriver();
        case DATA_SOURCE -> source;
        case POOL -> pool;
        case POOLED_CONNECTION -> pool.getPooledConnection();
        case HANDLE -> pool.getPooledConnection().getConnection();
      };
    }

    private ResultSet rows() throws SQLException {
      return connection.createStatement().executeQuery("SELECT id, a, b, c, 1e99 AS d FROM t");
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static List<Method> methodsOf(Kind kind) {
    return Arrays.stream(kind.type.getMethods())
        .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }

  private static Object[] arguments(Method method, int choice) {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = argument(types[i], choice, i);
    }
    return arguments;
  }

  private static Object argument(Class<?> type, int choice, int position) {
    if (type.isPrimitive()) {
      long number =
          switch (choice) {
            case 0 -> 1;
            case 1 -> 0;
            case 2 -> -1;
            case 3 -> position == 0 ? 1 : Long.MAX_VALUE;
            case 4 -> position == 0 ? 2 : Long.MIN_VALUE;
            default -> position == 0 ? 3 : 1003;
          };
      return switch (type.getName()) {
        case "boolean" -> choice % 2 == 0;
        case "byte" -> (byte) number;
        case "short" -> (short) number;
        case "int" -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
        case "long" -> number;
        case "float" -> (float) number;
        case "double" -> choice == 1 ? Double.NaN : (double) number;
        default -> (char) number;
      };
    }
    if (choice == 1 || choice == 3) {
      return null;
    }
    return object(type, choice);
  }

  private static Object object(Class<?> type, int choice) {
    if (type == String.class) {
      return new String[] {"a", null, "", null, "a'\"{%\\_", "SELECT 1; SELECT 2"}[choice];
    }
    if (type == Object.class) {
      return new Object[] {"1", null, new Object(), null, 'x', BigDecimal.TEN}[choice];
    }
    if (type == Class.class) {
      return new Class<?>[] {String.class, null, int.class, null, Thread.class, Long.class}[choice];
    }
    if (type.isArray()) {
      return switch (type.getComponentType().getName()) {
        case "int" -> choice == 0 ? new int[] {1} : new int[0];
        case "byte" -> choice == 0 ? new byte[] {1} : new byte[0];
        case "java.lang.String" ->
            choice == 0 ? new String[] {"id"} : choice == 2 ? new String[] {null} : new String[0];
        default -> java.lang.reflect.Array.newInstance(type.getComponentType(), 0);
      };
    }
    if (type == Calendar.class) {
      return Calendar.getInstance();
    }
    if (type == Properties.class) {
      return new Properties();
    }
    if (type == Map.class) {
      return new HashMap<String, Class<?>>();
    }
    if (type == InputStream.class) {
      return choice == 4 ? new FailingStream() : new ByteArrayInputStream(new byte[] {65});
    }
    if (type == Reader.class) {
      return new StringReader("ab");
    }
    if (type == SQLType.class) {
      return choice == 0 ? JDBCType.INTEGER : JDBCType.ARRAY;
    }
    if (type == Executor.class) {
      return (Executor) Runnable::run;
    }
    if (type == BigDecimal.class) {
      return BigDecimal.ONE;
    }
    if (type == Blob.class) {
      return new LibsqlBlob(new byte[] {1});
    }
    if (type == Clob.class || type == NClob.class) {
      return new LibsqlClob("x");
    }
    if (java.util.Date.class.isAssignableFrom(type)) {
      return switch (type.getSimpleName()) {
        case "Date" -> new java.sql.Date(choice == 4 ? Long.MAX_VALUE : 0);
        case "Time" -> new java.sql.Time(choice == 4 ? Long.MIN_VALUE : 0);
        default -> new java.sql.Timestamp(0);
      };
    }
    return null;
  }

  private static final class FailingStream extends InputStream {
    @Override
    public int read() throws java.io.IOException {
      throw new java.io.IOException("broken");
    }
  }

  /** What a call throws, or null. */
  private static Throwable call(Object target, Method method, Object[] arguments) {
    try {
      method.invoke(target, arguments);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String describe(Method method, Object[] arguments) {
    return method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + Arrays.deepToString(arguments);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingButSqlExceptions(Kind kind) throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (Method method : methodsOf(kind)) {
      for (int choice = 0; choice < CHOICES; choice++) {
        Object[] arguments = arguments(method, choice);
        try (Stage stage = new Stage(kind)) {
          Throwable thrown = call(stage.target, method, arguments);
          if (thrown != null && !isExpected(thrown) && !isOfDefault(method, thrown)) {
            wrong.add(describe(method, arguments) + " -> " + thrown);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Whether java.sql itself refuses a call, or says that null is a NullPointerException. */
  private static boolean isOfDefault(Method method, Throwable thrown) {
    return method.isDefault()
        && (thrown instanceof SQLFeatureNotSupportedException
            || (thrown instanceof NullPointerException && method.getName().startsWith("enquote")));
  }

  private static boolean isExpected(Throwable thrown) {
    return thrown instanceof SQLException e && e.getMessage() != null && e.getSQLState() != null;
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {
        "CONNECTION",
        "STATEMENT",
        "PREPARED_STATEMENT",
        "RESULT_SET",
        "DATABASE_META_DATA",
        "BLOB",
        "CLOB",
        "HANDLE"
      })
  void closedObjectsSayThatTheyAre(Kind kind) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Method method : methodsOf(kind)) {
      if (ALLOWED_WHEN_CLOSED.contains(method.getName())
          || method.getDeclaringClass() == Wrapper.class) {
        continue;
      }
      Object[] arguments = arguments(method, 0);
      try (Stage stage = new Stage(kind)) {
        close(stage);
        Throwable thrown = call(stage.target, method, arguments);
        boolean asIs = kind == Kind.DATABASE_META_DATA || method.isDefault();
        if (!(thrown == null && asIs) && !isOfDefault(method, thrown) && !saysClosed(thrown)) {
          wrong.add(describe(method, arguments) + " -> " + thrown);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void close(Stage stage) throws Exception {
    if (stage.target instanceof AutoCloseable closeable) {
      closeable.close();
      closeable.close();
    } else if (stage.target instanceof Blob blob) {
      blob.free();
      blob.free();
    } else if (stage.target instanceof Clob clob) {
      clob.free();
      clob.free();
    } else {
      stage.connection.close();
    }
  }

  private static boolean saysClosed(Throwable thrown) {
    if (thrown == null || !isExpected(thrown)) {
      return false;
    }
    return thrown instanceof SQLFeatureNotSupportedException
        || thrown.getMessage().contains("closed")
        || thrown.getMessage().contains("finalized")
        || thrown.getMessage().contains("freed");
  }
}
