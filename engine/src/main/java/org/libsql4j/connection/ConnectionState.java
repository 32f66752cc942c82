package org.libsql4j.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionRegistry;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.LockWaiter;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.schema.Catalog;
import org.libsql4j.vfs.VfsEnvironment;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.ModuleRegistry;

/** Everything that belongs to one connection and outlives a statement. */
public final class ConnectionState {
  private final FunctionRegistry functions;
  private final CollationRegistry collations = new CollationRegistry();
  private final ModuleRegistry modules = new ModuleRegistry(name -> findBuiltInModule(name));

  /** By {@link Limit#ordinal()}; an array because every bound text and blob is held against one. */
  private final int[] limits = new int[Limit.values().length];

  private boolean keepsPrograms = true;
  private boolean limitsChanged;

  /** The switches that are on, by {@link ConnectionFlag#ordinal()}. */
  private long switches;

  private final List<AttachedDatabase> databases = new ArrayList<>();
  private final TransactionState transactions = new TransactionState(this);
  private final Hooks hooks = new Hooks();
  private final ConnectionSettings settings = new ConnectionSettings();
  private final RandomSource random;
  private final VfsEnvironment environment;
  private Supplier<List<StatementInfo>> statements = List::of;
  private Consumer<String> extensions = name -> {};
  private @Nullable StatementCompiler compiler;
  private @Nullable DatabaseOpener opener;
  private final EphemeralTrees ephemeralTrees = new EphemeralTrees();
  private @Nullable ConnectionObserver observer;
  private BusyHandler busyHandler;
  private final Waiting waiting = new Waiting();
  private int busyTimeoutMillis;
  private int expiryGeneration;
  private int compileGeneration;
  private @Nullable Catalog catalog;
  private volatile boolean interrupted;
  private volatile boolean attention;
  private volatile @Nullable Runnable interruptListener;

  /** The text encoding of the main database, which all attached databases must share. */
  public TextEncoding encoding = TextEncoding.UTF8;

  /** False between BEGIN and COMMIT. */
  public boolean autoCommit = true;

  /** What {@code last_insert_rowid()} answers. */
  public long lastInsertRowid;

  /** Collects the rowids of inserted rows while somebody wants to know them. */
  public @Nullable InsertedRowids insertedRowids;

  /** What {@code changes()} answers. */
  public long changes;

  /** What {@code total_changes()} answers. */
  public long totalChanges;

  /** How many statements that the engine runs for itself are running inside others. */
  public int nestedStatementDepth;

  /** How many statements are executing inside each other at this moment. */
  public int executionDepth;

  /** For a connection that has no databases yet. */
  public ConnectionState(FunctionRegistry builtInFunctions) {
    this(builtInFunctions, VfsEnvironment.system());
  }

  /** For a connection that has no databases yet. */
  public ConnectionState(FunctionRegistry builtInFunctions, VfsEnvironment environment) {
    this.functions = new FunctionRegistry(builtInFunctions);
    this.environment = environment;
    this.random = new RandomSource(environment.randomness());
    this.busyHandler = new BusyTimeout(environment, 0);
    for (Limit limit : Limit.values()) {
      limits[limit.ordinal()] = limit.defaultValue();
    }
    for (ConnectionFlag flag : DEFAULT_FLAGS) {
      switches |= bit(flag);
    }
  }

  private static final ConnectionFlag[] DEFAULT_FLAGS = {
    ConnectionFlag.ENABLE_TRIGGERS,
    ConnectionFlag.ENABLE_VIEWS,
    ConnectionFlag.AUTOMATIC_INDEX,
    ConnectionFlag.CACHE_SPILL,
    ConnectionFlag.SHORT_COLUMN_NAMES,
    ConnectionFlag.TRUSTED_SCHEMA,
    ConnectionFlag.DQS_DDL,
    ConnectionFlag.DQS_DML,
    ConnectionFlag.STAT4,
  };

  // ---- what the layers share --------------------------------------------------------------------

  /** The functions of the connection, built-in ones included. */
  public FunctionRegistry functions() {
    return functions;
  }

