package org.libsql4j;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.compile.RoutingCompiler;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionObserver;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.FileOpener;
import org.libsql4j.connection.Limit;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.connection.StatementInfo;
import org.libsql4j.connection.TraceListener;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.pager.WriteAheadLog;
import org.libsql4j.pager.WriteAheadLogProvider;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.vdbe.Program;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.MemdbVfs;

/**
 * A connection to a database: one transaction at a time, and the statements in it.
 *
 * <p>Any thread may use it, one after the other; {@link #interrupt()} and {@link #close()} may be
 * called at any time.
 */
public final class Connection extends ConfigurableConnection implements AutoCloseable {
  private static final int PAGES_PER_STEP = 100;

  /** Where some of the statements run; null if all run here. */
  private final @Nullable RemoteSession session;

  private final ProgramCache programs;
  private final ConnectionReset reset;
  private final Set<Statement> statements = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<IncrementalBlob> blobs = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Backup> backups = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Connection(Database.Builder options) {
    super(new ConnectionState(Engine.builtInFunctions(), options.vfs.environment()));
    programs = new ProgramCache(options.statementCacheSize);
    state.setKeepsPrograms(programs.isOn());
    session = options.session == null ? null : options.session.get();
    state.setCompiler(compiler(options, session));
    if (session != null) {
      state.setInterruptListener(session::cancel);
    }
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
    Supplier<PageCodec> encryption = encryption(options);
    AttachedDatabase main = new AttachedDatabase("main", openMain(options, encryption));
    main.setEncryption(main.btree().pager().codec() == null ? null : encryption);
    state.addDatabase(main);
    state.addDatabase(new AttachedDatabase("temp", null));
    state.set(ConnectionFlag.FOREIGN_KEYS, options.foreignKeys);
    state.set(ConnectionFlag.STAT4, options.stat4);
    state.set(ConnectionFlag.QUERY_ONLY, options.readOnly && isRemote());
    byte[] content = options.content;
    if (options.listeners != null) {
      state.setObserver(
          new ConnectionObserver(options.listeners, state.environment().clock(), options.path));
    }
    if (content != null) {
      deserialize("main", content, options.readOnly, MemdbVfs.DEFAULT_MAX_BYTES);
    }
    if (session != null) {
      session.setUp(this);
    }
    ConnectionObserver observer = state.observer();
    if (observer != null) {
      observer.opened();
    }
    reset = setUp(options);
  }

  /**
   * Statements that are to be sent to the server together.
   *
   * @throws LibsqlException MISUSE if the database is not on a server
   */
  public RemoteBatch newRemoteBatch() {
    RemoteSession remote = session;
    if (remote == null || !remote.isRemoteOnly()) {
      throw new LibsqlException(ResultCode.MISUSE, "the database is not on a server");
    }
    return new RemoteBatch(this, remote);
  }

  /** Whether the database is on a server. */
  @Override
  public boolean isRemote() {
    return session != null && session.isRemoteOnly();
  }

  /**
   * Limits how long a server may take to answer, or be silent between rows, in requests from now
   * on. Of effect for databases on a server only.
   *
   * @param limit if it is shorter than what the database was opened with; zero for that alone
   */
  public void requestTimeout(Duration limit) {
    checkOpen();
    RemoteSession remote = session;
    if (remote != null) {
      remote.limitRequests(limit);
    }
  }

  private static StatementCompiler compiler(
      Database.Builder options, @Nullable RemoteSession session) {
    StatementCompiler given = options.compiler;
    if (given != null) {
      return given;
    }
    return session == null ? Engine.newCompiler() : new RoutingCompiler(session);
  }

  private static @Nullable Supplier<PageCodec> encryption(Database.Builder options) {
    EncryptionConfig config = options.encryption;
    return config == null ? null : config.codecs();
  }

  private Btree openMain(Database.Builder options, @Nullable Supplier<PageCodec> encryption) {
    boolean done = false;
    try {
      Btree main = state.opener().open(options.path, encryption);
      done = true;
      return main;
    } finally {
      if (!done && session != null) {
        session.close();
      }
    }
  }

