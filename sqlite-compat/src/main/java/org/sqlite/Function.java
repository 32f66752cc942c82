package org.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.Accumulator;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Mem;

/**
 * A SQL function in Java.
 *
 * <p>Within {@link #xFunc} the arguments are read by the {@code value_…} methods, numbered from 0,
 * and the result is given to one of the {@code result} methods; it is NULL otherwise.
 */
public abstract class Function {
  /** The same arguments always give the same result. */
  public static final int FLAG_DETERMINISTIC = 0x800;

  private static final int ANY_NUMBER = -1;

  /** The call that runs; null outside of calls. */
  private @Nullable FunctionContext context;

  private Mem @Nullable [] arguments;

  /** Adds a function with any number of arguments. */
  public static void create(Connection connection, String name, Function function)
      throws SQLException {
    create(connection, name, function, 0);
  }

  /**
   * Adds a function with any number of arguments.
   *
   * @param flags 0 or {@link #FLAG_DETERMINISTIC}
   */
  public static void create(Connection connection, String name, Function function, int flags)
      throws SQLException {
    create(connection, name, function, ANY_NUMBER, flags);
  }

  /**
   * Adds a function to a connection; replaces one of the same name and number of arguments.
   *
   * @param argumentCount -1 for any number
   * @param flags 0 or {@link #FLAG_DETERMINISTIC}
   */
  public static void create(
      Connection connection, String name, Function function, int argumentCount, int flags)
      throws SQLException {
    org.libsql4j.Connection engine = Handlers.engineOf(connection);
    Set<FunctionDefinition.Flag> properties = EnumSet.noneOf(FunctionDefinition.Flag.class);
    if ((flags & FLAG_DETERMINISTIC) != 0) {
      properties.add(FunctionDefinition.Flag.DETERMINISTIC);
    }
    try {
      engine.createFunction(function.definition(name, argumentCount, properties));
    } catch (LibsqlException e) {
      throw new SQLiteException(
          String.valueOf(e.getMessage()), SQLiteErrorCode.getErrorCode(e.resultCode().code()));
    }
  }

  /** Removes the function of a name and number of arguments. */
  public static void destroy(Connection connection, String name, int argumentCount)
      throws SQLException {
    org.libsql4j.Connection engine = Handlers.engineOf(connection);
    engine.state().functions().remove(name, argumentCount);
    engine.state().recompileStatements();
  }

  /** Removes the function of a name that takes any number of arguments. */
  public static void destroy(Connection connection, String name) throws SQLException {
    destroy(connection, name, ANY_NUMBER);
  }

  FunctionDefinition definition(
      String name, int argumentCount, Set<FunctionDefinition.Flag> properties) {
    return FunctionDefinition.scalar(
        name, argumentCount, properties, (call, values) -> run(call, values, this::xFunc));
  }

  /** A part of a function, written by an application. */
  @FunctionalInterface
  private interface Code {
    void run() throws SQLException;
  }

  /** Runs a part of the function; a call may come while another one of it runs. */
  private void run(FunctionContext call, Mem @Nullable [] values, Code code) {
    FunctionContext outerContext = context;
    Mem[] outerArguments = arguments;
    context = call;
    arguments = values;
    try {
      code.run();
    } catch (SQLException | RuntimeException e) {
      throw Handlers.failure(e);
    } finally {
      context = outerContext;
      arguments = outerArguments;
    }
  }

  /** Computes the result. */
  protected abstract void xFunc() throws SQLException;

  private Mem argument(int index) throws SQLException {
    Mem[] values = arguments;
    if (values == null || index < 0 || index >= values.length) {
      throw new SQLException("not in value access state");
    }
    return values[index];
  }

  private FunctionContext call() throws SQLException {
    FunctionContext running = context;
    if (running == null) {
      throw new SQLException("no context is allowed to be null");
    }
    return running;
  }

  /** How many arguments there are. */
  protected final int args() throws SQLException {
    call();
    Mem[] values = arguments;
    return values == null ? 0 : values.length;
  }

  /** The result is a BLOB; NULL if it is null. */
  protected final void result(byte @Nullable [] value) throws SQLException {
    if (value == null) {
      result();
    } else {
      call().result().setBlob(value, 0, value.length);
    }
  }