  /** The collations of the connection. */
  public CollationRegistry collations() {
    return collations;
  }

  /** The prepared statements of the connection. */
  public List<StatementInfo> statements() {
    return statements.get();
  }

  /** Sets where {@link #statements} come from. */
  public void setStatements(Supplier<List<StatementInfo>> supplier) {
    statements = supplier;
  }

  /**
   * Adds what an extension has.
   *
   * @throws LibsqlException ERROR "not authorized" unless that was allowed
   */
  public void loadExtension(String name) {
    if (!isSet(ConnectionFlag.LOAD_EXTENSION)) {
      throw new LibsqlException(ResultCode.ERROR, "not authorized");
    }
    extensions.accept(name);
  }

  /** Sets how extensions are found. */
  public void setExtensions(Consumer<String> loader) {
    extensions = loader;
  }

  /** The modules of virtual tables. */
  public ModuleRegistry modules() {
    return modules;
  }

  private @Nullable Module findBuiltInModule(String name) {
    StatementCompiler set = compiler;
    return set == null ? null : set.findModule(name);
  }

  /** The transaction and its savepoints. */
  public TransactionState transactions() {
    return transactions;
  }

  /** What the application wants to be told. */
  public Hooks hooks() {
    return hooks;
  }

  /** Told what happens; null if nobody listens. */
  public @Nullable ConnectionObserver observer() {
    return observer;
  }

  /** Sets who is told what happens. */
  public void setObserver(ConnectionObserver observer) {
    this.observer = observer;
  }

  /** What pragmas have set, other than switches. */
  public ConnectionSettings settings() {
    return settings;
  }

  /** Random numbers for rowids, {@code random()} and file names. */
  public RandomSource random() {
    return random;
  }

  /** Time, sleep and randomness. */
  public VfsEnvironment environment() {
    return environment;
  }

  /** What makes programs of SQL. */
  public StatementCompiler compiler() {
    StatementCompiler set = compiler;
    if (set == null) {
      throw new LibsqlException(ResultCode.ERROR, "compiling SQL is not supported yet");
    }
    return set;
  }

  /** Reads the schemas that are not loaded yet. Names must not be looked up before. */
  public void loadSchemas() {
    StatementCompiler set = compiler;
    if (set == null) {
      return;
    }
    for (AttachedDatabase database : databases) {
      if (!database.schema().loaded) {
        set.loadMissingSchemas(this);
        return;
      }
    }
  }

  /** Sets what makes programs of SQL. */
  public void setCompiler(StatementCompiler compiler) {
    this.compiler = compiler;
  }

  /** What opens files. */
  public DatabaseOpener opener() {
    DatabaseOpener set = opener;
    if (set == null) {
      throw new LibsqlException(ResultCode.MISUSE, "no way to open files is configured");
    }
    return set;
  }

  /** Sets what opens files. */
  public void setOpener(DatabaseOpener opener) {
    this.opener = opener;
  }

  /** Where intermediate results of statements are kept. */
  public EphemeralTrees ephemeralTrees() {
    return ephemeralTrees;
  }

  // ---- databases --------------------------------------------------------------------------------

  /** main at 0, temp at 1, then the attached ones. Change it only through the methods below. */
  public List<AttachedDatabase> databases() {
    return databases;
  }

  /** The database with a number in the list. */
  public AttachedDatabase database(int index) {
    return databases.get(index);
  }

  /** The main database. */
  public AttachedDatabase main() {
    return databases.get(AttachedDatabase.MAIN);
  }