  private ConnectionReset setUp(Database.Builder options) {
    boolean done = false;
    try {
      ConnectionReset result = new ConnectionReset(this, options.pragmas, options.onConnect);
      done = true;
      return result;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** The replica that this connection belongs to; null if the database is none. */
  public @Nullable ReplicaControl replica() {
    return session == null ? null : session.replica();
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
      Statement statement = offset == 0 ? prepareKept(sql) : prepareNow(sql, offset);
      statements.add(statement);
      return statement;
    } finally {
      lock.unlock();
    }
  }

  /** Prepares a text that starts with its statement, with what the cache has of it. */
  private Statement prepareKept(String sql) {
    ProgramCache.Entry kept = programs.get(sql, state);
    CompiledStatement compiled = compile(sql, 0, kept == null ? null : kept.compiled(), null);
    if (kept == null) {
      kept = programs.put(sql, compiled, state);
    }
    return new Statement(this, sql, 0, compiled, kept);
  }

  private Statement prepareNow(String sql, int offset) {
    return new Statement(this, sql, offset, compile(sql, offset, null, null), null);
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

  /**
   * Compiles even if there is a program. The lock is held.
   *
   * @param bindings values of the parameters that the program may be made for; null if not known
   */
  CompiledStatement compileAgain(String sql, int offset, Mem @Nullable [] bindings) {
    CompiledStatement compiled = compile(sql, offset, null, bindings);
    if (offset == 0) {
      programs.put(sql, compiled, state);
    }
    return compiled;
  }

  private CompiledStatement compile(
      String sql, int offset, @Nullable CompiledStatement cached, Mem @Nullable [] bindings) {
    ConnectionObserver observer = state.observer();
    if (observer != null) {
      return compileObserved(observer, sql, offset, cached, bindings);
    }
    return cached != null ? cached : compileNow(sql, offset, bindings);
  }

  private CompiledStatement compileObserved(
      ConnectionObserver observer,
      String sql,
      int offset,
      @Nullable CompiledStatement cached,
      Mem @Nullable [] bindings) {
    long start = observer.nanoTime();
    try {
      CompiledStatement compiled = cached != null ? cached : compileNow(sql, offset, bindings);
      Program program = compiled.program();
      if (program != null) {
        observer.prepared(program.sql(), start, cached != null, null);
      }
      return compiled;
    } catch (LibsqlException e) {
      observer.prepared(sql.substring(offset), start, false, e);
      throw e;
    }
  }

  private CompiledStatement compileNow(String sql, int offset, Mem @Nullable [] bindings) {
    checkLength(sql, offset);
    CompiledStatement compiled = null;
    if (offset == 0 && bindings == null && programs.isOn()) {
      compiled = state.compiler().compileLikeOthers(state, sql);
    }
    if (compiled == null) {
      compiled = state.compiler().compile(state, sql, offset, bindings);
    }
    return compiled;
  }

  /**
   * Runs one statement to its end.
   *
   * @param parameters values of the parameters, in order: null, a boxed number, a Boolean, a String
   *     or a byte[]; or {@link Parameters} alone
   * @return how many rows it changed; 0 if it is not an INSERT, UPDATE or DELETE
   * @throws LibsqlException MISUSE if another statement follows in the text
   */
  public long execute(String sql, @Nullable Object @Nullable ... parameters) {
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
  public Rows query(String sql, @Nullable Object @Nullable ... parameters) {
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

  /**
   * Runs a query that gives one row.
   *
   * @param parameters as in {@link #execute}
   * @throws LibsqlException ERROR "query returned no rows", "query returned more than one row"
   */
  public Row queryOne(String sql, @Nullable Object @Nullable ... parameters) {
    return queryOptional(sql, parameters)
        .orElseThrow(() -> new LibsqlException(ResultCode.ERROR, "query returned no rows"));
  }

  /**
   * Runs a query that gives a row or none.
   *
   * @param parameters as in {@link #execute}
   * @throws LibsqlException ERROR "query returned more than one row"
   */
  public Optional<Row> queryOptional(String sql, @Nullable Object @Nullable ... parameters) {
    try (Rows rows = query(sql, parameters)) {
      if (!rows.next()) {
        return Optional.empty();
      }
      Row row = rows.row();
      if (rows.next()) {
        throw new LibsqlException(ResultCode.ERROR, "query returned more than one row");
      }
      return Optional.of(row);
    }
  }

  /**
   * Runs statements that are kept together or not at all, and collects what they give.
   *
   * @param mode of the transaction around them
   * @return a result for each statement
   * @throws LibsqlBatchException if one of them fails; tells which
   */
  public List<QueryResult> batch(List<BatchStatement> statements, TransactionMode mode) {
    return locked(() -> Batches.run(this, statements, mode));
  }

  /**
   * Runs statements that change the schema, as {@link #batch} does, without enforcing foreign keys
   * meanwhile.
   *
   * @throws LibsqlException ERROR within a transaction
   */
  public List<QueryResult> migrate(List<BatchStatement> statements) {
    return locked(() -> Batches.migrate(this, statements));
  }

  /**
   * Runs all statements of a text in a transaction, and drops their rows.
   *
   * @throws LibsqlBatchException if one of them fails; nothing is kept then
   */
  public void executeTransactionalBatch(String sql) {
    locked(
        () -> {
          Batches.runText(this, sql);
          return true;
        });
  }

  /** How a statement would be run. */
  public QueryPlan explain(String sql) {
    try (Statement statement = prepare("EXPLAIN QUERY PLAN " + sql)) {
      if (isRemote()) {
        return QueryPlan.ofRows(new Rows(statement).toList());
      }
      return QueryPlan.of(statement.queryPlan());
    }
  }

  /** Pragmas by name and type, at first those of the main database. */
  public Pragmas pragma() {
    return new Pragmas(this, "main");
  }

  // ---- transactions
  // -------------------------------------------------------------------------------

  /** Begins a transaction that is undone unless it is committed. */
  public Transaction transaction(TransactionMode mode) {
    return Transaction.begin(this, mode);
  }

  /**
   * As {@link #transaction}, without waiting for locks.
   *
   * @return empty if somebody else is in the way
   */
  public Optional<Transaction> tryBegin(TransactionMode mode) {
    return locked(
        () -> {
          BusyHandler handler = state.busyHandler();
          int timeout = state.busyTimeoutMillis();
          state.setBusyTimeout(0);
          try {
            return Optional.of(transaction(mode));
          } catch (LibsqlException e) {
            if (e.resultCode().primary() != ResultCode.BUSY) {
              throw e;
            }
            return Optional.empty();
          } finally {
            state.setBusyHandler(handler);
            if (timeout > 0) {
              state.setBusyTimeout(timeout);
            }
          }
        });
  }

  /**
   * Begins a part of a transaction that is undone unless it is released; outside of a transaction
   * begins one.
   */
  public Savepoint savepoint(String name) {
    execute("SAVEPOINT " + Sql.quote(name));
    return new Savepoint(this, name);
  }

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

  /**
   * Makes the connection as good as a new one, for the next user of a pool: undoes an open
   * transaction, resets statements and their bindings, closes blobs and backups, drops temporary
   * tables, detaches files, takes hooks away, and brings settings and limits back to what they were
   * when it was opened. Functions, collations and modules stay.
   */
  public void reset() {
    locked(
        () -> {
          for (Backup backup : backups) {
            backup.close();
          }
          for (IncrementalBlob blob : new ArrayList<>(blobs)) {
            blob.close();
          }
          for (Statement statement : statements) {
            statement.reset();
            statement.clearBindings();
          }
          requestTimeout(Duration.ZERO);
          reset.run();
          return true;
        });
  }

  /** Looks at how the connection and its main database are, without changing anything. */
  public HealthReport healthCheck() {
    return locked(
        () -> {
          long start = System.nanoTime();
          state.startPatience();
          if (isRemote()) {
            return RemoteHealth.check(this);
          }
          Btree btree = state.main().btree();
          boolean reads = !btree.isInReadTransaction();
          btree.beginTransaction(false, false);
          try {
            Duration latency = Duration.ofNanos(System.nanoTime() - start);
            DatabaseFile file = btree.pager().file();
            WriteAheadLog log = btree.pager().writeAheadLog();
            return new HealthReport(
                latency,
                btree.isInTransaction() || (file != null && file.isReservedByAnyone()),
                !state.autoCommit,
                log != null,
                log == null ? 0 : wal().frameCount(),
                btree.pageCount(),
                btree.getMeta(Btree.FREE_PAGE_COUNT),
                btree.pager().memoryUsed());
          } finally {
            if (reads) {
              btree.setActiveReaderCount(0);
              btree.commit();
            }
          }
        });
  }

  /** How many compiled statements are kept for being prepared again; 0 for none. */
  public void statementCacheSize(int size) {
    locked(
        () -> {
          programs.setCapacity(size);
          state.setKeepsPrograms(programs.isOn());
          return true;
        });
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

  // ---- copies
  // -------------------------------------------------------------------------------------

  /**
   * Begins to copy a database of this connection over one of another connection, page by page.
   *
   * @param database of this connection: main, temp, or as it was attached
   * @param target another connection, which is of no other use until the backup is closed
   * @param targetDatabase of that connection; it becomes a copy
   * @throws LibsqlException ERROR "unknown database x", "source and destination must be distinct",
   *     "destination database is in use"
   */
  public Backup startBackup(String database, Connection target, String targetDatabase) {
    checkLocal("a backup is");
    target.checkLocal("a backup is");
    return Backup.start(this, database, target, targetDatabase);
  }

  /** Copies the main database to a file, which is replaced if it exists. */
  public void backupTo(String path) {
    backupTo("main", path, (remaining, pageCount) -> {});
  }

  /**
   * Copies a database to a file, which is replaced if it exists. It is encrypted as the database
   * is, and so must a file be that exists; {@link #startBackup} leaves the choice.
   *
   * @param path or URI, as {@link Database#openLocal(String)} takes it
   * @param progress told after every hundred pages
   * @throws LibsqlException BUSY if the file is locked for longer than the busy timeout
   */
  public void backupTo(String database, String path, BackupProgress progress) {
    checkLocal("a backup is");
    try (Connection target = sibling(database, path, false);
        Backup backup = startBackup(database, target, "main")) {
      copyAll(backup, progress);
    }
  }

  /** Replaces the main database by the content of a file. */
  public void restoreFrom(String path) {
    restoreFrom("main", path, (remaining, pageCount) -> {});
  }

  /**
   * Replaces a database by the content of a file, which is encrypted as the database is.
   *
   * @param path or URI, as {@link Database#openLocal(String)} takes it
   * @param progress told after every hundred pages
   * @throws LibsqlException CANTOPEN if there is no such file; BUSY if it, or the database, is
   *     locked for longer than the busy timeout
   */
  public void restoreFrom(String database, String path, BackupProgress progress) {
    checkLocal("a backup is");
    try (Connection source = sibling(database, path, true);
        Backup backup = source.startBackup("main", this, database)) {
      copyAll(backup, progress);
    }
  }

  private Connection sibling(String database, String path, boolean readOnly) {
    int index = state.databaseIndex(database);
    Supplier<PageCodec> encryption = index < 0 ? null : state.database(index).encryption();
    return Database.builder(path)
        .encryption(encryption == null ? null : EncryptionConfig.ofCodec(encryption))
        .vfs(state.opener().vfs())
        .readOnly(readOnly)
        .busyTimeoutMillis(state.busyTimeoutMillis())
        .build()
        .connect();
  }

  private static void copyAll(Backup backup, BackupProgress progress) {
    boolean done;
    do {
      done = backup.step(PAGES_PER_STEP);
      progress.copied(backup.remaining(), backup.pageCount());
    } while (!done);
  }

  /** The bytes of the main database, as its file would have them. */
  public byte[] serialize() {
    return serialize("main");
  }

  /**
   * The bytes of a database, as its file would have them, with what the open transaction changed.
   *
   * @throws LibsqlException TOOBIG if an array cannot hold them
   */
  public byte[] serialize(String database) {
    checkLocal("access to the database file is");
    return locked(() -> DatabaseImage.serialize(openBtree(database)));
  }

  /** Replaces the main database by one in memory that consists of these bytes and can grow. */
  public void deserialize(byte[] bytes) {
    deserialize("main", bytes, false, MemdbVfs.DEFAULT_MAX_BYTES);
  }

  /**
   * Replaces a database by one in memory.
   *
   * @param database main, or as it was attached
   * @param bytes of a database file, copied; whether they are one is seen when it is used
   * @param readOnly refuse changes
   * @param maxBytes how large it may grow; FULL beyond
   * @throws LibsqlException ERROR if there is no such database, or it is temp, or in use
   */
  public void deserialize(String database, byte[] bytes, boolean readOnly, long maxBytes) {
    locked(
        () -> {
          DatabaseImage.deserialize(state, indexOf(database), bytes, readOnly, maxBytes);
          return true;
        });
  }

  /**
   * Opens a blob or text in a row, to be read and written in pieces.
   *
   * @param database main, temp, or as it was attached
   * @param write whether it may be changed; begins a write transaction
   * @throws LibsqlException ERROR "no such table: main.t", "no such column: \"c\"", "no such rowid:
   *     1", "cannot open value of type null", "cannot open indexed column for writing" and so on
   */
  public IncrementalBlob openBlob(
      String database, String table, String column, long rowid, boolean write) {
    checkLocal("incremental access to blobs is");
    return locked(
        () -> {
          IncrementalBlob blob = IncrementalBlob.open(this, database, table, column, rowid, write);
          blobs.add(blob);
          return blob;
        });
  }

  void forget(IncrementalBlob blob) {
    blobs.remove(blob);
  }

  /** The tree of a database; the temporary one is opened if it is not. */
  Btree openBtree(String database) {
    int index = state.databaseIndex(database);
    if (index < 0) {
      throw new LibsqlException(ResultCode.ERROR, "unknown database " + database);
    }
    return index == AttachedDatabase.TEMP ? state.temporaryBtree() : state.database(index).btree();
  }

  /** The databases have become others. */
  void forgetSchemas() {
    state.resetAllSchemas();
    state.expireStatements();
  }

  /** Backups from and to this connection. */
  Set<Backup> backups() {
    return backups;
  }

  void setBackupTarget(boolean value) {
    if (!closed) {
      unusable = value ? "connection is the target of a backup" : null;
    }
  }

  /** Adds what an extension has, whether or not SQL may do so. */
  public void loadExtension(Extension extension) {
    lock.lock();
    try {
      checkOpen();
      checkLocal("an extension is");
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

  // ---- the end
  // ------------------------------------------------------------------------------------

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** Closes all statements, rolls back an open transaction and closes the files. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    unusable = "connection is closed";
    if (!lock.isHeldByCurrentThread()) {
      state.interrupt();
    }
    for (Backup backup : backups) {
      backup.close(); // Takes two locks in an order of its own: not with one of them held.
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      for (IncrementalBlob blob : new ArrayList<>(blobs)) {
        blob.close();
      }
      List<Statement> open = new ArrayList<>(statements);
      for (Statement statement : open) {
        statement.close();
      }
      TraceListener trace = state.hooks().trace();
      if (trace != null) {
        trace.close();
      }
      disconnectVirtualTables();
      try {
        closeFiles();
      } finally {
        ConnectionObserver observer = state.observer();
        if (observer != null) {
          observer.closed();
        }
      }
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
    if (session != null) {
      session.close();
    }
    state.ephemeralTrees().clear();
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

  void forget(Statement statement) {
    statements.remove(statement);
  }
}