  /** The result is a REAL; NULL if it is not a number. */
  protected final void result(double value) throws SQLException {
    call().result().setReal(value);
  }

  /** The result is an INTEGER. */
  protected final void result(int value) throws SQLException {
    call().result().setInteger(value);
  }

  /** The result is an INTEGER. */
  protected final void result(long value) throws SQLException {
    call().result().setInteger(value);
  }

  /** The result is NULL. */
  protected final void result() throws SQLException {
    call().result().setNull();
  }

  /** The result is a TEXT; NULL if it is null. */
  protected final void result(@Nullable String value) throws SQLException {
    if (value == null) {
      result();
    } else {
      call().result().setText(value);
    }
  }

  /** Ends the statement with an error. */
  protected final void error(String message) throws SQLException {
    call();
    throw new LibsqlException(ResultCode.ERROR, message);
  }

  /** The argument as text; null for NULL. */
  protected final @Nullable String value_text(int index) throws SQLException {
    return argument(index).text();
  }

  /** Null for NULL and for an empty value. */
  protected final byte @Nullable [] value_blob(int index) throws SQLException {
    byte[] bytes = argument(index).toByteArray();
    return bytes == null || bytes.length == 0 ? null : bytes;
  }

  /** The argument as CAST makes it a REAL; 0 for NULL. */
  protected final double value_double(int index) throws SQLException {
    return argument(index).asDouble();
  }

  /** The lower 32 bits. */
  protected final int value_int(int index) throws SQLException {
    return (int) value_long(index);
  }

  /** The argument as CAST makes it an INTEGER; 0 for NULL. */
  protected final long value_long(int index) throws SQLException {
    return argument(index).asLong();
  }

  /** SQLite's number of the type: 1 INTEGER, 2 FLOAT, 3 TEXT, 4 BLOB, 5 NULL. */
  protected final int value_type(int index) throws SQLException {
    int type = argument(index).type;
    return type == Mem.NULL || type == Mem.OBJECT ? SQLITE_NULL : type;
  }

  private static final int SQLITE_NULL = 5;

  /** An aggregate function. Each group has a clone of what was registered. */
  public abstract static class Aggregate extends Function implements Cloneable {
    @Override
    protected final void xFunc() {}

    /** Takes a row in. */
    protected abstract void xStep() throws SQLException;

    /** Gives the result of the group. */
    protected abstract void xFinal() throws SQLException;

    @Override
    public Object clone() throws CloneNotSupportedException {
      return super.clone();
    }

    private Aggregate copy() {
      try {
        return (Aggregate) clone();
      } catch (CloneNotSupportedException e) {
        throw Handlers.failure(e);
      }
    }

    @Override
    FunctionDefinition definition(
        String name, int argumentCount, Set<FunctionDefinition.Flag> properties) {
      return FunctionDefinition.aggregate(name, argumentCount, properties, () -> new Group(copy()));
    }
  }

  /** An aggregate function that can be used with OVER and frames that move. */
  public abstract static class Window extends Aggregate {
    /** Takes the oldest row out. */
    protected abstract void xInverse() throws SQLException;

    /** Gives the result for the rows that are in. */
    protected abstract void xValue() throws SQLException;

    @Override
    FunctionDefinition definition(
        String name, int argumentCount, Set<FunctionDefinition.Flag> properties) {
      properties.add(FunctionDefinition.Flag.WINDOW);
      return super.definition(name, argumentCount, properties);
    }
  }

  /** An aggregate function in one group. */
  private record Group(Aggregate function) implements Accumulator {
    @Override
    public void step(FunctionContext context, Mem[] arguments) {
      ((Function) function).run(context, arguments, function::xStep);
    }

    @Override
    public void inverse(FunctionContext context, Mem[] arguments) {
      if (function instanceof Window window) {
        ((Function) function).run(context, arguments, window::xInverse);
      }
    }

    @Override
    public void value(FunctionContext context) {
      if (function instanceof Window window) {
        ((Function) function).run(context, null, window::xValue);
      }
    }

    @Override
    public void finish(FunctionContext context) {
      ((Function) function).run(context, null, function::xFinal);
    }
  }
}