  /** Number of the database with this name, ignoring case; -1 if there is none. */
  public int databaseIndex(String name) {
    for (int i = databases.size() - 1; i >= 0; i--) {
      if (databases.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return name.equalsIgnoreCase("main") ? AttachedDatabase.MAIN : -1;
  }

  /** Adds a database at the end of the list. */
  public void addDatabase(AttachedDatabase database) {
    databases.add(database);
    catalog = null;
    recompileStatements();
  }

  /** Takes a database off the list; closing its file is the caller's business. */
  public void removeDatabase(int index) {
    databases.remove(index);
    catalog = null;
    expireStatements();
  }

  /** The schemas of all databases under their names. */
  public Catalog catalog() {
    Catalog current = catalog;
    if (current == null) {
      List<Catalog.Entry> entries = new ArrayList<>();
      for (AttachedDatabase database : databases) {
        entries.add(new Catalog.Entry(database.name(), database.schema()));
      }
      current = new Catalog(entries);
      catalog = current;
    }
    return current;
  }

  /** The tree of the temporary database, which is opened when it is first needed. */
  public Btree temporaryBtree() {
    AttachedDatabase temp = databases.get(AttachedDatabase.TEMP);
    Btree btree = temp.btreeOrNull();
    if (btree == null) {
      btree = opener().openTemporary(main().btree().pageSize());
      temp.setBtree(btree);
    }
    return btree;
  }

  // ---- switches and limits ----------------------------------------------------------------------

  /** Whether a switch is on. */
  public boolean isSet(ConnectionFlag flag) {
    return contains(switches, flag);
  }

  /** Turns a switch on or off. */
  public void set(ConnectionFlag flag, boolean value) {
    long before = switches;
    switches = value ? before | bit(flag) : before & ~bit(flag);
    if (switches != before
        && flag != ConnectionFlag.DEFER_FOREIGN_KEYS
        && flag != ConnectionFlag.QUERY_ONLY) {
      recompileStatements();
    }
  }

  private static long bit(ConnectionFlag flag) {
    return 1L << flag.ordinal();
  }

  /** Whether a switch is on in a value of {@link #switches()}. */
  static boolean contains(long switches, ConnectionFlag flag) {
    return (switches & bit(flag)) != 0;
  }

  /** All switches together; equal for connections that have the same switched on. */
  public long switches() {
    return switches;
  }

  /** The value of a limit. */
  public int limit(Limit limit) {
    return limits[limit.ordinal()];
  }

  /** Sets a limit, truncated to its upper bound; a negative value changes nothing. */
  public int setLimit(Limit limit, int value) {
    int old = limit(limit);
    if (value >= 0 && value != old) {
      limitsChanged = true;
      limits[limit.ordinal()] = Math.min(value, limit.maximum());
    }
    return old;
  }

  /**
   * Whether statements mean the same here as in other connections whose main database has the same
   * schema and that have the same {@link #switches()}: no database, function, collation, limit or
   * hook of this connection alone has a part in compiling them, and it keeps programs at all.
   */
  public boolean compilesAsOthers() {
    return keepsPrograms
        && databases.size() == 2
        && databases.get(AttachedDatabase.TEMP).btreeOrNull() == null
        && functions.isEmpty()
        && collations.isUnchanged()
        && !limitsChanged
        && hooks.authorizer() == null
        && hooks.preUpdate() == null
        && nestedStatementDepth == 0;
  }

  /** Whether programs are kept to be used again; if not, each text is compiled each time. */
  public void setKeepsPrograms(boolean value) {
    keepsPrograms = value;
  }

  // ---- waiting ----------------------------------------------------------------------------------

  /** The handler that {@link #setBusyHandler} or {@link #setBusyTimeout} set. */
  public BusyHandler busyHandler() {
    return busyHandler;
  }

  /** Milliseconds as last set by {@link #setBusyTimeout}; 0 if a handler of another kind is set. */
  public int busyTimeoutMillis() {
    return busyTimeoutMillis;
  }

  /** How long to wait for locks; 0 or less gives up at once. */
  public void setBusyTimeout(int millis) {
    busyTimeoutMillis = Math.max(millis, 0);
    busyHandler = new BusyTimeout(environment, busyTimeoutMillis);
  }

  /** Replaces waiting for locks by the application's own way. */
  public void setBusyHandler(BusyHandler handler) {
    busyTimeoutMillis = 0;
    busyHandler = handler;
  }

  /** For the pagers: asks the handler in force at the time of the call. */
  public BusyHandler busyHandlerInForce() {
    return waiting;
  }

  /** An operation begins, for which the busy handler starts to count anew. */
  public void startPatience() {
    waiting.count = 0;
  }

  /** Counts for all locks that an operation waits for together; can be interrupted. */
  private final class Waiting implements BusyHandler {
    /** How often the handler has been asked, or -1 once it has given up. */
    int count;

    volatile @Nullable Thread thread;

    @Override
    public boolean busy(int ignored) {
      return busy(ignored, millis -> environment.sleeper().sleepMicros(millis * 1000));
    }

    @Override
    public boolean busy(int ignored, LockWaiter waiter) {
      if (count < 0) {
        return false;
      }
      thread = Thread.currentThread();
      try {
        checkInterrupt();
        boolean again = ask(waiter);
        count = again ? count + 1 : -1;
        checkInterrupt();
        return again;
      } finally {
        thread = null;
      }
    }

    private boolean ask(LockWaiter waiter) {
      ConnectionObserver told = observer;
      if (told == null) {
        return busyHandler.busy(count, waiter);
      }
      long start = told.nanoTime();
      boolean again = busyHandler.busy(count, waiter);
      told.waited(waiter, told.nanoTime() - start, again && !interrupted);
      return again;
    }

    private void checkInterrupt() {
      if (interrupted) {
        throw new LibsqlException(ResultCode.INTERRUPT);
      }
    }
  }

  // ---- stopping ---------------------------------------------------------------------------------

  /** Asks the running statement to stop; may be called from any thread. */
  public void interrupt() {
    interrupted = true;
    attention = true;
    Thread waiter = waiting.thread;
    if (waiter != null) {
      LockSupport.unpark(waiter);
    }
    Runnable listener = interruptListener;
    if (listener != null) {
      listener.run();
    }
  }

  /** Told of each {@link #interrupt()}, by the thread that calls it. */
  public void setInterruptListener(@Nullable Runnable listener) {
    interruptListener = listener;
  }

  /** Whether {@link #interrupt} was called and not cleared. */
  public boolean isInterrupted() {
    return interrupted;
  }

  /** Forgets an interrupt: no statement is running. */
  public void clearInterrupt() {
    // Looked at first: writing what is volatile costs more than a short statement's own work.
    if (interrupted) {
      interrupted = false;
    }
    boolean needed = hooks.progress() != null;
    if (attention != needed) {
      attention = needed;
    }
  }

  /** Sets or removes the progress handler; true from it interrupts the statement. */
  public void setProgressHandler(int interval, @Nullable BooleanSupplier handler) {
    hooks.setProgress(interval, handler);
    attention = interrupted || hooks.progress() != null;
  }

  /** Whether a running statement has to look at the interrupt flag or the progress handler. */
  public boolean needsAttention() {
    return attention;
  }

  // ---- expiry of programs -----------------------------------------------------------------------

  /** Programs compiled under an older generation must be compiled again before they start. */
  public int expiryGeneration() {
    return expiryGeneration;
  }

  /** Makes all compiled programs of the connection out of date. */
  public void expireStatements() {
    expiryGeneration++;
  }

  /**
   * Number of the circumstances that the compiler depends on, other than schemas: a program made
   * under another number is compiled again before it starts.
   */
  public long compileGeneration() {
    return (long) expiryGeneration << 32 | (compileGeneration & 0xffffffffL);
  }

  /** Settings have changed; statements are compiled again before they start anew. */
  public void recompileStatements() {
    compileGeneration++;
  }

  /** Grows whenever something is added to or taken from what is loaded of the schemas. */
  public long schemaGeneration() {
    long sum = 0;
    for (AttachedDatabase database : databases) {
      sum += database.schema().generation;
    }
    return sum;
  }

  /** Forgets all loaded schemas, so that they are read again when next needed. */
  public void resetAllSchemas() {
    for (AttachedDatabase database : databases) {
      database.schema().clear();
    }
  }

  /** Adds a statement's changes to what {@code changes()} and {@code total_changes()} answer. */
  public void setChanges(long count) {
    changes = count;
    totalChanges += count;
  }
}
