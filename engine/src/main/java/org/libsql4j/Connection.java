package org.libsql4j;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.FileOpener;
import org.libsql4j.connection.Limit;
import org.libsql4j.connection.PreUpdateHook;
import org.libsql4j.connection.StatementInfo;
import org.libsql4j.connection.UpdateHook;
import org.libsql4j.connection.WalHook;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.CheckpointListener;
import org.libsql4j.pager.WriteAheadLogProvider;
import org.libsql4j.record.Collation;
import org.libsql4j.vtab.Module;

/**
 * A connection to a database: one transaction at a time, and the statements in it.
 *
 * <p>Any thread may use it, one after the other; {@link #interrupt()} and {@link #close()} may be
 * called at any time.
 */
public final class Connection implements AutoCloseable {
  private static final int MAX_FUNCTION_NAME_BYTES = 255;

  private final ReentrantLock lock = new ReentrantLock();
  private final ConnectionState state;
  private final ProgramCache programs = new ProgramCache();
  private final Set<Statement> statements = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile boolean closed;

  Connection(Database.Builder options) {
    state = new ConnectionState(Engine.builtInFunctions(), options.vfs.environment());
    state.setCompiler(options.compiler != null ? options.compiler : Engine.newCompiler());
    WriteAheadLogProvider provider = options.writeAheadLogProvider;
    state.setOpener(
        new FileOpener(
                options.vfs,
                options.readOnly,
                options.create,
                options.immutable,
                state.busyHandlerInForce(),
                provider != null ? provider : Engine.writeAheadLogProvider())
            .readOnlySharedMemory(options.readOnlySharedMemory));
    state.setBusyTimeout(options.busyTimeoutMillis);
    state.setStatements(this::statementInfo);
    state.setExtensions(this::loadExtension);
    state.addDatabase(new AttachedDatabase("main", state.opener().open(options.path)));
    state.addDatabase(new AttachedDatabase("temp", null));
  }

  // ---- running SQL
  // --------------------------------------------------------------------------------

  /**
   * Prepares the first statement of a text; {@link Statement#tailOffset()} tells where it ends.
   *
   * @throws LibsqlException what is wrong with it
   */
  public Statement prepare(String sql) {
    return prepare(sql, 0);
  }

  /** Prepares the first statement from an offset on (in UTF-16 code units). */
  public Statement prepare(String sql, int offset) {
    lock.lock();
    try {
      checkOpen();
      if (state.transactions().activeStatements == 0) {
        state.clearInterrupt();
      }
      state.startPatience();
      Statement statement = new Statement(this, sql, offset, compile(sql, offset, false));
      statements.add(statement);
      return statement;
    } finally {
      lock.unlock();
    }
  }

  private void checkLength(String sql, int offset) {
    int limit = state.limit(Limit.SQL_LENGTH);
    int characters = sql.length() - offset;
    // No character takes more than three bytes.
    boolean tooLong =
        characters > limit / 3
            && (characters > limit
                || sql.substring(offset).getBytes(StandardCharsets.UTF_8).length > limit);
    if (tooLong) {
      throw new LibsqlException(ResultCode.TOOBIG, "statement too long");
    }
  }

  /** Compiles, or takes a program compiled before. The lock is held. */
  CompiledStatement compile(String sql, int offset, boolean fresh) {
    CompiledStatement compiled = fresh || offset != 0 ? null : programs.get(sql, state);
    if (compiled == null) {
      checkLength(sql, offset);
      compiled = state.compiler().compile(state, sql, offset);
      if (offset == 0) {
        programs.put(sql, compiled, state);
      }
    }
    return compiled;
  }

  /**
   * Runs one statement to its end.
   *
   * @param parameters values of the parameters, in order: null, a boxed number, a Boolean, a String
   *     or a byte[]
   * @return how many rows it changed; 0 if it is not an INSERT, UPDATE or DELETE
   * @throws LibsqlException MISUSE if another statement follows in the text
   */
  public long execute(String sql, @Nullable Object... parameters) {
    try (Statement statement = prepare(sql)) {
      statement.checkNoTail();
      statement.bindAll(parameters);
      return statement.execute();
    }
  }

  /** Runs all statements of a text and drops their rows. */
  public void executeMultiple(String sql) {
    int offset = 0;
    while (offset < sql.length()) {
      try (Statement statement = prepare(sql, offset)) {
        statement.execute();
        offset = Math.max(statement.tailOffset(), offset + 1);
      }
    }
  }

