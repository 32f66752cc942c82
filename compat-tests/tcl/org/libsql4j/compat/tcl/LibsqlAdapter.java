package org.libsql4j.compat.tcl;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.libsql4j.Backup;
import org.libsql4j.Database;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.connection.TraceListener;
import org.libsql4j.connection.TracedStatement;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.Accumulator;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.jdbc.EngineFailure;
import org.libsql4j.jdbc.LibsqlDriver;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Mem;
import org.libsql4j.vfs.MemdbVfs;
import tclsuite.Adapter;

/**
 * Gives SQLite's own Tcl tests what they use of the engine beyond java.sql: functions, collations,
 * hooks, limits and switches.
 *
 * <p>A connection starts with the defaults of the C library, which those tests rely on, not with
 * those of this driver.
 */
public final class LibsqlAdapter implements Adapter {
  private static final String READ_ONLY = "readonly";

  @Override
  public Connection open(String url, String path, Map<String, String> options) throws SQLException {
    return LibsqlDriver.connect(
        Database.builder(path)
            .readOnly("1".equals(options.get(READ_ONLY)))
            .create(!"0".equals(options.get("create")))
            .build());
  }

  @Override
  public void opened(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys=OFF");
    }
  }

  @Override
  public ErrorInfo error(SQLException e) {
    if (e instanceof EngineFailure failure) {
      int code = failure.resultCode().code();
      return new ErrorInfo(code & 0xff, code, failure.engineMessage());
    }
    return new ErrorInfo(1, 1, String.valueOf(e.getMessage()));
  }

  // ---- functions and collations

  @Override
  public void createFunction(
      Connection connection, String name, int argumentCount, int flags, ScalarFn function)
      throws SQLException {
    Set<FunctionDefinition.Flag> properties = EnumSet.noneOf(FunctionDefinition.Flag.class);
    if ((flags & DETERMINISTIC) != 0) {
      properties.add(FunctionDefinition.Flag.DETERMINISTIC);
    }
    if ((flags & DIRECTONLY) != 0) {
      properties.add(FunctionDefinition.Flag.DIRECT_ONLY);
    }
    if ((flags & INNOCUOUS) != 0) {
      properties.add(FunctionDefinition.Flag.INNOCUOUS);
    }
    engine(connection)
        .createFunction(
            FunctionDefinition.scalar(
                name,
                argumentCount,
                properties,
                (context, arguments) ->
                    store(guarded(() -> function.call(values(arguments))), context.result())));
  }

  @Override
  public void createAggregate(
      Connection connection, String name, int argumentCount, AggregateFactory factory)
      throws SQLException {
    engine(connection)
        .createFunction(
            FunctionDefinition.aggregate(
                name,
                argumentCount,
                EnumSet.noneOf(FunctionDefinition.Flag.class),
                () -> new AggregateState(factory.create())));
  }

  @Override
  public void dropFunction(Connection connection, String name, int argumentCount)
      throws SQLException {
    ConnectionState state = engine(connection).state();
    state.functions().remove(name, argumentCount);
    state.recompileStatements();
  }

  private record AggregateState(AggregateFn function) implements Accumulator {
    @Override
    public void step(FunctionContext context, Mem[] arguments) {
      guarded(
          () -> {
            function.step(values(arguments));
            return null;
          });
    }

    @Override
    public void finish(FunctionContext context) {
      store(guarded(function::result), context.result());
    }
  }

  @Override
  public void createCollation(Connection connection, String name, Collator collator)
      throws SQLException {
    engine(connection).createCollation(new TextCollation(name, collator));
  }

  private record TextCollation(String name, Collator collator) implements Collation {
    @Override
    public int compare(
        byte[] left,
        int leftOffset,
        int leftLength,
        byte[] right,
        int rightOffset,
        int rightLength) {
      return collator.compare(
          new String(left, leftOffset, leftLength, StandardCharsets.UTF_8),
          new String(right, rightOffset, rightLength, StandardCharsets.UTF_8));
    }
  }

  private static Object[] values(Mem[] cells) {
    Object[] values = new Object[cells.length];
    for (int i = 0; i < cells.length; i++) {
      Mem cell = cells[i];
      values[i] =
          switch (cell.type) {
            case Mem.INTEGER -> (Object) cell.integer;
            case Mem.REAL -> (Object) cell.real;
            case Mem.TEXT -> cell.text();
            case Mem.BLOB -> cell.toByteArray();
            default -> null;
          };
    }
    return values;
  }

  private static void store(Object value, Mem cell) {
    if (value == null) {
      cell.setNull();
    } else if (value instanceof Long v) {
      cell.setInteger(v);
    } else if (value instanceof Double v) {
      cell.setReal(v);
    } else if (value instanceof byte[] v) {
      cell.setBlobShared(v);
    } else {
      cell.setText(value.toString());
    }
  }

  /** Something of the test program that may fail in the test's own way. */
  private interface Call {
    Object run();
  }

  private static Object guarded(Call call) {
    try {
      return call.run();
    } catch (CallbackError e) {
      throw new LibsqlException(ResultCode.ERROR, e.getMessage());
    }
  }

  // ---- handlers and hooks

  @Override
  public void progress(Connection connection, int interval, Progress progress) throws SQLException {
    engine(connection)
        .setProgressHandler(interval, progress == null || interval <= 0 ? null : progress::stop);
  }

  @Override
  public void busy(Connection connection, Busy busy) throws SQLException {
    if (busy == null) {
      engine(connection).busyTimeout(0);
    } else {
      engine(connection).setBusyHandler(busy::retry);
    }
  }

  @Override
  public void busyTimeout(Connection connection, int millis) throws SQLException {
    engine(connection).busyTimeout(millis);
  }

  @Override
  public void authorizer(Connection connection, Authorizer authorizer) throws SQLException {
    engine(connection).setAuthorizer(authorizer == null ? null : authorizer::check);
  }

  @Override
  public void trace(Connection connection, Notify notify) throws SQLException {
    engine(connection).setTrace(notify == null ? null : sql -> notify.event(sql));
  }

  @Override
  public void profile(Connection connection, Notify notify) throws SQLException {
    engine(connection)
        .setTraceListener(
            notify == null
                ? null
                : new TraceListener() {
                  @Override
                  public void profile(TracedStatement statement, long nanos) {
                    notify.event(statement.sql(), nanos);
                  }
                });
  }

  @Override
  public void collationNeeded(Connection connection, Notify notify) throws SQLException {
    engine(connection).setCollationNeeded(notify == null ? null : name -> notify.event(name));
  }

  // ---- copies

  @Override
  public void backup(Connection connection, String schema, String file) throws SQLException {
    org.libsql4j.Connection engine = engine(connection);
    try (org.libsql4j.Connection target = other(file, false, "cannot open target database: ")) {
      copy(() -> engine.startBackup(schema, target, "main"), false, "backup failed: ");
    }
  }

  @Override
  public void restore(Connection connection, String schema, String file) throws SQLException {
    org.libsql4j.Connection engine = engine(connection);
    try (org.libsql4j.Connection source = other(file, true, "cannot open source database: ")) {
      copy(() -> source.startBackup("main", engine, schema), true, "restore failed: ");
    }
  }

  private static org.libsql4j.Connection other(String file, boolean readOnly, String failure) {
    try {
      return Database.builder(file).readOnly(readOnly).busyTimeoutMillis(0).build().connect();
    } catch (LibsqlException e) {
      throw new CallbackError(failure + e.getMessage());
    }
  }

  /** As the Tcl interface does it; a source that is locked is tried three times. */
  private static void copy(Supplier<Backup> start, boolean patient, String failure) {
    try (Backup backup = start.get()) {
      int attempts = 0;
      while (true) {
        try {
          if (backup.step(100)) {
            return;
          }
        } catch (LibsqlException e) {
          if (!patient || e.resultCode().primary() != ResultCode.BUSY) {
            throw e;
          }
          if (++attempts > 3) {
            throw new CallbackError("restore failed: source database busy");
          }
        }
      }
    } catch (LibsqlException e) {
      throw new CallbackError(failure + e.getMessage());
    }
  }

  @Override
  public byte[] serialize(Connection connection, String schema) throws SQLException {
    return engine(connection).serialize(schema);
  }

  @Override
  public void deserialize(Connection connection, String schema, byte[] data) throws SQLException {
    try {
      engine(connection).deserialize(schema, data, false, MemdbVfs.DEFAULT_MAX_BYTES);
    } catch (LibsqlException e) {
      throw new CallbackError("unable to set MEMDB content");
    }
  }

  @Override
  public void updateHook(Connection connection, Notify notify) throws SQLException {
    engine(connection)
        .setUpdateHook(
            notify == null
                ? null
                : (change, database, table, rowid) ->
                    notify.event(change.name(), database, table, rowid));
  }

  @Override
  public void commitHook(Connection connection, Veto veto) throws SQLException {
    engine(connection).setCommitHook(veto == null ? null : veto::veto);
  }

  @Override
  public void rollbackHook(Connection connection, Notify notify) throws SQLException {
    engine(connection).setRollbackHook(notify == null ? null : () -> notify.event());
  }

  @Override
  public void interrupt(Connection connection) throws SQLException {
    engine(connection).interrupt();
  }

  // ---- state and settings

  @Override
  public Boolean autocommit(Connection connection) throws SQLException {
    return engine(connection).isAutoCommit();
  }

  @Override
  public int limit(Connection connection, int number, int value) throws SQLException {
    for (Limit limit : Limit.values()) {
      if (limit.number() == number) {
        return engine(connection).state().setLimit(limit, value);
      }
    }
    throw new Unsupported("sqlite3_limit " + number);
  }

  @Override
  public int dbConfig(Connection connection, String name, int value) throws SQLException {
    ConnectionFlag flag =
        switch (name) {
          case "ENABLE_FKEY" -> ConnectionFlag.FOREIGN_KEYS;
          case "ENABLE_TRIGGER" -> ConnectionFlag.ENABLE_TRIGGERS;
          case "ENABLE_VIEW" -> ConnectionFlag.ENABLE_VIEWS;
          case "ENABLE_LOAD_EXTENSION" -> ConnectionFlag.LOAD_EXTENSION;
          case "DQS_DML" -> ConnectionFlag.DQS_DML;
          case "DQS_DDL" -> ConnectionFlag.DQS_DDL;
          case "DEFENSIVE" -> ConnectionFlag.DEFENSIVE;
          case "WRITABLE_SCHEMA" -> ConnectionFlag.WRITABLE_SCHEMA;
          case "LEGACY_ALTER_TABLE" -> ConnectionFlag.LEGACY_ALTER_TABLE;
          case "LEGACY_FILE_FORMAT" -> ConnectionFlag.LEGACY_FILE_FORMAT;
          case "TRUSTED_SCHEMA" -> ConnectionFlag.TRUSTED_SCHEMA;
          case "RESET_DATABASE" -> ConnectionFlag.RESET_DATABASE;
          case "REVERSE_SCANORDER" -> ConnectionFlag.REVERSE_UNORDERED_SELECTS;
          default -> throw new Unsupported("sqlite3_db_config " + name);
        };
    ConnectionState state = engine(connection).state();
    if (value >= 0) {
      state.set(flag, value > 0);
    }
    return state.isSet(flag) ? 1 : 0;
  }

  private static org.libsql4j.Connection engine(Connection connection) throws SQLException {
    return connection.unwrap(org.libsql4j.Connection.class);
  }
}
