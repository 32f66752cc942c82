package org.libsql4j;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.CollationNeeded;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.connection.PreUpdateHook;
import org.libsql4j.connection.TraceListener;
import org.libsql4j.connection.UpdateHook;
import org.libsql4j.connection.WalHook;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.CheckpointListener;
import org.libsql4j.record.Collation;
import org.libsql4j.vtab.Module;

/**
 * What can be set at a connection: limits, switches, hooks, functions, collations, modules.
 *
 * <p>Part of {@link Connection}, of which it has the lock.
 */
abstract class ConfigurableConnection {
  private static final int MAX_FUNCTION_NAME_BYTES = 255;

  final ReentrantLock lock = new ReentrantLock();
  final ConnectionState state;

  /** Why nothing can be done with it; null if something can. */
  volatile @Nullable String unusable;

  ConfigurableConnection(ConnectionState state) {
    this.state = state;
  }

  /** Whether everything runs on a server, so that there is nothing here to be set. */
  abstract boolean isRemote();

  /**
   * @throws LibsqlException ERROR if the database is on a server
   */
  final void checkLocal(String what) {
    if (isRemote()) {
      throw new LibsqlException(
          ResultCode.ERROR, what + " not supported: the database is on a server");
    }
  }

  /** The value of a limit. */
  public final int limit(Limit limit) {
    return state.limit(limit);
  }

  /**
   * Sets a limit, at most to its default; answers what it was. A negative value changes nothing.
   */
  public final int setLimit(Limit limit, int value) {
    checkOpen();
    return state.setLimit(limit, value);
  }

  /** Whether a switch is on. */
  public final boolean isSet(ConnectionFlag flag) {
    return state.isSet(flag);
  }

  /** Turns a switch on or off, as {@code sqlite3_db_config} does. */
  public final void set(ConnectionFlag flag, boolean value) {
    checkOpen();
    if (flag != ConnectionFlag.QUERY_ONLY) {
      checkLocal("this switch is");
    }
    state.set(flag, value);
  }

  /** How long to wait for locks; 0 gives up at once. */
  public final void busyTimeout(Duration timeout) {
    busyTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(0, timeout.toMillis())));
  }

  /** How long to wait for locks in milliseconds; 0 gives up at once. */
  public final void busyTimeout(int millis) {
    checkOpen();
    state.setBusyTimeout(millis);
  }

  /** Decides itself how to wait for locks. */
  public final void setBusyHandler(BusyHandler handler) {
    checkOpen();
    checkLocal("a busy handler is");
    state.setBusyHandler(handler);
  }

  final int indexOf(String database) {
    checkOpen();
    checkLocal("access to the database file is");
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
  public final void cacheFlush() {
    lock.lock();
    try {
      checkOpen();
      checkLocal("access to the database file is");
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
  public final int reservedBytes(String database) {
    return state.database(indexOf(database)).btree().reservedBytes();
  }

  /**
   * Sets how many bytes at the end of each page are left unused, from 0 to 255. A database that has
   * pages already changes with the next VACUUM, if it is the main one.
   */
  public final void setReservedBytes(String database, int bytes) {
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
  public final void interrupt() {
    state.interrupt();
  }

  /** Told of rows that were changed, in tables with rowids; null takes it away. */
  public final void setUpdateHook(@Nullable UpdateHook hook) {
    if (hook != null) {
      checkLocal("an update hook is");
    }
    state.hooks().setUpdate(hook);
  }

  /**
   * Told of changes of rows before they happen, with old and new values; of tables WITHOUT ROWID
   * and in the schema's own tables too. Null takes the hook away.
   */
  public final void setPreUpdateHook(@Nullable PreUpdateHook hook) {
    if (hook != null) {
      checkLocal("an update hook is");
    }
    state.hooks().setPreUpdate(hook);
    state.recompileStatements();
  }

  /** Asked before each commit; true turns it into a rollback. */
  public final void setCommitHook(@Nullable BooleanSupplier hook) {
    if (hook != null) {
      checkLocal("a commit hook is");
    }
    state.hooks().setCommit(hook);
  }

  /**
   * Told of commits to write-ahead logs. While it is set there are no automatic checkpoints; null,
   * and {@code PRAGMA wal_autocheckpoint}, bring them back.
   */
  public final void setWalHook(@Nullable WalHook hook) {
    if (hook != null) {
      checkLocal("a hook of the log is");
    }
    state.hooks().setWal(hook);
  }

  /** Told of every page that a checkpoint of this connection moves to the database file. */
  public final void setCheckpointListener(@Nullable CheckpointListener listener) {
    if (listener != null) {
      checkLocal("a checkpoint listener is");
    }
    state.hooks().setCheckpoint(listener);
  }

  /** Called after a rollback; null takes it away. */
  public final void setRollbackHook(@Nullable Runnable hook) {
    if (hook != null) {
      checkLocal("a rollback hook is");
    }
    state.hooks().setRollback(hook);
  }

  /** Told what runs: statements, triggers, rows, times. Null takes the listener away. */
  public final void setTraceListener(@Nullable TraceListener listener) {
    state.hooks().setTrace(listener);
  }

  /**
   * Told the text of every statement that starts, with the values of its parameters; of triggers
   * and the statements in them as comments. Takes the place of a {@link #setTraceListener}.
   */
  public final void setTrace(@Nullable Consumer<String> trace) {
    state.hooks().setTrace(trace == null ? null : new SqlTrace(trace));
  }

  /** Asked for collations that statements name and nobody has registered. */
  public final void setCollationNeeded(@Nullable CollationNeeded hook) {
    if (hook != null) {
      checkLocal("a collation is");
    }
    state.collations().setNeeded(hook);
  }

  /** Asked while statements are compiled what they may do; null takes it away. */
  public final void setAuthorizer(@Nullable Authorizer authorizer) {
    if (authorizer != null) {
      checkLocal("an authorizer is");
    }
    state.hooks().setAuthorizer(authorizer);
    state.recompileStatements();
  }

  /** Called about every {@code interval} instructions; true interrupts the statement. */
  public final void setProgressHandler(int interval, @Nullable BooleanSupplier handler) {
    if (handler != null) {
      checkLocal("a progress handler is");
    }
    state.setProgressHandler(interval, handler);
  }

  /**
   * Adds a function; replaces one of the same name and number of arguments.
   *
   * @throws LibsqlException MISUSE if the name has more than 255 bytes
   */
  public final void createFunction(FunctionDefinition function) {
    checkLocal("a function in Java is");
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
  public final void createCollation(Collation collation) {
    checkLocal("a collation in Java is");
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
  public final void createModule(String name, @Nullable Module module) {
    checkLocal("a module of virtual tables is");
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
  public final void enableLoadExtension(boolean value) {
    checkLocal("an extension is");
    checkOpen();
    state.set(ConnectionFlag.LOAD_EXTENSION, value);
  }

  /** For the other modules of the engine. */
  public final ConnectionState state() {
    return state;
  }

  /**
   * Does something while no other thread uses the connection. {@link #interrupt()} and {@code
   * close()} do not wait for its end.
   */
  public final <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      checkOpen();
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  final void checkOpen() {
    String reason = unusable;
    if (reason != null) {
      throw Misuse.of(this, reason);
    }
  }

  final ReentrantLock lock() {
    return lock;
  }
}