  /**
   * Runs a query; its rows must be closed.
   *
   * @param parameters as in {@link #execute}
   */
  public Rows query(String sql, @Nullable Object... parameters) {
    Statement statement = prepare(sql);
    try {
      statement.checkNoTail();
      statement.bindAll(parameters);
      return new Rows(statement);
    } catch (RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  // ---- transactions
  // -------------------------------------------------------------------------------

  /** Whether no transaction was begun: every statement is its own. */
  public boolean isAutoCommit() {
    return state.autoCommit;
  }

  /** Begins a transaction that takes its locks when they are needed. */
  public void begin() {
    execute("BEGIN");
  }

  /** Begins a transaction as the writer. */
  public void beginImmediate() {
    execute("BEGIN IMMEDIATE");
  }

  /**
   * Commits.
   *
   * @throws LibsqlException BUSY if others still read; the transaction stays open then
   */
  public void commit() {
    execute("COMMIT");
  }

  /** Gives up what was done since the transaction began. */
  public void rollback() {
    execute("ROLLBACK");
  }

  // ---- what happened
  // ------------------------------------------------------------------------------

  /** Rowid of the row inserted last. */
  public long lastInsertRowid() {
    return state.lastInsertRowid;
  }

  /** How many rows the last INSERT, UPDATE or DELETE changed itself. */
  public long changes() {
    return state.changes;
  }

  /** How many rows were changed since the connection was opened, by triggers too. */
  public long totalChanges() {
    return state.totalChanges;
  }

  // ---- settings
  // -----------------------------------------------------------------------------------

  /** How long to wait for locks; 0 gives up at once. */
  public void busyTimeout(int millis) {
    checkOpen();
    state.setBusyTimeout(millis);
  }

  /** Decides itself how to wait for locks. */
  public void setBusyHandler(BusyHandler handler) {
    checkOpen();
    state.setBusyHandler(handler);
  }

  /** The write-ahead log of the main database. */
  public WalAccess wal() {
    return wal("main");
  }

  /**
   * The write-ahead log of a database.
   *
   * @param database main, or as it was attached
   * @throws LibsqlException ERROR if there is no such database
   */
  public WalAccess wal(String database) {
    return new WalAccess(this, indexOf(database));
  }

  private int indexOf(String database) {
    checkOpen();
    int index = state.databaseIndex(database);
    if (index < 0 || state.database(index).btreeOrNull() == null) {
      throw new LibsqlException(ResultCode.ERROR, "unknown database: " + database);
    }
    return index;
  }

  /**
   * Writes what transactions have changed so far, as far as that does not commit: to the log, or to
   * the file if the journal allows to undo it.
   *
   * @throws LibsqlException BUSY if others read the file
   */
  public void cacheFlush() {
    lock.lock();
    try {
      checkOpen();
      for (AttachedDatabase database : state.databases()) {
        if (database.isInTransaction()) {
          database.btree().pager().cacheFlush();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Bytes at the end of each page of a database that are not used, 0 to 255. */
  public int reservedBytes(String database) {
    return state.database(indexOf(database)).btree().reservedBytes();
  }

  /**
   * Sets how many bytes at the end of each page are left unused, from 0 to 255. A database that has
   * pages already changes with the next VACUUM, if it is the main one.
   */
  public void setReservedBytes(String database, int bytes) {
    if (bytes < 0 || bytes > 255) {
      throw new LibsqlException(ResultCode.RANGE);
    }
    lock.lock();
    try {
      Btree btree = state.database(indexOf(database)).btree();
      btree.setPageSize(0, bytes, false);
      state.settings().nextReservedBytes = bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Makes the running statement fail with INTERRUPT soon; may be called from any thread. */
  public void interrupt() {
    state.interrupt();
  }

  public void setUpdateHook(@Nullable UpdateHook hook) {
    state.hooks().setUpdate(hook);
  }

  /**
   * Told of changes of rows before they happen, with old and new values; of tables WITHOUT ROWID
   * and in the schema's own tables too. Null takes the hook away.
   */
  public void setPreUpdateHook(@Nullable PreUpdateHook hook) {
    state.hooks().setPreUpdate(hook);
    state.recompileStatements();
  }

  /** Asked before each commit; true turns it into a rollback. */
  public void setCommitHook(@Nullable BooleanSupplier hook) {
    state.hooks().setCommit(hook);
  }

  /**
   * Told of commits to write-ahead logs. While it is set there are no automatic checkpoints; null,
   * and {@code PRAGMA wal_autocheckpoint}, bring them back.
   */
  public void setWalHook(@Nullable WalHook hook) {
    state.hooks().setWal(hook);
  }

  /** Told of every page that a checkpoint of this connection moves to the database file. */
  public void setCheckpointListener(@Nullable CheckpointListener listener) {
    state.hooks().setCheckpoint(listener);
  }

  public void setRollbackHook(@Nullable Runnable hook) {
    state.hooks().setRollback(hook);
  }

  /** Told the text of every statement that starts. */
  public void setTrace(@Nullable Consumer<String> trace) {
    state.hooks().setTrace(trace);
  }

  public void setAuthorizer(@Nullable Authorizer authorizer) {
    state.hooks().setAuthorizer(authorizer);
    state.recompileStatements();
  }

  /** Called about every {@code interval} instructions; true interrupts the statement. */
  public void setProgressHandler(int interval, @Nullable BooleanSupplier handler) {
    state.setProgressHandler(interval, handler);
  }

  /**
   * Adds a function; replaces one of the same name and number of arguments.
   *
   * @throws LibsqlException MISUSE if the name has more than 255 bytes
   */
  public void createFunction(FunctionDefinition function) {
    if (function.name().getBytes(StandardCharsets.UTF_8).length > MAX_FUNCTION_NAME_BYTES) {
      throw new LibsqlException(ResultCode.MISUSE);
    }
    lock.lock();
    try {
      checkOpen();
      if (state.functions().hasOwn(function.name(), function.argumentCount())) {
        checkIdle("user-function");
      }
      state.functions().register(function);
      state.recompileStatements();
    } finally {
      lock.unlock();
    }
  }

  /** What running statements may be using cannot be replaced. */
  private void checkIdle(String kind) {
    if (state.transactions().activeStatements > 0) {
      throw new LibsqlException(
          ResultCode.BUSY, "unable to delete/modify " + kind + " due to active statements");
    }
  }

  /** Adds a collation; replaces one of the same name. */
  public void createCollation(Collation collation) {
    lock.lock();
    try {
      checkOpen();
      if (state.collations().find(collation.name()) != null) {
        checkIdle("collation sequence");
      }
      state.collations().register(collation);
      state.recompileStatements();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a module of virtual tables; replaces one of the same name.
   *
   * @param module null to remove it
   */
  public void createModule(String name, @Nullable Module module) {
    lock.lock();
    try {
      checkOpen();
      state.modules().register(name, module);
      state.recompileStatements();
    } finally {
      lock.unlock();
    }
  }

  /** Whether SQL may load extensions with {@code load_extension()}; false unless set. */
  public void enableLoadExtension(boolean value) {
    checkOpen();
    state.set(ConnectionFlag.LOAD_EXTENSION, value);
  }

  /** Adds what an extension has, whether or not SQL may do so. */
  public void loadExtension(Extension extension) {
    lock.lock();
    try {
      checkOpen();
      extension.load(this);
    } finally {
      lock.unlock();
    }
  }

  private void loadExtension(String name) {
    for (Extension extension : ServiceLoader.load(Extension.class)) {
      if (extension.name().equals(name)) {
        extension.load(this);
        return;
      }
    }
    throw new LibsqlException(ResultCode.ERROR, "no such extension: " + name);
  }

  private List<StatementInfo> statementInfo() {
    List<StatementInfo> list = new ArrayList<>();
    for (Statement statement : statements) {
      list.add(
          new StatementInfo(
              statement.sql(),
              statement.columnCount(),
              statement.isReadOnly(),
              statement.isRunning(),
              statement.recompilations()));
    }
    return list;
  }

  /** For the other modules of the engine. */
  public ConnectionState state() {
    return state;
  }

  // ---- the end
  // ------------------------------------------------------------------------------------

  public boolean isClosed() {
    return closed;
  }

  /** Closes all statements, rolls back an open transaction and closes the files. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (!lock.isHeldByCurrentThread()) {
      state.interrupt();
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      List<Statement> open = new ArrayList<>(statements);
      for (Statement statement : open) {
        statement.close();
      }
      disconnectVirtualTables();
      closeFiles();
    } finally {
      lock.unlock();
    }
  }

  private void disconnectVirtualTables() {
    state.transactions().virtualTables().rollback();
    state.resetAllSchemas();
    state.modules().close();
  }

  private void closeFiles() {
    LibsqlException failure = null;
    for (int i = state.databases().size() - 1; i >= 0; i--) {
      Btree btree = state.database(i).btreeOrNull();
      if (btree != null) {
        try {
          btree.close();
        } catch (LibsqlException e) {
          failure = e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  // ---- for its statements
  // -------------------------------------------------------------------------

  void checkOpen() {
    if (closed) {
      throw new LibsqlException(ResultCode.MISUSE, "connection is closed");
    }
  }

  ReentrantLock lock() {
    return lock;
  }

  void forget(Statement statement) {
    statements.remove(statement);
  }
}
